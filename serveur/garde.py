"""What is refused before anything else: addresses that are not served, readers who are not answered."""

from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection

from components.acces.identite import EN_TETES_DE_RELAIS, is_local_request
from components.acces.registre import ECRANS, list_codes
from components.streamlit_interne import is_host_allowed, is_sign_in_configured
from serveur.connexions import Connexion
from serveur.refus import ADRESSE, CHEMIN, DEPOT_RESERVE, FICHIER, HOTE, ORIGINE, RELAIS, RefusHttp

SANTE = "/_stcore/health"
# Streamlit opens the first page at « / » only, and says in English that its own name does not exist.
ACCUEIL = f"/{ECRANS[0].code}"
FLUX = "/_stcore/stream"
MEDIA = "/media/"
DEPOTS = "/_stcore/upload_file/"
SORTIE, RETOUR = "/auth/logout", "/oauth2callback"
# What Streamlit 1.67 needs. Left out: metrics, script-health-check, agent (a program's door to the app and
# an MCP server), components of others, static files of the app.
_EXACTS = {SANTE, "/_stcore/host-config", "/favicon.png", "/auth/login", SORTIE, RETOUR}
_DEBUTS = ("/static/", MEDIA, DEPOTS)


def read_path(chemin: str) -> str:
    """The path without `server.baseUrlPath`; empty, hence refused, when it lies outside."""
    base = base_path()
    if not base:
        return chemin
    if chemin == base:
        return "/"
    return chemin.removeprefix(base) if chemin.startswith(base + "/") else ""


def base_path() -> str:
    """`server.baseUrlPath` with a leading slash and no other, or nothing."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


def is_page(chemin: str) -> bool:
    """True for the address of a page of the registry, or of the home page."""
    return chemin.startswith("/") and chemin.strip("/") in ("", *list_codes())


def refuse_path(chemin: str) -> RefusHttp | None:
    """Why nothing is served there, or None."""
    if chemin.startswith(("//", "\\")) or ".." in chemin.split("/"):
        return CHEMIN
    if is_page(chemin) or chemin in _EXACTS or chemin.startswith(_DEBUTS):
        return None
    return ADRESSE


def refuse_reader(chemin: str, demande: HTTPConnection) -> RefusHttp | None:
    """Why this reader is not answered, or None. The health check is answered to all: it says « ok ».

    Host names: a page of another site whose name points at 127.0.0.1 must not read the dashboard of this machine.
    """
    if chemin == SANTE:
        return None
    if not is_host_allowed(demande.headers.get("host")):
        return HOTE
    if not is_from_here(demande):
        return ORIGINE
    if not is_sign_in_configured() and any(nom in demande.headers for nom in EN_TETES_DE_RELAIS):
        return RELAIS
    return None


def is_from_here(demande: HTTPConnection) -> bool:
    """True for a page of ours, one of a site listed in `server.corsAllowedOrigins`, or a program, which has no page.

    Streamlit would let any port of this machine in, and ask the internet for the addresses of this machine to judge.
    """
    origine = demande.headers.get("origin")
    if origine is None:
        return True
    return _name_of(origine) == demande.headers.get("host", "").lower() or origine in _origins()


def _name_of(origine: str) -> str | None:
    """Host and port; None for what is not the address of a site (« null », a file)."""
    try:
        lue = urlsplit(origine)
    except ValueError:
        return None
    return lue.netloc.lower() or None if lue.scheme in ("http", "https") else None


def _origins() -> list[str]:
    return [origine.strip() for origine in st.get_option("server.corsAllowedOrigins")]


async def refuse_stranger(chemin: str, demande: HTTPConnection) -> RefusHttp | None:
    """Why a file is neither given to nor taken from this reader, or None; anything else is left to the page.

    With sign-in, the cookie of somebody who has not signed out; without, this computer.
    """
    if not chemin.startswith((MEDIA, DEPOTS)):
        return None
    refus = FICHIER if chemin.startswith(MEDIA) else DEPOT_RESERVE
    if not is_sign_in_configured():
        client = demande.client.host if demande.client else None
        return None if is_local_request(st.get_option("server.address"), client, demande.headers) else refus
    connexion = Connexion(demande.cookies)
    return refus if connexion.empreinte is None or await connexion.is_over() else None
