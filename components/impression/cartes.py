"""Figure cards: the value in large, last year, the target, where it is defined; states in words."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components.acces.registre import list_codes
from components.cadre.filtres import link_parametres
from sections.contenu import Chiffre

PAGE_DES_DEFINITIONS = "definitions"
LONGUE = 9


def make_carte(libelle: str, texte: str, precision: str = "", cible: str = "", indicateur: str = "") -> Chiffre:
    """A card of something that no indicator counts: rows of a file, anomalies."""
    return Chiffre(indicateur, libelle, None, texte, "", precision, "", cible)


def show_chiffres(chiffres: Sequence[Chiffre]) -> None:
    """The large figures in one row that folds on a narrow screen, nothing cut."""
    if chiffres:
        lien = _definitions_link()
        st.html(f'<ul class="cartes">{"".join(_as_html(chiffre, lien) for chiffre in chiffres)}</ul>')


def _as_html(chiffre: Chiffre, lien: str) -> str:
    lignes = [
        f'<span class="titre">{escape(chiffre.libelle)}</span>',
        f'<strong class="{_class_of(chiffre)}">{escape(chiffre.texte)}</strong>',
        *(f"<span>{escape(texte)}</span>" for texte in (chiffre.evolution, chiffre.precision) if texte),
    ]
    if chiffre.cible:
        lignes.append(f'<span class="cible">{escape(chiffre.cible)}</span>')
    if lien and chiffre.unite:
        nom = escape(f"Définition : {chiffre.libelle}", quote=True)
        lignes.append(f'<a href="{lien}#{chiffre.indicateur}" target="_self" aria-label="{nom}">Définition</a>')
    return f"<li>{''.join(lignes)}</li>"


def _class_of(chiffre: Chiffre) -> str:
    """A word, or a number too long for its card, is written smaller."""
    if chiffre.en_mots:
        return "mot"
    return "valeur longue" if len(chiffre.texte) > LONGUE else "valeur"


def _definitions_link() -> str:
    """Relative link to the definitions that keeps the filters; empty while there is no such page."""
    if PAGE_DES_DEFINITIONS not in list_codes():
        return ""
    return escape(f"{PAGE_DES_DEFINITIONS}?{urlencode(link_parametres(), doseq=True)}", quote=True)
