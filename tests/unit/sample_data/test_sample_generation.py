"""The invented people: same draws each time, no impossible date, volumes near the programmes."""

from datetime import date
from itertools import pairwise

import pytest

from data_access.colonnes import Genre, Lien
from data_access.format import FEUILLES, feuille
from sample_data.generation.classeur import invent_plie
from sample_data.generation.realisations import TOTAUX
from sample_data.generation.reference import Ligne, list_codes_plie
from sample_data.generation.volumes import VOLUMES

CODES = list_codes_plie()
Plie = dict[str, list[Ligne]]


@pytest.fixture(scope="module")
def les_plie() -> dict[str, Plie]:
    return {code: invent_plie(code) for code in CODES}


@pytest.fixture(params=CODES)
def plie(request: pytest.FixtureRequest, les_plie: dict[str, Plie]) -> Plie:
    return les_plie[request.param]


def extraction_of(plie: Plie) -> date:
    return plie["PLIE"][0]["date_extraction"]


def list_complets(plie: Plie) -> list[Ligne]:
    return [p for p in plie["Parcours"] if p["mode"] == "complet"]


def count_file_active(plie: Plie, jour: date) -> int:
    return sum(
        p["entree_le"] <= jour and (p.get("sortie_le") is None or p["sortie_le"] > jour) for p in list_complets(plie)
    )


def test_same_code_same_content() -> None:
    assert invent_plie("MNO") == invent_plie("MNO")


def test_rows_have_the_columns_types_and_keys_of_the_format(plie: Plie) -> None:
    for nom, lignes in plie.items():
        colonnes = {c.nom: c for c in feuille(nom).colonnes}
        cles = set()
        for ligne in lignes:
            assert set(ligne) <= set(colonnes)
            for colonne in colonnes.values():
                valeur = ligne.get(colonne.nom)
                if valeur is None or valeur == "":
                    assert not colonne.obligatoire, (nom, colonne.nom)
                elif colonne.valeurs:
                    assert valeur in colonne.valeurs
                elif colonne.genre is Genre.DATE:
                    assert isinstance(valeur, date)
            cles.add(tuple(ligne.get(c) for c in feuille(nom).cle))
        assert not feuille(nom).cle or len(cles) == len(lignes), nom


def test_references_lead_to_rows_that_exist(plie: Plie) -> None:
    for f in FEUILLES:
        for colonne in f.citations(Lien.CONNU, Lien.TENU):
            vers = feuille(colonne.cite).cited_as(colonne.nom)
            connus = {None, *(ligne.get(vers) for ligne in plie.get(colonne.cite, []))}
            for ligne in plie.get(f.nom, []):
                assert ligne.get(colonne.nom) in connus, (f.nom, colonne.nom)


def test_no_date_after_the_extraction_nor_end_before_start(plie: Plie) -> None:
    extraction = extraction_of(plie)
    for p in plie["Parcours"]:
        assert p["entree_le"] <= (p.get("sortie_le") or extraction) <= extraction
        accueil = [p[etape] for etape in ("prescription_le", "diagnostic_le", "entree_le") if p[etape]]
        assert accueil == sorted(accueil)
        assert (p.get("solution_depuis") or extraction) <= extraction
    for nom, debut, fin in (
        ("Etapes", "debut", "fin"),
        ("Suspensions", "debut", "fin"),
        ("Participations", "entree_le", "sortie_le"),
    ):
        for ligne in plie.get(nom, []):
            assert ligne[debut] <= extraction
            assert ligne[fin] is None or ligne[debut] <= ligne[fin] <= extraction, (nom, ligne)
    for nom, jour in (("Contacts", "contact_le"), ("Realisations", "realise_le")):
        assert all(ligne[jour] <= extraction for ligne in plie.get(nom, []))


