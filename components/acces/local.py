"""Local mode: is this request really from the person in front of this computer?

No sign-in is configured then, so whoever is let in reads everything. That the server listens on the loopback is not
a proof: a relay on the same machine (nginx, a tunnel, an editor) brings others to it, and a page of another site may
point its own name at 127.0.0.1. Address, name and origin of the request must all say « this computer ».
"""

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

NOMS_LOCAUX = ("localhost", "127.0.0.1", "::1")
EN_TETES_DE_RELAIS = (
    *("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-server", "x-real-ip"),
    *("forwarded", "via", "cf-connecting-ip", "true-client-ip"),
)


def is_local_request(ecoute: str | None, client: str | None, en_tetes: Mapping[str, str]) -> bool:
    """True when the server listens here only, the client is here, and nothing says that it relays somebody else.

    `ecoute`: `server.address`. `client`: address of the other end, None when Streamlit knows it to be the loopback.
    `en_tetes`: names in any case. Whatever cannot be read is not local.
    """
    recus = {nom.lower(): valeur for nom, valeur in en_tetes.items()}
    return (
        ecoute in NOMS_LOCAUX
        and (client is None or is_loopback(client))
        and not any(nom in recus for nom in EN_TETES_DE_RELAIS)
        and _names_this_computer("//" + recus.get("host", "localhost"))
        and _names_this_computer(recus.get("origin", "//localhost"))
    )


def is_loopback(adresse: str) -> bool:
    """True for 127.0.0.0/8 and ::1, also written as an IPv6 address."""
    try:
        lue = ip_address(adresse)
    except ValueError:
        return False
    if isinstance(lue, IPv6Address) and lue.ipv4_mapped is not None:
        return lue.ipv4_mapped.is_loopback
    return lue.is_loopback


def _names_this_computer(url: str) -> bool:
    try:
        nom = urlsplit(url).hostname
    except ValueError:
        return False
    return nom is not None and (nom in NOMS_LOCAUX or is_loopback(nom))
