"""« Entrées et sorties » and « Étapes »: the sentence, the rules, what is missing said in words."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, make_engine
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import ResultatPublie

Ouvrir = Callable[..., AppTest]
SORTIES, ETAPES = "pages/comite/entrees_sorties.py", "pages/comite/etapes.py"


def written(app: AppTest) -> str:
    elements = (*app.markdown, *app.info, *app.caption, *app.subheader)
    return "\n".join(str(e.value) for e in elements).replace("\u00a0", " ")


def cards(app: AppTest) -> str:
    return " ".join(str(e.proto.body) for e in app.get("html"))


def ask(url: str, code: str, *plie: str, par: tuple[str, ...] = ()) -> ResultatPublie:
    """The figure over the period that the screens open with."""
    engine = make_engine(url)
    with engine.connect() as base:
        resultat = publier(base, code, Filtres(plie, Periode(date(2021, 1, 1), date(2021, 9, 30)), par=par), ANIMATION)
    engine.dispose()
    return resultat


def test_exits_say_both_rates_with_what_they_divide(ouvrir: Ouvrir, base_url: str) -> None:
    entrees = ask(base_url, "entrees", "AGENAIS").valeur
    toutes = ask(base_url, "taux_sorties_positives", "AGENAIS").cellule
    hors_neutres = ask(base_url, "taux_sorties_positives_hors_neutres", "AGENAIS").cellule
    app = ouvrir(SORTIES, plie="AGENAIS")
    flux = (
        f"{entrees:.0f} entrées pour {toutes.denominateur:.0f} sorties ; {toutes.numerateur:.0f} sorties sont positives"
    )
    assert flux in written(app)
    assert f"{toutes.numerateur:.0f} sur {toutes.denominateur:.0f} sorties" in cards(app)
    assert f"{toutes.numerateur:.0f} sur {hors_neutres.denominateur:.0f} sorties non neutres" in cards(app)
    assert "Agenais : 15 règles depuis le 01/01/2015" in written(app)


def test_plie_without_rules_is_undocumented_in_words(ouvrir: Ouvrir, base_url: str) -> None:
    resultat = ask(base_url, "sorties", "TECHNOWEST", par=("type_sortie",))
    par_type = {c.at("type_sortie"): c.valeur for c in resultat if c.valeur is not None}
    sans_type = par_type.pop(t.NON_RENSEIGNE, 0)
    app = ouvrir(SORTIES, plie="TECHNOWEST")
    assert cards(app).count("Aucune règle de sortie n’était en vigueur ces jours-là.") == 2
    assert "Aucune règle de sortie n’était en vigueur sur la période pour PLIE Espace Technowest" in written(app)
    raisons = ((sans_type, "sans type de sortie"), (sum(par_type.values()), "d’un type sans règle"))
    assert ", ".join(f"{nombre:.0f} {mots}" for nombre, mots in raisons if nombre) in cards(app)


def test_before_any_rule_no_rate_of_zero_is_shown(ouvrir: Ouvrir) -> None:
    app = ouvrir(SORTIES, plie="MNO", periode="libre", du="2021-01-01", au="2021-12-31")
    assert "non documenté" in cards(app)
    assert ">0,0" not in cards(app)
    assert "Aucune règle de sortie n’était en vigueur" in written(app)


def test_exits_outside_rules_are_said_with_their_plie_and_weigh_on_no_rate(ouvrir: Ouvrir, base_url: str) -> None:
    dehors = ask(base_url, "sorties", "TECHNOWEST").valeur
    seul = ask(base_url, "taux_sorties_positives", "AGENAIS").cellule
    app = ouvrir(SORTIES, plie=["AGENAIS", "TECHNOWEST"])
    assert f"{dehors:.0f} sorties de 1 PLIE restent hors des deux taux" in written(app)
    ratio = f"{seul.numerateur:.0f} sur {seul.denominateur:.0f} sorties, hors {dehors:.0f} sorties de 1 PLIE"
    assert ratio in cards(app).replace("\u00a0", " ")


def test_etapes_listed_without_being_counted_stand_apart(ouvrir: Ouvrir, base_url: str) -> None:
    app = ouvrir(ETAPES, plie="AGENAIS")
    etapes, personnes = (ask(base_url, code, "AGENAIS").valeur for code in ("etapes", "etapes_participants"))
    assert f"{etapes:.0f} étapes suivies par {personnes:.0f} participants" in written(app)
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
