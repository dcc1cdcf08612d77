"""One workbook per check on rows: what it says, and where."""

from datetime import date

import pytest

from data_access.classeur import controles
from tests.unit.data_access.petits_classeurs import (
    places,
    raw_sheets,
    valid_sheets,
    verify,
    write,
    write_raw,
)


def spoil(feuille: str, rang: int, **changements: object):
    return lambda feuilles: feuilles[feuille][rang].update(changements)


def add(feuille: str, modele: int, **changements: object):
    return lambda feuilles: feuilles[feuille].append(feuilles[feuille][modele] | changements)


REJETS = {
    "IMP-101": (spoil("Etapes", 0, statut=None), ("Etapes", 2, "statut")),
    "IMP-102": (spoil("Etapes", 0, debut="2022.03.01"), ("Etapes", 2, "debut")),
    "IMP-103": (spoil("Referents", 0, etp="beaucoup"), ("Referents", 2, "etp")),
    "IMP-104": (spoil("Etapes", 1, id_etape="x" * 65), ("Etapes", 3, "id_etape")),
    "IMP-105": (spoil("Territoires", 1, eligible="bof"), ("Territoires", 3, "eligible")),
    "IMP-106": (spoil("Contacts", 1, nature="visite"), ("Contacts", 3, "nature")),
    "IMP-107": (spoil("Etapes", 0, debut="#REF!"), ("Etapes", 2, "debut")),
    "IMP-108": (spoil("Etapes", 0, fin=date(2022, 2, 1)), ("Etapes", 2, "fin")),
    "IMP-109": (add("Etapes", 0), ("Etapes", 4, "id_etape")),
    "IMP-110": (spoil("Etapes", 1, type_etape="AUTRE"), ("Etapes", 3, "type_etape")),
    "IMP-112": (spoil("Participations", 0, entree_le=date(2025, 1, 1)), ("Participations", 2, "entree_le")),
    "IMP-113": (
        add("Parcours", 1, id_parcours="c3", id_participant="p1", entree_le=date(2023, 5, 31)),
        ("Parcours", 4, "entree_le"),
    ),
    "IMP-114": (spoil("Territoires", 2, latitude=448.3), ("Territoires", 4, "latitude")),
    "IMP-115": (spoil("Objectifs", 0, valeur=50), ("Objectifs", 2, "valeur")),
    "IMP-116": (spoil("Contacts", 1, id_parcours="jean@petit.fr"), ("Contacts", 3, "id_parcours")),
    "IMP-117": (spoil("Etapes", 1, heures=2850733063123), ("Etapes", 3, "heures")),
}
AVERTISSEMENTS = {
    "IMP-201": (spoil("Parcours", 0, type_sortie="CDD"), ("Parcours", 2, "type_sortie")),
    "IMP-202": (spoil("Parcours", 0, type_sortie=None), ("Parcours", 2, "type_sortie")),
    "IMP-203": (spoil("Etapes", 0, fin=None), ("Etapes", 2, "fin")),
    "IMP-204": (spoil("Parcours", 0, saisie_le=date(2023, 7, 2)), ("Parcours", 2, "saisie_le")),
    "IMP-205": (spoil("Parcours", 1, code_referent=None), ("Parcours", 3, "code_referent")),
    "IMP-206": (spoil("Parcours", 1, code_commune="33064"), ("Parcours", 3, "code_commune")),
    "IMP-207": (spoil("Participations", 0, questionnaire_complet=None), ("Participations", 2, "questionnaire_complet")),
    "IMP-214": (spoil("Suspensions", 0, motif="voir au 06 12 34 56 78"), ("Suspensions", 2, "motif")),
    "IMP-212": (spoil("PLIE", 0, seuils_parcours_longs="un an"), ("PLIE", 2, "seuils_parcours_longs")),
    "IMP-216": (spoil("PLIE", 0, bornes_age="50;26"), ("PLIE", 2, "bornes_age")),
    "IMP-217": (spoil("Parcours", 0, rsa="peut-être"), ("Parcours", 2, "rsa")),
    "IMP-218": (spoil("Parcours", 1, situation_6_mois="en_emploi"), ("Parcours", 3, "situation_6_mois")),
    "IMP-220": (
        spoil("Objectifs", 0, code_indicateur="taux_sortie_positive", nature="fixe"),
        ("Objectifs", 2, "code_indicateur"),
    ),
    "IMP-221": (spoil("Objectifs", 0, part="couleur=bleu"), ("Objectifs", 2, "part")),
}
# Covered by the tests named beside them, because they need more than one spoiled cell.
AILLEURS = {
    "test_lecture, test_en_tetes": {f"IMP-0{n:02}" for n in range(1, 12)}
    | {"IMP-208", "IMP-209", "IMP-210", "IMP-299"},
    "test_controles_du_classeur": {"IMP-012", "IMP-013", "IMP-015", "IMP-111"},
    "test_identites": {"IMP-211"},
    "test_imports": {"IMP-014", "IMP-016", "IMP-213"},
    "test_disparition, test_simulation": {"IMP-017", "IMP-018"},
    "test_anonymisation": {"IMP-215"},
    "attaques/test_classeurs": {"IMP-019"},
}


