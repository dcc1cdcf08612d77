"""What the three pages must show: every target, parity of each population, an anchor for each figure."""

from collections.abc import Callable
from datetime import date
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from components.messages.texte import plain
from data_access.base.moteur import make_engine
from indicators.catalogue import CATALOGUE
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import ANIMATION
from indicators.referentiel import list_operations

Ouvrir = Callable[..., AppTest]
OBJECTIFS = "pages/comite/objectifs.py"
TROIS = ("AGENAIS", "TECHNOWEST", "MNO")


def html_of(app: AppTest) -> str:
    return "".join(e.proto.body for e in app.get("html"))


@pytest.mark.parametrize("plie", [("AGENAIS",), ("MNO",), TROIS])
def test_every_target_and_operation_is_there(ouvrir: Ouvrir, base_url: str, plie: tuple[str, ...]) -> None:
    app = ouvrir(OBJECTIFS, plie=list(plie))
    engine = make_engine(base_url)
    with engine.connect() as base:
        objectifs = [o for code in plie for o in evaluate_objectifs(base, code, date(2021, 9, 30), ANIMATION)]
        operations = list_operations(base, plie)
    engine.dispose()
    page = html_of(app)
    assert page.count('<div class="libelle">') == len(objectifs)
    assert all(escape(o.libelle) in page for o in objectifs)
    assert all(escape(o.source) in page for o in objectifs if o.source)
    nommees = "\n".join(e.value for e in (*app.subheader, *app.caption))
    assert all(plain(f"{o.code_operation} · {o.intitule}") in nommees for o in operations)


def test_operation_narrows_and_status_filters(ouvrir: Ouvrir) -> None:
    app = ouvrir(OBJECTIFS, plie="AGENAIS", operation="A5")
    assert html_of(app).count('<div class="libelle">') == 3
    app = ouvrir(OBJECTIFS, plie="AGENAIS")
    app.session_state["statuts_des_objectifs"] = ["en_retard"]
    app.run()
    assert not app.exception
    montres = html_of(app).count('<div class="libelle">')
    assert 0 < montres == html_of(app).count('class="fait"')
    (pastilles,) = app.get("button_group")
    assert f"▼ en retard : {montres}" in [o.content for o in pastilles.proto.options]


def test_no_target_stands_under_the_name_of_a_commune(ouvrir: Ouvrir) -> None:
    for fichier in (OBJECTIFS, "pages/comite/synthese.py"):
        app = ouvrir(fichier, plie="AGENAIS", territoire="47001")
        assert not app.exception
        assert html_of(app).count('<div class="libelle">') == 0
        dit = " ".join([html_of(app), *(str(e.value) for e in app.info)])
        assert "Un objectif engage tout le PLIE ou une opération entière" in dit
        assert "Objectif du protocole :" not in dit


def test_sentence_at_the_top(ouvrir: Ouvrir) -> None:
    for fichier in (OBJECTIFS, "pages/comite/publics.py"):
        app = ouvrir(fichier, plie="AGENAIS")
        assert [s.value for s in app.subheader].count("À retenir") == 1


def test_every_figure_has_its_anchor(ouvrir: Ouvrir) -> None:
    app = ouvrir("pages/aide/definitions/ecran.py")
    ancres = {s.anchor for s in app.subheader}
    assert set(CATALOGUE) <= ancres


def test_search_keeps_what_was_looked_for(ouvrir: Ouvrir) -> None:
    app = ouvrir("pages/aide/definitions/ecran.py")
    app.text_input[0].set_value("écart parité").run()
    assert [s.anchor for s in app.subheader if s.anchor in CATALOGUE] == ["ecart_parite"]


def test_plie_without_rules_says_so(ouvrir: Ouvrir) -> None:
    app = ouvrir("pages/aide/definitions/ecran.py", plie="TECHNOWEST")
    assert any("ne donne aucune règle de sortie" in i.value for i in app.info)


def test_a_population_without_source_is_a_word(ouvrir: Ouvrir) -> None:
    app = ouvrir("pages/comite/publics.py", plie="TECHNOWEST")
    assert any("non documenté" in t.value.to_string() for t in app.table)
