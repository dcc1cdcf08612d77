"""Who is in front of the screen: signed in, in local mode, or nobody."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import streamlit as st

from components.acces.local import is_local_request
from data_access.droits.lignes import read_identity


class Etat(StrEnum):
    """How the person came."""

    LOCAL = "local"
    FERME = "ferme"
    ANONYME = "anonyme"
    ADRESSE_REFUSEE = "adresse_refusee"
    CONNECTE = "connecte"


@dataclass(frozen=True)
class Visiteur:
    """`identite` is filled for `CONNECTE` only; `arrivee`: when the provider let the person in (seconds, UTC)."""

    etat: Etat
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
        return Visiteur(Etat.LOCAL if local else Etat.FERME)
    if st.user.is_logged_in is not True:
        return Visiteur(Etat.ANONYME)
    identite = read_address(st.user.to_dict())
    if identite is None:
        return Visiteur(Etat.ADRESSE_REFUSEE)
    return Visiteur(Etat.CONNECTE, identite, _read_moment(st.user.to_dict().get("iat")))


def read_address(revendications: dict[str, Any]) -> str | None:
    """The address that the provider vouches for, None when it gives none or says that it is not verified."""
    adresse = revendications.get("email")
    # Some providers write the booleans of OpenID Connect as text.
    if not isinstance(adresse, str) or str(revendications.get("email_verified", True)).lower() != "true":
        return None
    return read_identity(adresse)


def _read_moment(iat: Any) -> float:
    return float(iat) if isinstance(iat, (int, float)) and not isinstance(iat, bool) else 0.0