def test_the_model_is_clean(tmp_path):
    verifie = verify(write(tmp_path, valid_sheets()))
    assert verifie.rapport.anomalies() == []
    assert verifie.codes_plie == ["T"]


@pytest.mark.parametrize("code", REJETS)
def test_rejected_row(tmp_path, code):
    gater, (feuille, ligne, colonne) = REJETS[code]
    feuilles = valid_sheets()
    gater(feuilles)
    verifie = verify(write(tmp_path, feuilles))
    assert (code, feuille, ligne, colonne) in places(verifie.rapport.anomalies())
    assert ligne not in verifie.feuilles[feuille].lignes
    assert verifie.feuilles[feuille].rejets == 1
    assert not verifie.rapport.is_blocking


@pytest.mark.parametrize("code", AVERTISSEMENTS)
def test_warning(tmp_path, code):
    gater, (feuille, ligne, colonne) = AVERTISSEMENTS[code]
    feuilles = valid_sheets()
    gater(feuilles)
    verifie = verify(write(tmp_path, feuilles))
    assert places(verifie.rapport.anomalies()) == [(code, feuille, ligne, colonne)]
    assert ligne in verifie.feuilles[feuille].lignes


def test_every_check_has_its_test():
    ailleurs = set().union(*AILLEURS.values())
    assert set(REJETS) | set(AVERTISSEMENTS) | ailleurs == set(controles.CATALOGUE)


@pytest.mark.parametrize(
    ("code", "proche"),
    [
        ("taux_sortie_positive", "taux_sorties_positives"),
        ("atelier", "ateliers"),  # declared in « Realisations »
        ("allocataires", None),
    ],
)
def test_the_nearest_code_of_an_unknown_target_is_given(tmp_path, code, proche):
    feuilles = valid_sheets()
    feuilles["Objectifs"][0] |= {"code_indicateur": code, "nature": "fixe"}
    (anomalie,) = verify(write(tmp_path, feuilles)).rapport.anomalies()
    assert ("plus proche est « " + proche + " »" in anomalie.message) if proche else "proche" not in anomalie.message


@pytest.mark.parametrize(
    ("code", "part", "avertit"),
    [
        ("participants_accompagnes", " RSA = oui ; sexe=f", False),
        ("participants_accompagnes", "rsa=peut-être", True),
        ("participants_accompagnes", "rsa", True),
        ("ateliers", "rsa=oui", True),  # declared rows say nothing of people
        ("ateliers", None, False),
    ],
)
def test_the_part_of_a_target_is_read(tmp_path, code, part, avertit):
    feuilles = valid_sheets()
    feuilles["Objectifs"][0] |= {"code_indicateur": code, "nature": "fixe", "valeur": 5, "part": part}
    trouvees = [a.code for a in verify(write(tmp_path, feuilles)).rapport.anomalies()]
    assert trouvees == (["IMP-221"] if avertit else [])


def test_codes_and_titles_are_unique():
    tous = controles.CATALOGUE.values()
    assert len({c.titre for c in tous}) == len(tous)
    assert all(c.constat[0].islower() or c.constat.startswith("{") for c in tous)
    assert all(c.conseil.endswith(".") for c in tous)


def test_exact_words_of_a_rejection(tmp_path):
    feuilles = valid_sheets()
    feuilles["Etapes"][0]["fin"] = date(2022, 2, 1)
    (anomalie,) = verify(write(tmp_path, feuilles)).rapport.anomalies()
    assert anomalie.message == (
        "Onglet « Etapes », ligne 2, colonne « fin » : la date est avant celle de la colonne « debut ». "
        "La ligne n’est pas chargée. Corrigez-la dans le logiciel de suivi puis relancez l’export. [IMP-108]"
    )
    assert anomalie.conseil == "Corrigez-la dans le logiciel de suivi puis relancez l’export."


def test_a_wrong_value_of_a_required_cell_is_quoted_only_where_no_person_is_concerned(tmp_path):
    feuilles = valid_sheets()
    feuilles["Regles de sortie"][0]["categorie"] = "bonne"
    feuilles["Contacts"][1]["nature"] = "chez Madame"
    messages = [a.message for a in verify(write(tmp_path, feuilles)).rapport.anomalies() if a.code == "IMP-106"]
    assert (
        "la valeur n’est pas dans la liste : positive, autre, negative, a_confirmer (et non « bonne »)" in messages[0]
    )
    assert messages[1].startswith(
        "Onglet « Contacts », ligne 3, colonne « nature » : la valeur n’est pas dans la liste : entretien, telephone, "
        "courriel, atelier, autre. La ligne"
    )


