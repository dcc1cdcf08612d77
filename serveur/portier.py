"""The door: refuses what is not served or not to be served to this reader, and dresses the rest."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import HTTPConnection

from components.messages.etats import log_failure
from components.streamlit_interne import forget_gone_sessions, resume_delay
from serveur import garde
from serveur.demandes import COUPURE, Receive, ask_whole, bound_error, forget_cookie, keep_served
from serveur.fichiers import book_room, refuse_upload
from serveur.garde import Connexion
from serveur.refus import ADRESSE, PANNE
from serveur.reponse import ReponseHttp, Scope, Send

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class Portier:
    """Stands between uvicorn and Streamlit."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one websocket; the start and stop of the server go through untouched."""
        if scope["type"] == "http":
            await self._answer(scope, receive, ReponseHttp(scope, send))
        elif scope["type"] == "websocket":
            await self._open(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, reponse: ReponseHttp) -> None:
        demande, chemin = HTTPConnection(scope), reponse.chemin
        try:
            refus = (
                garde.refuse_path(chemin)
                or garde.refuse_reader(chemin, demande)
                or await garde.refuse_stranger(chemin, demande)
            )
            if refus is not None:
                await reponse.refuse(refus)
            elif chemin == garde.ACCUEIL:
                await reponse.redirect(garde.base_path() + "/", scope["query_string"])
            elif chemin.startswith(garde.DEPOTS):
                await self._take(scope, receive, reponse)
            else:
                if chemin == garde.SORTIE:
                    await Connexion(demande.cookies).end()
                await self.app(_prepare(scope, chemin), receive, reponse)
        except Exception as erreur:
            log_failure(PANNE.code, erreur)
            if not reponse.commencee:
                await reponse.refuse(PANNE)

    async def _take(self, scope: Scope, receive: Receive, reponse: ReponseHttp) -> None:
        """A file that is uploaded or removed."""
        demande = HTTPConnection(scope)
        refus = await refuse_upload(reponse.chemin, demande)
        if refus is not None:
            await reponse.refuse(refus)
        elif scope["method"] != "PUT":
            await self.app(scope, receive, reponse)
        else:
            with book_room(reponse.chemin, demande) as refus:
                if refus is not None:
                    await reponse.refuse(refus)
                else:
                    await self.app(scope, receive, reponse)

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        demande, chemin = HTTPConnection(scope), garde.read_path(scope["path"])
        refus = ADRESSE if chemin != garde.FLUX else garde.refuse_reader(chemin, demande)
        if refus is not None:
            await send({"type": "websocket.close", "code": COUPURE})
            return
        try:
            connexion = Connexion(demande.cookies)
            if await connexion.is_known_to_be_over():
                scope, connexion = forget_cookie(scope), Connexion({})
            await self.app(scope, keep_served(receive, connexion.is_known_to_be_over), send)
            if await connexion.is_known_to_be_over():
                await send({"type": "websocket.close", "code": COUPURE})
        except Exception as erreur:
            log_failure(PANNE.code, erreur)
        finally:
            asyncio.get_running_loop().call_later(resume_delay() + 1, forget_gone_sessions)


def _prepare(scope: Scope, chemin: str) -> Scope:
    """What Streamlit sees of a request."""
    if garde.is_page(chemin):
        return ask_whole(scope)
    return bound_error(scope) if chemin == garde.RETOUR else scope
