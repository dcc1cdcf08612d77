"""What is taken out of a request, and out of what a page sends, before Streamlit sees it."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode

from google.protobuf.message import DecodeError

from components.streamlit_interne import COOKIE, BackMsg
from serveur.reponse import Message, Scope

Paire = tuple[bytes, bytes]

# A page is asked for whole, uncompressed and never from a cache, so that it can be read.
_NEGOCIATION = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")
# OAuth 2.0 (RFC 6749, 4.1.2.1) and OpenID Connect (Core, 3.1.2.6).
_ERREURS = {
    *("access_denied", "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope"),
    *("server_error", "temporarily_unavailable", "interaction_required", "login_required"),
    *("account_selection_required", "consent_required", "invalid_request_uri", "invalid_request_object"),
    *("request_not_supported", "request_uri_not_supported", "registration_not_supported"),
}
_TEXTES_LIBRES = ("error_description", "error_uri")


def ask_whole(scope: Scope) -> Scope:
    """The same request for a whole page."""
    return _filter_headers(scope, lambda paire: paire[0] not in _NEGOCIATION)


def forget_cookie(scope: Scope) -> Scope:
    """The same request from somebody who is not signed in."""
    demande = _filter_headers(scope, lambda paire: paire[0] != b"cookie")
    cookies = [
        morceau.strip()
        for nom, valeur in scope["headers"]
        if nom == b"cookie"
        for morceau in valeur.split(b";")
        if not morceau.strip().startswith(COOKIE.encode())
    ]
    demande["headers"].append((b"cookie", b"; ".join(cookies)))
    return demande


def bound_error(scope: Scope) -> Scope:
    """The same return from the provider: an error has a name of the standard, or « autre ». Streamlit logs what it is
    told, and anybody may come to that address with anything."""
    lus = parse_qsl(scope["query_string"].decode("latin-1"))
    gardes = [
        (nom, valeur if nom != "error" or valeur in _ERREURS else "autre")
        for nom, valeur in lus
        if nom not in _TEXTES_LIBRES
    ]
    return {**scope, "query_string": urlencode(gardes).encode()}


def _filter_headers(scope: Scope, garder: Callable[[Paire], bool]) -> Scope:
    return {**scope, "headers": [paire for paire in scope["headers"] if garder(paire)]}


# Left out: clear_cache, load_git_info, set_run_on_save, debug_* (Streamlit 1.67).
_SERVIS = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"}
# Left out: installing skills for programs on this machine, and forgetting to offer it.
_OPERATIONS = {"deferred_file"}
_BATTEMENT = "app_heartbeat"
COUPURE = 1008
"""Policy violated (RFC 6455, 7.4.1): nothing more is said."""

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
                return {"type": "websocket.disconnect", "code": COUPURE}
            if genre is not None:
                return message

    return receive_served
