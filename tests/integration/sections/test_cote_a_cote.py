"""The tables of operations and of territories equal a recount made straight from the cells of the workbooks."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.base.moteur import make_engine
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur
from indicators.catalogue import CATALOGUE
from indicators.nombres import write_amount
from indicators.perimetre import Droits, Filtres, Periode
from indicators.referentiel import list_operations, list_plie, list_territoires, supports_structures
from indicators.resultats import Etat
from sections import operations, territoires
from sections.images import Tableau
from sections.lecture import Lecture
from sections.lieux import SANS_COMMUNE
from sections.source import SourceDirecte
from tests.integration.indicators.classeur_a_la_main import CODE
from tests.integration.indicators.test_sample_recount import read_cells
from tests.partage import copy_base, sample_base
from tests.recompte import Recompte
from tests.recompte_calcul import recount_parts

PERIODE = Periode(date(2021, 1, 1), date(2021, 9, 30))
EXEMPLES = ("agenais", "grand_perigueux", "sources", "mno")
SANS_NOMBRE = {"sans objet", "non documenté"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, a_la_main: Path):  # type: ignore[no-untyped-def]
    modele = sample_base(*EXEMPLES)
    engine = make_engine(copy_base(modele, tmp_path_factory.mktemp("cote") / "plie.db"))
    assert import_classeur(engine, a_la_main, "essai").etat == "charge"
    with engine.connect() as connexion:
        yield connexion
    engine.dispose()


def read(base: sa.Connection, code: str, role: str = "animation") -> Lecture:
    filtres = Filtres((code,), PERIODE)
    plie = [p for p in list_plie(base) if p.code_plie == code]
    return Lecture(
        SourceDirecte(base, Droits(role)),
        filtres,
        replace(filtres, operation=None),
        plie,
        list_operations(base, (code,)),
        list_territoires(base, (code,)),
        seuil=0,
    )


def lines_of(tableau: Tableau) -> dict[str, dict[str, str]]:
    return {ligne[0].strip(): dict(zip(tableau.entete, ligne, strict=True)) for ligne in tableau.lignes}


def recount(lignes: dict, plie: str, code: str, **perimetre: str) -> str:
    """The figure recounted, written as the table writes it; nothing where it has no number."""
    parts = recount_parts(code, Recompte(lignes, (plie,), PERIODE.du, PERIODE.au, **perimetre))
    (valeur,) = parts.values() if parts else (None,)
    return "" if valeur is None else write_amount(valeur, CATALOGUE[code].unite)


@pytest.mark.parametrize("nom", [*EXEMPLES, "a_la_main"])
def test_each_operation_is_the_recount(base: sa.Connection, a_la_main: Path, nom: str) -> None:
    chemin = a_la_main if nom == "a_la_main" else DOSSIER_EXEMPLES / f"plie_{nom}.xlsx"
    plie = CODE if nom == "a_la_main" else nom.upper()
    lecture, lignes = read(base, plie), read_cells(chemin)
    section = operations.write_operations(lecture)
    tableau, *soutiens = section.tableaux
    assert tableau.titre == "Les opérations côte à côte"
    ecrites = lines_of(tableau)
    suivies = [o for o in lecture.operations if not supports_structures(o)]
    assert len(ecrites) == len(suivies) + 1 > 1
    comparees = 0
    for operation in suivies:
        ligne = ecrites[f"{operation.code_operation} · {operation.intitule}"]
        for code, colonne in operations.COLONNES.items():
            attendu = recount(lignes, plie, code, operation=operation.code_operation)
            assert ligne[colonne] == attendu or (not attendu and ligne[colonne] in SANS_NOMBRE), (operation, code)
            comparees += bool(attendu)
    assert comparees >= 6 * len(suivies)
    assert not any(o.intitule in ligne[0] for o in suivies for t in soutiens for ligne in t.lignes)


@pytest.mark.parametrize("nom", ["agenais", "sources", "a_la_main"])
def test_each_commune_is_the_recount(base: sa.Connection, a_la_main: Path, nom: str) -> None:
    chemin = a_la_main if nom == "a_la_main" else DOSSIER_EXEMPLES / f"plie_{nom}.xlsx"
    plie = CODE if nom == "a_la_main" else nom.upper()
    lecture, lignes = read(base, plie), read_cells(chemin)
    section = territoires.write_territoires(lecture)
    ecrites = lines_of(section.tableaux[0])
    comparees = 0
    for lieu in [t for t in lecture.territoires if t.type == "commune" and t.nom in ecrites][:12]:
        for code, colonne in territoires.COLONNES.items():
            attendu = recount(lignes, plie, code, territoire=lieu.code_territoire)
            ecrit = ecrites[lieu.nom][colonne]
            assert ecrit == attendu or (not attendu and ecrit in SANS_NOMBRE), (lieu.nom, code)
            comparees += bool(attendu)
    assert comparees > 10


def test_communes_are_rounded_where_the_reading_asks(base: sa.Connection) -> None:
    lecture = read(base, "AGENAIS", "comite")
    section = territoires.write_territoires(lecture)
    tableau = lines_of(section.tableaux[0])
    del tableau["Ensemble du périmètre"], tableau[SANS_COMMUNE]
    ecrits = [ligne[nom] for ligne in tableau.values() for nom in ("File active", "Entrées", "Sorties", "Accompagnés")]
    assert len(ecrits) > 100
    assert all(e == "0" or e == "moins de 5" or (e.startswith("≈") and int(e[2:]) % 5 == 0) for e in ecrits)
    assert {c.etat for r in lecture.figures.values() for c in r if "commune" in dict(c.par)} <= {
        Etat.ARRONDI,
        Etat.MOINS_DE_5,
        Etat.EFFECTIF_FAIBLE,
        Etat.SANS_OBJET,
        Etat.EXACT,
    }


def test_small_communes_are_put_together_and_none_is_lost(base: sa.Connection) -> None:
    lecture = read(base, "AGENAIS")
    toutes = territoires.write_territoires(lecture)
    groupees = territoires.write_territoires(replace(lecture, seuil=10))
    assert len(groupees.tableaux[0].lignes) < len(toutes.tableaux[0].lignes)
    sommes = []
    for section in (toutes, groupees):
        lignes = lines_of(section.tableaux[0])
        ensemble = lignes.pop("Ensemble du périmètre")
        sommes.append(sum(int(ligne["File active"].replace("\u202f", "")) for ligne in lignes.values()))
        assert sommes[-1] == int(ensemble["File active"])
    assert sommes[0] == sommes[1]
