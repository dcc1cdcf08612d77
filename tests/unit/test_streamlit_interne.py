"""What components/streamlit_interne.py rests on: a test that fails says what has moved, or what is needed no more."""

import inspect
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime import memory_session_storage
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.web.server import server_util

from components import streamlit_interne as interne

RACINE = Path(__file__).resolve().parents[2]


def test_a_folder_named_pages_is_still_taken_for_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    PagesManager(str(RACINE / "app.py"))
    assert PagesManager.uses_pages_directory is True, "close_old_pages can go"


def test_the_addresses_of_this_machine_are_still_asked_for() -> None:
    assert "net_util.get_external_ip" in inspect.getsource(server_util), "call_nobody can go, or has moved"


def test_a_file_is_still_named_by_its_content_alone() -> None:
    contenu = (b"14 parcours", "text/plain", "corrections.txt")
    assert interne.name_by_content(*contenu) == interne.name_by_content(*contenu), "name_files_with can go"


def test_a_file_prepared_at_the_click_is_still_for_any_session() -> None:
    source = inspect.getsource(interne.prepare_deferred)
    assert source.count("session_id") == 1, "Streamlit looks at the session: prepare_files_with may go"


def test_an_upload_is_still_taken_at_any_address() -> None:
    depot = interne.MemoryUploadedFileManager("/depot")
    depot.add_file("nobody", interne.UploadedFileRec("made-up", "a.xlsx", "", b"octets"))
    assert depot.get_files("nobody", ["made-up"]), "keep_uploads_in can go"


def test_a_dropped_file_still_waits_for_the_end_of_its_tab() -> None:
    assert not hasattr(interne.UploadedFile, "release"), "release may go"
    assert {"session_id", "uploaded_file_mgr", "session_state"} <= ScriptRunContext.__dataclass_fields__.keys()
    assert get_script_run_ctx(suppress_warning=True) is None


def test_no_other_file_names_what_streamlit_keeps_to_itself() -> None:
    ailleurs = [
        str(chemin)
        for piece in ("app.py", "server.py", "serveur", "pages", "components")
        for chemin in [*(RACINE / piece).rglob("*.py"), RACINE / piece]
        if chemin.suffix == ".py"
        and re.search(r"^(from|import) streamlit[. ](?!as st$)", chemin.read_text(), re.MULTILINE)
    ]
    assert ailleurs == [str(RACINE / "components" / "streamlit_interne.py")]


def test_what_the_style_sheets_name_is_still_in_the_page() -> None:
    feuilles = [p.read_text() for piece in ("pages", "components") for p in (RACINE / piece).rglob("*.css")]
    nommes = set(re.findall(r'data-testid="(\w+)"', "".join(feuilles)))
    for script in (Path(st.__file__).parent / "static").rglob("*.js"):
        lu = script.read_text(encoding="utf-8")
        nommes = {nom for nom in nommes if nom not in lu}
    assert nommes == set(), "style.css and its like hide or dress nothing there any more"


def test_sessions_that_are_gone_still_wait_for_another_one() -> None:
    source = inspect.getsource(memory_session_storage)
    assert "self._cache: MutableMapping[str, SessionInfo] = TTLCache(" in source, "forget_gone_sessions has moved"
    assert callable(AppSession.shutdown)
