"""Publics et parité: the part of women in each population, who the people are at entry."""

from collections.abc import Iterable, Sequence
from functools import partial

from data_access.tables import NON_RENSEIGNE
from indicators.arrondi import add_cells
from indicators.comparable import is_comparable
from indicators.decoupages import find_decoupage
from indicators.nombres import write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.cartes import card, write_target
from sections.contenu import Chiffre, Section
from sections.dessins import (
    CETTE_ANNEE,
    UN_AN_PLUS_TOT,
    Barre,
    absent,
    bar_of,
    bars_of,
    draw_bars,
    label_of,
    stack,
)
from sections.images import Forme, Image, Tableau
from sections.lecture import Demande, Lecture, Quand, cards, split
from sections.parite import EFFECTIF, FEMMES, POPULATIONS, POSITIVES, draw_parity, single_step_share

"""Each part of women, with the figure that counts its population."""
SITUATIONS = ("rsa", "minima_sociaux", "deld", "qpv", "handicap")
MENAGE = ("logement", "monoparental", "parent_ne_etranger")
EMPLOI = "emploi"
VIDE = "Aucun participant accompagné dans ce périmètre. Élargissez la période."
AUCUN = Cellule((), Etat.EXACT, 0.0, 0.0)
_LES_DEUX = (Quand.PERIODE, Quand.UN_AN_AVANT)
DEMANDES = (
    *cards(EFFECTIF, "ecart_parite", *POPULATIONS),
    *(Demande(code, ("mode",)) for code in POPULATIONS),
    *(Demande(effectif, ("sexe",)) for effectif, _ in POPULATIONS.values()),
    *(Demande(EFFECTIF, (code,), quand) for code in (*SITUATIONS, "diplome", EMPLOI, *MENAGE) for quand in _LES_DEUX),
    *split(EFFECTIF, "age"),
    *(Demande(EFFECTIF, ("sexe", "age"), quand) for quand in _LES_DEUX),
)


def write_publics(lecture: Lecture) -> Section:
    """Parity first, then the situation at entry."""
    accompagnes = lecture.ask(FEMMES)
    dites = phrases.keep(
        (phrases.say_women_at_exit(accompagnes, lecture.ask(POSITIVES)), phrases.say_parity(accompagnes))
    )
    dites = dites or phrases.keep((_say_stock(lecture),))
    connues = [code for code in (EMPLOI, *MENAGE) if _is_known(lecture, code)]
    images = (
        draw_parity(lecture, dites),
        draw_situations(lecture),
        draw_ages(lecture),
        _draw_distribution(lecture, "diplome", "Niveau", ("2a", "2b"), "n’ont pas de diplôme au-delà du brevet"),
        _draw_distribution(lecture, EMPLOI, "Situation", ("non",), "n’ont pas d’emploi à l’entrée")
        if EMPLOI in connues
        else None,
        _draw_household(lecture, [code for code in MENAGE if code in connues]),
    )
    return Section(
        code="publics",
        titre="Publics et parité",
        message=dites[0] if dites else "Qui sont les personnes accompagnées ?",
        phrases=dites[1:],
        chiffres=_write_cards(lecture),
        images=tuple(image for image in images if image),
        muets=_name_unknown(lecture, [code for code in (EMPLOI, *MENAGE) if code not in connues]),
    )


def _say_stock(lecture: Lecture) -> str | None:
    """« 51,5 % des parcours de la file active sont ceux de femmes. », where nothing is known of people accompanied."""
    part = lecture.ask("part_femmes_file_active")
    ecrite = write_value(part.cellule, part.unite)
    return None if part.valeur is None else f"{ecrite} des parcours de la file active sont ceux de femmes."


def _name_unknown(lecture: Lecture, codes: Sequence[str]) -> str:
    """« Non documenté, ce n’est pas zéro : situation d’emploi à l’entrée et famille monoparentale. »"""
    total = lecture.ask(EFFECTIF).cellule
    if not codes or not (total.valeur or total.base):
        return ""
    noms = [find_decoupage(code).libelle for code in codes]
    return f"Non documenté, ce n’est pas zéro : {phrases.enumerate_in_words([n[:1].lower() + n[1:] for n in noms])}."