@pytest.mark.parametrize(
    ("feuille", "colonne", "lu", "dit"),
    [
        ("Parcours", "rsa", "ouii", " (« ouii », valeur la plus proche : « oui »)"),
        ("Parcours", "niveau_diplome", "2", " (« 2 », valeurs possibles : 2a, 2b, 2c, 2d)"),
        ("Parcours", "mois_sans_emploi", -3, " (« -3 »)"),
        ("Participants", "sexe", "Madame", " (« Madame », valeurs possibles : F, H)"),
        ("Parcours", "handicap", "jean@petit.fr", ""),
        ("Etapes", "heures", "#REF!", " (« #REF! »)"),
    ],
)
def test_an_unreadable_characteristic_is_emptied_and_the_row_lives(tmp_path, feuille, colonne, lu, dit):
    feuilles = valid_sheets()
    feuilles[feuille][0][colonne] = lu
    verifie = verify(write(tmp_path, feuilles))
    (anomalie,) = verifie.rapport.anomalies()
    assert anomalie.message.startswith(
        f"Onglet « {feuille} », ligne 2, colonne « {colonne} » : la cellule ne peut pas être lue{dit} : elle est "
    )
    lue = verifie.feuilles[feuille]
    assert lue.lignes[2][[c.nom for c in lue.feuille.colonnes].index(colonne)] is None


def test_an_unreadable_day_rejects_its_row_even_where_it_may_be_empty(tmp_path):
    feuilles = valid_sheets()
    feuilles["Parcours"][1]["sortie_le"] = "bientôt"
    verifie = verify(write(tmp_path, feuilles))
    assert ("IMP-102", "Parcours", 3, "sortie_le") in places(verifie.rapport.anomalies())
    assert 3 not in verifie.feuilles["Parcours"].lignes


def test_all_the_faults_of_a_row_are_listed(tmp_path):
    feuilles = valid_sheets()
    feuilles["Etapes"][0].update(debut="hier", statut="faite", heures="x")  # the hours alone would be emptied
    verifie = verify(write(tmp_path, feuilles))
    assert sorted(p[3] or "" for p in places(verifie.rapport.anomalies())) == ["debut", "heures", "statut"]
    assert verifie.feuilles["Etapes"].rejets == 1


def test_row_numbers_are_those_of_the_sheet_and_empty_rows_are_skipped(tmp_path):
    brutes = raw_sheets(valid_sheets())
    brutes["Etapes"][1:1] = [[], ["  ", None], []]
    brutes["Etapes"][4][brutes["Etapes"][0].index("statut")] = "faite"
    verifie = verify(write_raw(tmp_path, brutes))
    assert places(verifie.rapport.anomalies()) == [("IMP-106", "Etapes", 5, "statut")]
    assert list(verifie.feuilles["Etapes"].lignes) == [6]


@pytest.mark.parametrize(
    ("entree", "sortie", "admis"),
    [
        (date(2023, 6, 1), None, True),  # back on the very day of the exit
        (date(2023, 5, 31), None, False),
        (date(2021, 1, 1), date(2022, 1, 10), True),
        (date(2021, 1, 1), date(2022, 1, 11), False),
        (date(2021, 1, 1), None, False),
        (date(2022, 1, 10), date(2022, 1, 10), True),  # zero days, on the day the other begins
        (date(2022, 6, 1), date(2022, 6, 1), False),  # zero days, inside the other
        (date(2022, 1, 10), date(2022, 2, 1), False),
    ],
)
def test_overlap(tmp_path, entree, sortie, admis):
    feuilles = valid_sheets()
    autre = feuilles["Parcours"][0] | {"id_parcours": "c9", "entree_le": entree, "sortie_le": sortie}
    feuilles["Parcours"].append(autre)
    verifie = verify(write(tmp_path, feuilles))
    assert (4 in verifie.feuilles["Parcours"].lignes) is admis
    assert ("IMP-113" not in {a.code for a in verifie.rapport.anomalies()}) is admis


def test_the_first_of_two_rows_with_a_key_is_kept_with_what_depends_on_it(tmp_path):
    feuilles = valid_sheets()
    feuilles["Parcours"].append(feuilles["Parcours"][0] | {"rsa": False})
    verifie = verify(write(tmp_path, feuilles))
    (anomalie,) = verifie.rapport.anomalies()
    assert "une ligne plus haut porte déjà la même clé (ligne 2)" in anomalie.message
    assert 2 in verifie.feuilles["Etapes"].lignes
