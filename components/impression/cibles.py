"""Targets on screen: each with its words, and its bullet drawn on its own scale."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.palette import NEUTRE, PAR_STATUT
from components.messages.texte import plain
from indicators.objectifs import Statut
from indicators.statuts import MOTS_DES_STATUTS
from sections.contenu import Cible, Groupe

_STYLE = Path(__file__).with_name("objectifs.css")
MARGE = 1.08
ICONES: dict[str, str] = {
    Statut.ATTEINT: "✓",
    Statut.EN_AVANCE: "▲",
    Statut.DANS_LE_RYTHME: "●",
    Statut.PROCHE: "◆",
    Statut.EN_RETARD: "▼",
    Statut.EN_DESSOUS: "▽",
    Statut.DEPASSE: "!",
    Statut.NON_ATTEINT: "✕",
    Statut.SANS_DONNEE: "?",
    Statut.NON_PARAMETRE: "–",
}
_SIGNES = (
    ("realise", "réalisé"),
    ("but", "objectif"),
    ("attendu", "attendu à ce jour"),
    ("fourchette", "fourchette visée"),
    ("interdit", "au-delà du maximum"),
)


def name_status(statut: str) -> str:
    """« ▼ en retard »."""
    return f"{ICONES[statut]} {MOTS_DES_STATUTS[Statut(statut)]}"


def show_signs() -> None:
    """The style of the bullets, and what their marks mean."""
    st.html(_STYLE)
    signes = "".join(f'<li><span class="signe {code}"></span>{escape(mot)}</li>' for code, mot in _SIGNES)
    st.html(f'<ul class="legende" aria-label="Lecture des barres">{signes}</ul>')


def show_groupe(groupe: Groupe) -> None:
    """The targets of an operation or of the protocol."""
    st.subheader(plain(groupe.titre), anchor=False)
    st.caption(plain(groupe.resume))
    if groupe.remarque:
        st.markdown(f"*{plain(groupe.remarque)}*")
    st.html(f'<ul class="objectifs">{"".join(_as_html(cible) for cible in groupe.cibles)}</ul>')


def as_table(groupes: Iterable[Groupe]) -> pd.DataFrame:
    """Every target of these groups, one a line."""
    cibles = [cible for groupe in groupes for cible in groupe.cibles]
    plusieurs = any(cible.plie for cible in cibles)
    return pd.DataFrame(
        [
            ({"PLIE": c.plie} if plusieurs else {})
            | {
                "Opération": c.operation or "protocole",
                "Objectif": c.libelle,
                "Réalisé": c.fait,
                "Attendu": c.attendu_ecrit.removeprefix("attendu à ce jour : ") or "–",
                "État": MOTS_DES_STATUTS[Statut(c.statut)],
                "Projection": c.projection.removeprefix("au rythme actuel : ") or "–",
                "Source": c.source or "–",
            }
            for c in cibles
        ]
    )


def _as_html(cible: Cible) -> str:
    couleur = PAR_STATUT.get(cible.statut, NEUTRE)
    statut = (
        f'<span class="statut"><b style="color:{couleur}" aria-hidden="true">{ICONES[cible.statut]}</b> '
        f"{escape(MOTS_DES_STATUTS[Statut(cible.statut)])}</span>"
    )
    return "".join(
        (
            "<li>",
            f'<div class="libelle">{escape(cible.libelle)}</div>',
            f'<div class="etat"><span class="fait">{escape(cible.fait or cible.texte)}</span>{statut}</div>',
            _bullet(cible, couleur),
            _line("suite", cible.suite),
            _line("suite", cible.explication),
            *(_line("remarque", remarque) for remarque in cible.remarques),
            _line("source", f"Source : {cible.source}" if cible.source else "Source non renseignée"),
            "</li>",
        )
    )


def _line(classe: str, texte: str) -> str:
    return f'<div class="{classe}">{escape(texte[:1].upper() + texte[1:])}</div>' if texte else ""


def _bullet(cible: Cible, couleur: str) -> str:
    """The bar, hidden from screen readers: the words beside it say the same."""
    if cible.objectif is None:
        return ""
    bornes: Sequence[float | None] = (cible.objectif, cible.objectif_max, cible.attendu, cible.realise)
    longueur = MARGE * max([b for b in bornes if b is not None] + [0.0]) or 1.0

    def place(valeur: float) -> str:
        return f"{100 * max(valeur, 0.0) / longueur:.2f}%"

    couches = []
    if cible.est_maximum:
        couches.append(f'<span class="interdit" style="left:{place(cible.objectif)}"></span>')
    if cible.objectif_max is not None:
        largeur = place(cible.objectif_max - cible.objectif)
        couches.append(f'<span class="fourchette" style="left:{place(cible.objectif)};width:{largeur}"></span>')
    if cible.realise is not None:
        couches.append(f'<span class="realise" style="width:{place(cible.realise)};background:{couleur}"></span>')
    if cible.attendu_ecrit:
        couches.append(f'<span class="attendu" style="left:{place(cible.attendu or 0.0)}"></span>')
    couches.append(f'<span class="but" style="left:{place(cible.objectif)}"></span>')
    return f'<div class="piste" aria-hidden="true">{"".join(couches)}</div>'
