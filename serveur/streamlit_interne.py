"""Every private name of Streamlit that the door rests on, in one file: each has a test that fails when it moves.

Read it, and run tests/unit/test_serveur.py and tests/e2e/test_serveur.py, before changing its version (1.67).
"""

from collections.abc import Awaitable, Callable, Mapping

from streamlit.auth_util import get_secrets_auth_section
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import memory_media_file_storage
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks, is_host_allowed

__all__ = ["COOKIE", "is_host_allowed"]

COOKIE = USER_COOKIE_NAME
name_by_content = memory_media_file_storage._calculate_file_id
prepare_deferred = DeferredFileHandler.handle

Preparer = Callable[[DeferredFileHandler, BackendOperationRequest, str], Awaitable[BackendOperationResponse]]


def close_old_pages() -> None:
    """Until a session has run st.navigation, Streamlit believes that pages/ is its own folder of pages, and greets a
    deep link with an English dialog."""
    PagesManager.uses_pages_directory = False


def name_files_with(name_file: Callable[[bytes, str, str | None], str]) -> None:
    """How a file that is served is named in its address; Streamlit names it by its content alone."""
    memory_media_file_storage._calculate_file_id = name_file  # type: ignore[assignment]


def prepare_files_with(prepare: Preparer) -> None:
    """What answers a click on a file that is prepared when it is asked for."""
    DeferredFileHandler.handle = prepare  # type: ignore[assignment, method-assign]


def is_sign_in_configured() -> bool:
    """True when secrets.toml has a section `[auth]`."""
    return bool(get_secrets_auth_section())


def read_user_cookie(cookies: Mapping[str, str]) -> bytes | None:
    """The claims kept by st.login (JSON), if the cookie is there and this server signed it."""
    return _get_signed_cookie_with_chunks(dict(cookies), COOKIE)
