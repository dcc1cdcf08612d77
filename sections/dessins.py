"""From a published result to a picture: names, order, what is left out and said, why there is nothing to draw."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from data_access.tables import NON_RENSEIGNE
from indicators.arrondi import add_cells
from indicators.comparable import is_comparable
from indicators.decoupages import find_decoupage
from indicators.nombres import INSECABLE, write_amount, write_month, write_rounded, write_value
from indicators.phrases.chiffres import count, shorten
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.images import Forme, Image, Serie, Tableau
from sections.lecture import Lecture, Quand, short_name

MAXIMUM_DE_BARRES = 12
MOIS_COMPARABLES = 24
PLIE_NOMMES = 2
CETTE_ANNEE, UN_AN_PLUS_TOT = "Cette année", "Un an plus tôt"
Nommer = Callable[[Cellule], str]


@dataclass(frozen=True)
class Barre:
    """One named number; `texte` is what is written for it, a word where there is none; `code` what a click chooses."""

    nom: str
    valeur: float | None
    texte: str
    base: int = 0
    code: str = ""


def quote(texte: str) -> str:
    """« texte », which no line cuts from its quotes."""
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def join_notes(*notes: str) -> str:
    """What must be known to read a picture, the empty notes left out."""
    return f"{INSECABLE}; ".join(filter(None, notes))


def name_part(lecture: Lecture, cellule: Cellule, decoupage: str, sans_nom: str) -> str:
    """What its PLIE calls the part (the cell is also split by `plie`): two PLIE may give one code two meanings.

    `sans_nom` where the code is empty; a code that the PLIE never named is quoted as it was typed.
    """
    code = cellule.at(decoupage)
    if code == NON_RENSEIGNE:
        return sans_nom
    return lecture.names(decoupage, (cellule.at("plie"),)).get(code) or quote(code)


def label_of(decoupage: str, cellule: Cellule) -> str:
    """What the part is called; the name of the split itself where the figure could not be cut."""
    trouve = find_decoupage(decoupage)
    return trouve.label(cellule.at(decoupage)) if cellule.par else trouve.libelle


def bars_of(
    lecture: Lecture, resultat: ResultatPublie, nommer: Nommer, cellules: Iterable[Cellule] | None = None
) -> list[Barre]:
    """One bar a name, in the order met. Cells of one name are summed: for counts only. Where several PLIE are read and
    the result is split by PLIE, each name is followed by those that use it."""
    groupes: dict[str, list[Cellule]] = {}
    for cellule in resultat if cellules is None else cellules:
        groupes.setdefault(nommer(cellule), []).append(cellule)
    barres = []
    for nom, groupe in groupes.items():
        somme = add_cells(groupe)
        qui = _name_plie(lecture, groupe) if lecture.plusieurs and "plie" in resultat.filtres.par else ""
        ecrit = f"{nom} – {qui}" if qui else nom
        barres.append(Barre(ecrit, somme.valeur, write_value(somme, resultat.unite), somme.base, nom))
    return barres


def _name_plie(lecture: Lecture, cellules: list[Cellule]) -> str:
    codes = sorted({c.at("plie") for c in cellules})
    if len(codes) > PLIE_NOMMES:
        return f"{len(codes)} PLIE"
    return ", ".join(short_name(lecture.names("plie", (code,))[code]) for code in codes)


def bar_of(nom: str, cellule: Cellule, resultat: ResultatPublie, texte: str = "", code: str = "") -> Barre:
    """One cell as one bar."""
    return Barre(nom, cellule.valeur, texte or write_value(cellule, resultat.unite), cellule.base, code or nom)


def as_cell(barre: Barre) -> Cellule:
    """The number of a bar, as a cell to be divided."""
    return Cellule((), Etat.ARRONDI if barre.base else Etat.EXACT, barre.valeur, base=barre.base)


def greatest_first(barres: Iterable[Barre]) -> list[Barre]:
    """Greatest first, small rounded counts then unknown ones last, those at zero left out."""
    return sorted(
        (b for b in barres if b.valeur != 0),
        key=lambda b: (b.valeur is None, b.valeur is None and not b.base, -(b.valeur or 0.0), b.nom),
    )


def base_of(barres: Iterable[Barre]) -> int:
    """What the bars are rounded to; 0 when all are exact."""
    return max((b.base for b in barres), default=0)


def sum_of(barres: Iterable[Barre]) -> float | None:
    """Sum of the bars; None when one is unknown: the sum of the others would pass for the whole."""
    valeurs = [b.valeur for b in barres if b.valeur is not None or not b.base]
    return None if any(v is None for v in valeurs) else sum(v for v in valeurs if v is not None)


def write_sum(barres: Sequence[Barre], unite: str) -> str:
    """« 512 », « ≈ 510 »: the bars together; nothing where one is unknown."""
    somme = sum_of(barres)
    if somme is None:
        return ""
    return write_rounded(somme, unite) if base_of(barres) else write_amount(somme, unite)


def write_n(barres: Sequence[Barre], singulier: str, pluriel: str | None = None) -> str:
    """« n = 68 sorties », « n ≈ 70 sorties »; nothing where a part is unknown or small: the size would be wrong."""
    total = None if any(b.valeur is None for b in barres) else sum_of(barres)
    return "" if total is None else f"n {'≈' if base_of(barres) else '='} {count(total, singulier, pluriel)}"


def say_most_frequent(barres: Sequence[Barre], quoi: str, mot: str, mots: str) -> str | None:
    """« Le type de sortie le plus fréquent est « CDI » : 22 sorties. » `quoi`: its first six words."""
    if not barres or not barres[0].valeur:
        return None
    environ = f"environ{INSECABLE}" if barres[0].base else ""
    premiere = quote(shorten(barres[0].nom))
    return f"{quoi} est {premiere} : {environ}{count(barres[0].valeur, mot, mots)}."


def absent(code: str, sujet: str, pourquoi: str, genre: Forme = Forme.BARRES) -> Image:
    """The place of a picture that cannot be drawn, and why."""
    return Image(code, genre, sujet, sujet, "", (), (), "", (), absence=pourquoi)


def explain_absence(barres: Iterable[Barre], vide: str) -> str:
    """Why there is nothing to draw: the states of the bars in words, `vide` where all are true zeros."""
    barres = tuple(barres)
    etats = sorted({b.texte for b in barres if b.valeur is None})
    if etats and base_of(barres):
        return f"Partout {' ou '.join(etats)} : trop peu pour un graphique. Choisissez un périmètre plus large."
    return f"Ce chiffre est {' ou '.join(etats)} sur ce périmètre." if etats else vide


def draw_bars(
    code: str,
    barres: Sequence[Barre],
    *,
    sujet: str,
    vide: str,
    entete: str,
    nom: str,
    unite: str,
    indicateurs: tuple[str, ...],
    message: str | None = None,
    effectif: str = "",
    note: str = "",
    maximum: int = MAXIMUM_DE_BARRES,
    **reste: object,
) -> Image:
    """Horizontal bars of one series, the first ones when they are many: what is left out is said, and in the table.

    Nothing to draw: `vide`, or the state of the bars, in the picture's place.
    """
    if all(b.valeur is None and not b.base for b in barres):
        return absent(code, sujet, explain_absence(barres, vide))
    montrees = barres[:maximum]
    if len(montrees) < len(barres):
        note = join_notes(note, _say_left_out(barres, len(montrees), unite))
        reste.setdefault("tableau", Tableau((entete, nom), tuple((b.nom, b.texte) for b in barres)))
    return Image(
        code=code,
        genre=Forme.BARRES,
        message=message or sujet,
        sujet=sujet,
        entete=entete,
        categories=tuple(b.nom for b in montrees),
        series=(_series_of(nom, montrees),),
        unite=unite,
        indicateurs=indicateurs,
        effectif=effectif,
        note=note,
        codes=tuple(b.code for b in montrees),
        **reste,  # type: ignore[arg-type]
    )


def _say_left_out(barres: Sequence[Barre], montrees: int, unite: str) -> str:
    debut = f"les {montrees} premières lignes sur {len(barres)}, toutes dans le tableau"
    ecrite = "" if unite == "%" else write_sum(barres[montrees:], unite)
    return join_notes(debut, f"les autres font {ecrite}" if ecrite else "")


def _series_of(nom: str, barres: Sequence[Barre]) -> Serie:
    return Serie(nom, tuple(b.valeur for b in barres), tuple(b.texte for b in barres), base_of(barres))


def months_of(resultat: ResultatPublie, nom: str) -> tuple[tuple[str, ...], Serie]:
    """The months of a result, named in French, and its numbers as one series; none where nothing compares."""
    cellules = list(resultat) if is_comparable(resultat) else []
    mois = tuple(write_month(c.at("mois")) for c in cellules)
    return mois, _series_of(nom, [bar_of("", c, resultat) for c in cellules])


def codes_of(resultat: ResultatPublie) -> tuple[str, ...]:
    """The months of a result as « 2021-09 »."""
    return tuple(cellule.at("mois") for cellule in resultat)


def write_small_months(*series: Serie) -> str:
    """« 3 nombres : moins de 5 »: the small rounded counts that have no mark; nothing where there is none."""
    petits = [t for s in series for v, t in zip(s.valeurs, s.textes, strict=True) if v is None and s.base]
    return f"{count(len(petits), 'nombre')} : {petits[0]}" if petits else ""


def draw_months(
    lecture: Lecture,
    code: str,
    image: str,
    sujet: str,
    vide: str,
    message: str | None = None,
    effectif: str = "",
    nom: str = "",
    detail_seul: bool = False,
) -> Image:
    """A figure month by month, the same months of the year before beside. `nom`: what its only series is called."""
    actuelle = lecture.ask(code, "mois", quand=Quand.SERIE)
    mois, serie = months_of(actuelle, nom or sujet)
    if not any(serie.valeurs):
        barres = [bar_of("", c, actuelle) for c in actuelle]
        return absent(image, sujet, explain_absence(barres, vide), Forme.TEMPS)
    series: tuple[Serie, ...] = (serie,)
    if len(mois) <= MOIS_COMPARABLES:
        _, avant = months_of(lecture.ask(code, "mois", quand=Quand.SERIE_UN_AN_AVANT), UN_AN_PLUS_TOT)
        if any(avant.valeurs) and len(avant.valeurs) == len(mois):
            series = (replace(serie, nom=CETTE_ANNEE), avant)
    bornes = f"de {mois[0]} à {mois[-1]}"
    return Image(
        code=image,
        genre=Forme.TEMPS,
        message=message or sujet,
        sujet=f"{sujet}, {bornes}",
        entete="Mois",
        categories=mois,
        series=series,
        unite=str(actuelle.unite),
        indicateurs=(actuelle.indicateur,),
        effectif=effectif,
        note=write_small_months(serie),
        mois=codes_of(actuelle),
        detail_seul=detail_seul,
    )


def stack(
    groupes: Sequence[tuple[str, Sequence[Barre]]], noms: Sequence[str], unite: str
) -> tuple[tuple[str, ...], tuple[Serie, ...]]:
    """Lines × parts: one series a part, in the order of `noms`, 0 where a line has no such part."""
    absente = Barre("", 0.0, write_amount(0.0, unite))
    par_ligne = [{b.code or b.nom: b for b in barres} for _, barres in groupes]
    series = []
    for nom in noms:
        parts = [ligne.get(nom, absente) for ligne in par_ligne]
        series.append(_series_of(nom, parts))
    return tuple(nom for nom, _ in groupes), tuple(s for s in series if any(v != 0 for v in s.valeurs))
