"""People made anonymous: figures do not move, old numbers are nowhere, the past still leads to the present."""

import random
import re
from datetime import date, timedelta
from itertools import combinations

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.classeur.controles import Gravite
from data_access.classeur.effacements import is_anonymous
from data_access.historique.chargements import undo_last
from data_access.historique.comparaison import compare_versions
from data_access.historique.instantane import rebuild
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.derivation import refresh_derived
from data_access.imports.deroule import VersionDepasseeError, apply_import, import_classeur, prepare_import
from data_access.imports.qualite import open_anomalies
from data_access.imports.transaction import begin_import
from data_access.rgpd.anonymisation import anonymise, blur_birth
from data_access.rgpd.conservation import compact, purge_past
from data_access.rgpd.personnes import list_people
from indicators.catalogue import CATALOGUE
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier
from tests.integration.data_access.contenu import load, of_plie, state
from tests.partage import copy_base, sample_base
from tests.unit.data_access.petits_classeurs import valid_sheets, write

NUMEROS = (
    (t.participants, "id_participant"),
    (t.parcours, "id_parcours"),
    (t.etapes, "id_etape"),
)
PERIODES = (
    Periode(date(2021, 1, 1), date(2021, 9, 30)),
    Periode(date(2018, 7, 1), date(2019, 6, 30)),
    Periode(date(2015, 1, 1), date(2021, 12, 31)),
)


def erase(moteur, code: str, numeros=None):
    """Make these people anonymous (everyone by default)."""
    with begin_import(moteur) as base:
        personnes = list_people(base, code)
        return anonymise(base, code, [personnes[n] for n in numeros or personnes], "essai")


def figures(moteur, code: str, periodes=PERIODES) -> dict[tuple, list]:
    """Every figure of the catalogue, whole, by each split, and by the first pairs of splits."""
    trouves = {}
    with moteur.connect() as base:
        for declaration in CATALOGUE.values():
            paires = list(combinations(declaration.decoupages, 2))[:3]
            for par in [(), *((d,) for d in declaration.decoupages), *paires]:
                for periode in periodes if len(par) < 2 else periodes[:1]:
                    resultat = publier(base, declaration.code, Filtres((code,), periode, par=par), ANIMATION)
                    trouves[declaration.code, par, periode] = sorted(map(repr, resultat.cellules))
    return trouves


def numbers(moteur) -> set[str]:
    """Every number of a person, of a parcours, of an étape."""
    with moteur.connect() as base:
        return {n for table, nom in NUMEROS for n in base.execute(sa.select(table.c[nom])).scalars()}


@pytest.fixture(scope="module")
def exemple(tmp_path_factory):
    """A sample PLIE loaded twice, then everyone anonymised: figures and numbers of before, engine of after."""
    dossier = tmp_path_factory.mktemp("anonymisation")
    engine = make_engine(copy_base(sample_base("haut_perigord"), dossier / "plie.db"))
    avant = figures(engine, "HAUT_PERIGORD")
    anciens = numbers(engine)
    bilan = erase(engine, "HAUT_PERIGORD")
    assert compact(engine)
    yield engine, avant, anciens, bilan, dossier / "plie.db"
    engine.dispose()


def test_every_figure_and_split_stays(exemple):
    engine, avant, anciens, bilan, _ = exemple
    assert bilan.personnes == len({n for n in anciens if n.startswith("P0")}) > 300
    assert len({code for code, _, _ in avant}) == len(CATALOGUE) >= 44
    apres = figures(engine, "HAUT_PERIGORD")
    assert [cle for cle in avant if avant[cle] != apres[cle]] == []
    assert any(re.search(r"valeur=[1-9]", cellule) for cellule in avant["file_active", ("sexe",), PERIODES[0]])


def test_derived_columns_would_be_the_same_again(exemple):
    engine, *_ = exemple
    avant = state(engine)
    with engine.begin() as base:
        refresh_derived(base, ["HAUT_PERIGORD"])
    assert state(engine) == avant


def test_no_old_number_is_left_in_the_files(exemple):
    engine, _, anciens, _, chemin = exemple
    assert len(anciens) > 1_000
    assert not {n for n in numbers(engine) if not is_anonymous(n)}
    octets = b"".join(p.read_bytes() for p in chemin.parent.glob("plie.db*"))
    assert b"anonyme-" in octets
    assert [n for n in anciens if n.encode() in octets] == []


def test_no_day_of_birth_is_left(exemple, tmp_path):
    engine, *_ = exemple
    neuf = make_engine(copy_base(sample_base("haut_perigord"), tmp_path / "neuf.db"))
    q = t.participants.c
    with neuf.connect() as base:
        vraies = set(base.execute(sa.select(q.date_naissance)).scalars())
    with engine.connect() as base:
        floues = list(base.execute(sa.select(q.date_naissance)).scalars())
    neuf.dispose()
    # A blurred day may fall on somebody's birthday by chance: one in a few hundred, not more.
    assert sum(jour in vraies for jour in floues if jour) < len(floues) * 0.1


