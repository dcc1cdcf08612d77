"""An answer of Streamlit on its way out: its headers are completed, its page and its errors are said in French."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import HTTPConnection

from serveur.adresses import MEDIA, SANTE, base_path, is_page, read_path
from serveur.entetes import is_html, make_french, secure_headers
from serveur.refus import ADRESSE, RefusHttp, find_refus, write_refus

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

REDIRECTION = 307
ERREUR_HTTP = 400


class Reponse:
    """Stands where the server waits for Streamlit's answer (`send` of ASGI)."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.chemin = read_path(scope["path"])
        self.accept = HTTPConnection(scope).headers.get("accept", "")
        self.https = scope["scheme"] == "https"
        self.tete = scope["method"] == "HEAD"
        self.send = send
        self.commencee = False
        self.page: Message | None = None
        self.corps = b""
        self.muette = False

    async def __call__(self, message: Message) -> None:
        """One message of Streamlit's answer."""
        if self.muette:
            return
        if message["type"] == "http.response.start":
            await self._start(message)
        elif self.page is None:
            await self.send(message)
        else:
            self.corps += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_all(self.page["status"], self.page["headers"], make_french(self.corps))

    async def refuse(self, refus: RefusHttp, statut: int | None = None) -> None:
        """Says the refusal instead of what was asked; whatever Streamlit still has to say is dropped."""
        self.muette = True
        genre, corps = write_refus(refus, self.accept, base_path() + "/")
        entetes = [(b"content-type", genre.encode()), (b"cache-control", b"no-store")]
        await self._send_all(statut or refus.statut, entetes, corps)

    async def redirect(self, adresse: str, question: bytes) -> None:
        """Sends the reader to that address with the same query string."""
        suite = b"?" + question if question else b""
        await self._send_all(REDIRECTION, [(b"location", adresse.encode() + suite)], b"")

    async def _start(self, message: Message) -> None:
        statut = message["status"]
        if statut >= ERREUR_HTTP and self.chemin != SANTE:
            await self.refuse(find_refus(statut, self.chemin), statut)
        elif not is_html(message["headers"]) or self.chemin.startswith(MEDIA):
            await self._send_start(statut, message["headers"])
        elif is_page(self.chemin):
            self.page = message
        else:
            # Streamlit gives its page for whatever it does not find.
            await self.refuse(ADRESSE)

    async def _send_all(self, statut: int, entetes: list[tuple[bytes, bytes]], corps: bytes) -> None:
        gardes = [paire for paire in entetes if paire[0].lower() not in (b"content-length", b"etag", b"last-modified")]
        await self._send_start(statut, [*gardes, (b"content-length", str(len(corps)).encode())])
        await self.send({"type": "http.response.body", "body": b"" if self.tete else corps})

    async def _send_start(self, statut: int, entetes: list[tuple[bytes, bytes]]) -> None:
        self.commencee = True
        prive = self.chemin.startswith(MEDIA)
        complets = secure_headers(entetes, self.https, prive)
        await self.send({"type": "http.response.start", "status": statut, "headers": complets})
