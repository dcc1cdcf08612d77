"""Sign-ins: who bears a good cookie, and which ones are over.

Streamlit's cookie lasts 30 days wherever a copy of it is. Who signs out has it noted: from then on, for every process
of this base, the door takes it for no cookie at all.
"""

import asyncio
import hashlib
import json
from collections.abc import Mapping

from components.acces.base import connect, current_url
from components.acces.identite import read_address
from components.messages.etats import log_failure
from components.streamlit_interne import COOKIE, read_user_cookie
from data_access.base.moteur import shared_engine
from data_access.base.schema import ensure_schema
from data_access.droits.lignes import close_connexion, is_closed
from data_access.journal.attente import write_or_wait

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
