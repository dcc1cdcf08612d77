"""Figures against the independent recount, and the identities that hold whatever the data.

The recount is compared on both databases, and with it all that is written twice (distinct people, months, operations
together); an identity that follows from it is asked of one.
"""

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import tables as t
from indicators.calcul import count_rows
from indicators.catalogue import CATALOGUE
from indicators.contexte import read_contexte
from indicators.declaration import Agregat
from indicators.lignes import Cadre
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import Etat, ResultatPublie
from tests.properties.donnees import OPERATIONS, PLIE, SOUTIEN, dates, load, programmes
from tests.recompte import Recompte
from tests.recompte_calcul import recount_parts
from tests.recompte_decoupages import DECOUPAGES as RECOMPTES

# The engine is shared by the cases of one test: each case fills it inside a transaction that is undone.
REGLAGES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
PERIMETRES = st.sampled_from(
    [
        {},
        {"plie": ("P",)},
        {"territoire": "E"},
        {"territoire": "Z1"},
        {"operation": "O1"},
        {"plie": ("P",), "operation": SOUTIEN},
        {"plie": ("Q",), "operation": "O2", "territoire": "K3"},
    ]
)
GRAINES = st.integers(0, 1000)
DECOUPAGES = sorted(set(RECOMPTES) - {"mois", "operation", "seuil"})


@st.composite
def periodes(draw: st.DrawFn) -> Periode:
    du = draw(dates)
    return Periode(du, du + timedelta(days=draw(st.sampled_from([0, 27, 30, 89, 364, 800]))))


def _filtres(perimetre: dict, periode: Periode, par: tuple[str, ...] = ()) -> Filtres:
    return Filtres(perimetre.get("plie", PLIE), periode, perimetre.get("operation"), perimetre.get("territoire"), par)


_NUMEROS = itertools.count(1)


@contextmanager
def charge(moteur: sa.Engine, lignes: dict) -> Iterator[sa.Connection]:
    """Those rows in an empty database, undone afterwards."""
    with moteur.connect() as base, base.begin() as transaction:
        load(base, lignes)
        # A version, as after any import: without one, what is known of the PLIE is read again for each figure.
        version = {"id": next(_NUMEROS), "moment": datetime.now(UTC), "auteur": "essai", "classeur": "essai.xlsx"}
        base.execute(sa.insert(t.versions).values(**version, empreinte="0" * 64, codes_plie=list(PLIE), bilan={}))
        yield base
        transaction.rollback()


@REGLAGES
@given(lignes=programmes(), periode=periodes(), perimetre=PERIMETRES, par=st.sampled_from(DECOUPAGES), graine=GRAINES)
def test_every_figure_and_part_equals_the_recount(moteur, lignes, periode, perimetre, par, graine) -> None:
    """Every code whole, then by one split, whatever the order of the rows; the parts of a population add up to it."""
    filtres = _filtres(perimetre, periode)
    recompte = Recompte(lignes, filtres.plie, periode.du, periode.au, filtres.operation, filtres.territoire)
    with charge(moteur, _shuffle(lignes, graine)) as base:
        for code, indicateur in CATALOGUE.items():
            entier = _numbers(publier(base, code, filtres, ANIMATION))
            assert entier == pytest.approx(recount_parts(code, recompte)), code
            if par in indicateur.decoupages:
                parts = _numbers(publier(base, code, filtres.split_by(par), ANIMATION))
                attendu = recount_parts(code, recompte, (par,))
                if indicateur.agregat is Agregat.MOYENNE_DES_FINS_DE_MOIS:
                    parts = {part: nombre for part, nombre in parts.items() if nombre}
                assert parts == pytest.approx(attendu), (code, par)
                if code in POPULATIONS and par != "mode" and entier:
                    assert sum(parts.values()) == entier[()], (code, par)


POPULATIONS = ("participants_accompagnes", "file_active", "entrees", "sorties", "sorties_operation")


def _numbers(resultat: ResultatPublie) -> dict[tuple[tuple[str, str], ...], float]:
    """The numbers by part; what is listed without being counted is left out."""
    return {c.par: c.valeur for c in resultat if c.valeur is not None and not c.hors_total}


@REGLAGES
@given(lignes=programmes(), periode=periodes(), perimetre=PERIMETRES)
def test_flow_identity(moteur_sqlite, lignes, periode, perimetre) -> None:
    if perimetre.get("operation") == SOUTIEN:
        return
    filtres = _filtres(perimetre, periode)
    veille = Periode(periode.du - timedelta(days=1), periode.du - timedelta(days=1))
    departs = "sorties" if filtres.operation is None else "sorties_operation"
    with charge(moteur_sqlite, lignes) as base:
        avant = publier(base, "file_active", filtres.over(veille), ANIMATION).valeur
        apres = publier(base, "file_active", filtres, ANIMATION).valeur
        entrees = publier(base, "entrees", filtres, ANIMATION).valeur
        sorties = publier(base, departs, filtres, ANIMATION).valeur
        if filtres.operation is not None:
            nouvelles = publier(base, "entrees_nouvelles", filtres, ANIMATION).valeur
            assert entrees == nouvelles + publier(base, "entrees_reconduites", filtres, ANIMATION).valeur
    assert avant + entrees - sorties == apres


