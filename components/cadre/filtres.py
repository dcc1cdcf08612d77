"""The filters of the sidebar, the same on every page.

The choice lives in session_state under one key; each widget is seeded from it on every run, because
Streamlit forgets a widget when the page changes. The link is written by us, with codes.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from components.acces.registre import Ecran
from components.acces.session import current_session
from components.cadre import choix as c
from components.cadre.chiffres import RIEN_DE_PUBLIE, programmes
from components.cadre.choix import Choix, Perimetre
from components.cadre.offre import Programmes
from components.messages.etats import show_empty, show_note, stop_page
from components.messages.texte import plain
from indicators.nombres import write_short_date
from indicators.perimetre import Periode
from indicators.phrases.chiffres import count
from sections.lecture import short_name

_CHOIX = "choix"
_NOTES = "notes_de_filtres"
TOUT_LE_TERRITOIRE = "Tout le territoire"
TOUTES_LES_OPERATIONS = "Toutes les opérations"
_TYPES = {"epci": "intercommunalité", "commune": "commune", "quartier": "quartier", "qpv": "quartier prioritaire"}


def choose_perimetre(ecran: Ecran) -> Perimetre:
    """Draws the filters, writes the link, and returns the perimeter chosen. Stops the page when there is none."""
    offre = programmes()
    choix = show_filters(ecran)
    if not choix.plie:
        st.title(ecran.titre, anchor=False)
        if offre.plie:
            show_empty("Aucun PLIE n’est choisi.", "Choisissez-en au moins un dans le menu de gauche. [FIL-003]")
        else:
            _show_nothing_to_read()
        stop_page()
    return c.build_perimetre(choix, offre)


def _show_nothing_to_read() -> None:
    """No PLIE at all: nothing published, nothing loaded of what one may read, or nothing loaded."""
    session = current_session()
    if session.reads_published:
        show_note(RIEN_DE_PUBLIE)
    elif session.droits.plie is not None:
        show_empty(
            "Rien de ce que vos droits ouvrent n’est dans les données : PLIE, territoire ou opérations.",
            "Demandez à l’équipe d’animation si un classeur reste à importer, à l’administration si vos droits sont à "
            "jour. [FIL-005]",
        )
    else:
        show_empty("Aucun PLIE n’est chargé.", "Importez un classeur. [FIL-001]")


def show_filters(ecran: Ecran) -> Choix:
    """Draws the filters and writes the link; nothing is drawn, nor kept, while there is nothing to choose from."""
    offre = programmes()
    if not offre.plie:
        return c.default_choix(offre)
    choix = current_choix(offre)
    with st.sidebar:
        _draw(choix, offre, ecran)
    write_link(choix)
    return choix


def show_ignored() -> None:
    """Says, once, what the link or the last change asked for that does not exist here."""
    if ignores := st.session_state.pop(_NOTES, ()):
        show_note(f"Le lien ou le filtre demandait {', '.join(ignores)} : c’est ignoré. [FIL-002]")


def current_choix(offre: Programmes) -> Choix:
    """The choice of the session; at the first run, the one of the link. Checked at each run: rights may change."""
    if _CHOIX not in st.session_state:
        parametres = {nom: st.query_params.get_all(nom) for nom in st.query_params}
        st.session_state[_CHOIX], st.session_state[_NOTES] = c.read_choix(parametres, offre)
        return st.session_state[_CHOIX]
    valide, ignores = c.keep_valid(st.session_state[_CHOIX], offre)
    if valide != st.session_state[_CHOIX]:
        st.session_state[_CHOIX], st.session_state[_NOTES] = valide, ignores
    return valide


def change_choix(**valeurs: Any) -> None:
    """Changes part of the choice; what the new PLIE do not have is dropped and said."""
    offre = programmes()
    nouveau = replace(current_choix(offre), **valeurs)
    st.session_state[_CHOIX], st.session_state[_NOTES] = c.keep_valid(nouveau, offre)


def filter_on(filtre: str, code: str) -> None:
    """Restricts every page to that operation or territory and draws again: the answer to a click on its bar."""
    change_choix(**{filtre: code})
    st.rerun()


def write_link(choix: Choix) -> None:
    """Puts the choice in the address of the page, so that it can be shared."""
    parametres = c.as_parametres(choix)
    if {nom: st.query_params.get_all(nom) for nom in st.query_params} != parametres:
        st.query_params.from_dict(parametres)


def link_parametres() -> dict[str, list[str]]:
    """The current choice as the query string of a link to another page."""
    return c.as_parametres(current_choix(programmes()))


def _draw(choix: Choix, offre: Programmes, ecran: Ecran) -> None:
    st.markdown("**Périmètre**")
    noms = {p.code_plie: short_name(p.nom) for p in offre.plie}
    _widget(
        "plie",
        list(choix.plie),
        ecran,
        lambda **k: st.multiselect(
            "PLIE", list(noms), format_func=noms.__getitem__, placeholder="Choisir un PLIE", select_all=False, **k
        ),
    )
    if offre.sans_publication:
        st.caption(f"{count(offre.sans_publication, 'PLIE', 'PLIE')} de vos droits sans chiffres publiés")
    _draw_groups(choix, offre, ecran)
    # An empty text, not None, stands for « all »: Streamlit would print None as « Choose an option ».
    zones = {} if offre.needs_territory(choix.plie) else {"": TOUT_LE_TERRITOIRE}
    zones |= {z.code_territoire: f"{z.nom} ({_TYPES.get(z.type, z.type)})" for z in c.territoires_of(choix, offre)}
    _select("territoire", "Territoire", zones, choix.territoire or "", ecran)
    operations = {} if offre.needs_operation(choix.plie) else {"": TOUTES_LES_OPERATIONS}
    operations |= {o.code_operation: f"{o.code_operation} · {o.intitule}" for o in c.operations_of(choix, offre)}
    _select("operation", "Opération", operations, choix.operation or "", ecran)
    _select("periode", "Période", c.periodes_of(choix, offre), choix.periode, ecran)
    if choix.plie:
        periode = c.resolve_periode(choix, c.plie_of(choix, offre))
        if choix.periode == c.LIBRE:
            _draw_dates(periode, offre, ecran)
        else:
            st.caption(f"du {write_short_date(periode.du)} au {write_short_date(periode.au)}")
    st.button("Réinitialiser les filtres", icon=":material/restart_alt:", on_click=_reset, width="stretch")


def _select(nom: str, libelle: str, options: dict[str, str], valeur: str, ecran: Ecran) -> None:
    _widget(nom, valeur, ecran, lambda **k: st.selectbox(libelle, list(options), format_func=options.__getitem__, **k))


def _widget(nom: str, valeur: Any, ecran: Ecran, draw: Callable[..., Any]) -> None:
    raison = ecran.sans_effet.get(nom)
    st.session_state[f"w_{nom}"] = valeur
    draw(key=f"w_{nom}", on_change=_take, args=(nom,), disabled=raison is not None)
    if raison:
        st.caption(f"Sans effet ici : {raison}")


def _take(nom: str) -> None:
    valeur = st.session_state[f"w_{nom}"]
    change_choix(**{nom: tuple(valeur) if nom == "plie" else valeur or None})


def _draw_groups(choix: Choix, offre: Programmes, ecran: Ecran) -> None:
    """One button for each body that runs several PLIE, and one for all; a PLIE open in part is read alone."""
    if len(offre.plie) == 1 or offre.limites:
        return
    groupes: dict[str, list[str]] = {}
    for plie in offre.plie:
        if plie.organisme_intermediaire:
            groupes.setdefault(plie.organisme_intermediaire, []).append(plie.code_plie)
    groupes = {f"{nom} : {len(codes)} PLIE": codes for nom, codes in groupes.items() if len(codes) > 1}
    groupes[f"Tous : {len(offre.plie)} PLIE"] = [p.code_plie for p in offre.plie]
    with st.container(horizontal=True, gap="small"):
        for nom, codes in groupes.items():
            st.button(
                plain(nom),
                key=f"w_groupe_{nom}",
                on_click=change_choix,
                kwargs={"plie": tuple(codes)},
                disabled="plie" in ecran.sans_effet or set(codes) == set(choix.plie),
            )


def _draw_dates(periode: Periode, offre: Programmes, ecran: Ecran) -> None:
    dernier = c.last_day_offered(offre)
    for nom, libelle, jour in (("du", "Du", periode.du), ("au", "Au", periode.au)):
        _widget(
            nom,
            min(max(jour, c.PREMIER_JOUR), dernier),
            ecran,
            lambda libelle=libelle, **k: st.date_input(
                libelle, min_value=c.PREMIER_JOUR, max_value=dernier, format="DD/MM/YYYY", **k
            ),
        )


def _reset() -> None:
    st.session_state[_CHOIX] = c.default_choix(programmes())
