"""Perimeters that cannot bear a figure say why, and nobody is counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from indicators.catalogue import CATALOGUE
from indicators.contexte import HORS_OPERATION, SOUTIEN_AUX_STRUCTURES, TERRITOIRE, read_contexte
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import Etat
from tests.base_d_exemple import PLIE_EXEMPLE, load_example

ANNEE = Filtres((PLIE_EXEMPLE,), Periode(date(2021, 1, 1), date(2021, 12, 31)))
AIDE, SOUTIEN, VIDE = (replace(ANNEE, operation=code) for code in ("O1", "O2", "O3"))
TABLES = {
    "operations": """
    code_operation | cible                  | debut      | fin        | etp
    O1             | aide_aux_personnes     | 2021-01-01 | 2021-12-31 | 2
    O2             | soutien_aux_structures | 2021-01-01 | 2021-12-31 | 2
    O3             | aide_aux_personnes     | 2021-01-01 | 2021-12-31 |
    """,
    "territoires": """
    code_territoire | nom
    K1              | Agen
    """,
    "referents": """
    code_referent | etp
    R1            | 1
    """,
    "parcours": """
    id_parcours | entree_le  | code_commune | code_referent
    A           | 2020-01-01 | K1           | R1
    B           | 2021-02-01 | K1           | R1
    """,
    "participations": """
    id_parcours | code_operation | entree_le
    A           | O1             | 2021-01-01
    B           | O2             | 2021-02-01
    """,
}


@pytest.fixture
def base() -> Iterator[sa.Connection]:
    engine = make_engine("sqlite://")
    with engine.connect() as connexion:
        load_example(connexion, TABLES)
        yield connexion
    engine.dispose()


@pytest.fixture
def questions(base: sa.Connection) -> list[str]:
    """The statements that read people, as they are sent; what is read once for a version has been read already."""
    une = {
        "moment": datetime.now(UTC),
        "auteur": "essai",
        "classeur": "",
        "empreinte": "",
        "codes_plie": [],
        "bilan": {},
    }
    base.execute(sa.insert(t.versions).values(une))
    read_contexte(base, ANNEE.plie)
    envoyees: list[str] = []

    def note(_connexion: object, _curseur: object, texte: str, *_reste: object) -> None:
        if any(nom in texte for nom in ("FROM sejours", "etapes.compte ", "FROM contacts")):
            envoyees.append(texte)

    sa.event.listen(base, "before_cursor_execute", note)
    return envoyees


@pytest.mark.parametrize("par", [(), ("mois",)], ids=["whole", "mois"])
def test_no_figure_of_people_in_an_operation_that_supports_structures(
    base: sa.Connection, questions: list[str], par: tuple[str, ...]
) -> None:
    for code, indicateur in CATALOGUE.items():
        if set(par) <= set(indicateur.decoupages):
            for cellule in publier(base, code, SOUTIEN.split_by(*par), ANIMATION):
                etat = (cellule.etat, cellule.valeur, cellule.numerateur, cellule.motif)
                assert etat == (Etat.SANS_OBJET, None, None, SOUTIEN_AUX_STRUCTURES), code
    assert questions == []


def test_one_statement_counts_every_operation(base: sa.Connection, questions: list[str]) -> None:
    file_active = publier(base, "file_active", ANNEE.split_by("operation"), ANIMATION)
    assert {c.at("operation"): (c.etat, c.valeur) for c in file_active} == {
        "O1": (Etat.EXACT, 1),
        "O2": (Etat.SANS_OBJET, None),
        "O3": (Etat.EXACT, 0),
    }
    assert len(questions) == 1


def test_unknown_etp_of_one_operation_among_others(base: sa.Connection) -> None:
    ratio = publier(base, "file_active_par_etp", ANNEE.split_by("operation"), ANIMATION)
    assert {c.at("operation"): (c.etat, c.valeur) for c in ratio} == {
        "O1": (Etat.EXACT, 0.5),
        "O2": (Etat.SANS_OBJET, None),
        "O3": (Etat.NON_DOCUMENTE, None),
    }


@pytest.mark.parametrize("code", ["file_active_par_etp", "file_active_par_referent"])
@pytest.mark.parametrize("droits", [ANIMATION, Droits("comite")], ids=["exacte", "arrondie"])
def test_a_part_of_the_territory_has_no_etp_of_its_own(base: sa.Connection, code: str, droits: Droits) -> None:
    cellule = publier(base, code, replace(ANNEE, territoire="K1"), droits).cellule
    assert (cellule.etat, cellule.valeur, cellule.motif) == (Etat.SANS_OBJET, None, TERRITOIRE)
    assert publier(base, code, ANNEE, droits).valeur == 2


@pytest.mark.parametrize("code", ["entrees_nouvelles", "entrees_reconduites"])
def test_new_or_renewed_is_said_of_an_operation_alone(base: sa.Connection, code: str) -> None:
    cellule = publier(base, code, ANNEE, ANIMATION).cellule
    assert (cellule.etat, cellule.valeur, cellule.motif) == (Etat.SANS_OBJET, None, HORS_OPERATION)
    assert publier(base, code, AIDE, ANIMATION).valeur == (code == "entrees_reconduites")
    assert publier(base, code, VIDE, ANIMATION).valeur == 0