def test_loading_the_same_workbook_again_brings_nobody_back(exemple):
    engine, avant, anciens, _, _ = exemple
    termine = import_classeur(engine, DOSSIER_EXEMPLES / "plie_haut_perigord.xlsx", "essai")
    assert termine.etat in ("inchange", "charge")
    effaces = [a for a in termine.prepare.anomalies if a.code == "IMP-215"]
    assert {a.feuille for a in effaces} >= {"Participants", "Parcours", "Etapes"}
    assert all(a.gravite is Gravite.AVERTISSEMENT and a.cle is None for a in effaces)
    assert not anciens & numbers(engine)
    apres = figures(engine, "HAUT_PERIGORD", PERIODES[:1])
    assert [cle for cle, valeur in apres.items() if valeur != avant[cle]] == []
    compact(engine)
    with engine.connect() as base:
        anomalies = list(base.execute(sa.select(t.anomalies)))
    assert [n for n in anciens if any(n == ligne.cle or n in ligne.message for ligne in anomalies)] == []


def second_sheets():
    """A month later: a person gone, one corrected, étapes and suspensions that move."""
    feuilles = valid_sheets()
    feuilles["Participants"][0]["date_naissance"] = date(1990, 6, 1)
    feuilles["Parcours"][0]["prescripteur"] = "Mission locale"
    feuilles["Etapes"][0]["justificatif"] = "attestation"
    feuilles["Suspensions"].append(feuilles["Suspensions"][0] | {"motif": "maladie"})
    feuilles["Suspensions"].append(feuilles["Suspensions"][0] | {"motif": None})
    feuilles["Contacts"].append(feuilles["Contacts"][0] | {"nature": "courriel"})
    return feuilles


def third_sheets():
    """Then p2 is no longer in the export."""
    feuilles = second_sheets()
    for nom in ("Participants", "Parcours"):
        feuilles[nom] = feuilles[nom][:1]
    feuilles["Etapes"] = feuilles["Etapes"][:1]
    feuilles["Suspensions"] = feuilles["Contacts"] = []
    return feuilles


def neutral(etat: dict[str, list[str]]) -> dict[str, int]:
    """How many rows of each table."""
    return {table: len(lignes) for table, lignes in etat.items() if table not in ("effacements", "evenements")}


def everywhere(moteur) -> str:
    """All that the database holds, as text."""
    with moteur.connect() as base:
        return "\n".join(repr(ligne) for table in t.metadata.sorted_tables for ligne in base.execute(sa.select(table)))


@pytest.mark.parametrize("numeros", [["p1"], ["p2"], ["p1", "p2"]])
def test_undo_goes_on_past_an_anonymisation(moteur, tmp_path, numeros):
    load(moteur, tmp_path, valid_sheets())
    premier = neutral(state(moteur))
    load(moteur, tmp_path, second_sheets(), "suite.xlsx")
    deuxieme = neutral(state(moteur))
    load(moteur, tmp_path, third_sheets(), "fin.xlsx")
    erase(moteur, "T", numeros)
    contenu = everywhere(moteur)
    for numero in numeros:
        assert f"'{numero}'" not in contenu
        assert f"'c{numero[1]}'" not in contenu
        assert f"'e{numero[1]}'" not in contenu
    assert undo_last(moteur, "chef") == 5
    assert neutral(state(moteur)) == deuxieme
    assert undo_last(moteur, "chef") == 6, "une annulation s’annule"
    assert undo_last(moteur, "chef") == 7
    contenu = everywhere(moteur)
    assert not [n for n in numeros if f"'{n}'" in contenu]
    with moteur.connect() as base:
        assert "Participants" in compare_versions(base, 0, 7)
    assert neutral(state(moteur)) == deuxieme
    assert premier["suspensions"] == 1


def test_free_texts_go(moteur, tmp_path):
    load(moteur, tmp_path, second_sheets())
    assert "Mission locale" in everywhere(moteur)
    erase(moteur, "T")
    contenu = everywhere(moteur)
    for texte in (
        "Mission locale",
        "attestation",
        "maladie",
        "congé",
        "1990, 6, 1",
        "1990-06-01",
        "1970, 2, 28",
        "1970-02-28",
    ):
        assert texte not in contenu, texte
    with moteur.connect() as base:
        assert base.execute(sa.select(t.etapes.c.justificatif, t.etapes.c.justifiee)).all() == [
            ("oui", True),
            (None, False),
        ]


