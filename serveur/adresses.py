"""Which addresses the server answers. Whatever is not listed is refused."""

import streamlit as st

from components.acces.registre import ECRANS, list_codes
from serveur.refus import ADRESSE, CHEMIN, RefusHttp

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
