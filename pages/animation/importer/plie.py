"""« Autre logiciel »: whose export it is, be it a PLIE that nobody has loaded yet."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.acces.session import current_rights
from components.cadre.base import connect, current_url
from components.cadre.chiffres import programmes
from components.messages.texte import plain
from data_access.colonnes import LONGUEUR_CODE
from data_access.profils.depot import list_profils
from sections.lecture import short_name

PAS_ENCORE_CHARGE = ""
_LIBELLE = "Un PLIE pas encore chargé…"
_NOM_MAX = 120


@dataclass(frozen=True)
class PlieDeLExport:
    """The PLIE chosen. `nom` is what was typed for a PLIE that is not loaded yet, else empty."""

    code: str
    nom: str = ""

    @property
    def is_new(self) -> bool:
        """True for a PLIE of which nothing is loaded."""
        return bool(self.nom)


def choose_plie_of_export(place: Any) -> PlieDeLExport | None:
    """One of the PLIE of the person, or a code and a name; None while they are not both given."""
    charges = {p.code_plie: short_name(p.nom) for p in programmes().plie}
    attendus = list_expected(set(charges))
    libelles = charges | {code: f"{code} (pas encore chargé)" for code in attendus}
    options = [*libelles] if current_rights().plie is not None else [*libelles, PAS_ENCORE_CHARGE]
    if not options:
        st.info(
            "Aucun PLIE ne peut être choisi : aucun n’est chargé, et vos droits n’en nomment aucun. Rien n’est lu. "
            "Demandez à l’administration un droit sur ce PLIE.",
            icon=":material/search_off:",
        )
        return None
    choisi: str = place.selectbox(
        "PLIE de cet export", options, format_func=lambda code: libelles.get(code, _LIBELLE), key="extrait_plie"
    )
    return PlieDeLExport(choisi) if choisi in charges else _ask_new(choisi, charges)


def list_expected(charges: set[str]) -> list[str]:
    """Codes of PLIE without any data: those the rights name, else those that have a profile already."""
    permis = current_rights().plie
    if permis is not None:
        return sorted(set(permis) - charges)
    with connect(current_url()) as base:
        return sorted({profil.code_plie for profil in list_profils(base)} - charges)


def _ask_new(code_connu: str, charges: dict[str, str]) -> PlieDeLExport | None:
    gauche, droite = st.columns(2)
    if code_connu == PAS_ENCORE_CHARGE:
        code = gauche.text_input(
            "Code du PLIE",
            key="extrait_code",
            max_chars=LONGUEUR_CODE,
            help="Court et sans accent, par exemple « AGENAIS ». Il ne change plus ensuite.",
        ).strip()
    else:
        code = code_connu
    nom = droite.text_input(
        "Nom du PLIE",
        key=f"extrait_nom_{code_connu}",
        max_chars=_NOM_MAX,
        help="Tel qu’il s’affichera, par exemple « PLIE de l’Agenais ».",
    ).strip()
    if code in charges:
        st.warning(
            plain(
                f"Le PLIE {code} est déjà chargé. Rien n’est lu sous ce code. Choisissez-le dans la liste, ou donnez "
                "un autre code."
            ),
            icon=":material/content_copy:",
        )
        return None
    if not (code and nom and code.isprintable() and nom.isprintable()):
        st.caption("Donnez le code et le nom du PLIE : le dépôt s’ouvre ensuite.")
        return None
    return PlieDeLExport(code, nom)
