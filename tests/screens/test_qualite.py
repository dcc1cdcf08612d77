"""Qualité: what is open, by whom, and « sans objet » apart from « manquant »."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from components.acces.registre import find_ecran
from data_access.imports.questionnaires import Questionnaires, QuestionnairesDOperation
from pages.animation.qualite.compte import (
    age_in_days,
    questionnaire_card,
    table_of_questionnaires,
    write_age,
    write_eligibility,
)

Ouvrir = Callable[..., AppTest]
CHEMIN = find_ecran("qualite").code


def _card(app: AppTest, titre: str) -> str:
    (html,) = [h.proto.body for h in app.get("html") if titre in h.proto.body and 'class="cartes"' in h.proto.body]
    return html.split(titre)[1].split("</li>")[0]


def test_open_anomalies_are_counted_and_listed(ouvrir: Ouvrir) -> None:
    app = ouvrir(CHEMIN)
    (liste,) = [d.value for d in app.dataframe]
    assert f">{len(liste)}<" in _card(app, "Anomalies ouvertes")
    assert set(liste["Âge"]) == {"aujourd’hui"}
    assert not [colonne for colonne in liste.columns if "om de" in colonne]


def test_list_follows_the_filters(ouvrir: Ouvrir) -> None:
    app = ouvrir(CHEMIN)
    (filtre,) = [m for m in app.multiselect if m.label == "Référent"]
    referent = filtre.options[0]
    filtre.set_value([referent]).run()
    assert set(app.dataframe[0].value["Référent"]) == {referent}


def test_operation_limits_the_list(ouvrir: Ouvrir) -> None:
    app = ouvrir(CHEMIN, plie="AGENAIS", operation="A5")
    if app.dataframe:
        assert set(app.dataframe[0].value["Opération"]) == {"A5"}


def test_files_to_send_are_offered(ouvrir: Ouvrir) -> None:
    app = ouvrir(CHEMIN)
    assert len([b for b in app.get("download_button") if "référent" in b.proto.label]) == 2


@pytest.mark.parametrize(("jours", "mot"), [(0, "aujourd’hui"), (1, "1\u00a0jour"), (42, "42\u00a0jours")])
def test_age_in_words(jours: int, mot: str) -> None:
    maintenant = datetime(2024, 6, 30, 12, tzinfo=UTC)
    depuis = datetime.fromtimestamp(maintenant.timestamp() - jours * 86_400, UTC)
    assert write_age(age_in_days(depuis, maintenant)) == mot


def _operation(code: str, aide: bool = True, *nombres: int) -> QuestionnairesDOperation:
    return QuestionnairesDOperation("T", code, "Intitulé", aide, *nombres)


def test_sans_objet_is_apart_from_missing(ouvrir: Ouvrir) -> None:
    ouvrir()
    operations = (_operation("A", True, 2, 1, 1), _operation("B", False), _operation("C"))
    table = table_of_questionnaires(operations, False)
    assert list(table["Manquants"]) == ["1", "sans objet", "sans objet"]
    assert list(table["Part complète"])[1:] == ["aide aux structures", "aucun participant"]


def test_ineligible_people_in_words() -> None:
    assert "ne sont pas éligibles" in write_eligibility(Questionnaires((), 36, 3, ()))
    assert "n’est pas éligible" in write_eligibility(Questionnaires((), 36, 1, ()))
    assert "ont un questionnaire complet" in write_eligibility(Questionnaires((), 36, 0, ()))


def test_card_has_a_word_where_there_is_no_number() -> None:
    assert questionnaire_card(Questionnaires((), 0, 0, ("T",)), 1).texte == "non documenté"
    assert questionnaire_card(Questionnaires((), 0, 0, ()), 1).texte == "sans objet"
    assert questionnaire_card(Questionnaires((), 36, 3, ()), 1).texte == "3"
