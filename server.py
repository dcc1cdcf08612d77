"""The dashboard as a server: `streamlit run server.py`. app.py stays runnable by itself.

Around app.py: the page says that it is French, security headers, a French sentence instead of a
traceback, and a first visitor who comes by a deep link is not told « Page not found ».
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from components.messages import show_failure

# Private, and tested: until a session has run st.navigation, Streamlit believes that pages/ is its own
# folder of pages and greets a deep link with an English dialog.
PagesManager.uses_pages_directory = False

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

EN_TETES = (
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class PageFrancaise:
    """Marks the page as French (WCAG 3.1.1) and adds the security headers to every answer."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """One request. Only the html page is held back, to change its first tag and its length."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if "." not in scope["path"].rsplit("/", 1)[-1]:
            # The html page is asked for uncompressed, so that its first tag can be read.
            entetes = [paire for paire in scope["headers"] if paire[0] != b"accept-encoding"]
            scope = {**scope, "headers": entetes}
        await self.app(scope, receive, _Reponse(send))


class _Reponse:
    """The answer on its way out."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.debut: Message | None = None
        self.corps = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *EN_TETES]
            if _is_html(message["headers"]):
                self.debut = message
                return
        elif self.debut is not None:
            self.corps += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self.debut)
            return
        await self.send(message)

    async def _send_page(self, debut: Message) -> None:
        page = self.corps.replace(b'<html lang="en"', b'<html lang="fr"', 1)
        entetes = [paire for paire in debut["headers"] if paire[0].lower() != b"content-length"]
        debut["headers"] = [*entetes, (b"content-length", str(len(page)).encode())]
        await self.send(debut)
        await self.send({"type": "http.response.body", "body": page})


def _is_html(entetes: list[tuple[bytes, bytes]]) -> bool:
    return any(nom.lower() == b"content-type" and valeur.startswith(b"text/html") for nom, valeur in entetes)


def say_it_in_french(erreur: Exception) -> bool:
    """A failure outside every guard: a French sentence with a code, never a traceback."""
    show_failure(erreur)
    return True


app = st.App("app.py", middleware=[Middleware(PageFrancaise)], on_script_error=say_it_in_french)
