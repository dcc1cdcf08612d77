"""What moved from one edition to another: each figure then and now, why, the rows behind each part; what to look at
before the next one."""

import streamlit as st

from components.acces.base import connect
from components.acces.journal import note_once
from components.cadre.choix import Perimetre
from components.messages.etats import progress_bar, show_note, show_refused
from components.messages.texte import plain, print_list, print_table
from components.seances.editions import choose_edition, read_editions, read_one
from data_access.journal.acces import Action
from data_access.refus import Refus
from indicators.nombres import (
    INSECABLE,
    MOTS_DES_ETATS,
    write_amount,
    write_decimal,
    write_points,
    write_short_date,
    write_signed,
)
from indicators.objectifs import A_RATTRAPER
from indicators.phrases.chiffres import count
from indicators.resultats import Etat
from seances.comparaison import EXPLICATIONS, LIBELLES, Comparaison, Ecart, PartDEcart, compare_editions
from seances.publication import list_editions, open_edition
from sections.contenu import Edition, ReponseFigee

_RESULTATS = "comparaisons_d_editions"
LIGNES_MONTREES, NOMS_MONTRES = 200, 3
DECIMALES, DECIMALES_AU_PLUS = 2, 4  # parts of a mean are often less than a tenth
RIEN = 1e-9  # what adding floating parts may leave


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


def write_reponse(reponse: ReponseFigee, unite: str) -> str:
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


def _write_moves(part: PartDEcart) -> str:
    if not part.entrent and not part.sortent:
        return "aucune ligne n’entre ni ne sort"
    entrent, sortent = count(len(part.entrent), "ligne entre", "lignes entrent"), len(part.sortent)
    return f"{entrent}, {sortent} en {'sort' if sortent < 2 else 'sortent'}"


def _show_rows(part: PartDEcart) -> None:
    if not part.entrent and not part.sortent:
        st.markdown("Les mêmes lignes sont comptées : c’est leur valeur qui a changé.")
    for verbe, numeros in (("Entrent", part.entrent), ("Sortent", part.sortent)):
        if numeros:
            montres = plain(", ".join(numeros[:LIGNES_MONTREES]))
            reste = len(numeros) - LIGNES_MONTREES
            st.markdown(f"**{verbe}** : {montres}{f' et {reste} autres' if reste > 0 else ''}")


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
    retards = [f"{ou} «{INSECABLE}{c.libelle}{INSECABLE}»" for ou, c in cibles if c.statut in A_RATTRAPER]
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
