"""The data of any version come back from the journal: rows, sheets given, derived columns, figures."""

import random
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import current_version, make_engine
from data_access.historique.chargements import undo_last
from data_access.historique.instantane import loaded_sheets_at, rebuild, rows_at
from data_access.imports.deroule import import_classeur
from data_access.refus import Refus
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from indicators.referentiel import list_invented
from tests.integration.data_access.contenu import load, of_plie, state
from tests.unit.data_access.petits_classeurs import Feuilles, valid_sheets, write

ETAPES = 9
PERIODE = Periode(date(2022, 1, 1), date(2024, 12, 31))
CHIFFRES = (
    ("file_active", ()),
    ("entrees", ("sexe",)),
    ("sorties", ("categorie", "type_sortie")),
    ("taux_sorties_positives", ()),
    ("etapes", ("classe",)),
    ("participants_accompagnes", ("qpv",)),
    ("contacts", ()),
    ("sans_etape", ()),
)


def draw_sheets(tirage: random.Random, code: str) -> Feuilles:
    """A PLIE with more or fewer people, étapes and contacts, and values that move."""
    feuilles = of_plie(code, valid_sheets())
    nombre = tirage.randrange(1, 9)
    participants = [dict(feuilles["Participants"][n % 2], id_participant=f"p{n}") for n in range(nombre)]
    parcours = []
    for n, participant in enumerate(participants):
        entree = date(2022, 1, 10) + timedelta(days=tirage.randrange(900))
        sortie = entree + timedelta(days=tirage.randrange(200)) if tirage.random() < 0.5 else None
        parcours.append(
            {
                "code_plie": code,
                "id_parcours": f"c{n}",
                "id_participant": participant["id_participant"],
                "entree_le": entree,
                "sortie_le": sortie,
                "type_sortie": tirage.choice(("CDI", None)) if sortie else None,
                "code_commune": tirage.choice(("33063", "33064")),
                "code_quartier": tirage.choice(("QP1", None)),
                "mois_sans_emploi": tirage.choice((None, 3, 14)),
            }
        )
    feuilles["Participants"], feuilles["Parcours"] = participants, parcours
    feuilles["Participations"] = []
    feuilles["Suspensions"] = []
    feuilles["Etapes"] = [
        {
            "code_plie": code,
            "id_etape": f"e{n}",
            "id_parcours": tirage.choice(parcours)["id_parcours"],
            "type_etape": "FORM",
            "debut": date(2024, 6, 1),
            "statut": tirage.choice(("realisee", "prescrite")),
            "heures": tirage.choice((None, 7, 35.5, 0.1)),
        }
        for n in range(tirage.randrange(6))
    ]
    feuilles["Contacts"] = [
        feuilles["Contacts"][0]
        | {"id_parcours": parcours[0]["id_parcours"], "nature": tirage.choice(("entretien", None))}
        for _ in range(tirage.randrange(4))
    ]
    feuilles["PLIE"][0]["date_extraction"] = date(2024, 12, 31) + timedelta(days=tirage.randrange(60))
    feuilles["Regles de sortie"][0]["categorie"] = tirage.choice(("positive", "negative"))
    feuilles["Types d'etape"][0]["comptee"] = tirage.random() < 0.7
    for nom in ("Contacts", "Etapes", "Realisations"):
        if tirage.random() < 0.3:
            del feuilles[nom]
    return feuilles


def live(moteur: sa.Engine, dossier, graine: int) -> dict[int, dict[str, list[str]]]:
    """Imports and undos at random, of one PLIE or of two in one workbook; the state after each version."""
    tirage = random.Random(graine)
    etats = {}
    for rang in range(ETAPES):
        if etats and tirage.random() < 0.35:
            undo_last(moteur, "essai")
        else:
            feuilles = draw_sheets(tirage, "A")
            if tirage.random() < 0.5:
                feuilles = {nom: lignes + of_plie("B", {nom: lignes})[nom] for nom, lignes in feuilles.items()}
            load(moteur, dossier, feuilles, f"essai{rang}.xlsx")
        with moteur.connect() as base:
            etats[current_version(base)] = state(moteur)
    return etats


@pytest.fixture
def cible(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'instantane.db'}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("moteur", "graine"),
    [*(("sqlite", graine) for graine in range(6)), ("postgresql", 0), ("postgresql", 1)],
    indirect=["moteur"],
)
def test_every_version_comes_back(moteur, tmp_path, cible, graine):
    etats = live(moteur, tmp_path, graine)
    assert len(etats) >= 4
    with moteur.connect() as base:
        for version in random.Random(graine).sample(sorted(etats), len(etats)):
            rebuild(base, {"A": version, "B": version}, cible)
            assert state(cible) == etats[version], f"version {version}"


def figures(engine: sa.Engine, codes: tuple[str, ...], droits: Droits) -> list[object]:
    """Cells of figures, and where the targets stand."""
    with engine.connect() as base:
        presents = tuple(base.scalars(sa.select(t.plie.c.code_plie).where(t.plie.c.code_plie.in_(codes))))
        publies = [publier(base, code, Filtres(presents, PERIODE, par=par), droits) for code, par in CHIFFRES]
        objectifs = [o for code in presents for o in evaluate_objectifs(base, code, PERIODE.au, droits)]
    return [*((p.cellules, p.regles, p.plie_sans_source) for p in publies), *objectifs]


