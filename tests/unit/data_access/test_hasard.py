"""The reader before anything at all: thousands of spoiled workbooks, never a traceback, never a half load."""

import math
import string
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.classeur import verification
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.lecture import Onglet
from data_access.colonnes import Genre
from data_access.format import FEUILLES, feuille
from data_access.imports.deroule import apply_import, prepare_import
from data_access.imports.differences import compare
from tests.unit.data_access.petits_classeurs import RienEnregistre, raw_sheets, valid_sheets, write_raw

_TYPES = {
    Genre.CODE: str, Genre.TEXTE: str, Genre.LISTE: str, Genre.DATE: date, Genre.ENTIER: int, Genre.NOMBRE: float,
    Genre.BOOLEEN: bool,
}  # fmt: skip
_PIEGES = (
    "", " ", "\u00a0", "T", "U", "c1", "p1", "O1", "oui", "NON", "vrai", "#REF!", "#N/A", "=1+1", "-", "0", "1e400",
    "1e308", "nan", "inf", "-0", "１２", "٣", "1 000,5", "12,5 %", "31/02/2024", "29/02/2023", "01/01/0001",
    "9999-12-31", "2024-1-1", "1/1/24", "x" * 65, "x" * 40_000, "\u202e", "\ud7ff", "é́", "🙂", "a\nb", "\t",
    "_x0000_", "'; DROP TABLE versions; --", "{detail}", "%s", "complet", "fixe", "taux", "positive", "{}", "[]",
    "null", 0, 1, -1, 2, 0.5, 1e15, 1e300, -1e300, 10**400, 33063.0, math.nan, math.inf, -math.inf, True, False, None,
    datetime(1899, 12, 31), datetime(9999, 12, 31, 23, 59), date(2024, 1, 1), time(12, 30), timedelta(1),
    timedelta(-1), b"octets", object(), [], {},
)  # fmt: skip
_cellules = st.one_of(
    st.sampled_from(_PIEGES),
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.datetimes(),
    st.dates(),
    st.text(string.digits + "/-., ", max_size=12),
)


@lru_cache(maxsize=1)
def _modele() -> dict[str, list[list[object]]]:
    """Every column of every sheet, so that every reader is reached."""
    brutes = {}
    for nom, lignes in valid_sheets().items():
        colonnes = [colonne.nom for colonne in feuille(nom).colonnes]
        brutes[nom] = [[ligne.get(colonne) for colonne in colonnes] for ligne in lignes]
    return brutes


_PLACES = [
    (nom, rang, colonne)
    for nom, lignes in _modele().items()
    for rang in range(len(lignes))
    for colonne in range(len(lignes[0]))
]
_gachis = st.lists(st.tuples(st.sampled_from(_PLACES), _cellules), min_size=1, max_size=6)
_gestes = st.lists(
    st.tuples(st.sampled_from(list(_modele())), st.sampled_from(["double", "vide", "absente"])), max_size=2
)


class _Ouvert:
    """A workbook already open, made of cells in memory."""

    def __init__(self, brutes: dict[str, list[list[object]]]) -> None:
        self._brutes = brutes
        self.onglets = {
            f.nom: Onglet(f, None, {c.nom: rang for rang, c in enumerate(f.colonnes)})
            for f in FEUILLES
            if f.nom in brutes
        }

    def rows(self, nom: str) -> Iterator[tuple[int, list[object]]]:
        """Rows numbered from 2 on."""
        return enumerate(map(list, self._brutes[nom]), start=2)


def spoil(gachis, gestes) -> dict[str, list[list[object]]]:
    brutes = {nom: [list(ligne) for ligne in lignes] for nom, lignes in _modele().items()}
    for (nom, rang, colonne), valeur in gachis:
        brutes[nom][rang][colonne] = valeur
    for nom, geste in gestes:
        if geste == "absente":
            brutes.pop(nom, None)
        elif nom in brutes:
            brutes[nom] = brutes[nom] * 2 if geste == "double" else []
    return brutes


def check_typed(differences) -> None:
    for difference in differences.values():
        for valeurs in difference.ajouts:
            for colonne, valeur in zip(difference.feuille.colonnes, valeurs, strict=True):
                assert valeur is not None or not colonne.obligatoire
                assert valeur is None or type(valeur) is _TYPES[colonne.genre]
                assert not isinstance(valeur, float) or math.isfinite(valeur)


