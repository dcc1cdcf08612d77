"""Territoires: communes and quartiers side by side on the figures of the Synthèse, on a map, against their PLIE."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indicators.intervalles import differs
from indicators.nombres import write_points, write_value
from indicators.phrases import chiffres as phrases
from indicators.referentiel import Territoire
from indicators.resultats import Cellule, ResultatPublie
from sections.cartes import TOUTES
from sections.contenu import Chiffre, Section
from sections.dessins import absent, bar_of, base_of, draw_bars, draw_months, greatest_first, join_notes
from sections.images import Clic, Forme, Image, Serie, Tableau
from sections.lecture import Demande, Lecture
from sections.lieux import (
    ACCOMPAGNES,
    CODES_LUS,
    COLONNES,
    FEMMES,
    PAR,
    POSITIVES,
    PRESENTS,
    Ligne,
    height_of,
    name_place,
    put_small_together,
    read_communes,
    read_places,
)

PARTS = {PRESENTS: "Part de la file active", "entrees": "Part des entrées", POSITIVES: "Part des sorties positives"}
ECART = "Écart au PLIE, sorties positives"
VIDE = "Aucune personne de ce périmètre n’a de commune : chargez la colonne « code_commune »."
SANS_COORDONNEES = (
    "Aucune commune n’a de coordonnées : remplissez « latitude » et « longitude » de la feuille « Territoires »."
)
DEMANDES = (
    *(Demande(code, par) for code in CODES_LUS for par in PAR),
    *(Demande(code, ailleurs=True) for code in CODES_LUS),
)


def write_territoires(lecture: Lecture) -> Section:
    """Communes, their groupings, then quartiers."""
    totaux = {code: lecture.ask(code) for code in CODES_LUS}
    communes = read_communes(lecture)
    lignes = put_small_together(communes, lecture.seuil)
    connues = [ligne for ligne in lignes if ligne.codes]
    return Section(
        code="territoires",
        titre="Territoires",
        message=_say_first(connues, totaux) or VIDE,
        phrases=_say_gaps(connues, totaux),
        chiffres=_write_cards(lecture, communes, totaux),
        images=tuple(i for i in (_draw_map(lecture, communes), _draw_stock(connues, totaux)) if i),
        tableaux=tuple(t for t in (_compare(lecture, lignes, totaux), _list_quartiers(lecture, totaux)) if t.lignes),
    )


def _write_cards(
    lecture: Lecture, communes: Sequence[Ligne], totaux: Mapping[str, ResultatPublie]
) -> tuple[Chiffre, ...]:
    habitees = sum(bool(ligne.codes and height_of(ligne.at(ACCOMPAGNES))) for ligne in communes)
    toutes = sum(t.type == "commune" for t in lecture.territoires)
    precision = f"sur les {toutes} du périmètre" if toutes else ""
    inconnus = next((ligne.at(PRESENTS) for ligne in communes if not ligne.codes), None)
    sans = write_value(inconnus, "parcours") if inconnus is not None else "0"
    total = totaux[PRESENTS]
    return (
        Chiffre("territoires", "Communes où vit quelqu’un", float(habitees), str(habitees), "", precision),
        Chiffre(
            PRESENTS, "File active", total.valeur, write_value(total.cellule, total.unite), str(total.unite), "en tout"
        ),
        Chiffre("territoires", "Sans commune", None, sans, "", "parcours de la file active"),
    )


def _say_first(lignes: Sequence[Ligne], totaux: Mapping[str, ResultatPublie]) -> str | None:
    """« Agen est la commune la plus représentée : 279 parcours, 55 % de la file active. »"""
    if not lignes or not height_of(lignes[0].at(PRESENTS)):
        return None
    cellule, total = lignes[0].at(PRESENTS), totaux[PRESENTS]
    part = phrases.write_share(cellule, total.cellule, 0)
    suite = f", {part} de la file active" if part else ""
    return f"{lignes[0].nom} est la commune la plus représentée : {write_value(cellule, total.unite)} parcours{suite}."


def _say_gaps(lignes: Sequence[Ligne], totaux: Mapping[str, ResultatPublie]) -> tuple[str, ...]:
    """The communes whose rate of positive exits, or part of women, really differs from that of the whole."""
    dites = []
    for code, quoi in ((TOUTES, "sorties positives"), (FEMMES, "femmes parmi les accompagnés")):
        total = totaux[code]
        if total.valeur is None:
            continue
        vraies = [ligne for ligne in lignes if differs(ligne.at(code), total.valeur)]
        noms = [f"{ligne.nom} ({write_value(ligne.at(code), total.unite)})" for ligne in vraies[:4]]
        moyenne = write_value(total.cellule, total.unite)
        if noms:
            dites.append(f"Part de {quoi} vraiment différente de la moyenne ({moyenne}) : {', '.join(noms)}.")
        else:
            dites.append(f"Aucune commune n’a une part de {quoi} vraiment différente de la moyenne ({moyenne}).")
    return tuple(dites)


def write_gap(cellule: Cellule, total: ResultatPublie) -> str:
    """« + 4,2 points », followed by « écart non significatif » where chance alone could explain it."""
    if cellule.valeur is None or total.valeur is None:
        return "–"
    points = write_points(cellule.valeur - total.valeur, 0 if cellule.base or total.base else 1)
    return points if differs(cellule, total.valeur) else f"{points}, écart non significatif"


def _compare(lecture: Lecture, lignes: Sequence[Ligne], totaux: Mapping[str, ResultatPublie]) -> Tableau:
    """Groupings of communes where there are several, each with its own under it; then the whole."""
    rangees: list[tuple[Ligne, bool]] = []
    groupements = _groupings(lecture, lignes)
    for parent, nom in groupements.items():
        siennes = [ligne for ligne in lignes if ligne.codes and _parent_of(lecture, ligne) == parent]
        if len(groupements) > 1 and siennes:
            plie = siennes[0].codes[0] if siennes[0].codes else ""
            rangees.append(
                (Ligne(nom, {c: lecture.ask(c, ou=parent).cellule for c in CODES_LUS}, (plie, parent)), False)
            )
        rangees += [(ligne, len(groupements) > 1) for ligne in siennes]
    rangees += [(ligne, False) for ligne in lignes if (ligne, True) not in rangees and (ligne, False) not in rangees]
    ensemble = Ligne("Ensemble du périmètre", {code: r.cellule for code, r in totaux.items()})
    toutes = [*rangees, (ensemble, False)] if rangees else []
    rang = 1 + list(COLONNES).index(TOUTES)
    return Tableau(
        ("Territoire", *COLONNES.values(), *PARTS.values(), ECART),
        tuple(_row(ligne, dedans, totaux) for ligne, dedans in toutes),
        "Les territoires côte à côte",
        join_notes(
            "écart non significatif : sur si peu de sorties, le hasard suffit à l’expliquer (intervalle à 95 %)",
            f"communes de moins de {lecture.seuil} accompagnés regroupées" if lecture.seuil else "",
        ),
        liens=tuple((("plie", li.codes[0]), ("territoire", li.codes[1])) if li.codes else () for li, _ in toutes),
        ouvert=True,
        essentielles=(0, 1, 2, 3, 5, 8, len(COLONNES) + len(PARTS) + 1),
        parts=((rang, tuple(ligne.at(TOUTES).valeur for ligne, _ in toutes)),),
    )


def _row(ligne: Ligne, dedans: bool, totaux: Mapping[str, ResultatPublie]) -> tuple[str, ...]:
    ecrites = (write_value(ligne.at(code), totaux[code].unite) for code in COLONNES)
    parts = (phrases.write_share(ligne.at(code), totaux[code].cellule, 0) or "–" for code in PARTS)
    return (
        f"\u2003{ligne.nom}" if dedans else ligne.nom,
        *ecrites,
        *parts,
        write_gap(ligne.at(TOUTES), totaux[TOUTES]),
    )


def _parent_of(lecture: Lecture, ligne: Ligne) -> str | None:
    plie, lieu = ligne.codes or ("", "")
    trouve = next((t for t in lecture.territoires if (t.code_plie, t.code_territoire) == (plie, lieu)), None)
    return trouve.code_parent if trouve else None


def _groupings(lecture: Lecture, lignes: Sequence[Ligne]) -> dict[str, str]:
    """The EPCI or other groupings of the communes of these lines, by name."""
    noms = {t.code_territoire: t.nom for t in lecture.territoires}
    parents = dict.fromkeys(_parent_of(lecture, ligne) for ligne in lignes if ligne.codes)
    return {code: noms[code] for code in parents if code in noms}


def _list_quartiers(lecture: Lecture, totaux: Mapping[str, ResultatPublie]) -> Tableau:
    """Quartiers apart: a quartier is part of a commune, its line is never added to those of communes."""
    lignes = [
        ligne
        for ligne in read_places(lecture, "quartier", lambda c: name_place(lecture, c, "Hors quartier"))
        if ligne.codes
    ]
    return Tableau(
        ("Quartier", *COLONNES.values()),
        tuple((li.nom, *(write_value(li.at(code), totaux[code].unite) for code in COLONNES)) for li in lignes),
        "Quartiers prioritaires et autres quartiers",
        "un quartier est compris dans sa commune",
        liens=tuple((("plie", li.codes[0]), ("territoire", li.codes[1])) if li.codes else () for li in lignes),
        ouvert=True,
    )


def _draw_stock(lignes: Sequence[Ligne], totaux: Mapping[str, ResultatPublie]) -> Image:
    """File active of each commune; a click restricts every page to it."""
    total = totaux[PRESENTS]
    barres = greatest_first(
        bar_of(ligne.nom, ligne.at(PRESENTS), total, code=ligne.codes[1]) for ligne in lignes if ligne.codes
    )
    return draw_bars(
        "territoires_file_active",
        barres,
        sujet="File active par commune",
        vide=VIDE,
        entete="Commune",
        nom="File active",
        unite="parcours",
        indicateurs=(PRESENTS,),
        effectif=phrases.write_size(total, "parcours", "parcours"),
        clic=Clic.TERRITOIRE,
    )


def _draw_map(lecture: Lecture, lignes: Sequence[Ligne]) -> Image | None:
    """A circle at each commune, as large as its file active, coloured by its rate of positive exits."""
    places = {(t.code_plie, t.code_territoire): t for t in lecture.territoires if _is_placed(t)}
    placees = [
        (ligne, places[ligne.codes]) for ligne in lignes if ligne.codes in places and height_of(ligne.at(PRESENTS))
    ]
    if not placees:
        return absent("territoires_carte", "Carte des communes", SANS_COORDONNEES, Forme.CARTE)
    unites = {PRESENTS: "parcours", TOUTES: "%"}
    series = tuple(
        Serie(
            COLONNES[code],
            tuple(ligne.at(code).valeur for ligne, _ in placees),
            tuple(write_value(ligne.at(code), unites[code]) for ligne, _ in placees),
            base_of([bar_of("", ligne.at(code), lecture.ask(code)) for ligne, _ in placees]),
        )
        for code in (PRESENTS, TOUTES)
    )
    return Image(
        code="territoires_carte",
        genre=Forme.CARTE,
        message="Où vivent les personnes suivies",
        sujet="File active et sorties positives de chaque commune",
        entete="Commune",
        categories=tuple(ligne.nom for ligne, _ in placees),
        series=series,
        unite="parcours",
        indicateurs=(PRESENTS, TOUTES),
        note="un cercle par commune : sa surface suit la file active, sa couleur la part de sorties positives",
        codes=tuple(lieu.code_territoire for _, lieu in placees),
        clic=Clic.TERRITOIRE,
        positions=tuple((lieu.longitude or 0.0, lieu.latitude or 0.0) for _, lieu in placees),
    )


def _is_placed(territoire: Territoire) -> bool:
    return territoire.type == "commune" and None not in (territoire.latitude, territoire.longitude)


FIGURES_A_COMPARER = {
    PRESENTS: ("File active", "parcours"),
    "entrees": ("Entrées", "entrées"),
    "sorties_positives": ("Sorties positives", "sorties positives"),
}


def draw_over_time(lecture: Lecture, code: str, lieu: str) -> Image:
    """One figure of one territory, month by month, the year before beside: one picture of a comparison."""
    nom, _ = FIGURES_A_COMPARER[code]
    ici = Lecture(
        lecture.source,
        replace(lecture.filtres, territoire=lieu),
        replace(lecture.larges, territoire=lieu),
        lecture.plie,
        lecture.operations,
    )
    ou = lecture.names("commune").get(lieu, lieu)
    vide = f"Rien sur ces mois à {ou}. Élargissez la période."
    return draw_months(ici, code, f"compare_{code}_{lieu}", f"{ou} : {nom.lower()}", vide, nom=nom)
