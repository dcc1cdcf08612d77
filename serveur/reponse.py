"""An answer of Streamlit on its way out: security headers, its page and its errors said in French."""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from starlette.requests import HTTPConnection

from components.cadre.page import SCRIPT
from serveur.garde import MEDIA, SANTE, base_path, is_page, read_path
from serveur.refus import ADRESSE, RefusHttp, find_refus, write_refus

Paires = list[tuple[bytes, bytes]]

_EMPREINTE = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
# No other origin, no eval of text (Streamlit gives Vega its interpreter), no other inline script. Inline styles are how
# Streamlit and style.css dress the page. Held in a browser on every page: tests/e2e/test_serveur.py.
POLITIQUE = "; ".join(
    (
        "default-src 'self'",
        # WebAssembly: Streamlit's protocol multiplies 64-bit numbers with it. It gives a page no other script.
        f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{_EMPREINTE}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
SECURITE: Paires = [
    (b"content-security-policy", POLITIQUE.encode()),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
# One year, this host only: other sites of the organisation are not ours to bind.
HSTS = (b"strict-transport-security", b"max-age=31536000")
SANS_JAVASCRIPT = (
    "<noscript><h1>Tableau de bord PLIE</h1><p>JavaScript est désactivé dans ce navigateur : "
    "le tableau de bord ne peut pas s’afficher. Activez-le pour ce site, puis rechargez la page. [SRV-016]</p>"
    "</noscript>"
)
_INUTILES = re.compile(rb"<!--.*?-->|<script>.*?</script>|<link rel=\"service-desc\"[^>]*>", re.DOTALL)
_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)


def secure_headers(entetes: Iterable[tuple[bytes, bytes]], https: bool, prive: bool) -> Paires:
    """The headers of Streamlit's answer and ours, ours winning.

    Over https cookies travel by https only. `prive`: nobody keeps a copy (a file prepared for one person).
    """
    ajoutes = [*SECURITE, *([HSTS] if https else []), *([(b"cache-control", b"private, no-store")] if prive else [])]
    remplaces = {nom for nom, _ in ajoutes}
    gardes = [(nom.lower(), valeur) for nom, valeur in entetes if nom.lower() not in remplaces]
    if https:
        gardes = [(nom, _make_secure(valeur) if nom == b"set-cookie" else valeur) for nom, valeur in gardes]
    return [*gardes, *ajoutes]


def _make_secure(cookie: bytes) -> bytes:
    drapeaux = {morceau.strip().lower() for morceau in cookie.split(b";")[1:]}
    return cookie if b"secure" in drapeaux else cookie + b"; Secure"


def is_html(entetes: Iterable[tuple[bytes, bytes]]) -> bool:
    """True if the answer is a page."""
    return any(nom.lower() == b"content-type" and genre.startswith(b"text/html") for nom, genre in entetes)


def make_french(page: bytes) -> bytes:
    """Streamlit's page in French (WCAG 3.1.1), without inline script nor the door offered to programs."""
    page = _INUTILES.sub(b"", page)
    page = _NOSCRIPT.sub(SANS_JAVASCRIPT.encode(), page, count=1)
    page = page.replace(b'<html lang="en"', b'<html lang="fr"', 1)
    return page.replace(b"<title>Streamlit</title>", b"<title>Tableau de bord PLIE</title>", 1)


Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

REDIRECTION = 307
ERREUR_HTTP = 400


class ReponseHttp:
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
