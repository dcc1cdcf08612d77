"""The catalogue: every indicator, by code, in the order of the page « Définitions »."""

from indicators.catalogue import (
    delais_des_etapes,
    entretiens,
    etapes,
    file_active,
    flux,
    operations,
    parite,
    publics,
    questionnaire,
    sorties,
    suites_des_sorties,
    suivi,
)
from indicators.declaration import Indicateur

FAMILLES: dict[str, tuple[Indicateur, ...]] = {
    "File active et durées": file_active.INDICATEURS,
    "Entrées, sorties, participants": flux.INDICATEURS,
    "Dans les opérations": operations.INDICATEURS,
    "Résultats des sorties": sorties.INDICATEURS + suites_des_sorties.INDICATEURS,
    "Publics et parité": parite.INDICATEURS + publics.INDICATEURS + questionnaire.INDICATEURS,
    "Étapes": etapes.INDICATEURS + delais_des_etapes.INDICATEURS + etapes.RESULTATS,
    "Suivi des parcours": suivi.INDICATEURS + entretiens.INDICATEURS,
}

CATALOGUE = {indicateur.code: indicateur for indicateurs in FAMILLES.values() for indicateur in indicateurs}
if len(CATALOGUE) < sum(map(len, FAMILLES.values())):
    raise ValueError("Deux indicateurs portent le même code.")
