"""Texts that Streamlit would read as Markdown, in a real browser: what was typed is what is shown."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from components.messages.texte import JOINT
from tests.attaques.etiquettes import CODE, CODE_HOSTILE, HOSTILE, make_hostile
from tests.e2e.conftest import RACINE, browser_type_launch_args, serve  # noqa: F401
from tests.partage import copy_base, sample_base

TEXTES = (
    *("# titre", "- tiret", "+ plus", "1. un", "12) douze", "> citation", "---", "===", "| a | b |", "    retrait"),
    *("**gras**", "__gras__", "a_b_c", "_a_", "fin_", "*", "a * b * c", "~~r~~", "~a~", "`code`", "``", "\\", "\\*"),
    *("$x$", "$$x$$", "5 $ et 6 $", "$5", "[a](b)", "[a]: b", "[^1]", "![i](http://m.fr/i.png)", "[x] fait"),
    *("[IMP-014]", ":red[r]", ":red-background[r]", ":blue-badge[b]", ":small[s]", ":help[h]", ":shimmer[s]"),
    *(":color[c]{foreground=red}", "::feuille", ":::bloc", "Voir:note", ":smile:", ":+1:", ":100:", ":streamlit:"),
    *(":material/home:", ":material_home:", "12:30", "12:30:45 :smile:", "a : b", "a -> b", "<- a", "a <-> b"),
    *("a -- b", "a >= b", "<= 5", "~= 5", "< 26 ans", "<b>b</b>", "<!-- c -->", "<http://m.fr>", "&amp;", "&#42;"),
    *("R&D", "AT&T;", "http://m.fr/a_b*c*?d=1&e=2", "www.m.fr/_a_", "jean_paul@m.fr", "_a@m.fr", f"a{JOINT}b"),
    *("l’été « 12 % » – 5 €", "+ 4 points", "- 5 %", "2021.", "a\\", "a|b", "^a^ ==b==", "une\nligne\n# puis", HOSTILE),
)
PAGE = """
import sys
sys.path.insert(0, {racine!r})
import pandas as pd
import streamlit as st
from components.messages.texte import plain, print_list, print_table
for rang, texte in enumerate({textes!r}):
    def place(genre):
        return st.container(key=f"{{genre}}{{rang}}")
    with place("paragraphe"):
        st.markdown(plain(texte))
    with place("gras"):
        st.markdown(f"**{{plain(texte)}}**")
    with place("liste"):
        print_list([texte])
    with place("sous_titre"):
        st.subheader(plain(texte), anchor=False)
    with place("bouton"):
        st.button(plain(texte), key=f"b{{rang}}")
    with place("pli"):
        st.expander(plain(texte), key=f"p{{rang}}")
    with place("table"):
        print_table(pd.DataFrame({{texte: [texte]}}))
st.write("Fin de la page")
"""
# How many times each kind of element shows the text.
GENRES = {"paragraphe": 1, "gras": 1, "liste": 1, "sous_titre": 1, "bouton": 1, "pli": 1, "table": 2}
HABITS = "img, em, code, del, input, .katex, .stMarkdownColoredText, .stMarkdownBadge"
DESSINE = """() => [...document.querySelectorAll('[class*="st-key-"]')].every(e => e.textContent.trim()) &&
    !document.querySelector('[data-testid=stSkeleton]')"""
# An address typed in clear stays one: its link goes where it says.
LIRE = """(habits) => Object.fromEntries([...document.querySelectorAll('[class*="st-key-"]')].map(e => [
    [...e.classList].find(c => c.startsWith('st-key-')).slice(7),
    [e.textContent, e.querySelectorAll(habits).length +
        [...e.querySelectorAll('a')].filter(a => !decodeURI(a.href).includes(a.textContent)).length]]))"""


@pytest.fixture(scope="module")
def url_hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = copy_base(sample_base("agenais"), tmp_path_factory.mktemp("textes") / "plie.db")
    make_hostile(url)
    return url


def test_what_was_typed_is_what_the_browser_shows(browser: Browser, tmp_path: Path) -> None:
    """Attempt: each construct that Streamlit knows, in each kind of element. Failure: its letters, and no more."""
    (tmp_path / "page.py").write_text(PAGE.format(racine=str(RACINE), textes=TEXTES), encoding="utf-8")
    with serve("sqlite://", tmp_path / "serveur.log", "page.py", racine=tmp_path) as url:
        page = browser.new_page()
        page.goto(url)
        expect(page.get_by_text("Fin de la page")).to_be_visible(timeout=60_000)
        # Each kind of element is fetched when it is first needed.
        page.wait_for_function(DESSINE)
        lus = page.evaluate(LIRE, HABITS)
        page.close()
    faux = {}
    for rang, texte in enumerate(TEXTES):
        for genre, fois in GENRES.items():
            lu, habits = lus[f"{genre}{rang}"]
            if _flat(lu) != _flat(texte) * fois or habits:
                faux[(genre, texte)] = (lu, habits)
    assert not faux, "\n".join(f"{cle} : {lu}" for cle, lu in faux.items())


def _flat(texte: str) -> str:
    """Without what the eye does not see: spaces between lines and elements, the invisible joint."""
    return re.sub(rf"[\s{JOINT}]", "", texte).replace("keyboard_arrow_right", "")


def test_screens_fetch_and_dress_nothing_that_a_label_asks_for(
    browser: Browser, url_hostile: str, tmp_path: Path
) -> None:
    demandes: list[str] = []
    with serve(url_hostile, tmp_path / "serveur.log") as url:
        page = browser.new_page()
        page.on("request", lambda demande: demandes.append(demande.url))
        for chemin in ("", f"objectifs?plie={CODE}", f"file_active?plie={CODE}&operation=A5 {CODE_HOSTILE}"):
            page.goto(f"{url}/{chemin}")
            expect(page.get_by_text(f"Zzplie.nom {HOSTILE[:-6]}").first).to_be_visible(timeout=60_000)
            page.wait_for_load_state("networkidle")
            textes = page.locator("[data-testid=stMarkdownContainer]")
            habilles = textes.locator(HABITS).filter(has_text=re.compile("gras|^[cri]$"))
            assert (chemin, habilles.count(), textes.locator("img, .katex").count()) == (chemin, 0, 0)
        page.close()
    assert [adresse for adresse in demandes if "m.fr" in adresse] == []
