"""What is taken out of a request before Streamlit sees it."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from components.streamlit_interne import COOKIE
from serveur.reponse import Scope

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
