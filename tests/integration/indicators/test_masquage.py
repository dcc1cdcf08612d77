"""Masking through `publier` on a small PLIE: no small count leaves, no call contradicts another, no pair reveals."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
import sqlalchemy as sa

from data_access import tables as t
from indicators.catalogue import CATALOGUE
from indicators.masquage.audit import audit
from indicators.masquage.lecture import read_as
from indicators.objectifs import Statut, evaluate_objectifs
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import PublicationRefusee, publier
from indicators.resultats import Etat
from tests.properties.donnees import load

COMITE = Droits("comite")
ANNEE = Periode(date(2022, 1, 1), date(2022, 12, 31))
AVANT = Periode(date(2021, 1, 1), date(2021, 12, 31))
PERSONNELS = ("sexe", "age", "rsa", "minima_sociaux", "deld", "qpv", "handicap", "diplome")
TERRITOIRES = (None, "E", "K1", "K2", "K3", "Z1", "Z2")
NEUTRES = ("file_active_par_etp", "file_active_par_referent", "file_active_moyenne")
K = 5


def make_programme(personnes: int, graine: int = 1) -> dict:
    """A PLIE of that many people, consistent and lopsided: K1 is large, K3 small, some answers rare."""
    tirage = random.Random(graine)
    lignes: dict = {nom: [] for nom in t.TABLES}

    def add(table: str, **valeurs: object) -> None:
        lignes[table].append(dict.fromkeys(t.workbook_columns(t.TABLES[table])) | {"code_plie": "P"} | valeurs)

    add("plie", nom="P", date_extraction=date(2022, 12, 31))
    for zone, genre, parent in (
        *(("E", "epci", None), ("K1", "commune", "E"), ("K2", "commune", "E"), ("K3", "commune", None)),
        *(("Z1", "qpv", "K1"), ("Z2", "qpv", "K3")),
    ):
        add("territoires", code_territoire=zone, nom=zone, type=genre, code_parent=parent)
    for nom, categorie, nature in (
        ("cdi", "positive", "emploi"),
        ("demenage", "autre", None),
        ("perdu", "negative", None),
    ):
        add(
            "regles_de_sortie",
            type_sortie=nom,
            libelle=nom,
            categorie=categorie,
            nature=nature,
            depuis=date(2000, 1, 1),
            source="essai",
        )
    add("types_etape", type_etape="T1", libelle="T1", code_classe="C1", libelle_classe="C1", comptee=True)
    add("types_etape", type_etape="T2", libelle="T2", code_classe="C2", libelle_classe="C2", comptee=True)
    add(
        "objectifs",
        code_indicateur="sorties_positives",
        libelle="Sorties",
        nature="fixe",
        valeur=10,
        debut=date(2022, 1, 1),
        fin=date(2022, 12, 31),
    )
    for numero in range(personnes):
        sexe = tirage.choices(["F", "H", None], [55, 42, 3])[0]
        add(
            "participants",
            id_participant=f"I{numero}",
            sexe=sexe,
            date_naissance=date(tirage.randint(1960, 2001), 5, 5),
        )
        commune = tirage.choices(["K1", "K2", "K3", None], [70, 20, 7, 3])[0]
        entree = date(2020, 1, 1) + timedelta(days=tirage.randrange(1000))
        sortie = entree + timedelta(days=tirage.randrange(30, 900))
        sortie = sortie if sortie <= date(2022, 12, 31) else None
        add(
            "parcours",
            id_parcours=f"A{numero}",
            id_participant=f"I{numero}",
            mode="complet",
            entree_le=entree,
            sortie_le=sortie,
            code_commune=commune,
            code_quartier={"K1": tirage.choice(["Z1", None, None]), "K3": "Z2"}.get(commune),
            rsa=tirage.choices([True, False, None], [60, 35, 5])[0],
            minima_sociaux=tirage.choice([True, False]),
            mois_sans_emploi=tirage.choice([0, 12, 30, None]),
            handicap=tirage.choices([True, False], [6, 94])[0],
            niveau_diplome=tirage.choice(["2a", "2b", "2c", "2d"]),
            type_sortie=tirage.choices(["cdi", "demenage", "perdu", None], [50, 20, 25, 5])[0] if sortie else None,
            saisie_le=sortie,
        )
        if tirage.random() < 0.6:
            add(
                "etapes",
                id_etape=f"E{numero}",
                id_parcours=f"A{numero}",
                type_etape=tirage.choice(["T1", "T1", "T2"]),
                debut=entree,
                fin=None,
                statut="en_cours",
            )
    return lignes


@pytest.fixture(params=[12, 200])
def base(request: pytest.FixtureRequest, moteur_sqlite: sa.Engine):
    with moteur_sqlite.connect() as connexion:
        load(connexion, make_programme(request.param))
        add_version(connexion)
        yield connexion


def add_version(connexion: sa.Connection) -> None:
    """Decided tables are kept from one call to the next for a version of the data."""
    connexion.execute(
        sa.insert(t.versions),
        [
            {
                "moment": datetime.now(UTC),
                "auteur": "essai",
                "classeur": "essai",
                "empreinte": uuid.uuid4().hex,
                "codes_plie": ["P"],
                "bilan": {},
            }
        ],
    )


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
                    if cellule.etat is not Etat.VALEUR:
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


@pytest.mark.parametrize("graine", [2])
def test_everything_that_a_committee_reads_passes_the_audit(moteur_sqlite: sa.Engine, graine: int) -> None:
    with moteur_sqlite.connect() as base:
        load(base, make_programme(200, graine))
        add_version(base)
        bilan = audit(read_as(base, "P", (ANNEE, AVANT), COMITE), K)
    assert bilan.publies > bilan.caches
    assert not bilan.etroits


def test_no_difference_of_two_views_is_a_masked_count(base) -> None:
    """Two figures of one population, one inside the other: their difference is 0, k or more, or not a view."""
    lecture = read_as(base, "P", (ANNEE, AVANT), COMITE)
    masques = {}
    for (population, periode, lieu, parts), chiffre in lecture.chiffres.items():
        if not chiffre.montre and chiffre.publie and 0 < chiffre.vrai < K:
            masques.setdefault((population, periode), []).append((lieu, parts, chiffre.vrai))
    montres = {}
    for (population, periode, lieu, parts), chiffre in lecture.chiffres.items():
        if chiffre.montre:
            montres.setdefault((population, periode), []).append((lieu, parts, chiffre.vrai))
    for cle, vues in montres.items():
        for (lieu_a, parts_a, a), (lieu_b, parts_b, b) in combinations(vues, 2):
            if not _binary_complement(lieu_a, parts_a, lieu_b, parts_b):
                continue
            freres = [
                m
                for m in masques.get(cle, [])
                if _completes(m, (lieu_a, parts_a), (lieu_b, parts_b), vues, masques[cle])
            ]
            assert not any(abs(a - b) == vrai for _, _, vrai in freres), (cle, lieu_a, parts_a, lieu_b, parts_b)


def _binary_complement(lieu_a: str, parts_a: frozenset, lieu_b: str, parts_b: frozenset) -> bool:
    return lieu_a == lieu_b and len(parts_a ^ parts_b) == 1


def _completes(masque: tuple, a: tuple, b: tuple, vues: list, masques: list) -> bool:
    """The masked cell is all that is missing between the two views (the other parts are 0)."""
    grand, petit = sorted((a, b), key=lambda v: len(v[1]))
    ((decoupage, _),) = petit[1] - grand[1]
    meme = [
        (lieu, parts)
        for lieu, parts, vrai in (*vues, *masques)
        if vrai
        and lieu == grand[0]
        and len(parts - grand[1]) == 1
        and grand[1] <= parts
        and next(iter(parts - grand[1]))[0] == decoupage
    ]
    return len(meme) == 2 and (masque[0], masque[1]) in meme


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
    assert publier(base, "entrees", Filtres(("P",), periode), COMITE).cellule.etat is Etat.VALEUR
    assert all(c.etat is Etat.MASQUE for c in publier(base, "entrees", Filtres(("P",), periode, par=("sexe",)), COMITE))
