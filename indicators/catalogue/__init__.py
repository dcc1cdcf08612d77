"""The catalogue: every indicator, by code, in the order of the page « Définitions »."""

from indicators.catalogue import (
    caracteristiques,
    delais_des_etapes,
    entretiens,
    etapes,
    flux,
    operations,
    personnes,
    questionnaire,
    resultats_des_etapes,
    sorties,
    stock,
    suites_des_sorties,
    suivi,
)
from indicators.declaration import Indicateur, check_declaration

FAMILLES: dict[str, tuple[Indicateur, ...]] = {
    "File active et durées": stock.INDICATEURS,
    "Entrées, sorties, participants": flux.INDICATEURS,
    "Dans les opérations": operations.INDICATEURS,
    "Résultats des sorties": sorties.INDICATEURS + suites_des_sorties.INDICATEURS,
    "Publics et parité": personnes.INDICATEURS + caracteristiques.INDICATEURS + questionnaire.INDICATEURS,
    "Étapes": etapes.INDICATEURS + delais_des_etapes.INDICATEURS + resultats_des_etapes.INDICATEURS,
    "Suivi des parcours": suivi.INDICATEURS + entretiens.INDICATEURS,
}


def _build() -> dict[str, Indicateur]:
    catalogue: dict[str, Indicateur] = {}
    for indicateurs in FAMILLES.values():
        for indicateur in indicateurs:
            if indicateur.code in catalogue:
                raise ValueError(f"Deux indicateurs portent le code {indicateur.code}.")
            catalogue[indicateur.code] = check_declaration(indicateur)
    return catalogue


CATALOGUE = _build()
