"""The dashboard as a server: `streamlit run server.py`. app.py stays runnable by itself.

In front of app.py: only known addresses are answered, with security headers, in French, never with a traceback.
"""

from collections.abc import Awaitable, Callable

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from streamlit.runtime.pages_manager import PagesManager

from components.messages import log_failure, show_failure
from components.serveur_acces import ACCUEIL, FLUX, base_path, is_page, read_path, refuse_path, refuse_reader
from components.serveur_fichiers import hide_file_names, refuse_files_in_french
from components.serveur_journal import keep_values_out_of_logs
from components.serveur_messages import Receive, keep_served
from components.serveur_refus import ADRESSE, PANNE
from components.serveur_reponse import Reponse, Scope, Send

# Private, and tested: until a session has run st.navigation, Streamlit believes that pages/ is its own
# folder of pages and greets a deep link with an English dialog.
PagesManager.uses_pages_directory = False

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

POLITIQUE_VIOLEE = 1008
# A page is asked for whole, uncompressed and never from a cache, so that it can be read.
NEGOCIATION = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")

hide_file_names()
refuse_files_in_french()
keep_values_out_of_logs()


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


def say_it_in_french(erreur: Exception) -> bool:
    """A failure outside every guard: a French sentence with a code, never a traceback."""
    show_failure(erreur)
    return True


app = st.App("app.py", middleware=[Middleware(Portier)], on_script_error=say_it_in_french)
