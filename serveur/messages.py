"""Which messages of a browser reach Streamlit: those that show a page. The rest is dropped.

Anyone connected could otherwise empty the caches that all share, or read the branch and folder of this repository.
"""

from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError

from components.streamlit_interne import BackMsg
from serveur.reponse import Message

# Left out: clear_cache, load_git_info, set_run_on_save, debug_* (Streamlit 1.67).
_SERVIS = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"}
# Left out: installing skills for programs on this machine, and forgetting to offer it.
_OPERATIONS = {"deferred_file"}
_BATTEMENT = "app_heartbeat"
_COUPURE = 1008

Receive = Callable[[], Awaitable[Message]]


def read_kind(contenu: bytes) -> str | None:
    """What a message that a page of ours sends asks for; None for any other, or one that cannot be read."""
    try:
        message = BackMsg.FromString(contenu)
    except DecodeError:
        return None
    genre = message.WhichOneof("type")
    if genre == "backend_operation_request":
        return genre if message.backend_operation_request.WhichOneof("payload") in _OPERATIONS else None
    return genre if genre in _SERVIS else None


def keep_served(receive: Receive, is_over: Callable[[], Awaitable[bool]]) -> Receive:
    """The same source of messages, without those that are not served; cut at the first one once `is_over`."""

    async def receive_served() -> Message:
        while True:
            message = await receive()
            contenu = message.get("bytes")
            if message["type"] != "websocket.receive" or contenu is None:
                return message
            genre = read_kind(contenu)
            if genre not in (None, _BATTEMENT) and await is_over():
                return {"type": "websocket.disconnect", "code": _COUPURE}
            if genre is not None:
                return message

    return receive_served
