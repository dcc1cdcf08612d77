"""What is not documented is never a zero, and what a PLIE lacks is not counted against the others."""

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.imports.derivation import refresh_derived
from indicators.catalogue import CATALOGUE
from indicators.catalogue.references import keep_sources
from indicators.comparable import SANS_COMPARAISON, publier_un_an_avant
from indicators.documentation import describe_count, describe_source
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.phrases.chiffres import say_file_active, say_since_last_year
from indicators.publication import publier
from indicators.resultats import Etat
from seances.edition import define_all
from tests.base_d_exemple import load_example

ANNEE = Periode(date(2021, 1, 1), date(2021, 12, 31))
P, Q, LES_DEUX = (Filtres(plie, ANNEE) for plie in (("P",), ("Q",), ("P", "Q")))
TABLES = {
    "plie": """
    code_plie | nom | date_extraction | protocole_du
    P         | P   | 2021-12-31      | 2015-01-01
    Q         | Q   | 2021-12-31      | 2021-01-01
    """,
    # P dates its contracts and the recording of its exits, and has rules from March; Q has none of all that.
    "parcours": """
    code_plie | id_parcours | entree_le  | sortie_le  | type_sortie | saisie_le  | contrat_jusquau | code_referent
    P         | A           | 2019-06-01 | 2021-02-01 | cdi         | 2021-02-02 |                 |
    P         | B           | 2019-06-01 | 2021-04-01 | cdi         | 2021-04-02 |                 |
    P         | C           | 2019-07-01 | 2021-05-01 | demenage    | 2021-09-02 |                 |
    P         | D           | 2019-07-01 |            |             |            | 2023-01-01      | R1
    Q         | E           | 2020-06-01 | 2021-04-01 | cdi         |            |                 |
    Q         | F           | 2020-06-01 | 2021-05-01 |             |            |                 |
    Q         | G           | 2020-06-01 |            |             |            |                 |
    """,
    "participants": """
    code_plie | id_participant | sexe
    P         | A              | F
    P         | B              |
    P         | C              |
    P         | D              |
    Q         | E              |
    Q         | F              |
    Q         | G              |
    """,
    "regles_de_sortie": """
    code_plie | type_sortie | categorie | depuis
    P         | cdi         | positive  | 2021-03-01
    P         | demenage    | autre     | 2021-03-01
    """,
    "operations": """
    code_plie | code_operation | debut      | fin
    P         | VIEILLE        | 2019-01-01 | 2021-12-31
    P         | NEUVE          | 2021-01-01 | 2021-12-31
    """,
    "participations": """
    code_plie | id_parcours | code_operation | entree_le
    P         | D           | VIEILLE        | 2019-07-01
    P         | D           | NEUVE          | 2021-01-01
    """,
}


@pytest.fixture(scope="module")
def base() -> Iterator[sa.Connection]:
    engine = make_engine("sqlite://")
    with engine.connect() as connexion:
        load_example(connexion, TABLES)
        connexion.execute(sa.insert(t.feuilles_chargees), [{"code_plie": "Q", "nom_table": nom} for nom in t.TABLES])
        refresh_derived(connexion, ["Q"])
        yield connexion
    engine.dispose()


def test_exits_on_a_day_without_any_rule_are_outside_both_rates(base: sa.Connection) -> None:
    toutes = publier(base, "taux_sorties_positives", P, ANIMATION).cellule
    assert (toutes.numerateur, toutes.denominateur) == (1, 2)
    hors_neutres = publier(base, "taux_sorties_positives_hors_neutres", P, ANIMATION).cellule
    assert (hors_neutres.numerateur, hors_neutres.denominateur) == (1, 1)
    # The union is not diluted by the exits of a PLIE without rules, which are counted beside.
    union = publier(base, "taux_sorties_positives", LES_DEUX, ANIMATION)
    assert (union.cellule.numerateur, union.cellule.denominateur, union.plie_sans_source) == (1, 2, ("Q",))
    hors = publier(base, "sorties_hors_regles", LES_DEUX.split_by("plie"), ANIMATION)
    assert {c.at("plie"): c.valeur for c in hors} == {"P": 1, "Q": 2}
    assert publier(base, "sorties", LES_DEUX, ANIMATION).valeur == 5


def test_a_rate_whose_exits_are_all_outside_is_unknown(base: sa.Connection) -> None:
    fevrier = publier(base, "taux_sorties_positives", P.over(Periode(date(2021, 1, 1), date(2021, 3, 31))), ANIMATION)
    assert (fevrier.cellule.etat, fevrier.valeur) == (Etat.NON_DOCUMENTE, None)
    par_plie = publier(base, "taux_sorties_positives", LES_DEUX.split_by("plie"), ANIMATION)
    assert {c.at("plie"): c.etat for c in par_plie} == {"P": Etat.EXACT, "Q": Etat.NON_DOCUMENTE}
    assert publier(base, "taux_sorties_positives", Q, ANIMATION).cellule.motif == (
        "Aucune règle de sortie n’était en vigueur sur la période."
    )


