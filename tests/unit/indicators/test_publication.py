"""States and refusals of `publier` that no worked example shows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.refus import Refus
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import Etat
from tests.base_d_exemple import PLIE_EXEMPLE, load_example

ANNEE = Filtres((PLIE_EXEMPLE,), Periode(date(2021, 1, 1), date(2021, 12, 31)))
TABLES = {
    "parcours": """
    id_parcours | entree_le  | sortie_le  | type_sortie
    A           | 2020-01-01 | 2021-02-01 | cdi
    B           | 2020-01-01 | 2021-09-01 | cdi
    """,
    "regles_de_sortie": """
    type_sortie | categorie | depuis
    cdi         | positive  | 2021-07-15
    """,
}


@pytest.fixture
def base() -> Iterator[sa.Connection]:
    engine = make_engine("sqlite://")
    with engine.connect() as connexion:
        load_example(connexion, TABLES)
        yield connexion
    engine.dispose()


def test_rate_is_unknown_while_no_rule_is_in_force(base: sa.Connection) -> None:
    avant = ANNEE.over(Periode(date(2021, 1, 1), date(2021, 7, 14)))
    resultat = publier(base, "taux_sorties_positives", avant, ANIMATION)
    assert (resultat.cellule.etat, resultat.valeur) == (Etat.NON_DOCUMENTE, None)
    assert resultat.plie_sans_source == (PLIE_EXEMPLE,)
    # The exit of February, when no rule was in force, is outside the rate and said beside it.
    annee = publier(base, "taux_sorties_positives", ANNEE, ANIMATION).cellule
    assert (annee.valeur, annee.denominateur) == (1.0, 1)
    assert publier(base, "sorties_hors_regles", ANNEE, ANIMATION).valeur == 1


def test_months_before_the_rules_are_unknown(base: sa.Connection) -> None:
    mois = publier(base, "taux_sorties_positives", ANNEE.split_by("mois"), ANIMATION)
    etats = {c.at("mois"): c.etat for c in mois}
    assert etats["2021-06"] is Etat.NON_DOCUMENTE
    assert etats["2021-07"] is Etat.SANS_OBJET
    assert {c.at("mois"): c.valeur for c in mois if c.valeur is not None} == {"2021-09": 1.0}


def test_sheet_never_given_is_unknown_and_empty_sheet_is_zero(base: sa.Connection) -> None:
    assert publier(base, "etapes", ANNEE, ANIMATION).valeur == 0
    base.execute(sa.delete(t.feuilles_chargees).where(t.feuilles_chargees.c.nom_table == "etapes"))
    assert publier(base, "etapes", ANNEE, ANIMATION).cellule.etat is Etat.NON_DOCUMENTE
    assert publier(base, "sorties", ANNEE, ANIMATION).valeur == 2


@pytest.mark.parametrize(
    ("code", "filtres", "droits", "signe"),
    [
        ("inconnu", ANNEE, ANIMATION, "IND-001"),
        ("sorties", ANNEE.split_by("couleur"), ANIMATION, "IND-002"),
        ("file_active_par_etp", ANNEE.split_by("sexe"), ANIMATION, "IND-003"),
        ("sorties", replace(ANNEE, operation="O9"), ANIMATION, "IND-004"),
        ("sorties", replace(ANNEE, territoire="99999"), ANIMATION, "IND-005"),
        ("sorties", ANNEE, Droits("inconnu"), "DRO-001"),
        ("sorties", Filtres((), ANNEE.periode), ANIMATION, "DRO-002"),
        ("sorties", ANNEE, Droits("animation", ("AUTRE",)), "DRO-003"),
    ],
)
def test_refusals_are_said(base: sa.Connection, code: str, filtres: Filtres, droits: Droits, signe: str) -> None:
    with pytest.raises(Refus, match=signe):
        publier(base, code, filtres, droits)


def test_other_names_of_a_split_are_understood(base: sa.Connection) -> None:
    parts = publier(base, "sorties", ANNEE.split_by("tranche_age", "age"), ANIMATION)
    assert [dict(c.par) for c in parts] == [{"age": "non renseigné"}]
