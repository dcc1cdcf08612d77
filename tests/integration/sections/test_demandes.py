"""What a section may ask is declared: nothing else is asked, and nothing is declared that no perimeter asks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from data_access.base.moteur import make_engine
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.referentiel import list_operations, list_plie, list_territoires
from sections.lecture import Demande, Lecture
from sections.liste import SUJETS, Sujet
from sections.source import SourceDirecte
from tests.partage import copy_base, sample_base

ANNEE = Periode(date(2021, 1, 1), date(2021, 9, 30))
PERIMETRES = (
    Filtres(("AGENAIS",), ANNEE),
    Filtres(("AGENAIS",), ANNEE, operation="A5"),
    Filtres(("AGENAIS", "TECHNOWEST"), ANNEE),
    Filtres(("AGENAIS",), ANNEE, territoire="47001"),
    Filtres(("HAUT_PERIGORD",), ANNEE),
    Filtres(("ROUBAIX",), ANNEE),
    Filtres(("AGENAIS",), Periode(date(2003, 1, 1), date(2003, 2, 28))),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    modele = sample_base("agenais", "technowest", "haut_perigord", "roubaix")
    engine = make_engine(copy_base(modele, tmp_path_factory.mktemp("sections") / "plie.db"))
    with engine.connect() as connexion:
        yield connexion
    engine.dispose()


def read(base: sa.Connection, filtres: Filtres) -> Lecture:
    plie = [p for p in list_plie(base) if p.code_plie in filtres.plie]
    return Lecture(
        SourceDirecte(base, ANIMATION),
        filtres,
        replace(filtres, operation=None),
        plie,
        list_operations(base, filtres.plie),
        list_territoires(base, filtres.plie),
    )


@pytest.mark.parametrize("sujet", SUJETS, ids=lambda s: s.code)
def test_a_section_asks_what_it_declares(base: sa.Connection, sujet: Sujet) -> None:
    posees: set[Demande] = set()
    for filtres in PERIMETRES:
        lecture = read(base, filtres)
        section = sujet.ecrire(lecture)
        posees |= lecture.demandes
        assert section.code == sujet.code
        assert section.titre == sujet.titre
        assert section.message
        codes = [image.code for image in section.images]
        assert len(codes) == len(set(codes))
    assert posees == set(sujet.demandes)
