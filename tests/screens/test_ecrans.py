"""Every page of the registry, over several perimeters: title, perimeter line, no failure."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.acces import base, session
from components.acces.registre import ECRANS, RACINE, list_open_to
from components.messages.etats import ERREUR
from components.messages.texte import plain
from indicators.perimetre import Droits
from tests.screens.adresses import address_of

Ouvrir = Callable[..., AppTest]

# Local mode: role animation.
OUVERTS = list_open_to("animation")
PERIMETRES = {
    "un_plie": {},
    "sans_regles": {"plie": "TECHNOWEST"},
    "plusieurs": {"plie": ["AGENAIS", "TECHNOWEST", "MNO"]},
    "operation": {"plie": "AGENAIS", "operation": "A5"},
    "territoire": {"plie": "AGENAIS", "territoire": "47001", "periode": "12_mois"},
    "protocole": {"plie": "AGENAIS", "periode": "protocole"},
    "vide": {"plie": "MNO", "periode": "libre", "du": "2003-01-01", "au": "2003-02-28"},
}


@pytest.mark.parametrize("perimetre", PERIMETRES.values(), ids=PERIMETRES.keys())
@pytest.mark.parametrize("ecran", OUVERTS, ids=lambda e: e.code)
def test_page_opens(ouvrir: Ouvrir, ecran, perimetre) -> None:  # type: ignore[no-untyped-def]
    app = ouvrir(ecran.code, **perimetre)
    assert not app.exception
    assert [e.value for e in app.error] == []
    assert [t.value for t in app.title] == [ecran.titre]
    assert any(ecran.question in m.value for m in app.markdown)


@pytest.mark.parametrize("ecran", [e for e in OUVERTS if "plie" not in e.sans_effet], ids=lambda e: e.code)
def test_perimeter_line(ouvrir: Ouvrir, ecran) -> None:  # type: ignore[no-untyped-def]
    app = ouvrir(ecran.code)
    (ligne,) = [m.value for m in app.markdown if "données au" in m.value]
    assert ligne == (
        "**PLIE de l’Agenais · tout le territoire · toutes les opérations · du 01/01/2021 au 30/09/2021 · "
        "données au 30/09/2021** · rôle animation · **données inventées**"
    )


def test_unknown_codes_of_a_link_are_ignored_and_said(ouvrir: Ouvrir) -> None:
    app = ouvrir(plie=["AGENAIS", "ATLANTIDE"], territoire="99999", periode="jamais")
    assert app.session_state["choix"].plie == ("AGENAIS",)
    (note,) = [i.value for i in app.info if "[FIL-002]" in i.value]
    assert "un PLIE absent" in note
    assert "un territoire étranger" in note
    assert "une période inconnue" in note


def test_filters_stay_when_the_page_changes(ouvrir: Ouvrir) -> None:
    app = ouvrir(plie="MNO", periode="12_mois")
    app._page_hash = address_of("file_active")
    app.run()
    assert app.session_state["choix"].plie == ("MNO",)
    assert app.query_params == {"plie": "MNO", "periode": "12_mois"}


def test_no_plie_chosen_says_what_to_do(ouvrir: Ouvrir) -> None:
    app = ouvrir()
    app.multiselect[0].set_value([]).run()
    assert not app.exception
    assert any("[FIL-003]" in i.value for i in app.info)


def test_whole_group_in_one_click(ouvrir: Ouvrir) -> None:
    app = ouvrir()
    (bouton,) = [b for b in app.button if b.label == "AGAPE : 2 PLIE"]
    bouton.click().run()
    assert set(app.session_state["choix"].plie) == {"AGENAIS", "TECHNOWEST"}


def test_changing_plie_drops_its_operation(ouvrir: Ouvrir) -> None:
    app = ouvrir(plie="AGENAIS", operation="A5")
    app.multiselect[0].set_value(["MNO"]).run()
    assert app.session_state["choix"].operation is None
    assert any("une opération étrangère" in i.value for i in app.info)


def test_failure_is_a_sentence(ouvrir: Ouvrir, monkeypatch: pytest.MonkeyPatch) -> None:
    app = ouvrir()

    def casser() -> None:
        raise RuntimeError("P000123 a 45 ans")

    monkeypatch.setattr(base, "prepare_base", casser)
    monkeypatch.setattr("components.cadre.chiffres.read_version", casser)
    app.run()
    assert not app.exception
    assert [e.value for e in app.error] == [plain(ERREUR)]


def test_elsewhere_than_this_computer_nothing_opens(ouvrir: Ouvrir, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "is_local", lambda: False)
    app = ouvrir()
    assert not app.title
    assert any("[DRO-011]" in w.value for w in app.warning)


def test_page_reserved_to_others_is_refused(ouvrir: Ouvrir, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.cadre.page.current_rights", lambda: Droits("visiteur"))
    app = ouvrir()
    assert not app.title
    (refus,) = [w.value for w in app.warning]
    assert refus == (
        "Cette page est réservée à un autre rôle (comité ou direction ou animation). "
        "Demandez l’accès à l’administration. \\[DRO-010]"
    )


def test_unknown_role_opens_no_page() -> None:
    assert list_open_to("inconnu") == ()


def test_no_page_at_the_root_of_pages() -> None:
    assert [p.name for p in (RACINE / "pages").glob("*.py") if p.name != "__init__.py"] == []


def test_every_page_has_its_file_and_its_own_link() -> None:
    assert all(ecran.chemin.is_file() for ecran in ECRANS)
    assert len({ecran.code for ecran in ECRANS}) == len(ECRANS)


def test_identity_holds_inside_an_operation(ouvrir: Ouvrir) -> None:
    app = ouvrir(plie="AGENAIS", operation="A5")
    (identite,) = [c.value for c in app.caption if c.value.startswith("Présents dans l’opération : ")]
    identite = identite.split(" · ")[0]
    avant, plus, moins, apres = (int(n) for n in re.findall(r"\d+", identite))
    assert avant + plus - moins == apres > 0


@pytest.mark.parametrize("page", ["synthese", "file_active", "entrees_sorties", "publics", "etapes"])
def test_operation_that_supports_structures_has_no_figure(ouvrir: Ouvrir, page: str) -> None:
    app = ouvrir(f"pages/comite/{page}.py", plie="AGENAIS", operation="A1")
    assert not app.exception
    assert [i.value for i in app.info if "elle n’a pas de participants" in i.value]
    assert not app.subheader
