"""The published national figures of 2014 come out of a made data set that has their volumes.

Alliance Villes Emploi, 2014: 114 146 people followed, 14 446 positive exits, 25 882 others of which
3 526 moves, deaths and retirements, 73 818 in file active on 31 December, « 39 % » of positive exits.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.imports.derivation import complete_row, refresh_derived
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier

SUIVIS, ENTREES, POSITIVES, AUTRES, NEUTRES = 114_146, 34_633, 14_446, 25_882, 3_526
ANNEE = Filtres(("FRANCE",), Periode(date(2014, 1, 1), date(2014, 12, 31)))
REGLES = {"emploi": "positive", "demenagement": "autre", "abandon": "negative"}


def _row(table: str, **valeurs: object) -> dict[str, object]:
    vide = dict.fromkeys(t.workbook_columns(t.TABLES[table])) | {"code_plie": "FRANCE"}
    return complete_row(table, vide | valeurs)


@pytest.fixture(scope="module")
def base() -> Iterator[sa.Connection]:
    engine = make_engine("sqlite://")
    t.metadata.create_all(engine)
    numeros = count()
    sorties = ["emploi"] * POSITIVES + ["demenagement"] * NEUTRES + ["abandon"] * (AUTRES - NEUTRES)
    parcours, personnes = [], []
    for rang in range(SUIVIS):
        numero = f"{next(numeros):06d}"
        type_sortie = sorties[rang] if rang < len(sorties) else None
        entree = date(2014, 6, 1) if rang < ENTREES else date(2013, 6, 1)
        personnes.append(_row("participants", id_participant=numero))
        parcours.append(
            _row(
                "parcours",
                id_parcours=numero,
                id_participant=numero,
                mode="complet",
                entree_le=entree,
                sortie_le=date(2014, 12, 31) if type_sortie else None,
                type_sortie=type_sortie,
            )
        )
    with engine.connect() as connexion:
        connexion.execute(
            sa.insert(t.plie), [_row("plie", nom="Ensemble des PLIE", date_extraction=date(2014, 12, 31))]
        )
        connexion.execute(
            sa.insert(t.regles_de_sortie),
            [
                _row(
                    "regles_de_sortie",
                    type_sortie=code,
                    libelle=code,
                    categorie=categorie,
                    depuis=date(2007, 1, 1),
                    source="Alliance Villes Emploi",
                )
                for code, categorie in REGLES.items()
            ],
        )
        connexion.execute(sa.insert(t.participants), personnes)
        connexion.execute(sa.insert(t.parcours), parcours)
        connexion.execute(sa.insert(t.feuilles_chargees), [{"code_plie": "FRANCE", "nom_table": "parcours"}])
        refresh_derived(connexion, ["FRANCE"])
        yield connexion
    engine.dispose()


@pytest.mark.parametrize(
    ("code", "attendu"),
    [
        ("participants_accompagnes", 114_146),
        ("entrees", 34_633),
        ("sorties_positives", 14_446),
        ("sorties_autres", 3_526),
        ("sorties", 14_446 + 25_882),
        ("file_active", 73_818),
    ],
)
def test_published_count(base: sa.Connection, code: str, attendu: int) -> None:
    assert publier(base, code, ANNEE, ANIMATION).valeur == attendu


def test_published_rate_leaves_neutral_exits_out(base: sa.Connection) -> None:
    cellule = publier(base, "taux_sorties_positives_hors_neutres", ANNEE, ANIMATION).cellule
    assert cellule.denominateur == 36_802
    assert round(100 * (cellule.valeur or 0), 1) == 39.3


def test_rate_over_all_exits_is_lower(base: sa.Connection) -> None:
    taux = publier(base, "taux_sorties_positives", ANNEE, ANIMATION).valeur
    assert round(100 * (taux or 0), 1) == 35.8
