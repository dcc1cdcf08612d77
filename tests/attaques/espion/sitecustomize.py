"""Loaded by Python at the start of a server under test: writes down the names it resolves and the addresses it calls.

Placed first in PYTHONPATH, with the file to write in `PLIE_ESPION`. An attempt is written before it is made: nothing
has to answer, or even to exist.
"""

import os
import sys

_APPELS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.connect", "socket.sendto"}
_ICI = ("127.0.0.1", "localhost", "::1", "0.0.0.0")


def _note(evenement: str, arguments: tuple) -> None:
    if evenement not in _APPELS:
        return
    # What is asked for is the first argument; for connect and sendto it follows the socket.
    cible = arguments[0] if evenement.startswith("socket.get") else arguments[1]
    hote = cible[0] if isinstance(cible, tuple) else cible
    if isinstance(hote, bytes):
        hote = hote.decode(errors="replace")
    if hote and hote not in _ICI and not str(hote).startswith("/"):
        with open(os.environ["PLIE_ESPION"], "a", encoding="utf-8") as carnet:
            carnet.write(f"{evenement} {hote}\n")


sys.addaudithook(_note)