def test_parcours_of_one_person_never_overlap(plie: Plie) -> None:
    par_personne: dict[str, list[Ligne]] = {}
    for p in plie["Parcours"]:
        par_personne.setdefault(p["id_participant"], []).append(p)
    retours = 0
    for parcours in par_personne.values():
        for avant, apres in pairwise(sorted(parcours, key=lambda p: p["entree_le"])):
            assert avant["sortie_le"] < apres["entree_le"]
            retours += 1
    assert 0.02 <= retours / len(plie["Parcours"]) <= 0.06


def test_attached_rows_stay_inside_their_parcours(plie: Plie) -> None:
    parcours = {p["id_parcours"]: p for p in plie["Parcours"]}
    for nom, debut in (("Etapes", "debut"), ("Participations", "entree_le"), ("Contacts", "contact_le")):
        for ligne in plie.get(nom, []):
            p = parcours[ligne["id_parcours"]]
            # The first interview comes between the prescription and the entry.
            premier = p["prescription_le"] if nom == "Contacts" and p["prescription_le"] else p["entree_le"]
            assert premier <= ligne[debut] <= (p.get("sortie_le") or date.max), (nom, ligne)


def test_identity_of_stock_and_flow(plie: Plie) -> None:
    code = plie["PLIE"][0]["code_plie"]
    debut, extraction = VOLUMES[code].debut_historique, extraction_of(plie)
    entrees = sum(p["entree_le"] >= debut for p in list_complets(plie))
    sorties = sum(p.get("sortie_le") is not None for p in list_complets(plie))
    assert entrees == VOLUMES[code].entrees
    assert count_file_active(plie, extraction) == VOLUMES[code].stock_initial + entrees - sorties


@pytest.mark.parametrize(
    ("code", "du", "au"),
    [
        ("AGENAIS", 480, 560),
        ("BORDEAUX", 680, 900),
        ("TECHNOWEST", 180, 260),
        ("GRAND_PERIGUEUX", 200, 260),
        ("HAUT_PERIGORD", 55, 100),
        ("PORTES_DU_SUD", 160, 220),
        ("SOURCES", 90, 140),
        ("MNO", 240, 300),
        ("ROUBAIX", 370, 450),
        ("DUNKERQUOIS", 370, 450),
    ],
)
def test_file_active_is_plausible(les_plie: dict[str, Plie], code: str, du: int, au: int) -> None:
    assert du <= count_file_active(les_plie[code], extraction_of(les_plie[code])) <= au


def positive_types(plie: Plie) -> set[str]:
    return {r["type_sortie"] for r in plie.get("Regles de sortie", []) if r["categorie"] == "positive"}


@pytest.mark.parametrize(
    ("code", "indicateur", "cible"),
    [
        ("AGENAIS", "entrees", 1500),
        ("AGENAIS", "participants_accompagnes", 2020),
        ("AGENAIS", "sorties_positives", 680),
        ("BORDEAUX", "entrees", 1950),
        ("BORDEAUX", "sorties", 1840),
        ("BORDEAUX", "participants_accompagnes", 2600),
        ("BORDEAUX", "sorties_positives", 920),
        ("GRAND_PERIGUEUX", "participants_accompagnes", 900),
        ("GRAND_PERIGUEUX", "sorties_positives", 360),
    ],
)
def test_the_protocol_is_nearly_met_over_its_own_period(
    les_plie: dict[str, Plie], code: str, indicateur: str, cible: int
) -> None:
    plie = les_plie[code]
    (objectif,) = [o for o in plie["Objectifs"] if not o["code_operation"] and o["code_indicateur"] == indicateur]
    du, au = objectif["debut"], min(objectif["fin"], extraction_of(plie))
    tous = list_complets(plie)
    sortis = [p for p in tous if p.get("sortie_le") and du <= p["sortie_le"] <= au]
    realise = {
        "entrees": sum(du <= p["entree_le"] <= au for p in tous),
        "sorties": len(sortis),
        "participants_accompagnes": len(
            {p["id_participant"] for p in tous if p["entree_le"] <= au and (p.get("sortie_le") or date.max) >= du}
        ),
        "sorties_positives": sum(p["type_sortie"] in positive_types(plie) for p in sortis),
    }[indicateur]
    assert objectif["valeur"] == cible
    assert 0.85 * cible <= realise <= 1.05 * cible


