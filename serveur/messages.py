"""Which messages of a browser reach Streamlit: those that show a page. The rest is dropped.

Anyone connected could otherwise empty the caches that all share, or read the branch and folder of this repository.
"""

from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

from serveur.reponse import Message

# Left out: clear_cache, load_git_info, set_run_on_save, debug_* (Streamlit 1.67).
_SERVIS = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"}

Receive = Callable[[], Awaitable[Message]]


def is_served(contenu: bytes) -> bool:
    """True for a message that a page of ours sends; one that cannot be read is not."""
    try:
        return BackMsg.FromString(contenu).WhichOneof("type") in _SERVIS
    except DecodeError:
        return False


def keep_served(receive: Receive) -> Receive:
    """The same source of messages, without those that are not served."""

    async def receive_served() -> Message:
        while True:
            message = await receive()
            contenu = message.get("bytes")
            if message["type"] != "websocket.receive" or contenu is None or is_served(contenu):
                return message

    return receive_served
