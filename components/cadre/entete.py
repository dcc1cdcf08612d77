"""The first lines of every page: its name, the question it answers, the perimeter of its figures."""

import streamlit as st

from components.acces.session import Session, name_role
from components.cadre.chiffres import are_invented
from components.cadre.choix import Perimetre
from components.cadre.filtres import TOUT_LE_TERRITOIRE, TOUTES_LES_OPERATIONS
from components.cadre.lectures import write_rounding
from components.cadre.registre import Ecran
from components.messages.texte import plain
from data_access.droits.lignes import COMITE
from data_access.moments import day_in_france
from indicators.nombres import write_short_date

_NOMS_MONTRES = 3


def show_header(ecran: Ecran, perimetre: Perimetre | None, session: Session) -> None:
    """Title, question, and the perimeter line when the page has figures."""
    st.title(ecran.titre, anchor=False)
    st.markdown(f"*{ecran.question}*")
    if perimetre is None:
        return
    inventees = " · **données inventées**" if are_invented(perimetre.filtres.plie) else ""
    st.markdown(f"**{plain(write_perimetre(perimetre))}** · {write_reader(session)}{inventees}")
    if session.apercu and session.droits.role == COMITE:
        st.caption("Aperçu sur les chiffres du jour : le comité, lui, ne lit que les chiffres publiés.")
    if perimetre.dates_differentes:
        st.caption(write_dates(perimetre))
    if perimetre.periode.au > perimetre.date_donnees:
        st.caption(
            f"La période va au-delà des données : après le {write_short_date(perimetre.date_donnees)}, "
            "un chiffre peut être incomplet."
        )


def write_perimetre(perimetre: Perimetre) -> str:
    """« PLIE de l’Agenais · tout le territoire · toutes les opérations · du … au … · données au … »."""
    territoire = perimetre.territoire.nom if perimetre.territoire else TOUT_LE_TERRITOIRE.lower()
    periode = perimetre.periode
    return " · ".join(
        (
            write_plie(perimetre),
            territoire,
            write_operation(perimetre),
            f"du {write_short_date(periode.du)} au {write_short_date(periode.au)}",
            write_date_of_data(perimetre),
        )
    )


def write_reader(session: Session) -> str:
    """« rôle comité · effectifs arrondis à 5 près »; « rôle direction, en aperçu »."""
    role = f"rôle {name_role(session.droits)}{', en aperçu' if session.apercu else ''}"
    return f"{role} · {write_rounding()}" if session.droits.arrondit else role


def write_date_of_data(perimetre: Perimetre) -> str:
    """« données au 30/09/2021 »; for the committee « chiffres publiés le 12/10/2021, arrêtés au 30/09/2021 »."""
    au = write_short_date(perimetre.date_donnees)
    if not perimetre.publications:
        return f"données au {au}"
    jours = sorted({day_in_france(p.publie_le) for p in perimetre.publications})
    if len(jours) == 1:
        return f"chiffres publiés le {write_short_date(jours[0])}, arrêtés au {au}"
    return f"chiffres publiés du {write_short_date(jours[0])} au {write_short_date(jours[-1])}, arrêtés au {au}"


def write_operation(perimetre: Perimetre) -> str:
    """« opération A5 – Renforcer… » or « toutes les opérations »."""
    operation = perimetre.operation
    if operation is None:
        return TOUTES_LES_OPERATIONS.lower()
    return f"opération {operation.code_operation} – {operation.intitule}"


def write_plie(perimetre: Perimetre) -> str:
    """Names of the PLIE, or how many there are when the list would be long."""
    plie = perimetre.plie
    if len(plie) <= _NOMS_MONTRES:
        return ", ".join(p.nom for p in plie)
    organismes = {p.organisme_intermediaire for p in plie}
    organisme = next(iter(organismes)) if len(organismes) == 1 else None
    if organisme:
        return f"{len(plie)} PLIE {organisme}"
    return f"les {len(plie)} PLIE" if perimetre.tous else f"{len(plie)} PLIE"


def write_dates(perimetre: Perimetre) -> str:
    """Says that the PLIE do not stop on the same day."""
    dates = sorted({p.date_extraction for p in perimetre.plie})
    quoi = "chiffres publiés" if perimetre.publications else "données"
    return (
        f"Les {quoi} des PLIE choisis ne s’arrêtent pas le même jour ({', '.join(map(write_short_date, dates))}) : "
        "la plus ancienne date vaut pour tous."
    )
