"""Labels that are Markdown, LaTeX, colours, icons or pictures: on every screen they read as they were typed."""

import re
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.acces import session
from components.acces.identite import Venue, Visiteur
from components.acces.registre import ECRANS
from components.messages.etats import ERREUR
from data_access.base.moteur import VARIABLE_URL
from indicators.perimetre import Droits
from seances.preparation import SECTIONS
from tests.attaques.etiquettes import CODE, CODE_HOSTILE, is_changed, make_hostile, mark, read_texts
from tests.e2e.conftest import RACINE
from tests.partage import copy_base, sample_base
from tests.screens.adresses import address_of

# What a screen must have shown for the walk to have seen anything, as Markdown.
ATTENDUS = {
    *(mark("plie", "nom"), mark("plie", "organisme_intermediaire"), mark("territoires", "nom")),
    *(mark("operations", "intitule"), mark("objectifs", "libelle"), mark("objectifs", "source")),
    mark("types_etape", "libelle_classe"),
    *(mark("regles_de_sortie", "libelle"), mark("regles_de_sortie", "source")),
    *(mark("versions", "classeur"), "Zzdecision", "Zzporteur"),
}
ONGLETS = {
    "seance": ("onglets_de_seance", ("Préparer", "Éditions", "Décisions")),
    "importer": ("import_onglets", ("Historique", "Ce qui a changé")),
    "droits": ("droits_onglets", ("Qui voit quoi", "Conservation")),
}


@pytest.fixture(scope="module")
def url_hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    source = sample_base("agenais", "technowest", "mno")
    url = copy_base(source, tmp_path_factory.mktemp("etiquettes") / "plie.db")
    make_hostile(url)
    return url


@pytest.fixture
def ouvrir(url_hostile: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    monkeypatch.setenv(VARIABLE_URL, url_hostile)
    monkeypatch.chdir(RACINE)
    st.cache_data.clear()

    def _ouvrir(code: str, lien: dict[str, object], etat: dict[str, object]) -> AppTest:
        role = "administration" if code == "droits" else "animation"
        visiteur = Visiteur(Venue.CONNECTE, "essai@plie.fr")
        monkeypatch.setattr(session, "read_session", lambda: session.Session(visiteur, (role, "comite"), Droits(role)))
        app = AppTest.from_file(str(RACINE / "app.py"), default_timeout=60)
        for nom, valeur in lien.items():
            app.query_params[nom] = valeur
        for cle, valeur in etat.items():
            app.session_state[cle] = valeur
        app._page_hash = address_of(code)
        return app.run()

    yield _ouvrir
    st.cache_data.clear()


def list_visits() -> Iterator[tuple[str, dict[str, object], dict[str, object]]]:
    """Every page, each of its tabs, the folds open, some slides; several PLIE, one territory, one operation."""
    plis = {f"{ou}_{code}": True for ou in ("seance", "rouverte") for code in SECTIONS}
    for ecran in ECRANS:
        cle, onglets = ONGLETS.get(ecran.code, ("", ("",)))
        for onglet in onglets:
            yield ecran.code, {"plie": CODE}, plis | ({cle: onglet} if cle else {})
    for rang in (2, 3, 6, 12):
        yield "projection", {"plie": CODE}, {"projection_rang": rang}
    for code in ("synthese", "objectifs"):
        yield code, {"plie": [CODE, "TECHNOWEST"]}, {}
    yield "file_active", {"plie": CODE, "territoire": "47001", "operation": f"A5 {CODE_HOSTILE}"}, {}


def test_no_label_of_the_data_is_read_as_something_else(ouvrir: Callable[..., AppTest]) -> None:
    changes, vus = set(), set()
    for code, lien, etat in list_visits():
        app = ouvrir(code, lien, etat)
        assert not app.exception, code
        assert ERREUR not in [e.value for e in app.error], code
        for trace in read_texts(app):
            if "Zz" in trace.texte or "*c*" in trace.texte:
                if is_changed(trace):
                    changes.add((code, trace.genre, trace.texte[:120]))
                elif trace.markdown:
                    vus |= set(re.findall(r"Zz[\w.]+", trace.texte))
    assert sorted(changes) == []
    assert vus >= ATTENDUS
