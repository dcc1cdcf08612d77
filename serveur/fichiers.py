"""Files: those prepared for a reader (/media/<name>), those uploaded (from whom, to where, how many bytes may wait).

A browser is given an address by its own websocket, then sends the file there. Streamlit takes a file at any address of
a live session, from anybody, and keeps it as long as that session.
"""

import asyncio
import hashlib
import re
import secrets
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from starlette.requests import HTTPConnection

from components.acces.base import connect, current_url
from components.acces.registre import is_allowed
from components.acces.session import list_roles
from components.streamlit_interne import (
    BackendOperationRequest,
    BackendOperationResponse,
    DeferredFileHandler,
    MemoryUploadedFileManager,
    UploadedFileRec,
    UploadFileUrlInfo,
    find_deferred_owner,
    find_depot,
    is_sign_in_configured,
    name_by_content,
    name_files_with,
    prepare_deferred,
    prepare_files_with,
    read_session_cookies,
)
from data_access.droits import rights_of
from serveur.garde import DEPOTS, Connexion
from serveur.refus import DEMANDE, DEPOT_PLEIN, DEPOT_RESERVE, DEPOT_TROP_LOURD, RefusHttp

NON_PREPARE = (
    "Le fichier n’a pas été préparé : vos droits ont changé depuis que cette page est affichée, ou un incident l’a "
    "empêché. Rechargez la page et recommencez ; sinon, prévenez l’administration. [SRV-017]"
)
_CLE = secrets.token_bytes(32)


def name_file(data: bytes, mimetype: str, filename: str | None = None) -> str:
    """The name of a file in its address: 128 bits that nobody can compute, even who knows the content."""
    nom = name_by_content(data, mimetype, filename)
    return hashlib.blake2b(nom.encode(), key=_CLE, digest_size=16).hexdigest()


async def prepare_or_say(
    self: DeferredFileHandler, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    """A file asked for by a click on the page of that very session, or why it does not come."""
    if find_deferred_owner(self, request.deferred_file.file_id) != session_id:
        return BackendOperationResponse(request_id=request.request_id, error_msg=NON_PREPARE)
    reponse = await prepare_deferred(self, request, session_id)
    if reponse.error_msg:
        reponse.error_msg = NON_PREPARE
    return reponse


def guard_files() -> None:
    """Makes Streamlit name files so, and say so in French, for this server."""
    name_files_with(name_file)
    prepare_files_with(prepare_or_say)


MO = 1024 * 1024
PAR_SESSION = 100 * MO
EN_TOUT = 300 * MO
ADRESSES_A_LA_FOIS, ADRESSES_PAR_SESSION = 50, 500
# Who may do one of these has a page where files are uploaded.
GESTES = (("importer", "charger"), ("seance", "rediger"))


class Depot(MemoryUploadedFileManager):
    """What was uploaded, at addresses that were given, within what memory may bear."""

    def __init__(self, upload_endpoint: str) -> None:
        super().__init__(upload_endpoint)
        self._carnet = threading.RLock()
        # For each session the addresses given to it, the oldest first.
        self._donnees: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._en_route: Counter[str] = Counter()

    def get_upload_urls(self, session_id: str, file_names: Sequence[str]) -> list[UploadFileUrlInfo]:
        """Addresses for these files, a reasonable number at a time."""
        infos = super().get_upload_urls(session_id, file_names[:ADRESSES_A_LA_FOIS])
        with self._carnet:
            donnees = self._donnees[session_id]
            donnees.update(dict.fromkeys(info.file_id for info in infos))
            for ancienne in list(donnees)[:-ADRESSES_PAR_SESSION]:
                del donnees[ancienne]
        return infos

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Keeps it, unless its session has ended while it came."""
        with self._carnet:
            if self.is_given(session_id, file.file_id):
                super().add_file(session_id, file)

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Forgets it; its address can still be used."""
        with self._carnet:
            super().remove_file(session_id, file_id)

    def remove_session_files(self, session_id: str) -> None:
        """The session has ended: its files and its addresses go."""
        with self._carnet:
            self._donnees.pop(session_id, None)
            super().remove_session_files(session_id)

    def is_given(self, session_id: str, file_id: str) -> bool:
        """True if that session was given that address."""
        with self._carnet:
            return file_id in self._donnees.get(session_id, ())

    @contextmanager
    def book(self, session_id: str, octets: int) -> Iterator[RefusHttp | None]:
        """Room for a file on its way, given back at the end: it is then kept, or was refused. Or why there is none."""
        with self._carnet:
            refus = self._find_room(session_id, octets)
            if refus is None:
                self._en_route[session_id] += octets
        try:
            yield refus
        finally:
            if refus is None:
                with self._carnet:
                    self._en_route[session_id] -= octets
                    # Forgets the sessions that have nothing on its way any more.
                    self._en_route += Counter()

    def _find_room(self, session_id: str, octets: int) -> RefusHttp | None:
        poids = Counter({numero: sum(len(f.data) for f in fs.values()) for numero, fs in self.file_storage.items()})
        poids.update(self._en_route)
        if poids[session_id] + octets > PAR_SESSION:
            return DEPOT_TROP_LOURD
        return DEPOT_PLEIN if poids.total() + octets > EN_TOUT else None


@contextmanager
def book_room(chemin: str, demande: HTTPConnection) -> Iterator[RefusHttp | None]:
    """Room for the file of that request, or why it is refused. Its size must be announced."""
    taille = demande.headers.get("content-length", "")
    if not re.fullmatch("[0-9]{1,12}", taille) or "transfer-encoding" in demande.headers:
        yield DEMANDE
        return
    depot: Depot = find_depot()
    with depot.book(_read_address(chemin)[0], int(taille)) as refus:
        yield refus


async def refuse_upload(chemin: str, demande: HTTPConnection) -> RefusHttp | None:
    """Why this reader neither puts nor removes a file there: not his session, or no right to load. None: he may."""
    numero, fichier = _read_address(chemin)
    depot: Depot = find_depot()
    if not depot.is_given(numero, fichier):
        return DEPOT_RESERVE
    if not is_sign_in_configured():
        return None
    identite, cookies = Connexion(demande.cookies).identite, read_session_cookies(numero)
    if identite is None or cookies is None or Connexion(cookies).identite != identite:
        return DEPOT_RESERVE
    return None if await asyncio.to_thread(_may_upload, identite) else DEPOT_RESERVE


def _read_address(chemin: str) -> tuple[str, str]:
    """Session and file."""
    numero, _, fichier = chemin.removeprefix(DEPOTS).partition("/")
    return numero, fichier


def _may_upload(identite: str) -> bool:
    """True if one of the roles of that person has a page where files are uploaded."""
    with connect(current_url()) as base:
        roles = list_roles(rights_of(base, identite))
    return any(is_allowed(role, *geste) for role in roles for geste in GESTES)
