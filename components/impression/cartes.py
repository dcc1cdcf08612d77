"""Figure cards: the value in large, last year, the target, where it is defined; states in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components.cadre.chiffres import chiffre, chiffre_un_an_avant
from components.cadre.filtres import link_parametres
from components.cadre.registre import list_codes
from indicators.horloges import explain_clock, name_clock
from indicators.nombres import EXPLICATIONS_DES_ETATS, write_value
from indicators.perimetre import Filtres
from indicators.phrases.chiffres import count, say_since_last_year
from indicators.publication import find_indicator
from indicators.resultats import Etat, ResultatPublie

PAGE_DES_DEFINITIONS = "definitions"
LONGUE = 9


@dataclass(frozen=True)
class Carte:
    """What one card says. `mot` = the value is a state in words, written smaller."""

    titre: str
    valeur: str
    comparaison: str = ""
    precision: str = ""
    cible: str = ""
    definition: str = ""
    mot: bool = False
    etat: Etat = Etat.EXACT


def make_carte(code: str, filtres: Filtres, titre: str = "", precision: str = "", cible: str = "") -> Carte:
    """The card of an indicator over these filters, compared with the same period of the year before.

    Inside an operation it says whose clock it follows, whatever `titre`.
    """
    titre, precision = name_clock(code, titre, filtres), explain_clock(code, precision, filtres)
    return carte_of(chiffre(code, filtres), chiffre_un_an_avant(code, filtres), titre, precision, cible)


def carte_of(
    resultat: ResultatPublie, avant: ResultatPublie | None, titre: str = "", precision: str = "", cible: str = ""
) -> Carte:
    """The card of a published figure; what its state explains comes before `precision`."""
    cellule = resultat.cellule
    sans_valeur = cellule.valeur is None
    return Carte(
        titre=titre or resultat.libelle,
        valeur=write_value(cellule, resultat.unite),
        comparaison="" if sans_valeur or avant is None else say_since_last_year(resultat, avant),
        precision=_explain(resultat) or precision,
        cible=cible,
        definition=resultat.indicateur,
        mot=sans_valeur,
        etat=cellule.etat,
    )


def _explain(resultat: ResultatPublie) -> str:
    """Why there is no value, or how many PLIE lack the source of a value that covers several."""
    if resultat.cellule.motif:
        return f"{resultat.cellule.motif} Ce n’est pas un zéro."
    # What a rate leaves out for want of rules is said by its own card, exits and PLIE.
    if resultat.plie_sans_source and resultat.cellule.valeur is not None and not _leaves_out(resultat):
        return f"sans {count(len(resultat.plie_sans_source), 'PLIE', 'PLIE')} qui n’en ont pas la source"
    return EXPLICATIONS_DES_ETATS.get(resultat.cellule.etat, "")


def _leaves_out(resultat: ResultatPublie) -> bool:
    return find_indicator(resultat.indicateur).exclues is not None


def show_cartes(cartes: Iterable[Carte], complements: Iterable[Carte] = ()) -> None:
    """The cards in one row that folds on a narrow screen, nothing cut.

    Those of `complements` that nothing is known of are named in one line instead.
    """
    lien, complements = _definitions_link(), tuple(complements)
    montrees = (*cartes, *(c for c in complements if c.etat not in _MUETS))
    st.html(f'<ul class="cartes">{"".join(_as_html(carte, lien) for carte in montrees)}</ul>')
    if muettes := write_silent(complements):
        st.caption(muettes)


_MUETS = {Etat.NON_DOCUMENTE: "Non documenté, ce n’est pas zéro", Etat.SANS_OBJET: "Sans objet sur ce périmètre"}


def write_silent(cartes: Iterable[Carte]) -> str:
    """« Non documenté, ce n’est pas zéro : heures d’étapes, étapes justifiées. »; nothing where all have a value."""
    noms: dict[Etat, list[str]] = {}
    for carte in cartes:
        noms.setdefault(carte.etat, []).append(carte.titre[:1].lower() + carte.titre[1:])
    return " ".join(f"{mots} : {', '.join(noms[etat])}." for etat, mots in _MUETS.items() if etat in noms)


def _as_html(carte: Carte, lien: str) -> str:
    lignes = [
        f'<span class="titre">{escape(carte.titre)}</span>',
        f'<strong class="{_class_of(carte)}">{escape(carte.valeur)}</strong>',
        *(f"<span>{escape(texte)}</span>" for texte in (carte.comparaison, carte.precision) if texte),
    ]
    if carte.cible:
        lignes.append(f'<span class="cible">{escape(carte.cible)}</span>')
    if lien and carte.definition:
        nom = escape(f"Définition : {carte.titre}", quote=True)
        lignes.append(f'<a href="{lien}#{carte.definition}" target="_self" aria-label="{nom}">Définition</a>')
    return f"<li>{''.join(lignes)}</li>"


def _class_of(carte: Carte) -> str:
    """A word, or a number too long for its card, is written smaller."""
    if carte.mot:
        return "mot"
    return "valeur longue" if len(carte.valeur) > LONGUE else "valeur"


def _definitions_link() -> str:
    """Relative link to the definitions that keeps the filters; empty while there is no such page."""
    if PAGE_DES_DEFINITIONS not in list_codes():
        return ""
    return escape(f"{PAGE_DES_DEFINITIONS}?{urlencode(link_parametres(), doseq=True)}", quote=True)
