"""Who is in front of the screen: signed in, in local mode, or nobody.

In local mode no sign-in is configured, so whoever is let in reads everything. That the server listens on the loopback
is not a proof: a relay on the same machine (nginx, a tunnel, an editor) brings others to it, and a page of another site
may point its own name at 127.0.0.1. Address, name and origin of the request must all say « this computer ».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from data_access.droits import read_identity

NOMS_LOCAUX = ("localhost", "127.0.0.1", "::1")
EN_TETES_DE_RELAIS = (
    *("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-server", "x-real-ip"),
    *("forwarded", "via", "cf-connecting-ip", "true-client-ip"),
)


class Venue(StrEnum):
    """How the person came."""

    LOCAL = "local"
    FERME = "ferme"
    ANONYME = "anonyme"
    ADRESSE_REFUSEE = "adresse_refusee"
    CONNECTE = "connecte"


@dataclass(frozen=True)
class Visiteur:
    """`identite` is filled for `CONNECTE` only; `arrivee`: when the provider let the person in (seconds, UTC)."""

    venue: Venue
    identite: str = ""
    arrivee: float = 0.0


def is_local() -> bool:
    """True when the request comes from this computer and the server listens to no other."""
    client = st.context.ip_address
    return is_local_request(
        st.get_option("server.address"),
        # Neither None nor a text: no browser at all, a test of the screens.
        client if isinstance(client, str) else None,
        dict(st.context.headers),
    )


def identify(local: bool) -> Visiteur:
    """Who it is. `local`: the request comes from this computer.

    As soon as sign-in is configured, it is asked from everybody, this computer included.
    """
    if "is_logged_in" not in st.user:
        return Visiteur(Venue.LOCAL if local else Venue.FERME)
    if st.user.is_logged_in is not True:
        return Visiteur(Venue.ANONYME)
    identite = read_address(st.user.to_dict())
    if identite is None:
        return Visiteur(Venue.ADRESSE_REFUSEE)
    iat = st.user.to_dict().get("iat")
    arrivee = float(iat) if isinstance(iat, (int, float)) and not isinstance(iat, bool) else 0.0
    return Visiteur(Venue.CONNECTE, identite, arrivee)


def read_address(revendications: dict[str, Any]) -> str | None:
    """The address that the provider vouches for, None when it gives none or says that it is not verified."""
    adresse = revendications.get("email")
    # Some providers write the booleans of OpenID Connect as text.
    if not isinstance(adresse, str) or str(revendications.get("email_verified", True)).lower() != "true":
        return None
    return read_identity(adresse)


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
