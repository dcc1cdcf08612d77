"""The loud stop: more than one stored parcours in ten would vanish."""

from datetime import date

import pytest

from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.imports.deroule import apply_import, import_classeur, prepare_import
from data_access.imports.differences import SEUIL_ALERTE, vanishing_parcours
from tests.integration.data_access.contenu import load, of_plie, state
from tests.unit.data_access.petits_classeurs import valid_sheets, write


def many(nombre):
    """A PLIE of `nombre` parcours."""
    feuilles = valid_sheets()
    for table in ("Participants", "Parcours"):
        feuilles[table] = [
            {"code_plie": "T", "id_participant": f"p{rang}", "id_parcours": f"c{rang}", "entree_le": date(2022, 1, 10)}
            for rang in range(1, nombre + 1)
        ]
    for ligne in feuilles["Participants"]:
        del ligne["id_parcours"], ligne["entree_le"]
    return feuilles


def test_one_in_ten_goes_without_saying(moteur, tmp_path):
    load(moteur, tmp_path, many(20))
    assert SEUIL_ALERTE == 0.10
    prepare = prepare_import(moteur, write(tmp_path, many(18)))
    (disparition,) = vanishing_parcours(prepare.differences, prepare.parcours_enregistres)
    assert (disparition.code_plie, disparition.nombre, disparition.total, disparition.part) == ("T", 2, 20, 0.1)
    assert prepare.confirmation is None
    assert apply_import(moteur, prepare, "essai") == 2


def test_more_needs_a_confirmation(moteur, tmp_path):
    load(moteur, tmp_path, many(20))
    avant = state(moteur)
    chemin = write(tmp_path, many(17))
    prepare = prepare_import(moteur, chemin)
    assert not prepare.is_refused
    with pytest.raises(ClasseurRefuseError) as refus:
        apply_import(moteur, prepare, "essai")
    assert str(refus.value) == (
        "Onglet « Parcours » : ce chargement retirerait 3 des 20 parcours enregistrés du PLIE « T » (15\u00a0%). "
        "Rien n’est chargé. Vérifiez que l’export est complet. Si ces parcours doivent vraiment disparaître, "
        "confirmez-le. [IMP-017]"
    )
    assert import_classeur(moteur, chemin, "essai").etat == "a_confirmer"
    assert state(moteur) == avant
    assert apply_import(moteur, prepare, "essai", disparition_confirmee=True) == 2


def test_each_plie_is_looked_at_by_itself(moteur, tmp_path):
    load(moteur, tmp_path, many(40))
    load(moteur, tmp_path, of_plie("U", valid_sheets()))
    feuilles = many(40)
    petit = of_plie("U", valid_sheets())
    petit["Parcours"].pop()
    for nom in feuilles:
        feuilles[nom] = feuilles[nom] + petit[nom]
    prepare = prepare_import(moteur, write(tmp_path, feuilles))
    assert [(d.code_plie, d.nombre, d.total) for d in prepare.disparitions] == [("U", 1, 2)]


def test_parcours_that_go_with_their_participant_are_seen(moteur, tmp_path):
    load(moteur, tmp_path, many(20))
    prepare = prepare_import(moteur, write(tmp_path, {"Participants": many(10)["Participants"]}))
    assert [(d.nombre, d.total) for d in prepare.disparitions] == [(10, 20)]


def test_numbers_given_anew_are_a_disappearance(moteur, tmp_path):
    load(moteur, tmp_path, many(20))
    feuilles = many(20)
    feuilles["Parcours"] = [ligne | {"id_parcours": f"N{ligne['id_parcours']}"} for ligne in feuilles["Parcours"]]
    prepare = prepare_import(moteur, write(tmp_path, feuilles))
    assert prepare.confirmation is not None
