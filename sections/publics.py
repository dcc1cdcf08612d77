"""Publics et parité: the part of women in each population, who the people are at entry."""

from functools import partial

from data_access.tables import NON_RENSEIGNE
from indicators.arrondi import add_cells
from indicators.decoupages import Decoupage, find_decoupage
from indicators.horloges import name_clock
from indicators.nombres import write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, ResultatPublie
from indicators.statuts import write_objectif
from sections.contenu import Chiffre, Genre, Image, Section
from sections.images import Barre, bars_of, draw_bars, stack
from sections.lecture import Lecture

EFFECTIF = "participants_accompagnes"
POPULATIONS = {
    "part_femmes": "Participants accompagnés",
    "part_femmes_file_active": "File active",
    "part_femmes_entrees": "Entrées",
    "part_femmes_sorties": "Sorties",
    "part_femmes_sorties_positives": "Sorties positives",
    "part_femmes_etapes": "Étapes",
}
MENAGE = ("logement", "monoparental", "parent_ne_etranger")
SITUATIONS = ("rsa", "minima_sociaux", "deld", "qpv", "handicap")
SITUATION, AGE = "Situation à l’entrée", "Âge à l’entrée, par sexe"
REPERE = "parité : 50 %"


def write_publics(lecture: Lecture) -> Section:
    """Parity first, then the situation at entry."""
    accompagnes, positives = lecture.ask("part_femmes"), lecture.ask("part_femmes_sorties_positives")
    dites = phrases.keep((phrases.say_women_at_exit(accompagnes, positives), phrases.say_parity(accompagnes)))
    dites = dites or phrases.keep((_say_stock(lecture),))
    images = (
        _draw_parity(lecture, dites),
        _draw_situations(lecture),
        _draw_ages(lecture),
        _draw_diplomas(lecture),
        _draw_employment(lecture),
        _draw_household(lecture),
    )
    return Section(
        code="publics",
        titre="Publics et parité",
        message=dites[0] if dites else "Qui sont les personnes accompagnées ?",
        phrases=dites[1:],
        chiffres=_write_figures(lecture),
        images=tuple(image for image in images if image),
    )


def _say_stock(lecture: Lecture) -> str | None:
    """« 51,5 % des parcours de la file active sont ceux de femmes. », where nothing is known of people accompanied."""
    part = lecture.ask("part_femmes_file_active")
    ecrite = write_value(part.cellule, part.unite)
    return None if part.valeur is None else f"{ecrite} des parcours de la file active sont ceux de femmes."


def _write_figures(lecture: Lecture) -> tuple[Chiffre, ...]:
    cible = lecture.find_target("part_femmes")
    visee = f"Objectif du protocole : {write_objectif(cible, cible.objectif)}" if cible else ""
    return (
        lecture.figure(EFFECTIF, "Participants accompagnés", "dans la période"),
        lecture.figure("part_femmes", "Part de femmes", "participants accompagnés", visee),
        lecture.figure("ecart_parite", "Écart à la parité", "part de femmes moins 50 points"),
        lecture.figure("part_femmes_sorties_positives", "Femmes parmi les sorties positives"),
    )


def _draw_parity(lecture: Lecture, dites: tuple[str, ...]) -> Image | None:
    resultats = [
        (name_clock(code.removeprefix("part_femmes_"), nom, lecture.filtres), lecture.ask(code))
        for code, nom in POPULATIONS.items()
    ]
    if all(r.valeur is None for _, r in resultats):
        return None
    barres = [Barre(_with_size(nom, r), r.valeur, write_value(r.cellule, r.unite), r.base) for nom, r in resultats]
    return draw_bars(
        "parite",
        barres,
        message=dites[0] if dites else "Part de femmes dans chaque population",
        sujet="Part de femmes dans chaque population",
        entete="Population",
        nom="Part de femmes",
        unite="%",
        indicateurs=tuple(POPULATIONS),
        effectif="n = femmes et hommes de chaque population",
        repere=phrases.PARITE,
        nom_du_repere=REPERE,
        genre=Genre.PARITE,
    )


def _with_size(nom: str, resultat: ResultatPublie) -> str:
    """« Entrées (n = 240) »."""
    taille = resultat.cellule.denominateur
    return f"{nom} ({phrases.write_count_of(taille, resultat.base)})" if taille else nom


def _draw_situations(lecture: Lecture) -> Image | None:
    groupes = []
    for code in SITUATIONS:
        decoupage = find_decoupage(code)
        groupes.append((decoupage.libelle, bars_of(lecture.ask(EFFECTIF, code), partial(_name, decoupage))))
    return _draw_parts(
        lecture,
        "situation",
        groupes,
        find_decoupage("rsa").libelles,
        message=_say_share(lecture, "rsa", ("oui",), "perçoivent le RSA à l’entrée")
        or "Situation des participants à l’entrée",
        sujet=SITUATION,
        note="parts de tous les participants, « non renseigné » compris",
    )


