"""« Entrées et sorties » and « Étapes »: the sentence, the rules, what is missing said in words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access import tables as t
from data_access.engine import VARIABLE_URL, make_engine

Ouvrir = Callable[..., AppTest]
SORTIES, ETAPES = "pages/comite/entrees_sorties.py", "pages/comite/etapes.py"


def written(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.caption, *app.subheader)
    return "\n".join(str(e.value) for e in elements).replace("\u00a0", " ")


def cards(app: AppTest) -> str:
    return " ".join(str(e.proto.body) for e in app.get("html"))


def test_exits_say_both_rates_with_what_they_divide(ouvrir: Ouvrir) -> None:
    app = ouvrir(SORTIES, plie="AGENAIS")
    assert "166 entrées pour 163 sorties ; 68 sorties sont positives" in written(app)
    assert "68 sur 163 sorties" in cards(app)
    assert "68 sur 136 sorties non neutres" in cards(app)
    assert "Agenais : 15 règles depuis le 01/01/2015" in written(app)


def test_plie_without_rules_is_undocumented_in_words(ouvrir: Ouvrir) -> None:
    app = ouvrir(SORTIES, plie="TECHNOWEST")
    assert "Les deux taux sont non documentés" in written(app)
    assert "Aucune règle de sortie n’était en vigueur sur la période pour PLIE Espace Technowest" in written(app)
    assert "20 sans type de sortie, 50 d’un type sans règle" in cards(app)


def test_before_any_rule_no_rate_of_zero_is_shown(ouvrir: Ouvrir) -> None:
    app = ouvrir(SORTIES, plie="MNO", periode="annee_precedente")
    assert "non documenté" in cards(app)
    assert ">0,0" not in cards(app)
    assert "Aucune règle de sortie n’était en vigueur" in written(app)


def test_several_plie_say_how_many_have_no_rule(ouvrir: Ouvrir) -> None:
    app = ouvrir(SORTIES, plie=["AGENAIS", "TECHNOWEST"])
    assert "1 PLIE sans règle de sortie pèse sur les deux taux." in written(app)


def test_etapes_listed_without_being_counted_stand_apart(ouvrir: Ouvrir) -> None:
    app = ouvrir(ETAPES, plie="AGENAIS")
    assert "766 étapes suivies par 533 participants" in written(app)
    assert "Hors total" in [s.value for s in app.subheader]
    assert "Hors total" not in [s.value for s in ouvrir(ETAPES, plie="TECHNOWEST").subheader]


def test_without_sheet_etapes_are_not_documented(
    ouvrir: Ouvrir, base_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copie = tmp_path / "sans_etapes.db"
    shutil.copy(base_url.removeprefix("sqlite:///"), copie)
    engine = make_engine(f"sqlite:///{copie}")
    f = t.feuilles_chargees
    with engine.begin() as base:
        base.execute(sa.delete(f).where(f.c.code_plie == "TECHNOWEST", f.c.nom_table == "etapes"))
    engine.dispose()
    monkeypatch.setenv(VARIABLE_URL, f"sqlite:///{copie}")
    app = ouvrir(ETAPES, plie="TECHNOWEST")
    assert not app.exception
    assert [e.value for e in app.error] == []
    assert "La feuille « Etapes » manque pour PLIE Espace Technowest" in written(app)
    assert "non documenté" in cards(app)
    assert app.get("vega_lite_chart") == []
