"""A made-up workbook of any size, always the same for the same size."""

import random
from datetime import date, timedelta

from tests.unit.data_access.petits_classeurs import Feuilles

ETAPES_PAR_PARCOURS = 6
_ORIGINE = date(2018, 1, 1)


def made_up_sheets(nombre_d_etapes: int, code_plie: str = "B") -> Feuilles:
    """About `nombre_d_etapes` étapes, six for each parcours, one parcours for each participant."""
    hasard = random.Random(nombre_d_etapes)
    plie = {"code_plie": code_plie}
    parcours = [_parcours(plie, rang, hasard) for rang in range(nombre_d_etapes // ETAPES_PAR_PARCOURS)]
    types = [
        {"type_etape": f"T{n}", "libelle": "x", "code_classe": "K", "libelle_classe": "x", "comptee": True}
        for n in range(ETAPES_PAR_PARCOURS)
    ]
    return {
        "PLIE": [plie | {"nom": "Banc", "date_extraction": date(2026, 1, 1)}],
        "Territoires": [plie | {"code_territoire": "33063", "nom": "V", "type": "commune", "eligible": True}],
        "Operations": [plie | {"code_operation": "O1", "intitule": "x", "debut": _ORIGINE, "fin": date(2026, 1, 1)}],
        "Regles de sortie": [
            plie | {"type_sortie": "CDI", "libelle": "x", "categorie": "positive", "depuis": _ORIGINE, "source": "x"}
        ],
        "Types d'etape": [plie | type_etape for type_etape in types],
        "Referents": [plie | {"code_referent": f"R{n}", "etp": 1.0, "depuis": _ORIGINE} for n in range(20)],
        "Participants": [_participant(plie, p, hasard) for p in parcours],
        "Parcours": parcours,
        "Etapes": [_etape(plie, p, n, hasard) for p in parcours for n in range(ETAPES_PAR_PARCOURS)],
    }


def _parcours(plie: dict, rang: int, hasard: random.Random) -> dict:
    entree = _ORIGINE + timedelta(hasard.randrange(1800))
    sortie = entree + timedelta(hasard.randrange(100, 900)) if hasard.random() < 0.7 else None
    return plie | {
        "id_parcours": f"c{rang}", "id_participant": f"p{rang}", "entree_le": entree, "sortie_le": sortie,
        "type_sortie": "CDI" if sortie else None, "code_referent": f"R{rang % 20}", "code_commune": "33063",
        "rsa": hasard.random() < 0.5, "mois_sans_emploi": hasard.randrange(40), "niveau_diplome": "2b",
        "prescripteur": "CCAS",
    }  # fmt: skip


def _participant(plie: dict, parcours: dict, hasard: random.Random) -> dict:
    naissance = date(1965, 1, 1) + timedelta(hasard.randrange(12_000))
    sexe = hasard.choice("FH")
    return plie | {"id_participant": parcours["id_participant"], "sexe": sexe, "date_naissance": naissance}


def _etape(plie: dict, parcours: dict, numero: int, hasard: random.Random) -> dict:
    debut = parcours["entree_le"] + timedelta(hasard.randrange(90))
    return plie | {
        "id_etape": f"{parcours['id_parcours']}-{numero}", "id_parcours": parcours["id_parcours"],
        "type_etape": f"T{numero}", "code_operation": "O1", "debut": debut, "fin": debut + timedelta(20),
        "statut": "realisee", "heures": 35.5, "justificatif": "attestation",
    }  # fmt: skip
