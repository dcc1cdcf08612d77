"""Parity: the part of women of each population against 50 %, the detail by sexe."""

from functools import partial

from data_access.tables import NON_RENSEIGNE
from indicators.horloges import name_clock
from indicators.nombres import write_integer, write_percent, write_points, write_rounded, write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.cartes import ETAPE_SEULE, card_of
from sections.contenu import Chiffre
from sections.dessins import (
    UN_AN_PLUS_TOT,
    absent,
    bar_of,
    bars_of,
    base_of,
    draw_bars,
    label_of,
    write_n,
)
from sections.images import Clic, Forme, Image, Serie, Tableau
from sections.lecture import Lecture, only

EFFECTIF, FEMMES, POSITIVES = "participants_accompagnes", "part_femmes", "part_femmes_sorties_positives"
POPULATIONS = {
    FEMMES: (EFFECTIF, "Participants accompagnés"),
    "part_femmes_file_active": ("file_active", "File active"),
    "part_femmes_entrees": ("entrees", "Entrées"),
    "part_femmes_sorties": ("sorties", "Sorties"),
    POSITIVES: ("sorties_positives", "Sorties positives"),
    "part_femmes_etapes": ("etapes", "Étapes"),
}
SUJET_PARITE = "Part de femmes dans chaque population"


def single_step_share(lecture: Lecture) -> tuple[Chiffre, ...]:
    resultat = lecture.ask(FEMMES, "mode")
    seule = _find_single(resultat)
    if seule is None:
        return ()
    place = "comprises dans l’opération" if lecture.filtres.operation else "jamais ajoutées aux accompagnements"
    precision = f"{_size(seule)} ; {place}"
    return (card_of(only(resultat, (seule,)), None, "Part de femmes, étapes seules", precision),)


def _find_single(par_mode: ResultatPublie) -> Cellule | None:
    """The cell of single étapes in a figure split by mode; None where there is none."""
    return next((c for c in par_mode if dict(c.par).get("mode") == ETAPE_SEULE and c.denominateur), None)


def _size(cellule: Cellule) -> str:
    return phrases.write_count_of(cellule.denominateur, cellule.base) if cellule.denominateur else ""


def draw_parity(lecture: Lecture, dites: tuple[str, ...]) -> Image:
    """Part of women of each population against the 50 % line; a click opens the detail by sexe."""
    noms = {code: name_clock(effectif, nom, lecture.filtres) for code, (effectif, nom) in POPULATIONS.items()}
    resultats = {code: lecture.ask(code) for code in POPULATIONS}
    if all(r.valeur is None for r in resultats.values()):
        faibles = any(r.cellule.etat is not Etat.SANS_OBJET for r in resultats.values())
        pourquoi = "Effectifs trop faibles pour des parts : choisissez un périmètre plus large."
        vide = "Aucune femme ni homme dans ce périmètre. Élargissez la période."
        return absent("parite", SUJET_PARITE, pourquoi if faibles else vide, Forme.PARITE)
    barres = [
        bar_of(f"{noms[code]} ({_size(r.cellule)})" if _size(r.cellule) else noms[code], r.cellule, r)
        for code, r in resultats.items()
    ]
    avant = [bar_of("", r.cellule, r) for r in map(lecture.ask_year_before, POPULATIONS)]
    series = tuple(
        Serie(nom, tuple(b.valeur for b in lues), tuple(b.texte for b in lues), base_of(lues))
        for nom, lues in (("Part de femmes", barres), (UN_AN_PLUS_TOT, avant))
        if nom != UN_AN_PLUS_TOT or any(b.valeur is not None for b in avant)
    )
    cible = lecture.find_target(FEMMES)
    visee = f"objectif du protocole : {write_percent(cible.objectif or 0.0, 0)}" if cible else ""
    return Image(
        code="parite",
        genre=Forme.PARITE,
        message=dites[0] if dites else SUJET_PARITE,
        sujet=SUJET_PARITE,
        entete="Population",
        categories=tuple(b.nom for b in barres),
        series=series,
        unite="%",
        indicateurs=tuple(POPULATIONS),
        effectif="n = femmes et hommes de chaque population",
        note=visee,
        repere=phrases.PARITE,
        nom_du_repere="parité : 50 %",
        codes=tuple(POPULATIONS),
        clic=Clic.DETAIL,
        details=tuple((code, _draw_sexes(lecture, code)) for code in POPULATIONS),
        tableau=_table_of_parity(lecture, noms),
    )


def _table_of_parity(lecture: Lecture, noms: dict[str, str]) -> Tableau:
    """Every number of the picture, and single étapes in a column of their own."""
    entete = (
        "Population",
        "Part de femmes",
        "Écart à la parité",
        "Femmes",
        "Femmes et hommes",
        "Sexe non renseigné",
        UN_AN_PLUS_TOT,
        "Étapes seules, à part",
    )
    lignes = []
    for code, nom in noms.items():
        resultat, avant = lecture.ask(code), lecture.ask_year_before(code)
        cellule, seule = resultat.cellule, _find_single(lecture.ask(code, "mode"))
        ecart = (
            "–" if cellule.valeur is None else write_points(cellule.valeur - phrases.PARITE, 0 if cellule.base else 1)
        )
        lignes.append(
            (
                nom,
                write_value(cellule, resultat.unite),
                ecart,
                "–" if cellule.valeur is None else _count(cellule.numerateur, cellule),
                _count(cellule.denominateur, cellule),
                _write_unknown(lecture.ask(POPULATIONS[code][0], "sexe")) or "–",
                write_value(avant.cellule, avant.unite),
                "–" if seule is None else f"{write_value(seule, resultat.unite)} ({_size(seule)})",
            )
        )
    return Tableau(entete, tuple(lignes))


def _count(nombre: float | None, cellule: Cellule) -> str:
    if not nombre:
        return "–" if nombre is None else "0"
    return write_rounded(nombre, "participants") if cellule.base else write_integer(nombre)


def _write_unknown(par_sexe: ResultatPublie) -> str:
    """« 2 non renseignés »: those whose sexe is not known, left out of the part."""
    inconnus = next((c for c in par_sexe if dict(c.par).get("sexe") == NON_RENSEIGNE), None)
    if inconnus is None:
        return "" if any(c.etat is Etat.NON_DOCUMENTE for c in par_sexe) else phrases.count(0, "non renseigné")
    if inconnus.valeur is None:
        return f"non renseigné : {write_value(inconnus, par_sexe.unite)}"
    return phrases.count(inconnus.valeur, "non renseigné")


def _draw_sexes(lecture: Lecture, code: str) -> Image:
    """Women, men and unknown of one population."""
    effectif, nom = POPULATIONS[code]
    resultat = lecture.ask(effectif, "sexe")
    nom = name_clock(effectif, nom, lecture.filtres)
    barres = bars_of(lecture, resultat, partial(label_of, "sexe"), [c for c in resultat if c.par])
    return draw_bars(
        f"par_sexe_{code}",
        [b for b in barres if b.valeur != 0 or b.base],
        sujet=f"Détail par sexe : {nom[:1].lower()}{nom[1:]}",
        vide="Aucun effectif à détailler pour cette population.",
        entete="Sexe",
        nom=resultat.libelle,
        unite=str(resultat.unite),
        indicateurs=(effectif,),
        effectif=write_n(barres, resultat.unite, resultat.unite),
    )
