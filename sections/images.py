"""From a published result to a picture of an edition: names, order, what is left out and said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from data_access.tables import NON_RENSEIGNE
from indicators.arrondi import add_cells
from indicators.comparable import is_comparable
from indicators.nombres import INSECABLE, write_amount, write_month, write_value
from indicators.phrases.chiffres import count, shorten
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.contenu import Genre, Image, Serie

MAXIMUM_DE_BARRES = 12
Nommer = Callable[[Cellule], str]


@dataclass(frozen=True)
class Barre:
    """One named number; `texte` is what is written for it, a word where there is none."""

    nom: str
    valeur: float | None
    texte: str
    base: int = 0


def bars_of(resultat: ResultatPublie, nommer: Nommer, cellules: Iterable[Cellule] | None = None) -> list[Barre]:
    """One bar a name, in the order met. Cells of one name are summed: for counts only."""
    groupes: dict[str, list[Cellule]] = {}
    for cellule in resultat if cellules is None else cellules:
        groupes.setdefault(nommer(cellule), []).append(cellule)
    return [_merge(nom, groupe, resultat.unite) for nom, groupe in groupes.items()]


def _merge(nom: str, cellules: list[Cellule], unite: str) -> Barre:
    cellule = add_cells(cellules)
    return Barre(nom, cellule.valeur, write_value(cellule, unite), cellule.base)


def as_cell(barre: Barre) -> Cellule:
    """The number of a bar, as a cell to be divided."""
    return Cellule((), Etat.ARRONDI if barre.base else Etat.EXACT, barre.valeur, base=barre.base)


def greatest_first(barres: Iterable[Barre]) -> list[Barre]:
    """Greatest first, small rounded counts then unknown ones last, those at zero left out."""
    return sorted(
        (b for b in barres if b.valeur != 0),
        key=lambda b: (b.valeur is None, b.valeur is None and not b.base, -(b.valeur or 0.0), b.nom),
    )


def say_most_frequent(barres: Sequence[Barre], quoi: str, mot: str, mots: str) -> str | None:
    """« Le type de sortie le plus fréquent est « CDI » : 22 sorties. » `barres` are greatest first."""
    if not barres or not barres[0].valeur:
        return None
    nom = f"«{INSECABLE}{shorten(barres[0].nom)}{INSECABLE}»"
    environ = f"environ{INSECABLE}" if barres[0].base else ""
    return f"{quoi} le plus fréquent est {nom} : {environ}{count(barres[0].valeur, mot, mots)}."


def name_code(noms: Mapping[str, str], code: str, sans_nom: str) -> str:
    """What the PLIE calls that code; the code itself, quoted, where it never named it; `sans_nom` where it is empty."""
    if code == NON_RENSEIGNE:
        return sans_nom
    return noms.get(code) or f"«{INSECABLE}{code}{INSECABLE}»"


def draw_bars(
    code: str,
    barres: Sequence[Barre],
    *,
    message: str,
    sujet: str,
    entete: str,
    nom: str,
    unite: str,
    indicateurs: tuple[str, ...],
    effectif: str = "",
    note: str = "",
    repere: float | None = None,
    nom_du_repere: str = "",
    genre: Genre = Genre.BARRES,
) -> Image | None:
    """Horizontal bars of one series, the twelve first; None when there is none. What is left out is said."""
    if not barres:
        return None
    montrees = barres[:MAXIMUM_DE_BARRES]
    if len(montrees) < len(barres):
        reste = f"les {len(montrees)} premières lignes sur {len(barres)}"
        note = f"{note} ; {reste}" if note else reste
    return Image(
        code=code,
        genre=genre,
        message=message,
        sujet=sujet,
        entete=entete,
        categories=tuple(b.nom for b in montrees),
        series=(_series_of(nom, montrees),),
        unite=unite,
        indicateurs=indicateurs,
        effectif=effectif,
        note=note,
        repere=repere,
        nom_du_repere=nom_du_repere,
    )


def _series_of(nom: str, barres: Sequence[Barre]) -> Serie:
    base = max((b.base for b in barres), default=0)
    return Serie(nom, tuple(b.valeur for b in barres), tuple(b.texte for b in barres), base)


def months_of(resultat: ResultatPublie, nom: str) -> tuple[tuple[str, ...], Serie]:
    """The months of a result, named in French, and its numbers as one series; none where nothing compares."""
    cellules = list(resultat) if is_comparable(resultat) else []
    mois = tuple(write_month(c.at("mois")) for c in cellules)
    valeurs, textes = tuple(c.valeur for c in cellules), tuple(write_value(c, resultat.unite) for c in cellules)
    return mois, Serie(nom, valeurs, textes, resultat.base)


def codes_of(resultat: ResultatPublie) -> tuple[str, ...]:
    """The months of a result as « 2021-09 »."""
    return tuple(cellule.at("mois") for cellule in resultat)


def stack(
    groupes: Sequence[tuple[str, Sequence[Barre]]], noms: Sequence[str], unite: str
) -> tuple[tuple[str, ...], tuple[Serie, ...]]:
    """Lines × parts: one series a part, in the order of `noms`, 0 where a line has no such part."""
    absente = Barre("", 0.0, write_amount(0.0, unite))
    par_ligne = [{b.nom: b for b in barres} for _, barres in groupes]
    series = []
    for nom in noms:
        parts = [ligne.get(nom, absente) for ligne in par_ligne]
        series.append(_series_of(nom, parts))
    return tuple(nom for nom, _ in groupes), tuple(s for s in series if any(v != 0 for v in s.valeurs))
