"""« Conservation »: people kept past the retention of their programme, and making them anonymous, for good."""

from datetime import date

import streamlit as st

from components.acces.base import connect_while_awaited, current_engine, current_url, read_version
from components.acces.session import current_author, current_rights, require
from components.messages.etats import confirm, refused_by, show_note
from components.messages.texte import plain, print_table
from data_access.rgpd.anonymisation import Anonymisation
from data_access.rgpd.conservation import Conservation, list_retention, purge_past, read_rule
from indicators.nombres import write_integer, write_short_date
from indicators.phrases.chiffres import count

_MESSAGE, _A_ANONYMISER = "conservation_message", "conservation_a_anonymiser"


def show_conservation() -> None:
    """The rule, one line a PLIE, the PLIE to make anonymous. For the role « administration »."""
    require("droits", "anonymiser")
    if message := st.session_state.pop(_MESSAGE, ""):
        st.success(plain(message), icon=":material/check:")
    regle = ""
    with refused_by():
        regle = read_rule().in_words()
    if not regle:
        return
    st.markdown(f"**Durée de conservation :** {regle}.")
    liste = _read_retention(current_url(), read_version(), regle, date.today())
    if not liste:
        show_note("Aucune donnée sur des participants n’est enregistrée.")
        return
    print_table([_as_row(c) for c in liste])
    depassees = {c.code_plie: c for c in liste if c.depassees}
    if not depassees:
        show_note("Aucun participant n’est gardé au-delà de la durée : il n’y a rien à anonymiser.")
    elif choisi := depassees.get(st.session_state.get(_A_ANONYMISER, "")):
        _confirm(choisi)
    else:
        _choose(depassees)


@st.cache_data(max_entries=5, show_spinner="Lecture des données et de leur historique…")
def _read_retention(url: str, version: int, regle: str, aujourdhui: date) -> list[Conservation]:
    """The whole journal of imports is read: kept for as long as neither the data, the rule nor the day change."""
    with connect_while_awaited(url) as base:
        return list_retention(base, aujourdhui=aujourdhui)


def _as_row(c: Conservation) -> dict[str, str]:
    """How many people are kept, past the limit, without a limit, and the next limit."""
    prochaine = f"{write_short_date(c.echeance)} ({write_integer(c.a_l_echeance)})" if c.echeance else "–"
    return {
        "PLIE": c.nom,
        "Participants gardés": write_integer(c.personnes),
        "Au-delà de la durée": write_integer(c.depassees),
        "dont dans l’historique seul": write_integer(c.hors_tables),
        "Sans limite connue": write_integer(c.sans_limite),
        "Prochaine échéance": prochaine,
    }


def _choose(depassees: dict[str, Conservation]) -> None:
    code = st.selectbox(
        "PLIE dont les participants seront anonymisés",
        list(depassees),
        index=None,
        format_func=lambda code: f"{depassees[code].nom} ({write_integer(depassees[code].depassees)})",
        placeholder="Choisir un PLIE",
        key="conservation_plie",
    )
    if st.button("Anonymiser…", icon=":material/person_off:", disabled=code is None, key="anonymiser"):
        st.session_state[_A_ANONYMISER] = code
        st.rerun()
    st.caption("Rien n’est fait avant que vous ayez lu et confirmé.")


def _confirm(choisi: Conservation) -> None:
    """Whom, what goes, what stays."""
    qui = count(choisi.depassees, "participant")
    st.warning(
        plain(
            f"{qui} de « {choisi.nom} » : leurs numéros sont remplacés par des numéros tirés au sort, leur date de "
            "naissance et les textes libres disparaissent, dans les données comme dans l’historique. Les chiffres ne "
            "changent pas. Les sauvegardes de la base ne sont pas touchées : supprimez celles d’avant."
        ),
        icon=":material/person_off:",
    )
    compris = st.checkbox("J’ai compris : c’est définitif, aucune annulation ne le défait.", key="conservation_compris")
    cles = ("confirmer_anonymisation", "garder_participants")
    if confirm("Confirmer l’anonymisation", "Ne rien faire", cles, _forget, ouvert=compris):
        require("droits", "anonymiser")
        _forget()
        with refused_by(), st.spinner("Anonymisation en cours…"):
            bilan = purge_past(current_engine(), choisi.code_plie, current_author(), current_rights().role)
            st.session_state[_MESSAGE] = _write_outcome(choisi.nom, bilan)
            st.rerun()


def _forget() -> None:
    st.session_state.pop(_A_ANONYMISER, None)


def _write_outcome(nom: str, bilan: Anonymisation | None) -> str:
    """What was done."""
    if bilan is None:
        return f"Plus personne de « {nom} » ne dépassait la durée : rien n’a été fait."
    debut = f"« {nom} » : {count(bilan.personnes, 'participant anonymisé', 'participants anonymisés')}."
    if bilan.compacte:
        return debut
    return (
        f"{debut} La base était occupée : le fichier peut garder des octets des anciens numéros. Quand personne "
        "n’utilise le tableau de bord, lancez « python -m data_access conservation compacter »."
    )