def _write_cards(lecture: Lecture) -> tuple[Chiffre, ...]:
    visee = write_target(lecture.find_target(FEMMES))
    return (
        card(lecture, EFFECTIF, "Participants accompagnés", "dans la période"),
        card(lecture, FEMMES, "Part de femmes", "participants accompagnés dans la période", visee),
        card(lecture, "ecart_parite", "Écart à la parité", "part de femmes moins 50 points"),
        card(lecture, POSITIVES, "Femmes parmi les sorties positives"),
        *single_step_share(lecture),
    )


def _parts_of(lecture: Lecture, code: str) -> list[Barre]:
    return bars_of(lecture, lecture.ask(EFFECTIF, code), partial(label_of, code))


def _is_known(lecture: Lecture, decoupage: str) -> bool:
    """True when the characteristic is known of somebody."""
    return any(dict(c.par).get(decoupage, NON_RENSEIGNE) != NON_RENSEIGNE for c in lecture.ask(EFFECTIF, decoupage))


def _say_share(lecture: Lecture, decoupage: str, parts: tuple[str, ...], suite: str) -> str | None:
    """« 62,0 % des participants accompagnés perçoivent le RSA à l’entrée. »; None when it cannot be said."""
    cellules = [c for c in lecture.ask(EFFECTIF, decoupage) if dict(c.par).get(decoupage) in parts]
    part = phrases.write_share(add_cells(cellules), lecture.ask(EFFECTIF).cellule) if cellules else ""
    return f"{part} des participants accompagnés {suite}." if part else None


def draw_situations(lecture: Lecture) -> Image:
    """Yes, no and unknown of each characteristic at entry."""
    return _draw_parts(
        lecture,
        "situation",
        [(find_decoupage(code).libelle, _parts_of(lecture, code)) for code in SITUATIONS],
        find_decoupage("rsa").libelles,
        sujet="Situation à l’entrée",
        message=_say_share(lecture, "rsa", ("oui",), "perçoivent le RSA à l’entrée"),
        note="parts de tous les participants, « non renseigné » compris ; une personne peut être dans plusieurs lignes",
        tableau=_table_of_parts(lecture, SITUATIONS),
    )


def _draw_household(lecture: Lecture, codes: Sequence[str]) -> Image | None:
    if not codes:
        return None
    return _draw_parts(
        lecture,
        "menage",
        [(find_decoupage(code).libelle, _parts_of(lecture, code)) for code in codes],
        find_decoupage("logement").libelles,
        sujet="Logement et ménage à l’entrée",
        message=_say_share(lecture, "monoparental", ("oui",), "vivent dans une famille monoparentale"),
        note="réponses déclarées à l’entrée ; parts de tous les participants, « non renseigné » compris",
        tableau=_table_of_parts(lecture, codes),
    )


def _table_of_parts(lecture: Lecture, codes: Iterable[str]) -> Tableau:
    """One line a characteristic: each part with its share, and « oui » one year earlier."""
    noms = {nom: valeur for code in codes for valeur, nom in _values_of(code)}
    entete = tuple(noms)
    lignes = []
    for code in codes:
        jour, avant = lecture.ask(EFFECTIF, code), lecture.ask_year_before(EFFECTIF, code)
        siennes = dict(_values_of(code))
        dites = [_write_part(lecture, jour, code, noms[nom]) if noms[nom] in siennes else "–" for nom in entete]
        hier = _write_part(lecture, avant, code, "oui", Quand.UN_AN_AVANT)
        lignes.append((find_decoupage(code).libelle, *dites, hier))
    return Tableau(("Situation", *entete, "Oui, un an plus tôt"), tuple(lignes))


def _values_of(code: str) -> list[tuple[str, str]]:
    decoupage = find_decoupage(code)
    return list(zip(decoupage.valeurs, decoupage.libelles, strict=True))


def _write_part(
    lecture: Lecture, resultat: ResultatPublie, code: str, valeur: str, quand: Quand = Quand.PERIODE
) -> str:
    """« 151 (49,3 %) »; a part that is not in a result is empty, nothing is said of a year that does not compare."""
    cellule = next((c for c in resultat if dict(c.par).get(code) == valeur), None)
    if cellule is None:
        return "0" if is_comparable(resultat) else "–"
    part = phrases.write_share(cellule, lecture.ask(EFFECTIF, quand=quand).cellule)
    return write_value(cellule, resultat.unite) + (f" ({part})" if part else "")


