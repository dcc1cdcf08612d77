"""What to look at before a meeting: what moved since the last edition, what is late, what is not documented."""

import streamlit as st

from components.acces.base import connect
from components.messages.etats import show_note
from components.messages.texte import print_list, print_table
from indicators.nombres import INSECABLE, write_decimal, write_points, write_short_date, write_signed
from indicators.objectifs import A_RATTRAPER
from indicators.phrases.chiffres import count
from seances.publication import list_editions, open_edition
from sections.contenu import Edition

EN_DEFAUT = tuple(str(statut) for statut in A_RATTRAPER)
NOMS_MONTRES = 3
DECIMALES_AU_PLUS = 4
RIEN = 1e-9  # what adding floating parts may leave


def show_changes(derniere: Edition | None, edition: Edition) -> None:
    """The figures of the last edition of the same body, then and now."""
    st.subheader("Depuis la dernière édition", anchor=False)
    if derniere is None:
        show_note("Aucune édition de cette instance n’a encore été publiée : celle-ci sera la première.")
        return
    lignes = list_changes(derniere, edition)
    changees = [ligne for ligne in lignes if ligne["Alors"] != ligne["Aujourd’hui"]]
    depuis = f"depuis l’édition n° {derniere.numero}, arrêtée au {write_short_date(derniere.au)}"
    if not changees:
        st.markdown(f"Aucun chiffre n’a changé {depuis}.")
    else:
        verbe = "a changé" if len(changees) == 1 else "ont changé"
        st.markdown(
            f"**{count(len(changees), 'chiffre')} sur {len(lignes)} {verbe}** {depuis}. "
            "Une fois celle-ci publiée, l’onglet « Comparer » dira pourquoi."
        )
        print_table(changees)


def read_last(edition: Edition) -> Edition | None:
    """The last edition of the same body; None while there is none."""
    with connect() as base:
        gardees = [g for g in list_editions(base, edition.code_plie) if g.instance == edition.instance]
        return open_edition(base, edition.code_plie, gardees[0].numero).edition if gardees else None


def list_changes(derniere: Edition, edition: Edition) -> list[dict[str, str]]:
    """One line a large figure of the summary: then, now, the difference."""
    avant = {c.indicateur: c for s in derniere.sections for c in s.chiffres}
    lignes = []
    for chiffre in {c.indicateur: c for s in edition.sections for c in s.chiffres}.values():
        ancien = avant.get(chiffre.indicateur)
        if ancien is None:
            continue
        ecart = "–"
        if chiffre.valeur is not None and ancien.valeur is not None and chiffre.texte != ancien.texte:
            ecart = write_gap(chiffre.valeur - ancien.valeur, chiffre.unite)
        lignes.append({"Chiffre": chiffre.libelle, "Alors": ancien.texte, "Aujourd’hui": chiffre.texte, "Écart": ecart})
    return lignes


def write_gap(ecart: float, unite: str, decimales: int = 1) -> str:
    """« + 26 », « − 0,4 », « + 3,2 points »: a difference is always signed, and never « + 0,00 »."""
    if abs(ecart) < RIEN:
        return "0"
    if unite in ("%", "points"):
        return write_points(ecart)
    if float(ecart).is_integer():
        return write_signed(ecart)
    while decimales < DECIMALES_AU_PLUS and not round(ecart, decimales):
        decimales += 1
    return f"{'+' if ecart > 0 else '−'}{INSECABLE}{write_decimal(abs(ecart), decimales)}"


def show_watch_list(edition: Edition) -> None:
    """What is late, what is not documented."""
    st.subheader("À regarder avant la séance", anchor=False)
    if lignes := write_watch_list(edition):
        print_list(lignes)
    else:
        st.markdown("Rien n’est en retard ni manquant.")


def write_watch_list(edition: Edition) -> list[str]:
    """« 3 objectifs en retard : … », « 2 chiffres non documentés : … »."""
    cibles = [(g.code or "protocole", c) for s in edition.sections for g in s.groupes for c in g.cibles]
    retards = [f"{ou} «{INSECABLE}{c.libelle}{INSECABLE}»" for ou, c in cibles if c.statut in EN_DEFAUT]
    sans = [c for _, c in cibles if c.statut == "sans_donnee"]
    chiffres = {c.indicateur: c for s in edition.sections for c in s.chiffres}
    muets = [c.libelle for c in chiffres.values() if c.texte == "non documenté"]
    mots = "en retard, en dessous ou dépassé"
    en_retard = count(len(retards), f"objectif {mots}", f"objectifs {mots}s")
    tous = (
        (retards, f"{en_retard} : {_first(retards)}"),
        (sans, f"{count(len(sans), 'objectif')} sans donnée : à saisir ou à expliquer"),
        (muets, f"{count(len(muets), 'chiffre non documenté', 'chiffres non documentés')} : {_first(muets)}"),
    )
    return [texte for liste, texte in tous if liste]


def _first(noms: list[str]) -> str:
    reste = len(noms) - NOMS_MONTRES
    return ", ".join(noms[:NOMS_MONTRES]) + (f" et {count(reste, 'autre')}" if reste > 0 else "")
