"""Which addresses the server answers, and to whom. Whatever is not listed is refused."""

import streamlit as st
from starlette.requests import HTTPConnection

from components.acces_local import EN_TETES_DE_RELAIS
from components.registre import ECRANS, list_codes
from serveur.refus import ADRESSE, CHEMIN, FICHIER, HOTE, RELAIS, Refus
from serveur.streamlit_interne import is_host_allowed, is_sign_in_configured, read_user_cookie

SANTE = "/_stcore/health"
# Streamlit opens the first page at « / » only, and says in English that its own name does not exist.
ACCUEIL = f"/{ECRANS[0].code}"
FLUX = "/_stcore/stream"
MEDIA = "/media/"
# What Streamlit 1.67 needs. Left out: metrics, script-health-check, agent (a program's door to the app and
# an MCP server), components of others, static files of the app.
_EXACTS = {SANTE, "/_stcore/host-config", "/favicon.png", "/auth/login", "/auth/logout", "/oauth2callback"}
_DEBUTS = ("/static/", MEDIA, "/_stcore/upload_file/")


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


def refuse_path(chemin: str) -> Refus | None:
    """Why nothing is served there, or None."""
    if chemin.startswith(("//", "\\")) or ".." in chemin.split("/"):
        return CHEMIN
    if is_page(chemin) or chemin in _EXACTS or chemin.startswith(_DEBUTS):
        return None
    return ADRESSE


def refuse_reader(chemin: str, demande: HTTPConnection) -> Refus | None:
    """Why this reader is not answered, or None. The health check is answered to all: it says « ok ».

    Host names: a page of another site whose name points at 127.0.0.1 must not read the dashboard of this machine.
    """
    if chemin == SANTE:
        return None
    if not is_host_allowed(demande.headers.get("host")):
        return HOTE
    connexion = is_sign_in_configured()
    if not connexion and any(nom in demande.headers for nom in EN_TETES_DE_RELAIS):
        return RELAIS
    if connexion and chemin.startswith(MEDIA) and read_user_cookie(demande.cookies) is None:
        return FICHIER
    return None
