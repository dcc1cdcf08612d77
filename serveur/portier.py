"""The door: refuses what is not served or not to be served to this reader, and dresses the rest."""

from collections.abc import Awaitable, Callable

from starlette.requests import HTTPConnection

from components.messages import log_failure
from serveur.adresses import ACCUEIL, FLUX, base_path, is_page, read_path, refuse_path, refuse_reader
from serveur.messages import Receive, keep_served
from serveur.refus import ADRESSE, PANNE
from serveur.reponse import Reponse, Scope, Send

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

POLITIQUE_VIOLEE = 1008
# A page is asked for whole, uncompressed and never from a cache, so that it can be read.
NEGOCIATION = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")


class Portier:
    """The door: refuses what is not served or not to be served to this reader, and dresses the rest."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one websocket; the start and stop of the server go through untouched."""
        if scope["type"] == "http":
            await self._answer(scope, receive, Reponse(scope, send))
        elif scope["type"] == "websocket":
            await self._open(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, reponse: Reponse) -> None:
        try:
            refus = refuse_path(reponse.chemin) or refuse_reader(reponse.chemin, HTTPConnection(scope))
            if refus is not None:
                await reponse.refuse(refus)
                return
            if reponse.chemin == ACCUEIL:
                await reponse.redirect(base_path() + "/", scope["query_string"])
                return
            if is_page(reponse.chemin):
                scope = {**scope, "headers": [paire for paire in scope["headers"] if paire[0] not in NEGOCIATION]}
            await self.app(scope, receive, reponse)
        except Exception as erreur:
            log_failure(PANNE.code, erreur)
            if not reponse.commencee:
                await reponse.refuse(PANNE)

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        chemin = read_path(scope["path"])
        try:
            refus = ADRESSE if chemin != FLUX else refuse_reader(chemin, HTTPConnection(scope))
            if refus is not None:
                await send({"type": "websocket.close", "code": POLITIQUE_VIOLEE})
                return
            await self.app(scope, keep_served(receive), send)
        except Exception as erreur:
            log_failure(PANNE.code, erreur)
