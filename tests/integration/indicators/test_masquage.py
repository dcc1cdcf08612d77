"""Masking through `publier` on a small PLIE: no small count leaves, no call contradicts another, no pair reveals."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from indicators.masquage.audit import audit
from indicators.masquage.lecture import Etendue, read_as
from indicators.masquage.memoire import memory_of

from data_access import tables as t
from data_access.engine import make_engine
from indicators.acces import PublicationRefusee
from indicators.catalogue import CATALOGUE
from indicators.objectifs import Statut, evaluate_objectifs
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import Etat
from tests.attaques.programme import add_version, make_programme
from tests.properties.donnees import load

COMITE = Droits("comite")
ANNEE = Periode(date(2022, 1, 1), date(2022, 12, 31))
AVANT = Periode(date(2021, 1, 1), date(2021, 12, 31))
PERSONNELS = ("sexe", "age", "rsa", "minima_sociaux", "deld", "qpv", "handicap", "diplome")
TERRITOIRES = (None, "E", "K1", "K2", "K3", "Z1", "Z2")
NEUTRES = ("file_active_par_etp", "file_active_par_referent", "file_active_moyenne")
K = 5


@pytest.fixture(params=[12, 200])
def base(request: pytest.FixtureRequest, moteur_sqlite: sa.Engine):
    with moteur_sqlite.connect() as connexion:
        load(connexion, make_programme(request.param))
        add_version(connexion)
        yield connexion


def splits_of(code: str) -> list[tuple[str, ...]]:
    permis = [
        d for d in CATALOGUE[code].decoupages if d not in ("mois", "plie", "operation", "referent", "mode", "seuil")
    ]
    return [(), *((d,) for d in permis)]


def test_no_small_count_in_any_split_filter_or_rate(base) -> None:
    for code in CATALOGUE:
        for territoire in TERRITOIRES:
            for par in splits_of(code):
                if not par and territoire is None:
                    continue
                for cellule in publier(base, code, Filtres(("P",), ANNEE, None, territoire, par), COMITE):
                    if cellule.etat is not Etat.EXACT:
                        assert (cellule.valeur, cellule.numerateur) == (None, None) or cellule.etat is Etat.SANS_OBJET
                        continue
                    nombres = [cellule.numerateur] + ([] if code in NEUTRES else [cellule.denominateur])
                    assert not any(n is not None and 0 < n < K for n in nombres), (code, territoire, cellule)


def test_one_person_leaves_no_small_number_but_the_totals(moteur_sqlite) -> None:
    # Allow-list: totals of the whole PLIE are not a characteristic (definitions.md, « Small numbers »).
    totaux = {
        c
        for c in CATALOGUE
        if not c.startswith(("sorties_", "part_", "ecart", "taux", "parcours_longs", "repartition"))
    }
    sous = {
        "file_active_suspendus",
        "sans_etape",
        "sans_contact",
        "en_attente_de_validation",
        "contrats_a_echeance",
        "contrats_echus",
        "delai_diagnostic_respecte",
    }
    with moteur_sqlite.connect() as base:
        load(base, make_programme(1))
        for code in CATALOGUE:
            for par in splits_of(code):
                for cellule in publier(base, code, Filtres(("P",), ANNEE, par=par), COMITE):
                    if not par and code in totaux - sous:
                        continue
                    nombres = (cellule.numerateur, cellule.denominateur)
                    assert not any(n is not None and 0 < n < K for n in nombres), (code, par, cellule)


def test_the_same_cell_has_one_answer_whatever_the_call(base) -> None:
    for code in ("file_active", "entrees", "sorties", "participants_accompagnes"):
        par_commune = {
            c.at("commune"): c for c in publier(base, code, Filtres(("P",), ANNEE, par=("commune",)), COMITE)
        }
        for commune in ("K1", "K2", "K3"):
            seule = publier(base, code, Filtres(("P",), ANNEE, territoire=commune), COMITE).cellule
            autre = par_commune.get(commune)
            assert (autre.etat, autre.valeur) == (seule.etat, seule.valeur) if autre else seule.valeur == 0
    positives = publier(base, "sorties_positives", Filtres(("P",), ANNEE), COMITE).cellule
    par_categorie = {
        c.at("categorie"): c for c in publier(base, "sorties", Filtres(("P",), ANNEE, par=("categorie",)), COMITE)
    }
    if "positive" in par_categorie:
        assert par_categorie["positive"].etat is positives.etat
    taux = publier(base, "taux_sorties_positives", Filtres(("P",), ANNEE), COMITE).cellule
    if positives.etat is Etat.MASQUE:
        assert taux.etat is Etat.MASQUE


def test_by_referent_nothing_but_the_stock_on_the_evening_of_the_data(moteur_sqlite: sa.Engine) -> None:
    lignes = make_programme(60)
    # R3's only parcours has ended: shown as absent on a masked evening, R3 would be said to have none.
    for numero, parcours in enumerate(lignes["parcours"]):
        parcours["code_referent"] = "R1" if numero % 2 else "R2"
    partis = [p for p in lignes["parcours"] if p["sortie_le"] and p["sortie_le"] <= AVANT.au]
    partis[0]["code_referent"] = "R3"
    avant, mois = Filtres(("P",), AVANT, par=("referent",)), Filtres(("P",), ANNEE, par=("referent", "mois"))
    with moteur_sqlite.connect() as base:
        load(base, lignes)
        add_version(base)
        ce_soir = publier(base, "file_active", avant.over(ANNEE), COMITE)
        assert [(c.at("referent"), c.numerateur) for c in ce_soir] == [
            (c.at("referent"), c.numerateur) for c in publier(base, "file_active", avant.over(ANNEE), ANIMATION)
        ]
        assert [c.at("referent") for c in publier(base, "file_active", avant, ANIMATION)] == ["R1", "R2"]
        masques = publier(base, "file_active", avant, COMITE)
        assert [(c.at("referent"), c.etat) for c in masques] == [(r, Etat.MASQUE) for r in ("R1", "R2", "R3")]
        for code in ("entrees", "sorties", "participants_accompagnes"):
            assert {c.etat for c in publier(base, code, avant.over(ANNEE), COMITE)} == {Etat.MASQUE}
        montres = {c.at("mois") for c in publier(base, "file_active", mois, COMITE) if c.etat is not Etat.MASQUE}
        assert montres == {"2022-12"}


def test_a_type_is_listed_under_its_own_class_and_result_only(moteur_sqlite: sa.Engine) -> None:
    with moteur_sqlite.connect() as base:
        load(base, make_programme(12))
        add_version(base)
        etapes = publier(base, "etapes", Filtres(("P",), ANNEE, par=("classe", "type_etape")), COMITE)
        sorties = publier(base, "sorties", Filtres(("P",), ANNEE, par=("categorie", "type_sortie")), COMITE)
    assert {(c.at("classe"), c.at("type_etape")) for c in etapes} <= {("C1", "T1"), ("C2", "T2")}
    siens = {("positive", "cdi"), ("autre", "demenage"), ("negative", "perdu"), ("non_documentee", "non renseigné")}
    assert {(c.at("categorie"), c.at("type_sortie")) for c in sorties} <= siens
    assert sorties.masquees
    assert etapes.masquees


@pytest.mark.parametrize("k", [5, 11])
def test_everything_that_a_committee_reads_passes_the_audit(
    moteur_sqlite: sa.Engine, monkeypatch: pytest.MonkeyPatch, k: int
) -> None:
    monkeypatch.setenv("PLIE_SEUIL_MASQUAGE", str(k))
    with moteur_sqlite.connect() as base:
        load(base, make_programme(200, 2))
        add_version(base)
        bilan = audit(read_as(base, "P", Etendue((ANNEE, AVANT)), COMITE), k)
    assert bilan.cellules > bilan.masques > 0
    assert bilan.sur, (bilan.etroits, bilan.petits, bilan.incoherences)


def test_animation_sees_everything(base) -> None:
    for code in CATALOGUE:
        resultat = publier(base, code, Filtres(("P",), ANNEE), ANIMATION)
        assert resultat.masquees == 0
        assert all(c.etat is not Etat.MASQUE for c in resultat)


def test_masked_cells_are_counted_and_targets_follow(moteur_sqlite) -> None:
    with moteur_sqlite.connect() as base:
        load(base, make_programme(12))
        resultat = publier(base, "file_active", Filtres(("P",), ANNEE, par=("sexe",)), COMITE)
        assert resultat.masquees == sum(c.etat is Etat.MASQUE for c in resultat) > 0
        (objectif,) = evaluate_objectifs(base, "P", date(2022, 12, 31), COMITE)
        assert objectif.masque
        assert (objectif.statut, objectif.realise, objectif.taux, objectif.projection) == (
            Statut.MASQUE,
            None,
            None,
            None,
        )


@pytest.mark.parametrize("role", ["", "administration", "Comite", "inconnu"])
def test_an_unknown_role_is_refused(base, role: str) -> None:
    with pytest.raises(PublicationRefusee, match="DRO-001"):
        publier(base, "file_active", Filtres(("P",), ANNEE), Droits(role))


def test_a_period_that_is_not_whole_shows_totals_only(base) -> None:
    periode = Periode(date(2022, 2, 3), date(2022, 5, 17))
    assert publier(base, "entrees", Filtres(("P",), periode), COMITE).cellule.etat is Etat.EXACT
    assert all(c.etat is Etat.MASQUE for c in publier(base, "entrees", Filtres(("P",), periode, par=("sexe",)), COMITE))


def test_threads_that_publish_at_once_find_the_same(tmp_path: Path) -> None:
    """Screens of several readers share decided tables, while another empties them."""
    moteur = make_engine(f"sqlite:///{tmp_path / 'plie.db'}")
    t.metadata.create_all(moteur)
    with moteur.connect() as base:
        load(base, make_programme(200))
        add_version(base)
        base.commit()
        memoire = memory_of(base)
    questions = [
        (code, Filtres(("P",), ANNEE, None, territoire, par))
        for code in ("file_active", "participants_accompagnes", "sorties", "part_femmes")
        for territoire in (None, "E", "K1")
        for par in ((), ("rsa",), ("age",))
    ]

    def read(graine: int) -> list:
        ordre = random.Random(graine).sample(questions, len(questions))
        with moteur.connect() as base:
            if graine == 3:
                memoire.clear()
            lus = {question: publier(base, *question, COMITE).cellules for question in ordre}
        return [lus[question] for question in questions]

    with ThreadPoolExecutor(8) as fils:
        lectures = list(fils.map(read, range(16)))
    assert all(lecture == lectures[0] for lecture in lectures)


def test_a_new_published_date_makes_new_blocks(tmp_path: Path) -> None:
    """Decided tables do not outlive the publication that cuts time anew."""
    moteur = make_engine(f"sqlite:///{tmp_path / 'plie.db'}")
    t.metadata.create_all(moteur)
    with moteur.connect() as base:
        load(base, make_programme(200))
        add_version(base)
        juin = Filtres(("P",), Periode(date(2022, 1, 1), date(2022, 6, 30)), par=("sexe",))
        assert all(c.etat is Etat.MASQUE for c in publier(base, "entrees", juin, COMITE))
        base.execute(
            sa.insert(t.publications).values(
                code_plie="P", au=juin.periode.au, version_id=1, publie_le=datetime.now(UTC), publie_par="essai"
            )
        )
        assert any(c.etat is Etat.EXACT for c in publier(base, "entrees", juin, COMITE))
