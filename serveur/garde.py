"""What is refused before anything else: addresses not served, readers not answered, sign-ins that are over.

Streamlit's cookie lasts 30 days wherever a copy of it is. Who signs out has it noted: from then on, for every process
of this base, the door takes it for no cookie at all."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection

from components.acces.base import connect, current_url
from components.acces.identite import EN_TETES_DE_RELAIS, is_local_request, read_address
from components.acces.registre import ECRANS, list_codes
from components.messages.etats import log_failure
from components.streamlit_interne import COOKIE, is_host_allowed, is_sign_in_configured, read_user_cookie
from data_access.base.moteur import shared_engine
from data_access.base.schema import ensure_schema
from data_access.droits import close_connexion, is_closed
from data_access.journal.attente import write_or_wait
from serveur.refus import ADRESSE, CHEMIN, DEPOT_RESERVE, FICHIER, HOTE, ORIGINE, RELAIS, RefusHttp

# Ended by this process: known here even while the base cannot be written.
_finies: set[str] = set()


class Connexion:
    """A sign-in as the cookies of a request tell it. `empreinte` is None for who has no cookie of ours."""

    def __init__(self, cookies: Mapping[str, str]) -> None:
        lu = read_user_cookie(cookies)
        self.empreinte = None if lu is None else _digest(lu, cookies[COOKIE])
        self.identite = None if lu is None else read_address(json.loads(lu))

    async def is_over(self) -> bool:
        """True if the person has signed out of it, here or in another process. Fails when the base does not answer."""
        if self.empreinte is None:
            return False
        return self.empreinte in _finies or await asyncio.to_thread(_is_noted, self.empreinte)

    async def is_known_to_be_over(self) -> bool:
        """The same, « no » when the base does not answer: a page will read nothing there either, and will say why."""
        try:
            return await self.is_over()
        except Exception as erreur:
            log_failure("SRV-001", erreur)
            return False

    async def end(self) -> None:
        """The person signs out: noted at once, or as soon as the base can be written."""
        empreinte = self.empreinte
        if empreinte is None or empreinte in _finies:
            return
        _finies.add(empreinte)
        try:
            await asyncio.to_thread(
                lambda: write_or_wait(_ready_engine(), lambda base: close_connexion(base, empreinte))
            )
        except Exception as erreur:
            log_failure("SRV-001", erreur)


def _digest(lu: bytes, signe: str) -> str:
    """Of what was signed and when: a signature can be written in several ways that are all good."""
    return hashlib.sha256(lu + b"|" + signe.rpartition(".")[0].encode()).hexdigest()


def _is_noted(empreinte: str) -> bool:
    _ready_engine()
    with connect(current_url()) as base:
        return is_closed(base, empreinte)


_prets: set[str] = set()


def _ready_engine():  # type: ignore[no-untyped-def]
    """The engine of the base; the first to come after a new version makes its tables."""
    url = current_url()
    engine = shared_engine(url)
    if url not in _prets:
        ensure_schema(engine)
        _prets.add(url)
    return engine


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