@pytest.mark.parametrize(
    ("code", "colonne"),
    [
        ("contrats_a_echeance", "contrat_jusquau"),
        ("contrats_echus", "contrat_jusquau"),
        ("sorties_saisies_a_temps", "saisie_le"),
        ("file_active_par_referent", "code_referent"),
        ("part_femmes", "sexe"),
        ("delai_diagnostic", "prescription_le"),
        ("en_attente_de_validation", "solution_depuis"),
    ],
)
def test_a_column_that_no_row_fills_is_not_documented(base: sa.Connection, code: str, colonne: str) -> None:
    resultat = publier(base, code, Q, ANIMATION)
    assert {(c.etat, c.valeur) for c in resultat} == {(Etat.NON_DOCUMENTE, None)}
    assert f"La colonne « {colonne} » de l’onglet" in resultat.cellules[0].motif
    assert resultat.plie_sans_source == ("Q",)


def test_a_column_filled_once_is_documented(base: sa.Connection) -> None:
    assert publier(base, "contrats_a_echeance", P, ANIMATION).valeur == 0
    union = publier(base, "contrats_a_echeance", LES_DEUX, ANIMATION)
    assert (union.valeur, union.plie_sans_source) == (0, ("Q",))


def test_a_union_leaves_out_of_a_ratio_those_who_cannot_bear_it(base: sa.Connection) -> None:
    seul, union = (publier(base, "sorties_saisies_a_temps", filtres, ANIMATION).cellule for filtres in (P, LES_DEUX))
    assert (union.numerateur, union.denominateur) == (seul.numerateur, seul.denominateur) == (2, 3)


@pytest.mark.parametrize(
    ("filtres", "comparable"),
    [
        (P, True),
        (P.over(Periode(date(2020, 7, 1), date(2020, 12, 31))), True),
        (P.over(Periode(date(2020, 5, 1), date(2020, 12, 31))), False),  # first entry: 1 June 2019
        (P.over(Periode(date(2015, 1, 1), date(2021, 12, 31))), False),
        (Q.over(Periode(date(2021, 7, 1), date(2021, 12, 31))), True),
        (Q, False),  # the period begins with the protocol of Q
        (LES_DEUX.over(Periode(date(2021, 5, 1), date(2021, 12, 31))), False),  # Q begins on 1 June 2020
        (Filtres(("P",), ANNEE, "VIEILLE"), True),
        (Filtres(("P",), ANNEE, "NEUVE"), False),
    ],
)
def test_last_year_only_where_it_means_something(base: sa.Connection, filtres: Filtres, comparable: bool) -> None:
    avant = publier_un_an_avant(base, "file_active", filtres, ANIMATION)
    actuelle = publier(base, "file_active", filtres, ANIMATION)
    assert (avant.valeur is not None) is comparable
    assert (say_since_last_year(actuelle, avant) == SANS_COMPARAISON) is not comparable
    if not comparable:
        assert "un an plus tôt" not in (say_file_active(actuelle, avant) or "")


def test_what_follows_the_rules_does_not_compare_with_a_time_without_any(base: sa.Connection) -> None:
    automne = P.over(Periode(date(2021, 4, 1), date(2021, 12, 31)))
    assert publier_un_an_avant(base, "sorties", automne, ANIMATION).valeur == 0
    assert publier_un_an_avant(base, "sorties_non_documentees", automne, ANIMATION).valeur is None


def test_the_papers_of_a_plie_quote_its_own_texts_first_and_only() -> None:
    bordeaux = [describe_source(s) for s in keep_sources(CATALOGUE["entrees"].sources, "BORDEAUX")]
    assert bordeaux[0] == "Appel à projets AGAPE 2021, l. 1543"
    assert [s.split(",")[0] for s in bordeaux[1:]] == ["Alliance Villes Emploi"]
    roubaix = [d for d in define_all(set(CATALOGUE), "ROUBAIX") if d.sources]
    assert roubaix
    assert all(
        source.startswith(("Appel à projets PLIE Roubaix", "Alliance Villes Emploi", "Questionnaire FSE"))
        for definition in roubaix
        for source in definition.sources
    )
    assert not any("AGAPE" in source for definition in roubaix for source in definition.sources)
    agenais = {s for d in define_all(set(CATALOGUE), "AGENAIS") for s in d.sources}
    assert "Appel à projets AGAPE 2021, l. 1088-1089 : 80 par ETP" in agenais
    # The annexes of the call bind the seven PLIE; the pages of another do not.
    assert "Appel à projets AGAPE 2021, l. 7938-7941" in agenais
    assert not any("Roubaix" in s or "MNO" in s or "1544" in s or "hors étape" in s for s in agenais)


def test_a_ratio_is_written_in_french() -> None:
    phrases = {code: describe_count(indicateur) for code, indicateur in CATALOGUE.items()}
    assert phrases["file_active_par_referent"].endswith("rapporté au nombre de référents en poste ce jour-là.")
    assert not any("à le " in phrase or "à les " in phrase for phrase in phrases.values())