def draw_ages(lecture: Lecture) -> Image:
    """Age at entry of women, of men and of those whose sexe is not known."""
    sexe, age, tranches = find_decoupage("sexe"), find_decoupage("age"), lecture.names("age")
    resultat, derniere = lecture.ask(EFFECTIF, "sexe", "age"), list(tranches)[-1:]
    cellules = [c for c in resultat if c.par]
    groupes = [
        (
            "Sexe non renseigné" if code == NON_RENSEIGNE else sexe.label(code),
            bars_of(lecture, resultat, partial(label_of, "age"), [c for c in cellules if c.at("sexe") == code]),
        )
        for code in sexe.valeurs
        if any(c.at("sexe") == code for c in cellules)
    ]
    return _draw_parts(
        lecture,
        "age",
        groupes,
        (*tranches.values(), age.label(NON_RENSEIGNE)),
        sujet="Âge à l’entrée, par sexe",
        message=_say_share(lecture, "age", tuple(derniere), f"ont {''.join(derniere)} à l’entrée"),
        note="parts de chaque sexe",
        tableau=_table_of_ages(lecture),
    )


def _table_of_ages(lecture: Lecture) -> Tableau:
    sexe, age = find_decoupage("sexe"), find_decoupage("age")
    jour, hier = lecture.ask(EFFECTIF, "sexe", "age"), lecture.ask_year_before(EFFECTIF, "sexe", "age")
    lignes = [
        (sexe.label(code), age.label(tranche), *(_write_cell(r, sexe=code, age=tranche) for r in (jour, hier)))
        for code in sexe.valeurs
        if any(dict(c.par).get("sexe") == code for c in jour)
        for tranche in (*lecture.names("age"), NON_RENSEIGNE)
    ]
    return Tableau(("Sexe", "Âge", "Participants", UN_AN_PLUS_TOT), tuple(lignes))


def _write_cell(resultat: ResultatPublie, **par: str) -> str:
    cellule = next((c for c in resultat if dict(c.par) == par), None)
    if cellule is None:
        return "0" if is_comparable(resultat) else "–"
    return write_value(cellule, resultat.unite)


def _draw_parts(
    lecture: Lecture,
    code: str,
    groupes: Sequence[tuple[str, Sequence[Barre]]],
    noms: Sequence[str],
    *,
    sujet: str,
    message: str | None,
    note: str,
    tableau: Tableau,
) -> Image:
    """Lines cut in parts; why not where nobody is counted."""
    total = lecture.ask(EFFECTIF)
    if not groupes or not (total.valeur or total.base):
        return absent(code, sujet, VIDE, Forme.PARTS)
    categories, series = stack(groupes, noms, total.unite)
    return Image(
        code=code,
        genre=Forme.PARTS,
        message=message or sujet,
        sujet=sujet,
        entete=tableau.entete[0],
        categories=categories,
        series=series,
        unite=str(total.unite),
        indicateurs=(EFFECTIF,),
        effectif=_size_of_all(lecture),
        note=note,
        tableau=tableau,
    )


def _size_of_all(lecture: Lecture) -> str:
    return phrases.write_size(lecture.ask(EFFECTIF), "participant accompagné", "participants accompagnés")


def _draw_distribution(lecture: Lecture, code: str, entete: str, dits: tuple[str, ...], suite: str) -> Image:
    """Accompanied people in each part of one characteristic, last year beside in the table."""
    decoupage, total = find_decoupage(code), lecture.ask(EFFECTIF)
    sujet = decoupage.libelle if "entrée" in decoupage.libelle else f"{decoupage.libelle} à l’entrée"
    if not (total.valeur or total.base):
        return absent(code, sujet, VIDE)
    jour, avant = lecture.ask(EFFECTIF, code), lecture.ask_year_before(EFFECTIF, code)
    par_valeur = {dict(c.par).get(code): c for c in jour}
    barres = [
        bar_of(nom, par_valeur.get(valeur, AUCUN), jour, _write_part(lecture, jour, code, valeur))
        for valeur, nom in _values_of(code)
    ]
    hier = [_write_part(lecture, avant, code, valeur, Quand.UN_AN_AVANT) for valeur, _ in _values_of(code)]
    lignes = tuple((b.nom, b.texte, h) for b, h in zip(barres, hier, strict=True))
    return draw_bars(
        code,
        barres,
        sujet=sujet,
        vide=VIDE,
        message=_say_share(lecture, code, dits, suite),
        entete=entete,
        nom="Participants",
        unite=str(total.unite),
        indicateurs=(EFFECTIF,),
        effectif=_size_of_all(lecture),
        tableau=Tableau((entete, CETTE_ANNEE, UN_AN_PLUS_TOT), lignes),
    )
