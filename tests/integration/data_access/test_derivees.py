"""Derived columns after two imports of random data, against a slow recomputation in plain Python."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import tables as t
from data_access.base.jours import add_months, month_number
from data_access.classeur.ecriture import write_classeur
from data_access.historique.chargements import undo_last
from data_access.imports.derivation import complete_row, refresh_derived
from data_access.imports.deroule import import_classeur
from data_access.refus import Refus
from data_access.tables import JAMAIS

ORIGINE = date(2020, 1, 1)
JOURS = st.integers(0, 1500).map(lambda n: ORIGINE + timedelta(n))
OUI_NON = st.sampled_from([True, False, None])


def maybe(strategie):
    return st.none() | strategie


@st.composite
def classeurs(draw):
    """The sheets of one small PLIE."""
    plie = {"code_plie": "H"}
    personnes = [f"p{rang}" for rang in range(draw(st.integers(1, 4)))]
    participants = [
        plie
        | {
            "id_participant": personne,
            "sexe": draw(st.sampled_from(["F", "H", None])),
            "date_naissance": draw(maybe(st.dates(date(1960, 1, 1), date(2003, 12, 31)))),
        }
        for personne in personnes
    ]
    parcours, etapes, participations = [], [], []
    for rang in range(draw(st.integers(1, 8))):
        entree = draw(JOURS)
        identifiant = f"{draw(st.sampled_from('aZé'))}{rang}"
        parcours.append(
            plie
            | {
                "id_parcours": identifiant,
                "id_participant": draw(st.sampled_from(personnes)),
                "mode": draw(st.sampled_from(["complet", "etape_seule", None])),
                "entree_le": entree,
                "sortie_le": draw(maybe(st.integers(0, 400).map(lambda n, e=entree: e + timedelta(n)))),
                "type_sortie": draw(st.sampled_from(["CDI", "DEM", "INC", None])),
                "code_quartier": draw(st.sampled_from(["Q1", "Q2", "Q3", None])),
                "mois_sans_emploi": draw(maybe(st.integers(0, 30))),
            }
        )
        participations += [
            plie | {"id_parcours": identifiant, "code_operation": operation, "entree_le": debut}
            | {
                "sortie_le": draw(maybe(st.sampled_from([0, 1, 30, 31, 200]).map(lambda n, d=debut: d + timedelta(n)))),
                "situation_sortie": draw(st.sampled_from(["emploi", "recherche", None])),
                "sortie_saisie_le": draw(maybe(JOURS)),
            }
            for operation in draw(st.sets(st.sampled_from(["O", "S", "T"])))
            for debut in draw(st.sets(st.sampled_from([0, 1, 30, 31, 60]).map(lambda n, e=entree: e + timedelta(n))))
        ]  # fmt: skip
        for numero in range(draw(st.integers(0, 2))):
            etapes.append(
                plie
                | {
                    "id_etape": f"e{rang}-{numero}",
                    "id_parcours": identifiant,
                    "type_etape": draw(st.sampled_from(["T1", "T2"])),
                    "debut": entree,
                    "fin": draw(maybe(st.integers(0, 700).map(lambda n, e=entree: e + timedelta(n)))),
                    "statut": draw(st.sampled_from(["prescrite", "en_cours", "realisee", "abandonnee"])),
                    "justificatif": draw(st.sampled_from([None, "oui", "Non reçu", "émargement"])),
                }
            )
    regles = [
        plie
        | {
            "type_sortie": type_sortie,
            "libelle": "x",
            "categorie": draw(st.sampled_from(["positive", "negative", "a_confirmer"])),
            "nature": draw(st.sampled_from(["emploi", None])),
            "depuis": depuis,
            "jusqua": draw(maybe(st.integers(0, 500).map(lambda n, d=depuis: d + timedelta(n)))),
            "sensible": draw(OUI_NON),
            "source": "x",
        }
        for type_sortie in ("CDI", "DEM")
        for depuis in draw(st.sets(JOURS, max_size=2))
    ]
    types = [
        plie | {"type_etape": code, "libelle": "x", "code_classe": f"C{code}", "libelle_classe": "x"}
        | {"comptee": draw(st.booleans()), "sensible": draw(OUI_NON)}
        for code in ("T1", "T2")
    ]  # fmt: skip
    return {
        "PLIE": [
            plie
            | {"nom": "Hasard", "date_extraction": date(2026, 1, 1)}
            | {"bornes_age": draw(st.sampled_from([None, "26;53", "25 ; 26", "vieux"]))}
        ],
        "Territoires": [
            plie | {"code_territoire": "Q1", "nom": "x", "type": "qpv"},
            plie | {"code_territoire": "Q2", "nom": "x", "type": draw(st.sampled_from(["quartier_de_veille", "qpv"]))},
        ],
        "Operations": [
            plie
            | {"code_operation": code, "intitule": "x", "cible": cible, "debut": ORIGINE}
            | {"fin": draw(st.just(date(2025, 1, 1)) | JOURS)}
            for code, cible in [
                ("O", "aide_aux_personnes"),
                ("S", draw(st.sampled_from(["aide_aux_personnes", "soutien_aux_structures"]))),
                ("T", None),
            ]
        ],  # fmt: skip
        "Regles de sortie": regles,
        "Types d'etape": types,
        "Participants": participants,
        "Parcours": parcours,
        "Participations": participations,
        "Etapes": etapes,
    }


def stored(moteur: sa.Engine, table: sa.Table) -> list[dict]:
    with moteur.connect() as base:
        return [dict(ligne) for ligne in base.execute(sa.select(table)).mappings()]


BANDES = {
    None: (26, 50, "moins de 26 ans", "26-49 ans", "50 ans et plus"),
    "26;53": (26, 53, "moins de 26 ans", "26-52 ans", "53 ans et plus"),
    "25 ; 26": (25, 26, "moins de 25 ans", "25 ans", "26 ans et plus"),
}


def band(bornes: str | None, naissance: date | None, jour: date) -> str | None:
    if naissance is None:
        return None
    age = jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
    jeune, senior, premiere, deuxieme, derniere = BANDES.get(bornes, BANDES[None])
    return premiere if age < jeune else deuxieme if age < senior else derniere


def shown(p: dict, regles: list[dict], en_vigueur: bool | None) -> str | None:
    """`en_vigueur`: whether the rule of that day is flagged; None without rule."""
    if p["sortie_le"] is None:
        return None
    un_jour = any(r["sensible"] for r in regles if r["type_sortie"] == p["type_sortie"])
    return "autres motifs" if (un_jour if en_vigueur is None else en_vigueur) else p["type_sortie"]


def check_parcours(moteur: sa.Engine) -> None:
    personnes = {p["id_participant"]: p for p in stored(moteur, t.participants)}
    regles, lieux = stored(moteur, t.regles_de_sortie), stored(moteur, t.territoires)
    tous = stored(moteur, t.parcours)
    (bornes,) = [ligne["bornes_age"] for ligne in stored(moteur, t.plie)]
    for p in tous:
        personne, sortie = personnes[p["id_participant"]], p["sortie_le"]
        en_vigueur = sorted(
            (r["depuis"], r["categorie"], r["nature"], bool(r["sensible"]))
            for r in regles
            if sortie
            and r["type_sortie"] == p["type_sortie"]
            and r["depuis"] <= sortie
            and (r["jusqua"] is None or sortie <= r["jusqua"])
        )
        regle = en_vigueur[-1] if en_vigueur else (None, "non_documentee" if sortie else None, None, None)
        suivants = sorted(
            (autre["entree_le"], autre["id_parcours"].encode())
            for autre in tous
            if (autre["id_participant"], autre["mode"]) == (p["id_participant"], p["mode"])
            and (autre["entree_le"], autre["id_parcours"].encode()) > (p["entree_le"], p["id_parcours"].encode())
        )
        qpv = [z["type"] == "qpv" for z in lieux if z["code_territoire"] == p["code_quartier"]]
        assert p["sexe"] == personne["sexe"]
        assert p["tranche_age"] == band(bornes, personne["date_naissance"], p["entree_le"])
        assert (p["categorie_sortie"], p["nature_sortie"]) == regle[1:3]
        assert p["type_sortie_montre"] == shown(p, regles, regle[3])
        assert p["suivant_le"] == (suivants[0][0] if suivants else JAMAIS)
        assert p["qpv"] == (qpv[0] if qpv else None)
        assert p["fin_le"] == (sortie or JAMAIS)
        assert p["entree_mois"] == p["entree_le"].year * 12 + p["entree_le"].month - 1
        assert p["deld"] == (None if p["mois_sans_emploi"] is None else p["mois_sans_emploi"] >= 12)


def check_children(moteur: sa.Engine) -> None:
    parcours = {p["id_parcours"]: p for p in stored(moteur, t.parcours)}
    types = {e["type_etape"]: e for e in stored(moteur, t.types_etape)}
    for e in stored(moteur, t.etapes):
        parent = parcours[e["id_parcours"]]
        assert e["fin_le"] == min(e["fin"] or JAMAIS, parent["fin_le"])
        assert (e["mode"], e["sexe"]) == (parent["mode"], parent["sexe"])
        type_etape = types[e["type_etape"]]
        assert (e["comptee"], e["code_classe"]) == (type_etape["comptee"], type_etape["code_classe"])
        assert e["type_etape_montre"] == ("autres motifs" if type_etape["sensible"] else e["type_etape"])
        assert e["justifiee"] == (e["justificatif"] in ("oui", "émargement"))
        assert e["compte"] == (e["statut"] in ("en_cours", "realisee"))
    for e in stored(moteur, t.participations):
        assert e["fin_le"] == min(e["sortie_le"] or JAMAIS, parcours[e["id_parcours"]]["fin_le"])


def check_sejours(moteur: sa.Engine) -> None:
    """Each séjour against the participations taken in order, one by one."""
    parcours = {p["id_parcours"]: p for p in stored(moteur, t.parcours)}
    operations = {o["code_operation"]: o for o in stored(moteur, t.operations)}
    attendus: dict[tuple[str, str], list[dict]] = {}
    for x in sorted(stored(moteur, t.participations), key=lambda x: x["entree_le"]):
        operation = operations[x["code_operation"]]
        fin = min(x["sortie_le"] or JAMAIS, parcours[x["id_parcours"]]["fin_le"], operation["fin"] + timedelta(days=1))
        if operation["cible"] == "soutien_aux_structures" or x["entree_le"] > min(fin, operation["fin"]):
            continue
        sejours = attendus.setdefault((x["id_parcours"], x["code_operation"]), [])
        if not sejours or sejours[-1]["fin_le"] < x["entree_le"]:
            sejours.append({"entree_le": x["entree_le"], "fin_le": fin, "derniere": x})
        elif fin >= sejours[-1]["fin_le"]:
            sejours[-1] |= {"fin_le": fin, "derniere": x}
    trouves: dict[tuple[str, str], list[dict]] = {}
    for s in sorted(stored(moteur, t.sejours), key=lambda s: s["entree_le"]):
        trouves.setdefault((s["id_parcours"], s["code_operation"]), []).append(s)
    assert {cle: len(siens) for cle, siens in trouves.items()} == {cle: len(siens) for cle, siens in attendus.items()}
    for cle, siens in attendus.items():
        for s, attendu in zip(trouves[cle], siens, strict=True):
            assert (s["entree_le"], s["fin_le"]) == (attendu["entree_le"], attendu["fin_le"])
            assert s["dernier_jour"] == min(attendu["fin_le"], operations[cle[1]]["fin"])
            assert (s["entree_mois"], s["fin_mois"]) == (month_number(s["entree_le"]), month_number(s["fin_le"]))
            assert s["limite_saisie_le"] == add_months(s["fin_le"], 1)
            for nom in ("situation_sortie", "sortie_saisie_le"):
                assert s[nom] == attendu["derniere"][nom]


def check_no_overlap(moteur: sa.Engine) -> None:
    tous = stored(moteur, t.parcours)
    for a in tous:
        for b in tous:
            if a["id"] < b["id"] and a["id_participant"] == b["id_participant"]:
                assert not (a["entree_le"] < b["fin_le"] and b["entree_le"] < a["fin_le"])


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return tmp_path_factory.mktemp("hasard")


FACULTATIVES = [
    *("Territoires", "Operations", "Regles de sortie", "Types d'etape", "Participants", "Parcours", "Participations"),
    "Etapes",
]


def empty(base: sa.Connection) -> None:
    """Everything goes, but for the journal of accesses: nothing is ever taken out of it."""
    for table in reversed(t.metadata.sorted_tables):
        if table is not t.evenements:
            base.execute(sa.delete(table))


def contents(base: sa.Connection) -> dict[str, list[dict]]:
    """The rows of the sheets, derived columns included, without their numbers."""
    return {
        nom: sorted(
            ({k: v for k, v in ligne.items() if k != "id"} for ligne in base.execute(sa.select(table)).mappings()),
            key=repr,
        )
        for nom, table in (t.TABLES | {"sejours": t.sejours}).items()
    }


def check_same_as_from_scratch(moteur: sa.Engine) -> None:
    """What the imports have kept up to date, beside the same rows written bare and derived all at once."""
    with moteur.connect() as base:
        tenues = contents(base)
        empty(base)
        for nom, lignes in tenues.items():
            if nom == "sejours":
                continue
            table = t.TABLES[nom]
            for ligne in lignes:
                nue = {colonne: ligne[colonne] for colonne in t.workbook_columns(table)}
                base.execute(sa.insert(table).values(complete_row(nom, nue)))
        refresh_derived(base, [ligne["code_plie"] for ligne in tenues["plie"]])
        recalculees = contents(base)
        base.rollback()
    assert tenues == recalculees


RAPIDE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@RAPIDE
@given(
    premier=classeurs(),
    suite=st.lists(
        st.none() | st.tuples(classeurs(), st.sets(st.sampled_from(FACULTATIVES), max_size=6)), min_size=1, max_size=4
    ),
)
def test_kept_up_to_date_as_if_derived_from_scratch(moteur, dossier, premier, suite):
    """Imports of some of the sheets, and undos (None), one after the other."""
    with moteur.begin() as base:
        empty(base)
    for action in [(premier, set()), *suite]:
        if action is None:
            with suppress(Refus):
                undo_last(moteur, "hasard")
        else:
            feuilles, absentes = action
            chemin = dossier / "suite.xlsx"
            write_classeur(chemin, {nom: lignes for nom, lignes in feuilles.items() if nom not in absentes})
            import_classeur(moteur, chemin, "hasard", disparition_confirmee=True)
        check_same_as_from_scratch(moteur)


@RAPIDE
@given(
    premier=classeurs(), second=classeurs(), absentes=st.sets(st.sampled_from(["Participants", "Parcours", "Etapes"]))
)
def test_derived_columns(moteur, dossier, premier, second, absentes):
    with moteur.begin() as base:
        empty(base)
    suite = {nom: lignes for nom, lignes in second.items() if nom not in absentes}
    for feuilles in (premier, suite):
        chemin = dossier / "hasard.xlsx"
        write_classeur(chemin, feuilles)
        termine = import_classeur(moteur, chemin, "hasard", disparition_confirmee=True)
        assert termine.etat in ("charge", "inchange")
        assert import_classeur(moteur, chemin, "hasard").etat == "inchange"
        check_parcours(moteur)
        check_children(moteur)
        check_sejours(moteur)
        check_no_overlap(moteur)