def test_between_a_third_and_sixty_percent_of_exits_are_positive_where_rules_say_so(plie: Plie) -> None:
    sortis = [p for p in list_complets(plie) if p.get("sortie_le")]
    types = positive_types(plie)
    assert not types or 0.35 <= sum(p["type_sortie"] in types for p in sortis) / len(sortis) <= 0.6


def test_few_exits_are_left_without_a_rule_where_there_are_rules(plie: Plie) -> None:
    regles = {r["type_sortie"] for r in plie.get("Regles de sortie", [])}
    sortis = [p for p in list_complets(plie) if p.get("sortie_le")]
    assert not regles or sum(p["type_sortie"] not in regles for p in sortis) / len(sortis) < 0.08


def test_women_are_about_half(plie: Plie) -> None:
    sexes = {q["id_participant"]: q["sexe"] for q in plie["Participants"]}
    connus = [sexes[p["id_participant"]] for p in list_complets(plie) if sexes[p["id_participant"]]]
    assert 0.44 <= connus.count("F") / len(connus) <= 0.6


@pytest.mark.parametrize(
    ("code", "operation", "du", "au"),
    [
        ("AGENAIS", "A4", 7, 12),
        ("AGENAIS", "A5", 22, 35),
        ("BORDEAUX", "B4", 20, 30),
        ("BORDEAUX", "B5", 40, 50),
        ("GRAND_PERIGUEUX", "GP1", 28, 35),
        ("PORTES_DU_SUD", "PS3", 4, 6),
        ("SOURCES", "S4", 4, 10),
        ("ROUBAIX", "FA1", 500, 720),
    ],
)
def test_turnout_of_operations_in_their_last_year(
    les_plie: dict[str, Plie], code: str, operation: str, du: int, au: int
) -> None:
    assert du <= count_present(les_plie[code], operation, extraction_of(les_plie[code]).year) <= au


def count_present(plie: Plie, operation: str, annee: int) -> int:
    """Parcours with a participation on a day of that year."""
    return len(
        {
            p["id_parcours"]
            for p in plie["Participations"]
            if p["code_operation"] == operation
            and p["entree_le"].year <= annee
            and (p["sortie_le"] or date.max).year >= annee
        }
    )


def test_every_operation_for_people_has_some_each_year_and_no_other_has(plie: Plie) -> None:
    for operation in plie["Operations"]:
        for annee in range(operation["debut"].year, extraction_of(plie).year + 1):
            nombre = count_present(plie, operation["code_operation"], annee)
            assert (nombre > 0) == (operation["cible"] == "aide_aux_personnes"), (operation["code_operation"], annee)


def test_participations_of_a_parcours_in_an_operation_do_not_overlap(plie: Plie) -> None:
    par_seance: dict[tuple[str, str], list[Ligne]] = {}
    for p in plie["Participations"]:
        par_seance.setdefault((p["id_parcours"], p["code_operation"]), []).append(p)
    for participations in par_seance.values():
        for avant, apres in pairwise(sorted(participations, key=lambda p: p["entree_le"])):
            assert avant["sortie_le"] < apres["entree_le"]


def test_an_exit_of_an_operation_tells_what_became_of_the_person(plie: Plie) -> None:
    for p in plie["Participations"]:
        if p.get("sortie_saisie_le"):
            assert p["sortie_le"] <= p["sortie_saisie_le"] <= extraction_of(plie)
        else:
            assert not p.get("situation_sortie"), p
    sortis = [p for p in plie["Participations"] if p["sortie_le"]]
    assert sum(bool(p.get("situation_sortie")) for p in sortis) / len(sortis) > 0.7


