"""What the server adds to an answer: security headers, flags of cookies, a page that says that it is French."""

import base64
import hashlib
import re
from collections.abc import Iterable

from components.cadre.page import SCRIPT

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
