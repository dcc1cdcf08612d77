"""What components/streamlit_interne.py rests on: a test that fails says what has moved, or what is needed no more."""

import inspect
from pathlib import Path

import pytest
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


def test_sessions_that_are_gone_still_wait_for_another_one() -> None:
    source = inspect.getsource(memory_session_storage)
    assert "self._cache: MutableMapping[str, SessionInfo] = TTLCache(" in source, "forget_gone_sessions has moved"
    assert callable(AppSession.shutdown)