def test_what_a_software_does_not_hold_is_missing_in_every_row(les_plie: dict[str, Plie]) -> None:
    def filled(nom: str, colonne: str) -> set[str]:
        return {code for code, plie in les_plie.items() if any(ligne.get(colonne) for ligne in plie.get(nom, []))}

    tous = set(CODES)
    assert filled("Etapes", "heures") == tous - {"HAUT_PERIGORD", "DUNKERQUOIS"}
    assert filled("Etapes", "justificatif") == tous - {"HAUT_PERIGORD"}
    assert filled("Parcours", "situation_6_mois") == {"GRAND_PERIGUEUX", "PORTES_DU_SUD", "ROUBAIX"}
    assert filled("Parcours", "contrat_jusquau") == {"GRAND_PERIGUEUX", "ROUBAIX", "DUNKERQUOIS"}
    assert filled("Parcours", "code_quartier") == {"AGENAIS", "SOURCES"}
    assert filled("Realisations", "entreprise") == tous - {"HAUT_PERIGORD", "MNO", "ROUBAIX", "DUNKERQUOIS"}


def test_clause_hours_add_up_by_structure_company_and_sector(les_plie: dict[str, Plie]) -> None:
    heures = [
        r
        for r in les_plie["BORDEAUX"]["Realisations"]
        if (r["code_operation"], r["code_indicateur"]) == ("B1", "heures_insertion")
    ]
    assert sum(r["valeur"] for r in heures if r["realise_le"].year == 2021) == TOTAUX["B1", "heures_insertion"]
    assert sum(r["valeur"] for r in heures if r["realise_le"].year == 2020) > 150_000
    assert {r["secteur"] for r in heures} == {"btp", "hors_btp", "autre"}
    assert len({r["structure"] for r in heures}) >= 3
    assert len({r["entreprise"] for r in heures}) >= 10


def test_contacts_of_mno_are_about_900_for_50_people(les_plie: dict[str, Plie]) -> None:
    mno = les_plie["MNO"]
    contacts = sum(c["contact_le"].year == 2024 for c in mno["Contacts"])
    accompagnes = {p["id_participant"] for p in mno["Parcours"] if (p.get("sortie_le") or date.max).year >= 2024}
    assert 850 <= 50 * contacts / len(accompagnes) <= 950


def test_spring_2020_and_august_are_low(les_plie: dict[str, Plie]) -> None:
    entrees = [p["entree_le"] for code in CODES[:7] for p in les_plie[code]["Parcours"]]
    par_mois = {m: sum((e.year, e.month) == (2020, m) for e in entrees) for m in range(1, 13)}
    assert par_mois[4] + par_mois[5] < par_mois[1]
    assert par_mois[8] < par_mois[9] / 2


def test_imperfections_are_there(les_plie: dict[str, Plie]) -> None:
    agenais = les_plie["AGENAIS"]
    sorties = [p for p in agenais["Parcours"] if p.get("sortie_le")]
    regles = {r["type_sortie"] for r in agenais["Regles de sortie"]}
    communes = {t["code_territoire"] for t in agenais["Territoires"]}
    assert any(p["type_sortie"] is None for p in sorties)
    assert any(p["type_sortie"] and p["type_sortie"] not in regles for p in sorties)
    assert 0.05 < sum((p["saisie_le"] - p["sortie_le"]).days > 31 for p in sorties) / len(sorties) < 0.25
    assert any(p["code_referent"] is None for p in agenais["Parcours"])
    assert any(p["code_commune"] and p["code_commune"] not in communes for p in agenais["Parcours"])
    assert any(p.get("solution_depuis") and not p.get("sortie_le") for p in agenais["Parcours"])
    sans_sexe = {code for code in les_plie if any(q["sexe"] is None for q in les_plie[code]["Participants"])}
    assert sans_sexe == {"HAUT_PERIGORD", "TECHNOWEST"}
    assert any(q["questionnaire_complet"] is False for q in agenais["Participations"])
    assert any(s["fin"] is None for s in agenais["Suspensions"])


def test_single_etapes_have_no_referent(les_plie: dict[str, Plie]) -> None:
    for code in ("GRAND_PERIGUEUX", "HAUT_PERIGORD"):
        seules = [p for p in les_plie[code]["Parcours"] if p["mode"] == "etape_seule"]
        assert len(seules) > 20
        assert not any(p.get("code_referent") for p in seules)
