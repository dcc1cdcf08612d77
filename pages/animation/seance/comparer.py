"""Comparer deux éditions: each figure then and now, why, and for the team the rows behind each part."""

import streamlit as st

from components.acces.base import connect
from components.acces.journal import note_once
from components.cadre.choix import Perimetre
from components.messages.etats import progress_bar, show_note, show_refused
from components.messages.texte import plain, print_table
from components.seances.editions import choose_edition, read_editions, read_one
from data_access.journal.acces import Action
from data_access.refus import Refus
from indicators.nombres import MOTS_DES_ETATS, write_amount
from indicators.phrases.chiffres import count
from indicators.resultats import Etat
from pages.animation.seance.reperes import write_gap
from seances.comparaison import EXPLICATIONS, LIBELLES, Comparaison, Ecart, Part, compare_editions
from sections.contenu import Edition, Reponse

_RESULTATS = "comparaisons_d_editions"
LIGNES_MONTREES = 200
DECIMALES = 2  # parts of a mean are often less than a tenth


def show_comparer(perimetre: Perimetre) -> None:
    """The two editions, the table of causes, one figure in full."""
    code = perimetre.codes[0]
    gardees = read_editions(code)
    if len(gardees) < 2:
        show_note("Il faut deux éditions publiées pour les comparer.")
        return
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        premiere = choose_edition(gardees, "Première édition", f"comparer_a_{code}", 1)
    with droite:
        seconde = choose_edition(gardees, "Seconde édition", f"comparer_b_{code}")
    cle = (code, premiere.numero, seconde.numero)
    resultats: dict[tuple, Comparaison] = st.session_state.setdefault(_RESULTATS, {})
    if st.button("Comparer", type="primary", icon=":material/difference:"):
        ancienne, nouvelle = read_one(code, premiere.numero).edition, read_one(code, seconde.numero).edition
        if (comparaison := _compare(ancienne, nouvelle)) is not None:
            resultats[cle] = comparaison
    if cle in resultats:
        _show(code, resultats[cle])


def _compare(ancienne: Edition, nouvelle: Edition) -> Comparaison | None:
    try:
        with progress_bar("Les données d’alors sont réécrites depuis le journal…") as progres, connect() as base:
            return compare_editions(base, ancienne, nouvelle, progres)
    except Refus as refus:
        show_refused(str(refus))
        return None


def _show(code_plie: str, comparaison: Comparaison) -> None:
    st.subheader("Chaque chiffre, alors et maintenant", anchor=False)
    changes = list_changed(comparaison)
    st.markdown(write_lead(changes, len(comparaison.ecarts)))
    if not changes:
        return
    causes = list_causes(comparaison)
    print_table([_as_row(ecart, causes) for ecart in changes])
    st.caption(
        "Les parts s’ajoutent exactement à l’écart, aux arrondis de l’affichage près. « Alors » et « Maintenant » sont "
        "ce que chaque édition montre. Les parts et l’écart sont exacts, car cette page est pour l’équipe."
    )
    st.markdown("\n".join(f"- **{LIBELLES[cause]}** : {EXPLICATIONS[cause]}" for cause in causes))
    _show_one(code_plie, changes)


def list_changed(comparaison: Comparaison) -> list[Ecart]:
    """Figures that are not what they were, or that only seem so: two causes may make up for one another."""
    return [
        ecart
        for ecart in comparaison.ecarts
        if any(part.valeur for part in ecart.parts) or ecart.avant.etat != ecart.apres.etat
    ]


def write_lead(changes: list[Ecart], tous: int) -> str:
    """« 14 chiffres sur 25 ont bougé. File active : 531, puis 524 (événements nouveaux − 5, saisies tardives − 2). »"""
    if not changes:
        return "Aucun chiffre n’a changé entre ces deux éditions."
    premier = changes[0]
    avant, apres = (write_reponse(r, premier.unite) for r in (premier.avant, premier.apres))
    parts = sorted((p for p in premier.parts if p.valeur), key=lambda p: -abs(p.valeur))
    dites = ", ".join(f"{LIBELLES[p.cause].lower()} {write_gap(p.valeur, premier.unite, DECIMALES)}" for p in parts)
    verbe = "a" if len(changes) == 1 else "ont"
    suite = f" ({dites})" if dites else ""
    nombre = count(len(changes), "chiffre")
    return f"**{nombre} sur {tous} {verbe} bougé.** {premier.libelle} : {avant}, puis {apres}{suite}."


def list_causes(comparaison: Comparaison) -> list[str]:
    """The causes that move at least one figure."""
    return [c for c in LIBELLES if any(p.cause == c and p.valeur for e in comparaison.ecarts for p in e.parts)]


def _as_row(ecart: Ecart, causes: list[str]) -> dict[str, str]:
    """A figure, one column a cause that moves something."""
    parts = {part.cause: part.valeur for part in ecart.parts}
    return {
        "Chiffre": ecart.libelle,
        "Alors": write_reponse(ecart.avant, ecart.unite),
        "Maintenant": write_reponse(ecart.apres, ecart.unite),
        "Écart": "–" if ecart.total is None else write_gap(ecart.total, ecart.unite, DECIMALES),
    } | {LIBELLES[c]: write_gap(parts.get(str(c), 0.0), ecart.unite, DECIMALES) for c in causes}


def write_reponse(reponse: Reponse, unite: str) -> str:
    """The figure, or the word of its state."""
    if reponse.valeur is None:
        return MOTS_DES_ETATS.get(reponse.etat, MOTS_DES_ETATS[Etat.NON_DOCUMENTE])
    return write_amount(reponse.valeur, unite)


def _show_one(code_plie: str, changes: list[Ecart]) -> None:
    """The rows that come into a figure or leave it, cause by cause."""
    par_code = {ecart.indicateur: ecart for ecart in changes if ecart.parts}
    if not par_code:
        return
    st.subheader("Les lignes derrière un chiffre", anchor=False)
    code = st.selectbox("Chiffre", list(par_code), format_func=lambda c: par_code[c].libelle, key="comparer_chiffre")
    ecart = par_code[code]
    for part in ecart.parts:
        if part.valeur or part.entrent or part.sortent:
            titre = (
                f"**{LIBELLES[part.cause]}** : {write_gap(part.valeur, ecart.unite, DECIMALES)} ({_write_moves(part)})"
            )
            with st.expander(titre, key=f"comparer_{code}_{part.cause}", on_change="rerun") as pli:
                if pli.open:
                    note_once(Action.LISTE_VUE, (code_plie,), "comparaison", code)
                    _show_rows(part)


def _write_moves(part: Part) -> str:
    if not part.entrent and not part.sortent:
        return "aucune ligne n’entre ni ne sort"
    entrent, sortent = count(len(part.entrent), "ligne entre", "lignes entrent"), len(part.sortent)
    return f"{entrent}, {sortent} en {'sort' if sortent < 2 else 'sortent'}"


def _show_rows(part: Part) -> None:
    if not part.entrent and not part.sortent:
        st.markdown("Les mêmes lignes sont comptées : c’est leur valeur qui a changé.")
    for verbe, numeros in (("Entrent", part.entrent), ("Sortent", part.sortent)):
        if numeros:
            montres = plain(", ".join(numeros[:LIGNES_MONTREES]))
            reste = len(numeros) - LIGNES_MONTREES
            st.markdown(f"**{verbe}** : {montres}{f' et {reste} autres' if reste > 0 else ''}")