def test_the_past_is_rebuilt_with_the_new_numbers(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    load(moteur, tmp_path, second_sheets(), "suite.xlsx")
    load(moteur, tmp_path, third_sheets(), "fin.xlsx")
    erase(moteur, "T", ["p2"])
    for version, participants in ((1, 2), (2, 2), (3, 1), (4, 1)):
        cible = make_engine(f"sqlite:///{tmp_path / f'publie{version}.db'}")
        with moteur.connect() as base:
            rebuild(base, {"T": version}, cible)
        with cible.connect() as base:
            trouves = list(base.execute(sa.select(t.participants.c.id_participant)).scalars())
        cible.dispose()
        assert len(trouves) == participants
        assert "p2" not in trouves


def test_the_next_workbook_changes_the_others_only(moteur, tmp_path):
    load(moteur, tmp_path, second_sheets())
    erase(moteur, "T", ["p2"])
    feuilles = second_sheets()
    feuilles["Parcours"][0]["rsa"] = False
    feuilles["Participants"].append({"code_plie": "T", "id_participant": "p3", "sexe": "F"})
    termine = load(moteur, tmp_path, feuilles, "suite.xlsx")
    assert termine.etat == "charge"
    with moteur.connect() as base:
        numeros = set(base.execute(sa.select(t.participants.c.id_participant)).scalars())
        contacts = base.execute(sa.select(sa.func.count()).select_from(t.contacts)).scalar()
        suspensions = base.execute(sa.select(sa.func.count()).select_from(t.suspensions)).scalar()
    assert {n for n in numeros if not is_anonymous(n)} == {"p1", "p3"}
    assert len(numeros) == 3
    assert (contacts, suspensions) == (3, 3), "les lignes anonymes restent, sans double"
    encore = load(moteur, tmp_path, feuilles, "suite.xlsx")
    assert encore.etat == "inchange"


def test_partial_workbooks_bring_nobody_back(moteur, tmp_path):
    load(moteur, tmp_path, second_sheets())
    erase(moteur, "T", ["p2"])
    complet = second_sheets()
    load(moteur, tmp_path, {nom: complet[nom] for nom in ("Etapes", "Contacts")}, "partiel.xlsx")
    contenu = everywhere(moteur)
    assert "'p2'" not in contenu
    assert "'c2'" not in contenu
    assert "'e2'" not in contenu


def test_what_was_prepared_before_is_refused(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    prepare = prepare_import(moteur, write(tmp_path, second_sheets(), "suite.xlsx"))
    erase(moteur, "T", ["p2"])
    with pytest.raises(VersionDepasseeError):
        apply_import(moteur, prepare, "essai", disparition_confirmee=True)


def test_another_plie_is_not_touched(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    load(moteur, tmp_path, of_plie("U", valid_sheets()), "autre.xlsx")
    avant = [ligne for ligne in state(moteur)["parcours"] if "'U'" in ligne]
    erase(moteur, "T")
    assert [ligne for ligne in state(moteur)["parcours"] if "'U'" in ligne] == avant
    with moteur.connect() as base:
        assert set(list_people(base, "U")) == {"p1", "p2"}
        assert list_people(base, "T") == {}


def test_anomalies_of_these_rows_go(moteur, tmp_path):
    feuilles = valid_sheets()
    feuilles["Parcours"][1]["code_referent"] = None
    feuilles["Participations"][0]["questionnaire_complet"] = False
    load(moteur, tmp_path, feuilles)

    def keys() -> list[str]:
        with moteur.connect() as base:
            return sorted(a.cle[:2] for g in open_anomalies(base, ["T"]) for a in g.anomalies)

    assert keys() == ["c1", "c2"]
    erase(moteur, "T", ["p2"])
    assert keys() == ["c1"]


def test_nobody_past_the_limit_changes_nothing(moteur, tmp_path):
    load(moteur, tmp_path, valid_sheets())
    avant = everywhere(moteur)
    assert purge_past(moteur, "T", "chef", "administration", date(2030, 1, 1)) is None
    assert everywhere(moteur) == avant


def test_a_blurred_birth_keeps_the_bands_and_nothing_else():
    tirage = random.Random(11)
    gardes = 0
    for _ in range(3_000):
        naissance = date(1950, 1, 1) + timedelta(days=tirage.randrange(20_000))
        entrees = {date(2010, 1, 1) + timedelta(days=tirage.randrange(5_000)) for _ in range(tirage.randrange(1, 4))}
        floue = blur_birth(naissance, entrees)
        gardes += floue == naissance
        for entree in entrees:
            for age in (26, 50):
                assert (age_on(floue, entree) < age) == (age_on(naissance, entree) < age)
    assert gardes < 30


def age_on(naissance: date, jour: date) -> int:
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def test_two_births_of_the_same_bands_become_one():
    entrees = {date(2020, 3, 1)}
    assert blur_birth(date(1980, 5, 17), entrees) == blur_birth(date(1990, 11, 2), entrees)
    assert blur_birth(date(1950, 5, 17), entrees) == blur_birth(date(1969, 1, 2), entrees)
    assert blur_birth(date(1980, 5, 17), set()) is None
