"""What the committee sees: figures of the published date, rounded, whatever is imported since; who sees less."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from components.acces.registre import find_ecran
from components.cadre import chiffres
from components.impression.lecture import OBJECTIFS_FERMES
from components.messages.etats import ERREUR
from components.messages.texte import plain
from data_access import tables as t
from data_access.base.moteur import VARIABLE_URL, current_version, make_engine
from data_access.historique.chargements import undo_last
from data_access.historique.comite import VARIABLE_DOSSIER, publish
from indicators.perimetre import ANIMATION, Droits, Limite
from tests.integration.data_access.contenu import load
from tests.partage import copy_base

Ouvrir = Callable[..., AppTest]
Devenir = Callable[[Droits], None]

COMITE = Droits("comite", ("AGENAIS", "TECHNOWEST"))
DIRECTION = Droits("direction", ("AGENAIS", "TECHNOWEST"))
# Agen; the operations of one beneficiary.
TERRITOIRE = Droits("direction", ("AGENAIS",), (Limite("AGENAIS", territoire="47001"),))
STRUCTURE = Droits("direction", ("AGENAIS",), (Limite("AGENAIS", operations=("A5",)),))
PUBLIE_AU = date(2021, 6, 30)
ECRANS = [find_ecran(code) for code in ("synthese", "file_active", "entrees_sorties", "publics", "etapes", "objectifs")]


@pytest.fixture
def regarder(
    moteur: sa.Engine, ouvrir: Ouvrir, en_tant_que: Devenir, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    """Opens a page of that database with these rights; the first page, if none is named."""
    monkeypatch.setenv(VARIABLE_URL, moteur.url.render_as_string())

    def _regarder(droits: Droits, fichier: str | None = None, **parametres: str | list[str]) -> AppTest:
        en_tant_que(droits)
        return ouvrir(fichier, **parametres)

    return _regarder


@pytest.fixture(scope="module")
def copie_publiee(exemples: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """URL of a copy where those PLIE have published; the same for the same question: it is only read."""

    @cache
    def _publier(*codes: str, au: date = PUBLIE_AU) -> str:
        url = copy_base(exemples, tmp_path_factory.mktemp("publiee") / "plie.db")
        engine = make_engine(url)
        open_to_committee(engine, *codes, au=au)
        engine.dispose()
        return url

    return _publier


@pytest.fixture
def lire(
    copie_publiee: Callable[..., str], ouvrir: Ouvrir, en_tant_que: Devenir, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Callable[..., AppTest]]:
    """As `regarder`, for the tests that change nothing, once it is said what is published."""

    def _lire(*codes: str, **au: date) -> Callable[..., AppTest]:
        monkeypatch.setenv(VARIABLE_URL, copie_publiee(*codes, **au))

        def _regarder(droits: Droits, fichier: str | None = None, **parametres: str | list[str]) -> AppTest:
            en_tant_que(droits)
            return ouvrir(fichier, **parametres)

        return _regarder

    return _lire


def open_to_committee(moteur: sa.Engine, *codes: str, au: date = PUBLIE_AU) -> None:
    with moteur.begin() as base:
        for code in codes:
            publish(base, code, au, current_version(base), "ana@plie.fr")


def rename(moteur: sa.Engine, dossier: Path) -> None:
    """An import: the PLIE has another name and later data."""
    with moteur.connect() as base:
        plie = base.execute(sa.select(t.plie).where(t.plie.c.code_plie == "AGENAIS")).one()
    ligne = {colonne: getattr(plie, colonne) for colonne in t.workbook_columns(t.plie)}
    feuilles = {"PLIE": [ligne | {"nom": "PLIE renommé", "date_extraction": date(2021, 12, 31)}]}
    assert load(moteur, dossier, feuilles).etat == "charge"


def texts(app: AppTest) -> list[str]:
    """All that the page says, outside the cards."""
    return [e.value for genre in (app.title, app.markdown, app.caption, app.info, app.warning) for e in genre]


def cards(app: AppTest) -> str:
    """The cards, which are HTML."""
    return " ".join(e.proto.body for e in app.get("html"))


def perimeter_line(app: AppTest) -> str:
    (ligne,) = [m.value for m in app.markdown if "· rôle " in m.value]
    return ligne


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
def test_nothing_is_published(lire, ecran) -> None:
    app = lire()(COMITE, ecran.code)
    assert not app.exception
    assert [e.value for e in app.error] == []
    assert [t.value for t in app.title] == [ecran.titre]
    assert [i.value for i in app.info] == [plain(chiffres.RIEN_DE_PUBLIE)]
    assert chiffres.RIEN_DE_PUBLIE.endswith("[DRO-005]")
    assert not app.multiselect
    assert not app.get("vega_lite_chart")


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
def test_the_committee_reads_what_was_published(lire, ecran) -> None:
    app = lire("AGENAIS")(COMITE, ecran.code)
    assert not app.exception
    assert [e.value for e in app.error] == []
    assert [w.value for w in app.warning] == []
    assert perimeter_line(app).startswith(
        "**PLIE de l’Agenais · tout le territoire · toutes les opérations · du 01/01/2021 au 30/06/2021 · "
        f"chiffres publiés le {datetime.now(ZoneInfo('Europe/Paris')):%d/%m/%Y}, arrêtés au 30/06/2021** · rôle comité"
    )
    (plie,) = app.multiselect
    assert plie.options == ["Agenais"]
    assert "1\N{NO-BREAK SPACE}PLIE de vos droits sans chiffres publiés" in [c.value for c in app.caption]
    (periode,) = [s for s in app.selectbox if s.label == "Période"]
    assert periode.options == [
        "Année en cours", "12 derniers mois", "Année précédente", "Depuis le début du protocole", "Libre",
    ]  # fmt: skip


@pytest.mark.parametrize("periode", ["annee", "12_mois", "annee_precedente", "protocole"])
@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
def test_no_filter_of_the_committee_leads_to_a_refusal(lire, ecran, periode) -> None:
    regarder = lire("AGENAIS", "TECHNOWEST")
    for perimetre in (
        {"plie": ["AGENAIS", "TECHNOWEST"]},
        {"plie": "AGENAIS", "territoire": "47001"},
        {"plie": "AGENAIS", "operation": "A5"},
    ):
        app = regarder(COMITE, ecran.code, periode=periode, **perimetre)
        assert not app.exception
        assert [e.value for e in app.error] == []
        assert [w.value for w in app.warning] == []


def test_what_is_rounded_is_said_in_words(lire) -> None:
    regarder = lire("AGENAIS")
    zone = {"plie": "AGENAIS", "territoire": "47001"}
    exact, arrondi = regarder(ANIMATION, **zone), regarder(COMITE, **zone)
    assert "≈" not in cards(exact)
    assert "≈" in cards(arrondi)
    assert "≈" not in cards(regarder(COMITE, plie="AGENAIS"))


def test_every_part_of_a_public_is_drawn(lire) -> None:
    app = lire("AGENAIS")(COMITE, find_ecran("publics").code, plie="AGENAIS")
    dessins = " ".join(g.proto.alt for g in app.get("vega_lite_chart"))
    assert re.search(r"Bénéficiaire du RSA, Oui : ≈.\d+ ; Bénéficiaire du RSA, Non : ≈.\d+", dessins)
    assert re.search(r"Femmes, 26 à 49 ans : ≈.\d+", dessins)


@pytest.mark.parametrize("droits", [COMITE, DIRECTION], ids=lambda d: d.role)
@pytest.mark.parametrize("periode", ["annee", "annee_precedente"])
def test_the_stock_of_each_referent_is_shown_at_any_date(lire, droits, periode) -> None:
    app = lire("AGENAIS")(droits, find_ecran("file_active").code, plie="AGENAIS", periode=periode)
    assert any(" · n = " in t and "référents en poste" in t for t in texts(app))


def test_days_after_the_publication_and_other_plie_of_a_link_are_put_aside_in_words(lire) -> None:
    app = lire("AGENAIS")(
        COMITE, plie=["AGENAIS", "TECHNOWEST", "MNO"], periode="libre", du="2021-01-05", au="2021-09-30"
    )
    assert app.session_state["choix"].plie == ("AGENAIS",)
    assert (app.session_state["choix"].du, app.session_state["choix"].au) == (date(2021, 1, 5), PUBLIE_AU)
    (note,) = [i.value for i in app.info if "[FIL-002]" in i.value]
    assert "un PLIE absent de vos droits, de la base ou des chiffres publiés" in note
    assert "une date d’avant ou d’après celles que le filtre propose" in note


def test_an_import_changes_nothing_for_the_committee_until_the_next_publication(regarder, moteur, tmp_path) -> None:
    open_to_committee(moteur, "AGENAIS")
    avant = regarder(COMITE)
    lu, chiffres_lus = texts(avant), cards(avant)
    rename(moteur, tmp_path)
    assert "PLIE renommé" in perimeter_line(regarder(ANIMATION, plie="AGENAIS"))
    apres = regarder(COMITE)
    assert (texts(apres), cards(apres)) == (lu, chiffres_lus)
    open_to_committee(moteur, "AGENAIS", au=date(2021, 12, 31))
    publie = regarder(COMITE)
    assert "PLIE renommé" in perimeter_line(publie)
    assert "arrêtés au 31/12/2021" in perimeter_line(publie)
    assert cards(publie) != chiffres_lus
    undo_last(moteur, "essai", {"AGENAIS"})
    undo_last(moteur, "essai", {"AGENAIS"})
    assert cards(regarder(COMITE)) == cards(publie)


def test_what_one_role_has_read_is_never_given_to_another(regarder, moteur) -> None:
    """Same filters, same page, same process: each answer is kept under the rights that asked for it."""
    open_to_committee(moteur, "AGENAIS", au=date(2021, 9, 30))
    zone = {"plie": "AGENAIS", "territoire": "47016"}
    lus = [(role, cards(regarder(role, **zone))) for role in (ANIMATION, COMITE, DIRECTION, ANIMATION, COMITE)]
    assert lus[0] == lus[3]
    assert lus[1] == lus[4]
    assert lus[0][1] == lus[2][1]
    assert "≈" not in lus[0][1]
    assert "moins de 5" in lus[1][1]


def test_rights_removed_close_what_was_kept(lire) -> None:
    regarder = lire("AGENAIS", "TECHNOWEST")
    assert "Espace Technowest" in regarder(COMITE, plie="TECHNOWEST").multiselect[0].options
    app = regarder(Droits("comite", ("AGENAIS",)), plie="TECHNOWEST")
    assert app.multiselect[0].options == ["Agenais"]
    assert "Technowest" not in perimeter_line(app)


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
@pytest.mark.parametrize("droits", [DIRECTION, TERRITOIRE, STRUCTURE], ids=["entiere", "territoire", "structure"])
def test_the_direction_reads_the_live_figures_of_its_part(lire, ecran, droits) -> None:
    app = lire()(droits, ecran.code)
    assert not app.exception
    assert [e.value for e in app.error] == []
    ligne = perimeter_line(app)
    assert tuple(texte for texte in ("données au 30/09/2021", "rôle direction") if texte in ligne) == (
        "données au 30/09/2021",
        "rôle direction",
    )
    refus = [w.value for w in app.warning]
    assert refus == ([plain(OBJECTIFS_FERMES)] if droits is TERRITOIRE and ecran.code == "objectifs" else [])


def test_a_territory_is_all_that_is_offered(lire) -> None:
    app = lire()(TERRITOIRE, plie="AGENAIS", territoire="47016")
    (territoire,) = [s for s in app.selectbox if s.label == "Territoire"]
    assert [o.split(" (")[1] for o in territoire.options] == ["commune)", *["quartier prioritaire)"] * 3]
    assert territoire.value == "47001"
    assert " · Agen · " in perimeter_line(app)
    assert any("[FIL-002]" in i.value for i in app.info)
    assert "non montré" in cards(app)
    assert any(plain(OBJECTIFS_FERMES) in i.value for i in app.info)


def test_a_structure_has_its_operations_only(lire) -> None:
    app = lire()(STRUCTURE, "pages/comite/objectifs.py", plie="AGENAIS", operation="A1")
    (operation,) = [s for s in app.selectbox if s.label == "Opération"]
    assert [o[:2] for o in operation.options] == ["A5"]
    assert "opération A5" in perimeter_line(app)
    assert any(s.value.startswith("A5") for s in app.subheader)
    assert not any(s.value.startswith("A1") or s.value == "Protocole d’accord" for s in app.subheader)


def test_a_part_that_is_not_in_the_data_opens_nothing(lire) -> None:
    partie = Droits("direction", ("AGENAIS",), (Limite("AGENAIS", operations=()),))
    app = lire()(partie)
    assert any("[FIL-005]" in i.value for i in app.info)
    assert not app.multiselect


def test_figures_that_cannot_be_prepared_are_said(regarder, moteur, tmp_path, monkeypatch) -> None:
    open_to_committee(moteur, "AGENAIS")
    (tmp_path / "fichier").write_text("pas un dossier")
    monkeypatch.setenv(VARIABLE_DOSSIER, str(tmp_path / "fichier"))
    app = regarder(COMITE)
    assert not app.exception
    assert any("[PUB-010]" in w.value for w in app.warning)
    assert ERREUR not in [e.value for e in app.error]
    assert str(tmp_path) not in "".join(texts(app))
