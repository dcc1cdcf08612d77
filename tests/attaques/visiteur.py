"""A program that comes to a real server with the cookie of somebody, or none, and speaks Streamlit's protocol."""

import http.client
import json
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from google.protobuf.text_format import MessageToString
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, ForwardMsg
from streamlit.util import calc_hash
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.sync.client import ClientConnection, connect

from tests.e2e.conftest import find_free_port

ATTENTE_S = 60
_TETE = b'--bord\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
_PIED = b"\r\n--bord--\r\n"
SECRET = "un-secret-d-essai-assez-long-pour-signer"


def write_secrets(fichier: Path) -> Path:
    """Sign-in is configured; its provider does not even have to answer."""
    fichier.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "tableau-de-bord"
client_secret = "essai"
server_metadata_url = "http://127.0.0.1:{find_free_port()}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    return fichier


def sign_in(url: str, identite: str, iat: float | None = None) -> str:
    """The cookie that the server gives to whom the provider has let in."""
    claims = {"origin": url, "is_logged_in": True, "provider": "default", "email": identite, "iat": iat or time.time()}
    return create_signed_value(SECRET, "_streamlit_user", json.dumps(claims)).decode()


@dataclass
class Visiteur:
    """Somebody at `url`; without `cookie`, nobody."""

    url: str
    cookie: str = ""
    jeton: str = field(init=False)

    def __post_init__(self) -> None:
        # Any well-formed pair passes: Streamlit compares the header with the cookie.
        statut, _, entetes = self.ask("/_stcore/health", jeton=False)
        assert statut == 200
        self.jeton = entetes["set-cookie"].split(";")[0].partition("=")[2]

    @property
    def cookies(self) -> str:
        """The header « Cookie »."""
        jetons = [f"_streamlit_xsrf={self.jeton}"] if hasattr(self, "jeton") else []
        return "; ".join(jetons + ([f"_streamlit_user={self.cookie}"] if self.cookie else []))

    def ask(
        self, chemin: str, methode: str = "GET", corps: bytes | None = None, jeton: bool = True, **entetes: str
    ) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of an answer; no redirection is followed."""
        liaison = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=ATTENTE_S)
        tous = {"Cookie": self.cookies} | ({"X-Xsrftoken": self.jeton} if jeton else {})
        tous |= {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
        try:
            liaison.request(methode, chemin, corps, tous)
            reponse = liaison.getresponse()
            return reponse.status, reponse.read().decode(errors="replace"), dict(reponse.getheaders())
        finally:
            liaison.close()

    @contextmanager
    def begin(self, adresse: str, octets: int) -> Iterator["Envoi"]:
        """A file of that size on its way to that address; it is cut at the end if it was not finished."""
        liaison = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=ATTENTE_S)
        corps = _TETE + b"x" * octets + _PIED
        liaison.putrequest("PUT", adresse)
        for nom, valeur in {
            "Cookie": self.cookies,
            "X-Xsrftoken": self.jeton,
            "Origin": self.url,
            "Content-Type": "multipart/form-data; boundary=bord",
            "Content-Length": str(len(corps)),
            # The server says whether it wants the file before it is sent.
            "Expect": "100-continue",
        }.items():
            liaison.putheader(nom, valeur)
        liaison.endheaders()
        try:
            yield Envoi(liaison, corps, liaison.sock.recv(12, socket.MSG_PEEK) == b"HTTP/1.1 100")
        finally:
            liaison.close()

    def send(self, adresse: str, octets: int = 10) -> tuple[int, str]:
        """Uploads a file of that size to that address: status and words of the answer."""
        with self.begin(adresse, octets) as envoi:
            return envoi.finish()

    @contextmanager
    def open(self) -> Iterator["Seance"]:
        """An open tab."""
        flux = self.url.replace("http", "ws") + "/_stcore/stream"
        entetes = {"Cookie": self.cookies}
        protocoles = ["streamlit", self.jeton]
        with connect(
            flux,
            origin=self.url,
            additional_headers=entetes,
            subprotocols=protocoles,
            max_size=None,  # type: ignore[arg-type]
        ) as prise:
            yield Seance(prise)


@dataclass
class Envoi:
    """A file on its way; `attendu`: the server has asked for its content."""

    liaison: http.client.HTTPConnection
    corps: bytes
    attendu: bool

    def finish(self) -> tuple[int, str]:
        """Sends the content if it is wanted: status and words of the answer."""
        if self.attendu:
            self.liaison.send(self.corps)
        # What http.client itself would have done of such an answer.
        reponse = http.client.HTTPResponse(self.liaison.sock, method="PUT")
        reponse.begin()
        return reponse.status, reponse.read().decode(errors="replace")


@dataclass
class Seance:
    """An open tab: pages are asked for, and what comes is kept."""

    prise: ClientConnection
    recus: list[ForwardMsg] = field(default_factory=list)

    def run(self, page: str = "", fuseau: str = "", depots: Sequence[FileURLs] = (), question: str = "") -> str:
        """Asks for a page, with these files in its first drop zone; everything that comes until it is done, as text.

        `question`: what follows « ? » in its address.
        """
        demande = BackMsg()
        demande.rerun_script.query_string = question
        demande.rerun_script.page_script_hash = calc_hash(page)
        demande.rerun_script.page_name = page
        demande.rerun_script.context_info.timezone = fuseau
        if depots:
            zones = (m.delta.new_element for m in self.recus if m.delta.new_element.HasField("file_uploader"))
            etat = demande.rerun_script.widget_states.widgets.add(id=next(zones).file_uploader.id)
            for depot in depots:
                fichier = {"file_id": depot.file_id, "file_urls": depot, "name": "a.xlsx"}
                etat.file_uploader_state_value.uploaded_file_info.add(**fichier)
        return self.exchange(demande, "script_finished")

    def exchange(self, demande: BackMsg, fin: str) -> str:
        """Sends a message; everything that comes until one of that type, as text."""
        self.prise.send(demande.SerializeToString())
        textes = []
        while True:
            message = ForwardMsg.FromString(self.prise.recv(ATTENTE_S))  # type: ignore[arg-type]
            self.recus.append(message)
            textes.append(MessageToString(message, as_utf8=True))
            # A page that starts again by itself is not done.
            if message.WhichOneof("type") == fin and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return "\n".join(textes)

    @property
    def numero(self) -> str:
        """The name of this session, known once a page has been asked for."""
        return next(m.new_session.initialize.session_id for m in self.recus if m.HasField("new_session"))

    def ask_addresses(self, nombre: int) -> list[str]:
        """Where to upload so many files."""
        return [adresse.upload_url for adresse in self.ask_depots(nombre)]

    def ask_depots(self, nombre: int) -> list[FileURLs]:
        """The same, as the protocol has it."""
        demande = BackMsg()
        demande.file_urls_request.request_id = "essai"
        demande.file_urls_request.file_names.extend(["a.xlsx"] * nombre)
        demande.file_urls_request.session_id = self.numero
        self.exchange(demande, "file_urls_response")
        return list(self.recus[-1].file_urls_response.file_urls)

    def ask_file(self, numero: str) -> BackendOperationResponse:
        """Clicks on a file that is prepared when it is asked for."""
        demande = BackMsg()
        demande.backend_operation_request.request_id = "essai"
        demande.backend_operation_request.session_id = self.numero
        demande.backend_operation_request.deferred_file.file_id = numero
        self.exchange(demande, "backend_operation_response")
        return self.recus[-1].backend_operation_response
