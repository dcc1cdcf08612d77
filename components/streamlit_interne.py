"""Every private name of Streamlit that the dashboard rests on, in one file: why, and what says that it still holds.

The dashboard has known Streamlit 1.67 only, where all of them were read. tests/unit/test_streamlit_interne.py fails for
each that has moved, and for each that is needed no more: read it before changing the version, and run
tests/unit/test_serveur.py, tests/e2e/test_serveur.py, tests/attaques/test_porte.py and tests/attaques/test_liens.py.
"""

import gc
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import streamlit as st
from streamlit import net_util, runtime
from streamlit.auth_util import get_secrets_auth_section
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import memory_media_file_storage, memory_uploaded_file_manager
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec, UploadFileUrlInfo
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks, is_host_allowed

# Names only: what is uploaded, what a browser asks by websocket, which host names the server answers to.
__all__ = [
    "COOKIE",
    "BackMsg",
    "BackendOperationRequest",
    "BackendOperationResponse",
    "DeferredFileHandler",
    "MemoryUploadedFileManager",
    "UploadFileUrlInfo",
    "UploadedFile",
    "UploadedFileRec",
    "is_host_allowed",
]

COOKIE = USER_COOKIE_NAME
name_by_content = memory_media_file_storage._calculate_file_id
prepare_deferred = DeferredFileHandler.handle

Preparer = Callable[[DeferredFileHandler, BackendOperationRequest, str], Awaitable[BackendOperationResponse]]


def close_old_pages() -> None:
    """Until a session has run st.navigation, Streamlit believes that pages/ is its own folder of pages, and greets a
    deep link with an English dialog."""
    PagesManager.uses_pages_directory = False


def call_nobody() -> None:
    """Streamlit asks a service of the internet for the address of this machine, to print it at the start, and again to
    judge where a websocket comes from. It is not told any more."""
    net_util.get_external_ip = lambda: None
    net_util.get_internal_ip = lambda: None


def name_files_with(name_file: Callable[[bytes, str, str | None], str]) -> None:
    """How a file that is served is named in its address; Streamlit names it by its content alone."""
    memory_media_file_storage._calculate_file_id = name_file  # type: ignore[assignment]


def prepare_files_with(prepare: Preparer) -> None:
    """What answers a click on a file that is prepared when it is asked for: Streamlit gives it to any session."""
    DeferredFileHandler.handle = prepare  # type: ignore[assignment, method-assign]


def find_deferred_owner(handler: DeferredFileHandler, file_id: str) -> str | None:
    """The session whose page offers that file, None when no page does."""
    offert = handler._get_media_file_mgr()._deferred_callables.get(file_id)
    return offert["session_id"] if offert else None


def keep_uploads_in(depot: type[MemoryUploadedFileManager]) -> None:
    """Where the files that are uploaded wait; before the server is made. Streamlit takes them at any address."""
    memory_uploaded_file_manager.MemoryUploadedFileManager = depot  # type: ignore[misc]


def find_depot() -> Any:
    """Where the files that are uploaded wait: what was given to `keep_uploads_in`."""
    return runtime.get_instance().uploaded_file_mgr


def release(deposes: Iterable[UploadedFile]) -> None:
    """The server keeps these files no longer, once read: Streamlit would, until the tab is closed, and a tab may only
    hold so much."""
    contexte = get_script_run_ctx()
    if contexte is None or not isinstance(contexte.uploaded_file_mgr, MemoryUploadedFileManager):
        return
    for depose in deposes:
        contexte.uploaded_file_mgr.remove_file(contexte.session_id, depose.file_id)


def stop_if_nobody_waits() -> None:
    """Ends the run whose tab was closed, or which a newer click has replaced; outside of a run, nothing.

    Streamlit looks for such a request whenever a page draws or reads its state: a computation does neither, be it
    of minutes.
    """
    contexte = get_script_run_ctx(suppress_warning=True)
    if contexte is not None:
        _ = "" in contexte.session_state


def is_sign_in_configured() -> bool:
    """True when secrets.toml has a section `[auth]`."""
    return bool(get_secrets_auth_section())


def read_user_cookie(cookies: Mapping[str, str]) -> bytes | None:
    """The claims kept by st.login (JSON), if the cookie is there and this server signed it."""
    return _get_signed_cookie_with_chunks(dict(cookies), COOKIE)


def read_session_cookies(session_id: str) -> Mapping[str, str] | None:
    """The cookies with which that tab came, None when it is not open."""
    client = runtime.get_instance().get_client(session_id)
    contexte = client.client_context if client else None
    return contexte.cookies if contexte else None


def resume_delay() -> float:
    """How many seconds a tab that was cut may come back to its session."""
    return float(st.get_option("server.disconnectedSessionTTL"))


def forget_gone_sessions() -> None:
    """The sessions that nobody can come back to give their memory back. Streamlit does it only when another one comes
    or goes."""
    gardees = runtime.get_instance()._session_mgr._session_storage._cache  # type: ignore[attr-defined]
    avant = dict(gardees._data)
    gardees.expire()
    parties = [info for numero, info in avant.items() if numero not in gardees._data]
    for info in parties:
        info.session.shutdown()
    if parties:
        del avant, parties, info
        gc.collect()