def verify_cells(brutes):
    """The checks on cells that no file had to carry."""

    @contextmanager
    def open_cells(_classeur, _rapport):
        yield _Ouvert(brutes)

    with pytest.MonkeyPatch.context() as retouche:
        retouche.setattr(verification, "open_classeur", open_cells)
        return verification.verify_classeur(ClasseurRecu("essai.xlsx", b""), RienEnregistre())


@settings(max_examples=2_000, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(gachis=_gachis, gestes=_gestes)
def test_any_cell(gachis, gestes):
    verifie = verify_cells(spoil(gachis, gestes))
    for anomalie in verifie.rapport.anomalies():
        assert anomalie.message.endswith(f"[{anomalie.code}]")
    if not verifie.rapport.is_blocking:
        check_typed(compare(verifie))
        lues = {nom: len(lue.lignes) + lue.rejets for nom, lue in verifie.feuilles.items()}
        assert lues.keys() <= {f.nom for f in FEUILLES}


@pytest.fixture(scope="module")
def base_en_memoire():
    engine = make_engine("sqlite://")
    t.metadata.create_all(engine)
    yield engine
    engine.dispose()


def load_or_refuse(engine: sa.Engine, contenu: bytes) -> None:
    """Import these bytes into empty tables: all that was announced is there, or nothing at all."""
    with engine.begin() as base:
        for table in reversed(t.metadata.sorted_tables):
            base.execute(sa.delete(table))
    prepare = prepare_import(engine, ClasseurRecu("hasard.xlsx", contenu))
    attendues = {nom: bilan.ajoutes for nom, bilan in prepare.bilans().items() if bilan.ajoutes}
    if not prepare.is_refused:
        apply_import(engine, prepare, "hasard")
    with engine.connect() as base:
        nombres = {
            f.nom: base.execute(sa.select(sa.func.count()).select_from(t.TABLES[f.table])).scalar() for f in FEUILLES
        }
        presentes = {nom: nombre for nom, nombre in nombres.items() if nombre}
    assert presentes == ({} if prepare.is_refused else attendues)


_en_xlsx = st.one_of(
    st.sampled_from([v for v in _PIEGES if isinstance(v, (str, int, float, datetime)) and v != 10**400]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 3, 1)),
)


def _writable(valeur: object) -> object:
    if isinstance(valeur, float) and not math.isfinite(valeur):
        return None
    return valeur[:32_767] if isinstance(valeur, str) else valeur


@settings(
    max_examples=100,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(gachis=st.lists(st.tuples(st.sampled_from(_PLACES), _en_xlsx), min_size=1, max_size=8), gestes=_gestes)
def test_any_cell_of_a_real_file(base_en_memoire, tmp_path, gachis, gestes):
    brutes = spoil([(place, _writable(valeur)) for place, valeur in gachis], gestes)
    entetes = {nom: [[colonne.nom for colonne in feuille(nom).colonnes], *lignes] for nom, lignes in brutes.items()}
    load_or_refuse(base_en_memoire, write_raw(tmp_path, entetes).read_bytes())


@pytest.fixture(scope="module")
def octets(tmp_path_factory):
    return write_raw(tmp_path_factory.mktemp("octets"), raw_sheets(valid_sheets())).read_bytes()


_mutations = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)), min_size=1, max_size=5
)
_libre = settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@_libre
@given(mutations=_mutations, coupe=st.none() | st.floats(0, 1))
def test_any_byte_of_the_archive(base_en_memoire, octets, mutations, coupe):
    contenu = bytearray(octets)
    for place, remplacant in mutations:
        debut = int(place * len(contenu))
        contenu[debut : debut + len(remplacant)] = remplacant
    load_or_refuse(base_en_memoire, bytes(contenu if coupe is None else contenu[: int(coupe * len(contenu))]))


@_libre
@given(partie=st.integers(0), mutations=_mutations, insere=st.booleans())
def test_any_byte_of_a_part(base_en_memoire, octets, partie, mutations, insere):
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    nom = sorted(parties)[partie % len(parties)]
    contenu = bytearray(parties[nom])
    for place, remplacant in mutations:
        debut = int(place * len(contenu))
        contenu[debut : debut + (0 if insere else len(remplacant))] = remplacant
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for autre, intact in parties.items():
            archive.writestr(autre, bytes(contenu) if autre == nom else intact)
    load_or_refuse(base_en_memoire, sortie.getvalue())
