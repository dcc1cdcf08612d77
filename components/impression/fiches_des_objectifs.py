"""One target on screen: its words, and its bullet drawn on its own scale."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from charts.palette import NEUTRE, PAR_STATUT
from indicators.objectifs import ObjectifEvalue, Statut
from indicators.phrases.cibles import (
    explain_number,
    put_rivals_together,
    write_attendu,
    write_projection,
    write_realise,
    write_remarks,
    write_taux,
)
from indicators.statuts import MOTS_DES_STATUTS

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


def use_style() -> None:
    """Puts the style of the bullets in the page."""
    st.html(_STYLE)


def show_fiches(objectifs: Sequence[ObjectifEvalue], tous: Sequence[ObjectifEvalue]) -> None:
    """A list of targets; `tous` are those among which a contradictory one is looked for."""
    fiches = (_fiche(o, write_remarks(o, tous)) for o in put_rivals_together(objectifs))
    st.html(f'<ul class="objectifs">{"".join(fiches)}</ul>')


def show_signs() -> None:
    """What the marks of a bullet mean."""
    signes = "".join(f'<li><span class="signe {code}"></span>{escape(mot)}</li>' for code, mot in _SIGNES)
    st.html(f'<ul class="legende" aria-label="Lecture des barres">{signes}</ul>')


def show_counts(comptes: dict[Statut, int]) -> None:
    """Each status with its icon, its word and how many targets stand there."""
    lignes = "".join(f"<li>{badge(statut)} <strong>{n}</strong></li>" for statut, n in comptes.items())
    st.html(f'<ul class="legende" aria-label="Objectifs par état">{lignes}</ul>')


def badge(statut: Statut) -> str:
    """The status as an icon of its colour and words."""
    couleur = PAR_STATUT.get(statut, NEUTRE)
    return (
        f'<span class="statut"><b style="color:{couleur}" aria-hidden="true">{ICONES[statut]}</b> '
        f"{escape(MOTS_DES_STATUTS[statut])}</span>"
    )


def _fiche(objectif: ObjectifEvalue, remarques: Sequence[str]) -> str:
    suite = " · ".join(filter(None, (write_taux(objectif), write_attendu(objectif), write_projection(objectif))))
    return "".join(
        (
            "<li>",
            f'<div class="libelle">{escape(objectif.libelle)}</div>',
            f'<div class="etat"><span class="fait">{escape(write_realise(objectif))}</span>',
            f"{badge(objectif.statut)}</div>",
            _bullet(objectif),
            _line("suite", suite),
            _line("suite", explain_number(objectif)),
            *(_line("remarque", remarque) for remarque in remarques),
            _line("source", f"Source : {objectif.source}" if objectif.source else "Source non renseignée"),
            "</li>",
        )
    )


def _line(classe: str, texte: str) -> str:
    return f'<div class="{classe}">{escape(texte[:1].upper() + texte[1:])}</div>' if texte else ""


def _bullet(objectif: ObjectifEvalue) -> str:
    """The bar, hidden from screen readers: the words beside it say the same. A delay shows the share within it."""
    if objectif.est_delai:
        objectif = replace(objectif, realise=objectif.taux, objectif=1.0, attendu=1.0, nature="taux", unite="")
    if objectif.objectif is None:
        return ""
    bornes = (objectif.objectif, objectif.objectif_max, objectif.attendu, objectif.realise)
    longueur = MARGE * max([b for b in bornes if b is not None] + [0.0]) or 1.0
    couleur = PAR_STATUT.get(objectif.statut, NEUTRE)
    couches = []
    if objectif.est_maximum:
        couches.append(f'<span class="interdit" style="left:{_place(objectif.objectif, longueur)}"></span>')
    if objectif.objectif_max is not None:
        largeur = _place(objectif.objectif_max - objectif.objectif, longueur)
        gauche = _place(objectif.objectif, longueur)
        couches.append(f'<span class="fourchette" style="left:{gauche};width:{largeur}"></span>')
    if objectif.realise is not None:
        largeur = _place(objectif.realise, longueur)
        couches.append(f'<span class="realise" style="width:{largeur};background:{couleur}"></span>')
    if write_attendu(objectif):
        couches.append(f'<span class="attendu" style="left:{_place(objectif.attendu or 0.0, longueur)}"></span>')
    couches.append(f'<span class="but" style="left:{_place(objectif.objectif, longueur)}"></span>')
    return f'<div class="piste" aria-hidden="true">{"".join(couches)}</div>'


def _place(valeur: float, longueur: float) -> str:
    return f"{100 * max(valeur, 0.0) / longueur:.2f}%"