@REGLAGES
@given(lignes=programmes(), periode=periodes(), perimetre=PERIMETRES, graine=GRAINES)
def test_order_of_rows_changes_nothing(moteur_sqlite, lignes, periode, perimetre, graine) -> None:
    filtres = _filtres(perimetre, periode)
    melange = _all_figures(moteur_sqlite, _shuffle(lignes, graine), filtres)
    assert _all_figures(moteur_sqlite, lignes, filtres) == pytest.approx(melange)


def _shuffle(lignes: dict, graine: int) -> dict:
    return {nom: random.Random(graine).sample(rangs, len(rangs)) for nom, rangs in lignes.items()}


@REGLAGES
@given(lignes=programmes(), periode=periodes())
def test_rows_outside_the_perimeter_change_nothing(moteur_sqlite, lignes, periode) -> None:
    seul = {nom: [ligne for ligne in rangs if ligne["code_plie"] == "P"] for nom, rangs in lignes.items()}
    filtres = _filtres({"plie": ("P",)}, periode)
    assert _all_figures(moteur_sqlite, lignes, filtres) == pytest.approx(_all_figures(moteur_sqlite, seul, filtres))


def _all_figures(moteur: sa.Engine, lignes: dict, filtres: Filtres) -> dict:
    with charge(moteur, lignes) as base:
        return {
            (code, cellule.par): -1.0 if cellule.valeur is None else cellule.valeur
            for code in CATALOGUE
            for cellule in publier(base, code, filtres, ANIMATION)
        }


@REGLAGES
@given(lignes=programmes(), periode=periodes(), perimetre=PERIMETRES)
def test_months_are_the_figure_of_each_month(moteur, lignes, periode, perimetre) -> None:
    codes = ("file_active", "entrees", "sorties", "sorties_operation", "participants_accompagnes")
    codes += ("taux_sorties_positives",)
    with charge(moteur, lignes) as base:
        tenus = read_contexte(base, _filtres(perimetre, periode).plie).cut_to_data(periode).months()
        for code in codes:
            par_mois = publier(base, code, _filtres(perimetre, periode, ("mois",)), ANIMATION)
            serie = {c.at("mois"): c.valeur for c in par_mois if c.valeur is not None}
            for mois in tenus:
                seul = publier(base, code, _filtres(perimetre, mois), ANIMATION).valeur
                assert serie.get(f"{mois.du:%Y-%m}", None if seul is None else 0) == seul, code


@REGLAGES
@given(lignes=programmes(), periode=periodes())
def test_fast_and_general_forms_of_distinct_people_agree(moteur, lignes, periode) -> None:
    with charge(moteur, lignes) as base:
        for par in ((), ("sexe",), ("mode",), ("commune", "rsa")):
            filtres = _filtres({}, periode, par)
            cadre = Cadre(filtres, retours_le_meme_jour=read_contexte(base, filtres.plie).retours_le_meme_jour)
            rapide = count_rows(base, cadre.distinct_people(cadre.accompagnes()), par)
            general = count_rows(base, cadre.distinct_people_general(cadre.accompagnes()), par)
            assert {k: v for k, v in rapide.items() if v} == {k: v for k, v in general.items() if v}


@REGLAGES
@given(lignes=programmes(), periode=periodes(), perimetre=PERIMETRES)
def test_numerator_is_inside_the_denominator(moteur_sqlite, lignes, periode, perimetre) -> None:
    rapports = [i.code for i in CATALOGUE.values() if i.agregat is Agregat.RAPPORT and i.unite in ("%", "points")]
    with charge(moteur_sqlite, lignes) as base:
        for code in rapports:
            for cellule in publier(base, code, _filtres(perimetre, periode), ANIMATION):
                assert (cellule.numerateur or 0) <= (cellule.denominateur or 0), code


SEUL = {"plie": ("P",)}


# One example asks the whole catalogue of every operation, twice: a dozen of them is hundreds of comparisons.
@settings(REGLAGES, max_examples=12)
@given(lignes=programmes(), periode=periodes(), autre=st.sampled_from([(), (), ("mois",), ("sexe",), ("commune",)]))
def test_operations_together_are_each_one_asked_alone(moteur, lignes, periode, autre) -> None:
    """Every figure, in one statement for all operations; what nobody is in is there too."""
    with charge(moteur, lignes) as base:
        for indicateur in CATALOGUE.values():
            if not {"operation", *autre} <= set(indicateur.decoupages):
                continue
            ensemble = _by_part(
                publier(base, indicateur.code, _filtres(SEUL, periode, ("operation", *autre)), ANIMATION)
            )
            for code in (*OPERATIONS, SOUTIEN):
                seule = publier(base, indicateur.code, _filtres(SEUL | {"operation": code}, periode, autre), ANIMATION)
                une = {part[1:]: c for part, c in ensemble.items() if part[:1] == (("operation", code),)}
                if code == SOUTIEN:
                    assert {etat for etat, _, _ in _by_part(seule).values()} == {Etat.SANS_OBJET}, indicateur.code
                    assert {etat for etat, _, _ in une.values()} <= {Etat.SANS_OBJET}, indicateur.code
                else:
                    assert _known(une) == _known(_by_part(seule)), (indicateur.code, code)


def _known(cellules: dict) -> dict:
    """Without what says that nothing is documented: where nobody is, it stands for every part."""
    return {part: c for part, c in cellules.items() if c[0] is not Etat.NON_DOCUMENTE}


def _by_part(resultat: ResultatPublie) -> dict:
    return {c.par: (c.etat, c.valeur, c.denominateur) for c in resultat}
