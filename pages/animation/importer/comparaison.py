"""« Ce qui a changé » between any two versions: how many rows by sheet, then row by row."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components.acces.base import connect
from components.acces.journal import note_once
from components.acces.session import current_rights, require_plie
from components.messages.texte import print_table, write_moment
from data_access.historique.chargements import Version
from data_access.historique.comparaison import (
    AJOUT,
    MODIFICATION,
    RETRAIT,
    Changement,
    Ecart,
    compare_versions,
    list_changes,
)
from data_access.journal.acces import Action
from indicators.nombres import write_integer, write_number, write_short_date
from pages.animation.importer.historique import choose_plie, read_versions

AVANT_TOUT = "Avant le premier chargement"
LIGNES_PAR_PAGE = 200
GENRES = {AJOUT: "ajoutée", MODIFICATION: "modifiée", RETRAIT: "retirée"}
VIDE = "vide"


def show_comparaison() -> None:
    """Two versions to choose, the sheets that differ, the rows of one sheet."""
    versions = {v.numero: v for v in read_versions()}
    if not versions:
        st.info("Aucun chargement n’est enregistré : il n’y a rien à comparer.", icon=":material/search_off:")
        return
    code_plie, de, a = _choose(versions)
    codes = [] if code_plie is None else [code_plie]
    require_plie(codes)
    with connect() as base:
        ecarts = compare_versions(base, de, a, code_plie)
    if not ecarts:
        st.info("Aucune ligne ne diffère entre ces deux versions.", icon=":material/done_all:")
        return
    print_table(
        [
            {
                "Feuille": nom,
                "Lignes ajoutées": write_integer(ecart.ajoutes),
                "Lignes modifiées": write_integer(ecart.modifies),
                "Lignes retirées": write_integer(ecart.retires),
            }
            for nom, ecart in ecarts.items()
        ]
    )
    st.markdown("#### Ligne à ligne")
    changements = _read_page(ecarts, de, a, code_plie)
    note_once(Action.LISTE_VUE, codes, "changements")
    st.caption("Réservé à l’équipe d’animation : les numéros de participants et de parcours y figurent.")
    lignes = [(c.code_plie, write_key(c), GENRES[c.genre], write_change(c)) for c in changements]
    table = pd.DataFrame(lignes, columns=["PLIE", "Ligne", "Elle est", "Ce qui change"])
    st.dataframe(table, hide_index=True, key="comparaison_lignes")


def _choose(versions: dict[int, Version]) -> tuple[str | None, int, int]:
    gauche, milieu, droite = st.columns(3)
    with gauche:
        code_plie = choose_plie("comparaison_plie", tous=current_rights().plie is None)
    noms = {v.numero: f"{v.numero} · {write_moment(v.moment)} · {v.classeur}" for v in versions.values()}
    noms[0] = AVANT_TOUT
    # Two versions at least are offered: the first one and what was before it.
    de = milieu.selectbox("De la version", list(noms), index=1, format_func=noms.__getitem__, key="de")
    a = droite.selectbox("À la version", list(noms), index=0, format_func=noms.__getitem__, key="a")
    return code_plie, de, a


def _read_page(ecarts: dict[str, Ecart], de: int, a: int, code_plie: str | None) -> list[Changement]:
    """The rows of one sheet, a page of them."""
    gauche, droite = st.columns([3, 1])
    nom = gauche.selectbox("Feuille", list(ecarts), key="comparaison_feuille")
    total = ecarts[nom].ajoutes + ecarts[nom].modifies + ecarts[nom].retires
    pages = (total - 1) // LIGNES_PAR_PAGE + 1
    page = droite.number_input(f"Page (sur {write_integer(pages)})", 1, pages, key=f"page_{nom}_{de}_{a}_{code_plie}")
    with connect() as base:
        return list_changes(base, de, a, nom, code_plie, (page - 1) * LIGNES_PAR_PAGE, LIGNES_PAR_PAGE)


def write_key(changement: Changement) -> str:
    """« id_parcours P12 »; the whole row in a sheet without key."""
    cle = changement.cle or changement.apres or changement.avant or {}
    return _write_cells(cle, " ", ", ") or changement.code_plie


def write_change(changement: Changement) -> str:
    """« prescripteur : vide → Mission locale »; for a row added or removed, what it holds besides its key."""
    if changement.genre == MODIFICATION:
        paires = changement.colonnes.items()
        return " ; ".join(f"{nom} : {write_cell(avant)} → {write_cell(apres)}" for nom, (avant, apres) in paires)
    ligne = changement.apres or changement.avant or {}
    autres = {nom: valeur for nom, valeur in ligne.items() if nom not in changement.cle} if changement.cle else {}
    return _write_cells(autres, " : ", " ; ")


def _write_cells(ligne: dict[str, Any], lien: str, separateur: str) -> str:
    """What is filled, without the code of the PLIE."""
    remplies = {nom: valeur for nom, valeur in ligne.items() if valeur is not None and nom != "code_plie"}
    return separateur.join(f"{nom}{lien}{write_cell(valeur)}" for nom, valeur in remplies.items())


def write_cell(valeur: Any) -> str:
    """A value of the journal as it is read: oui/non, 30/09/2021, 12,5, « vide »."""
    if valeur is None or valeur == "":
        return VIDE
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, (int, float)):
        return write_number(valeur)
    try:
        return write_short_date(date.fromisoformat(valeur)) if len(valeur) == 10 else valeur
    except ValueError:
        return str(valeur)
