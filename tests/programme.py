"""A small invented PLIE, consistent and lopsided: communes and answers of every size."""

import random
from datetime import date, timedelta

from data_access import tables as t


def make_programme(personnes: int, graine: int = 1, operations: bool = False) -> dict:
    """A PLIE of that many people, consistent and lopsided: K1 is large, K3 small, some answers rare.

    `operations`: two of them, one of which only a few people follow.
    """
    tirage = random.Random(graine)
    lignes: dict = {nom: [] for nom in t.TABLES}

    def add(table: str, **valeurs: object) -> None:
        lignes[table].append(dict.fromkeys(t.workbook_columns(t.TABLES[table])) | {"code_plie": "P"} | valeurs)

    add("plie", nom="P", date_extraction=date(2022, 12, 31))
    for zone, genre, parent in (
        *(("E", "epci", None), ("K1", "commune", "E"), ("K2", "commune", "E"), ("K3", "commune", None)),
        *(("Z1", "qpv", "K1"), ("Z2", "qpv", "K3")),
    ):
        add("territoires", code_territoire=zone, nom=zone, type=genre, code_parent=parent)
    for nom, categorie, nature in (
        ("cdi", "positive", "emploi"),
        ("demenage", "autre", None),
        ("perdu", "negative", None),
    ):
        add(
            "regles_de_sortie",
            type_sortie=nom,
            libelle=nom,
            categorie=categorie,
            nature=nature,
            depuis=date(2000, 1, 1),
            source="essai",
        )
    add("types_etape", type_etape="T1", libelle="T1", code_classe="C1", libelle_classe="C1", comptee=True)
    add("types_etape", type_etape="T2", libelle="T2", code_classe="C2", libelle_classe="C2", comptee=True)
    add(
        "objectifs",
        code_indicateur="sorties_positives",
        libelle="Sorties",
        nature="fixe",
        valeur=10,
        debut=date(2022, 1, 1),
        fin=date(2022, 12, 31),
    )
    for operation in ("O1", "O2") if operations else ():
        add("operations", code_operation=operation, intitule=operation, debut=date(2020, 1, 1), fin=date(2022, 12, 31))
    for numero in range(personnes):
        sexe = tirage.choices(["F", "H", None], [55, 42, 3])[0]
        add(
            "participants",
            id_participant=f"I{numero}",
            sexe=sexe,
            date_naissance=date(tirage.randint(1960, 2001), 5, 5),
        )
        commune = tirage.choices(["K1", "K2", "K3", None], [70, 20, 7, 3])[0]
        entree = date(2020, 1, 1) + timedelta(days=tirage.randrange(1000))
        sortie = entree + timedelta(days=tirage.randrange(30, 900))
        sortie = sortie if sortie <= date(2022, 12, 31) else None
        add(
            "parcours",
            id_parcours=f"A{numero}",
            id_participant=f"I{numero}",
            mode="complet",
            entree_le=entree,
            sortie_le=sortie,
            code_commune=commune,
            code_quartier={"K1": tirage.choice(["Z1", None, None]), "K3": "Z2"}.get(commune),
            rsa=tirage.choices([True, False, None], [60, 35, 5])[0],
            minima_sociaux=tirage.choice([True, False]),
            mois_sans_emploi=tirage.choice([0, 12, 30, None]),
            handicap=tirage.choices([True, False], [6, 94])[0],
            niveau_diplome=tirage.choice(["2a", "2b", "2c", "2d"]),
            type_sortie=tirage.choices(["cdi", "demenage", "perdu", None], [50, 20, 25, 5])[0] if sortie else None,
            saisie_le=sortie,
        )
        if operations and numero % 3 == 0:
            operation = "O2" if numero % 12 == 0 else "O1"
            add(
                "participations", code_operation=operation, id_parcours=f"A{numero}", entree_le=entree, sortie_le=sortie
            )
        if tirage.random() < 0.6:
            add(
                "etapes",
                id_etape=f"E{numero}",
                id_parcours=f"A{numero}",
                type_etape=tirage.choice(["T1", "T1", "T2"]),
                debut=entree,
                fin=None,
                statut="en_cours",
            )
    return lignes
