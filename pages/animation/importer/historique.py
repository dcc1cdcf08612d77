"""The history of imports: what any two versions differ by, and taking back the last one once it has been read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components.acces.base import connect, current_engine
from components.acces.journal import note_once
from components.acces.session import current_author, current_rights, require, require_plie
from components.cadre.chiffres import programmes
from components.messages.etats import confirm, refused_by
from components.messages.texte import plain, print_table, write_moment
from data_access.format import FEUILLES
from data_access.historique.chargements import AnnulationPreparee, Version, list_versions, prepare_undo, undo_last
from data_access.historique.comparaison import (
    AJOUT,
    MODIFICATION,
    RETRAIT,
    Changement,
    EcartDeLigne,
    compare_versions,
    list_changes,
)
from data_access.journal.acces import Action
from indicators.nombres import write_integer, write_number, write_short_date
from indicators.phrases.chiffres import count
from pages.animation.importer.changements import rows_of_bilans
from pages.animation.importer.depot import add_up, current_state
from sections.lecture import short_name

VERSIONS_MONTREES, LIGNES_PAR_PAGE = 20, 200
RETOUR = {"Reviendraient": "ajoutes", "Reprendraient leur valeur d’avant": "modifies", "Disparaîtraient": "retires"}
GENRES = {AJOUT: "ajoutée", MODIFICATION: "modifiée", RETRAIT: "retirée"}


def read_versions(code_plie: str | None = None) -> list[Version]:
    """The versions that the person may read, the last first."""
    permis = current_rights().plie
    with connect() as base:
        versions = list_versions(base, code_plie)
    return [v for v in versions if permis is None or not set(permis).isdisjoint(v.codes_plie)]


def choose_plie(cle: str, tous: bool = True) -> str | None:
    """One PLIE of those that one may read, or all of them unless `tous` is False."""
    noms = {"": "Tous les PLIE"} if tous else {}
    noms |= {p.code_plie: short_name(p.nom) for p in programmes().plie}
    return st.selectbox("PLIE", list(noms), format_func=noms.__getitem__, key=cle) or None


def show_historique() -> None:
    """The table of versions, and the undo."""
    etat = current_state()
    if etat.message:
        st.success(plain(etat.message), icon=":material/undo:")
        etat.message = ""
    code = choose_plie("historique_plie")
    versions = read_versions(code)
    if not versions:
        st.info("Aucun chargement n’est enregistré.", icon=":material/search_off:")
        return
    st.caption(f"{count(len(versions), 'version')}, la plus récente en premier. Une annulation est une version aussi.")
    print_table(_rows_of_versions(versions[:VERSIONS_MONTREES]))
    if anciennes := versions[VERSIONS_MONTREES:]:
        with st.expander(f"Voir {count(len(anciennes), 'version plus ancienne', 'versions plus anciennes')}"):
            print_table(_rows_of_versions(anciennes))
    _show_undo(code, versions[0])


def _rows_of_versions(versions: Sequence[Version]) -> list[dict[str, str]]:
    """Who, when, which file, how many rows, how many anomalies."""
    permis = current_rights().plie
    return [_as_row(version, permis) for version in versions]


def _as_row(version: Version, permis: tuple[str, ...] | None) -> dict[str, str]:
    siens = [code for code in version.codes_plie if permis is None or code in permis]
    nombres = {
        titre: write_integer(sum(bilan.get(nom, 0) for bilan in version.bilan.values()))
        for titre, nom in (("Ajoutées", "ajoutes"), ("Modifiées", "modifies"), ("Retirées", "retires"))
    }
    nombres["Anomalies"] = "–" if version.annulation_de else write_integer(sum(version.anomalies.values()))
    if len(siens) < len(version.codes_plie):
        # Its numbers count another PLIE too.
        nombres = dict.fromkeys(nombres, "–")
    return {
        "Version": str(version.numero),
        "Date": write_moment(version.moment),
        "Auteur": version.auteur,
        "Classeur": version.classeur,
        "État": "en vigueur" if version.en_vigueur else f"annulé par la version {version.annule_par}",
        "PLIE": ", ".join(siens),
        **nombres,
        "Empreinte": version.empreinte[:8],
    }


def _show_undo(code_plie: str | None, derniere: Version) -> None:
    """The undo of the last version shown: that of one PLIE, though others have been loaded since, or of all."""
    etat = current_state()
    if etat.annulation is not None and etat.annulation.code_plie != code_plie:
        etat.annulation = None  # what was read was about another choice
    if etat.annulation is None:
        if st.button(plain(_name_undo(derniere, code_plie)), icon=":material/undo:", key="annuler"):
            require("importer", "annuler", [code_plie] if code_plie else [])
            with refused_by():
                etat.annulation = prepare_undo(current_engine(), current_rights().plie, code_plie)
                st.rerun()
        st.caption("Rien n’est fait avant que vous ayez lu et confirmé ce qui changerait.")
        return
    bilans = etat.annulation.bilans
    st.warning(plain(_write_undo(etat.annulation)), icon=":material/undo:")
    if bilans:
        print_table(rows_of_bilans({f.nom: bilans[f.nom] for f in FEUILLES if f.nom in bilans}, RETOUR))
    if confirm("Confirmer l’annulation", "Garder ce chargement", ("confirmer_annulation", "garder"), _forget, "undo"):
        _undo(etat.annulation)


def _name_undo(derniere: Version, code_plie: str | None) -> str:
    """What the button does: an undo that is undone loads again what it had taken back."""
    if derniere.annulation_de is not None:
        return f"Rétablir la version {derniere.annulation_de}, annulée par la version {derniere.numero}…"
    return f"Annuler le dernier chargement de {code_plie}…" if code_plie else "Annuler le dernier chargement…"


def _write_undo(annulation: AnnulationPreparee) -> str:
    """What taking it back would do, in words."""
    debut = (
        f"Annuler la version {annulation.version} (« {annulation.classeur} », {annulation.auteur}, "
        f"{', '.join(annulation.codes_plie)}) :"
    )
    fin = "L’historique garde la trace des deux."
    if not annulation.bilans:
        return f"{debut} aucune ligne ne change, seule la liste des anomalies redevient celle d’avant. {fin}"
    ajoutees, modifiees, retirees = (add_up(annulation.bilans, nom) for nom in RETOUR.values())
    return (
        f"{debut} {count(ajoutees, 'ligne retirée', 'lignes retirées')} par ce chargement "
        f"{'reviendrait' if ajoutees < 2 else 'reviendraient'}, "
        f"{count(modifiees, 'ligne')} {'reprendrait sa' if modifiees < 2 else 'reprendraient leur'} valeur d’avant, "
        f"{count(retirees, 'ligne ajoutée', 'lignes ajoutées')} "
        f"{'disparaîtrait' if retirees < 2 else 'disparaîtraient'}. {fin}"
    )


def _forget() -> None:
    current_state().annulation = None


def _undo(annulation: AnnulationPreparee) -> None:
    require("importer", "annuler", annulation.codes_plie)
    droits, etat = current_rights(), current_state()
    etat.annulation = None
    with refused_by("sync_problem"), st.spinner("Annulation en cours…"):
        version = undo_last(current_engine(), current_author(), droits.plie, annulation, droits.role)
        etat.message = (
            f"La version {annulation.version} est annulée : les données sont celles d’avant, sous le numéro "
            f"{write_integer(version)}."
        )
        st.rerun()


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
    noms[0] = "Avant le premier chargement"
    # Two versions at least are offered: the first one and what was before it.
    de = milieu.selectbox("De la version", list(noms), index=1, format_func=noms.__getitem__, key="de")
    a = droite.selectbox("À la version", list(noms), index=0, format_func=noms.__getitem__, key="a")
    return code_plie, de, a


def _read_page(ecarts: dict[str, EcartDeLigne], de: int, a: int, code_plie: str | None) -> list[Changement]:
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
        return "vide"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, (int, float)):
        return write_number(valeur)
    try:
        return write_short_date(date.fromisoformat(valeur)) if len(valeur) == 10 else valeur
    except ValueError:
        return str(valeur)
