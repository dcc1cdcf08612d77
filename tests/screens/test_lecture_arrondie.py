"""The screens in a rounded reading: every number that they hold, drawn or written, against the exact one."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from components.acces.registre import find_ecran
from components.cadre import chiffres
from data_access.base.moteur import VARIABLE_URL, current_version, make_engine
from data_access.historique.comite import publish
from indicators.perimetre import ANIMATION, Droits, Filtres
from indicators.publication import publier
from indicators.resultats import ResultatPublie
from tests.partage import copy_base

COMITE = Droits("comite", ("AGENAIS",))
AU = date(2021, 9, 30)
ECRANS = [find_ecran(code) for code in ("synthese", "file_active", "entrees_sorties", "publics", "etapes")]
AGEN, PETITE_COMMUNE = "47001", "47019"
PERIMETRES = {"tout": {}, "Agen": {"territoire": AGEN}, "petite commune": {"territoire": PETITE_COMMUNE}}
TROP_COURANT = 31
"""Smaller numbers are also days, ages and months."""
_NOMBRE = re.compile(r"(?<![\d/,\-.#])\d{2,}(?![\d/,\-]|\s?%)")
_COLONNES_DE_NOMBRES = ("valeur", "hauteur", "bas", "haut")


@dataclass
class Temoin:
    """What was asked by a screen: the exact numbers that it must not hold, those that it may."""

    secrets: set[int] = field(default_factory=set)
    permis: set[int] = field(default_factory=set)

    def publier(self, base: object, code: str, filtres: Filtres, droits: Droits) -> ResultatPublie:
        montre = publier(base, code, filtres, droits)  # type: ignore[arg-type]
        exact = publier(base, code, filtres, ANIMATION)  # type: ignore[arg-type]
        for cellule, vraie in zip(montre, exact, strict=True):
            nombres = {int(n) for n in (vraie.valeur, vraie.numerateur, vraie.denominateur) if n and n == int(n)}
            if cellule.base:
                self.secrets |= {n for n in nombres if n % 5 and n > TROP_COURANT and not 1900 < n < 2100}
            else:
                self.permis |= nombres
        return montre


@pytest.fixture(scope="module")
def publiee(exemples, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = copy_base(exemples, tmp_path_factory.mktemp("arrondie") / "plie.db")
    engine = make_engine(url)
    with engine.begin() as base:
        publish(base, "AGENAIS", AU, current_version(base), "ana@plie.fr")
    engine.dispose()
    return url


@pytest.fixture
def lire(publiee: str, ouvrir: Callable, en_tant_que: Callable, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable]:
    """Opens a page as the committee, with what it asked for."""

    def _lire(fichier: str, **parametres: str) -> tuple[AppTest, Temoin]:
        temoin = Temoin()
        monkeypatch.setenv(VARIABLE_URL, publiee)
        monkeypatch.setattr(chiffres, "publier", temoin.publier)
        en_tant_que(COMITE)
        return ouvrir(fichier, plie="AGENAIS", **parametres), temoin

    return _lire


def words_of(app: AppTest) -> str:
    """All that the page says and gives: texts, cards, tables, charts with their data and their words."""
    dits = [e.value for genre in (app.title, app.subheader, app.markdown, app.caption, app.info) for e in genre]
    dits += [e.proto.body for e in app.get("html")]
    dits += [e.value.to_string() for e in app.table]
    for graphique in app.get("vega_lite_chart"):
        dits += [
            graphique.proto.alt,
            *(json.dumps(ligne, ensure_ascii=False, default=str) for ligne in data_of(graphique)),
        ]
    return re.sub(r"[\u202f\u00a0](?=\d{3})", "", "\n".join(dits)).replace("26 à 49 ans", "")


def data_of(graphique) -> list[dict]:
    """Every row that a chart holds, those of its reference lines included."""
    tables = [graphique.proto.data, *(d.data for d in graphique.proto.datasets)]
    cadres = [convert_arrow_bytes_to_pandas_df(table.data) for table in tables if table.data]
    spec = json.loads(graphique.proto.spec)
    ecrites = [couche["data"]["values"] for couche in spec.get("layer", ()) if "values" in couche.get("data", {})]
    return [ligne for lignes in (*(c.to_dict("records") for c in cadres), *ecrites) for ligne in lignes]


@pytest.mark.parametrize("perimetre", PERIMETRES)
@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
def test_no_exact_number_of_a_rounded_cell_reaches_the_page(lire: Callable, ecran, perimetre: str) -> None:
    app, temoin = lire(ecran.code, **PERIMETRES[perimetre])
    assert not app.exception
    assert [e.value for e in app.error] == []
    lus = {int(n) for n in _NOMBRE.findall(words_of(app))}
    assert lus & (temoin.secrets - temoin.permis) == set()
    if perimetre == "Agen":
        assert len(temoin.secrets) > 3
        assert "≈" in words_of(app)
        assert "arrondis à 5 près" in words_of(app)


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
def test_what_a_chart_of_a_place_holds_is_a_multiple_of_five(lire: Callable, ecran) -> None:
    app, _ = lire(ecran.code, **PERIMETRES["Agen"])
    nombres = [
        valeur
        for graphique in app.get("vega_lite_chart")
        for ligne in data_of(graphique)
        for colonne in _COLONNES_DE_NOMBRES
        if isinstance(valeur := ligne.get(colonne), int | float)
    ]
    assert len(nombres) > 3
    assert [n for n in nombres if abs(n) > 1 and n % 5] == []


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
def test_a_commune_of_a_few_people_has_its_figures(lire: Callable, ecran) -> None:
    """No hole: each chart is drawn or says « moins de 5 », nothing is said to be absent, or to count 0."""
    app, _ = lire(ecran.code, **PERIMETRES["petite commune"])
    dits = words_of(app)
    assert "masqué" not in dits
    assert "n = 0" not in dits
    assert "moins de 5" in dits or "trop faible" in dits