def _name(decoupage: Decoupage, cellule: Cellule) -> str:
    return decoupage.label(cellule.at(decoupage.code)) if cellule.par else decoupage.libelle


def _say_share(lecture: Lecture, decoupage: str, parts: tuple[str, ...], suite: str) -> str | None:
    """« 62,0 % des participants accompagnés perçoivent le RSA à l’entrée. »; None when it cannot be said."""
    cellules = [c for c in lecture.ask(EFFECTIF, decoupage) if dict(c.par).get(decoupage) in parts]
    if not cellules or not lecture.ask(EFFECTIF).valeur:
        return None
    part = phrases.write_share(add_cells(cellules), lecture.ask(EFFECTIF).cellule)
    return f"{part} des participants accompagnés {suite}." if part else None


def _draw_ages(lecture: Lecture) -> Image | None:
    sexe, age = find_decoupage("sexe"), find_decoupage("age")
    tranches = lecture.labels["age"]
    derniere = list(tranches)[-1:]
    cellules = [c for c in lecture.ask(EFFECTIF, "sexe", "age") if c.par]
    groupes = []
    for valeur in sexe.valeurs:
        siennes = [c for c in cellules if c.at("sexe") == valeur]
        if siennes:
            barres = bars_of(lecture.ask(EFFECTIF, "sexe", "age"), partial(_name, age), siennes)
            groupes.append((sexe.label(valeur), barres))
    return _draw_parts(
        lecture,
        "age",
        groupes,
        (*tranches.values(), age.label(NON_RENSEIGNE)),
        message=_say_share(lecture, "age", tuple(derniere), f"ont {''.join(derniere)} à l’entrée") or AGE,
        sujet=AGE,
        note="parts de chaque sexe",
    )


def _draw_parts(
    lecture: Lecture,
    code: str,
    groupes: list[tuple[str, list[Barre]]],
    noms: tuple[str, ...],
    *,
    message: str,
    sujet: str,
    note: str,
) -> Image | None:
    total = lecture.ask(EFFECTIF)
    if not total.valeur or not groupes:
        return None
    categories, series = stack(groupes, noms, total.unite)
    return Image(
        code=code,
        genre=Genre.PARTS,
        message=message,
        sujet=sujet,
        entete="Sexe" if code == "age" else "Situation",
        categories=categories,
        series=series,
        unite=str(total.unite),
        indicateurs=(EFFECTIF,),
        effectif=phrases.write_size(total, "participant accompagné", "participants accompagnés"),
        note=note,
    )


def _draw_diplomas(lecture: Lecture) -> Image | None:
    dit = _say_share(lecture, "diplome", ("2a", "2b"), "n’ont pas de diplôme au-delà du brevet")
    return _draw_distribution(lecture, "diplome", "Niveau", "Niveau de diplôme à l’entrée", dit)


def _draw_employment(lecture: Lecture) -> Image | None:
    if not _is_known(lecture, "emploi"):
        return None
    dit = _say_share(lecture, "emploi", ("non",), "n’ont pas d’emploi à l’entrée")
    return _draw_distribution(lecture, "emploi", "Situation", find_decoupage("emploi").libelle, dit)


def _draw_household(lecture: Lecture) -> Image | None:
    connus = [find_decoupage(code) for code in MENAGE if _is_known(lecture, code)]
    return _draw_parts(
        lecture,
        "menage",
        [(d.libelle, bars_of(lecture.ask(EFFECTIF, d.code), partial(_name, d))) for d in connus],
        find_decoupage("logement").libelles,
        message=_say_share(lecture, "monoparental", ("oui",), "vivent dans une famille monoparentale")
        or "Logement et ménage à l’entrée",
        sujet="Logement et ménage à l’entrée",
        note="réponses déclarées ; parts de tous les participants, « non renseigné » compris",
    )


def _is_known(lecture: Lecture, decoupage: str) -> bool:
    """True when the characteristic is known of somebody."""
    return any(dict(c.par).get(decoupage, NON_RENSEIGNE) != NON_RENSEIGNE for c in lecture.ask(EFFECTIF, decoupage))


def _draw_distribution(lecture: Lecture, code: str, entete: str, sujet: str, message: str | None) -> Image | None:
    """Accompanied people in each part of one characteristic."""
    decoupage, total = find_decoupage(code), lecture.ask(EFFECTIF)
    if not total.valeur:
        return None
    barres = bars_of(lecture.ask(EFFECTIF, code), partial(_name, decoupage))
    return draw_bars(
        code,
        barres,
        message=message or sujet,
        sujet=sujet,
        entete=entete,
        nom="Participants",
        unite=str(total.unite),
        indicateurs=(EFFECTIF,),
        effectif=phrases.write_size(total, "participant accompagné", "participants accompagnés"),
    )