@pytest.mark.parametrize("droits", [ANIMATION, Droits("comite")], ids=lambda d: d.role)
def test_the_figures_are_those_of_the_day(moteur, tmp_path, cible, droits):
    load(moteur, tmp_path, of_plie("A", valid_sheets()))
    alors = {}
    for graine in (7, 8, 9):
        load(moteur, tmp_path, draw_sheets(random.Random(graine), "A"))
        with moteur.connect() as base:
            alors[current_version(base)] = figures(moteur, ("A",), droits)
    assert len({repr(chiffres) for chiffres in alors.values()}) == 3
    for version, chiffres in alors.items():
        with moteur.connect() as base:
            rebuild(base, {"A": version}, cible)
        assert figures(cible, ("A",), droits) == chiffres
        with cible.connect() as base:
            assert current_version(base) == version


def test_each_plie_at_its_own_version(moteur, tmp_path, cible):
    load(moteur, tmp_path, of_plie("A", valid_sheets()))
    load(moteur, tmp_path, of_plie("B", valid_sheets()))
    changes = valid_sheets()
    changes["Etapes"][0]["heures"] = 99
    load(moteur, tmp_path, of_plie("A", changes))
    load(moteur, tmp_path, of_plie("B", changes))
    with moteur.connect() as base:
        rebuild(base, {"A": 1, "B": 4}, cible)
        heures = {code: rows_at(base, "Etapes", code, {"A": 1, "B": 4}[code])[0] for code in "AB"}
    assert 35 in heures["A"]
    assert 99 in heures["B"]
    with cible.connect() as base:
        lues = dict(
            base.execute(sa.select(t.etapes.c.code_plie, t.etapes.c.heures).where(t.etapes.c.id_etape == "e1")).all()
        )
        nommes = dict(base.execute(sa.select(t.versions.c.id, t.versions.c.codes_plie)).all())
    assert lues == {"A": 35, "B": 99}
    assert nommes == {1: ["A"], 2: ["B"], 3: [], 4: ["B"]}


def test_what_came_later_does_not_say_whether_the_data_are_invented(moteur, tmp_path, cible, monkeypatch):
    load(moteur, tmp_path, of_plie("A", valid_sheets()), "exemple.xlsx")
    with moteur.connect() as base:
        empreinte = base.scalar(sa.select(t.versions.c.empreinte))
    monkeypatch.setattr("indicators.referentiel.sample_fingerprints", lambda: frozenset({empreinte}))
    load(moteur, tmp_path, of_plie("A", draw_sheets(random.Random(1), "A")))
    for version, inventes in ((1, {"A"}), (2, set())):
        with moteur.connect() as base:
            rebuild(base, {"A": version}, cible)
        with cible.connect() as base:
            assert list_invented(base) == inventes


def test_sheets_given_for_the_first_time_are_not_given_before(moteur, tmp_path):
    feuilles = valid_sheets()
    contacts = feuilles.pop("Contacts")
    load(moteur, tmp_path, feuilles)
    load(moteur, tmp_path, {"PLIE": feuilles["PLIE"], "Contacts": contacts})
    with moteur.connect() as base:
        assert "contacts" not in loaded_sheets_at(base, "T", 1)
        assert loaded_sheets_at(base, "T", 2)["contacts"] == 2
        assert loaded_sheets_at(base, "T", 0) == {}


def test_before_the_first_import_there_is_nothing(moteur, tmp_path, cible):
    vide = state(moteur)
    load(moteur, tmp_path, valid_sheets())
    with moteur.connect() as base:
        rebuild(base, {"T": 0}, cible)
    assert state(cible) == vide


def test_data_touched_behind_the_journal_are_said(moteur, tmp_path, cible):
    load(moteur, tmp_path, valid_sheets())
    changes = valid_sheets()
    changes["Etapes"][0]["heures"] = 99
    load(moteur, tmp_path, changes)
    with moteur.connect() as base:
        rebuild(base, {"T": 2}, cible)
        avant = state(cible)
    with moteur.begin() as base:
        base.execute(sa.update(t.etapes).where(t.etapes.c.id_etape == "e1").values(heures=1))
    with moteur.connect() as base:
        with pytest.raises(Refus, match=r"« T ».*version 1.*\[INS-001\]$"):
            rebuild(base, {"T": 1}, cible)
        with pytest.raises(Refus, match=r"\[HIS-001\]$"):
            rebuild(base, {"T": 7}, cible)
    assert state(cible) == avant


def test_an_import_that_comes_in_the_middle_is_not_mixed_in(moteur, tmp_path, cible, monkeypatch):
    load(moteur, tmp_path, valid_sheets())
    avant = state(moteur)
    changes = valid_sheets()
    changes["Etapes"][0]["heures"] = 99
    changes["Contacts"] = []
    chemin = write(tmp_path, changes)
    lire, arrives = rows_at, []

    def read_then_import(base, nom, code, version):
        lignes = lire(base, nom, code, version)
        if nom == "Etapes" and not arrives:
            arrives.append(import_classeur(moteur, chemin, "essai").etat)
        return lignes

    monkeypatch.setattr("data_access.historique.instantane.rows_at", read_then_import)
    with moteur.connect() as base:
        rebuild(base, {"T": 1}, cible)
    assert arrives == ["charge"]
    assert state(cible) == avant
