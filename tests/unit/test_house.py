"""Rules of the house that no linter knows."""

import ast
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
PIECES = (
    "serveur",
    "pages",
    "components",
    "charts",
    "reports",
    "seances",
    "sections",
    "indicators",
    "data_access",
    "sample_data",
)
FICHIERS = [chemin for piece in PIECES for chemin in sorted((RACINE / piece).rglob("*.py"))]

SANS_TEXTE = [chemin for chemin in FICHIERS if chemin.name != "texte.py"]
ALERTES = ("st.error", "st.warning", "st.info", "st.success", "st.toast")


def _name(chemin: Path) -> str:
    return str(chemin.relative_to(RACINE))


@cache
def _tree(chemin: Path) -> ast.Module:
    return ast.parse(chemin.read_text(encoding="utf-8"))


def _imports(chemin: Path) -> set[str]:
    noms: set[str] = set()
    for noeud in ast.walk(_tree(chemin)):
        if isinstance(noeud, ast.Import):
            noms |= {alias.name.split(".")[0] for alias in noeud.names}
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            noms.add(noeud.module.split(".")[0])
    return noms


def test_no_screen_lies_directly_in_pages() -> None:
    # Streamlit runs such a file without app.py for whoever asks first on a fresh server.
    assert [p.name for p in (RACINE / "pages").glob("*.py") if p.name != "__init__.py"] == []


def test_nothing_imports_the_app() -> None:
    assert [_name(p) for p in FICHIERS if "app" in _imports(p)] == []


def test_a_page_that_stops_leaves_what_is_drawn_after_it() -> None:
    """Nothing can be drawn after `st.stop`: the bottom of the menu would be missing. See `stop_page`."""
    assert [str(p) for p in FICHIERS if "st.stop(" in p.read_text(encoding="utf-8")] == []


def test_the_app_builds_no_query() -> None:
    assert "sqlalchemy" not in _imports(RACINE / "app.py")


def test_every_screen_is_in_the_registry() -> None:
    from components.acces.registre import ECRANS

    # A screen is a file of its public's folder, or `ecran.py` in a folder of its own, with its parts beside.
    tous = [p for p in (RACINE / "pages").rglob("*.py") if p.name != "__init__.py"]
    ecrans = {str(p.relative_to(RACINE)) for p in tous if len(p.relative_to(RACINE).parts) == 3 or p.name == "ecran.py"}
    assert {ecran.fichier for ecran in ECRANS} == ecrans


def test_sample_data_is_said_to_be_invented() -> None:
    assert "Données inventées" in (RACINE / "sample_data" / "README.md").read_text(encoding="utf-8")


def test_tables_and_messages_show_what_was_typed() -> None:
    # Streamlit reads them as Markdown: a table is printed by messages/texte.py, a text that is not written here
    # passes through its `plain`.
    fautes = []
    for chemin in SANS_TEXTE:
        for appel in (n for n in ast.walk(_tree(chemin)) if isinstance(n, ast.Call)):
            fonction = ast.unparse(appel.func)
            if fonction == "st.table" or (fonction in ALERTES and not _is_shown_as_typed(appel.args[0])):
                fautes.append(f"{_name(chemin)}, ligne {appel.lineno}")
    assert fautes == []


def _is_shown_as_typed(texte: ast.expr) -> bool:
    ecrit_ici = isinstance(texte, (ast.Constant, ast.JoinedStr)) or ast.unparse(texte).isupper()
    return ecrit_ici or ast.unparse(texte).startswith("plain(")
