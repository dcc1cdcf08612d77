"""The history of imports, and taking back the last one once what it changes has been read."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.acces.session import current_author, current_rights, require
from components.cadre.base import connect, current_url
from components.cadre.chiffres import programmes
from components.cadre.moments import write_moment
from components.messages.texte import plain, print_table
from data_access.format import FEUILLES
from data_access.historique.chargements import AnnulationPreparee, Version, list_versions, prepare_undo, undo_last
from data_access.refus import Refus
from indicators.nombres import write_integer
from indicators.phrases.chiffres import count
from pages.animation.importer.changements import table_of_bilans
from pages.animation.importer.etat import current_engine, current_state
from sections.lecture import short_name

TOUS_LES_PLIE = "Tous les PLIE"
VERSIONS_MONTREES = 20
MOTS_DU_RETOUR = {
    "Ajoutées": "Reviendraient",
    "Modifiées": "Reprendraient leur valeur d’avant",
    "Retirées": "Disparaîtraient",
}
_BILAN = ("ajoutes", "modifies", "retires")


def read_versions(code_plie: str | None = None) -> list[Version]:
    """The versions that the person may read, the last first."""
    permis = current_rights().plie
    with connect(current_url()) as base:
        versions = list_versions(base, code_plie)
    return [v for v in versions if permis is None or not set(permis).isdisjoint(v.codes_plie)]


def choose_plie(cle: str, tous: bool = True) -> str | None:
    """One PLIE of those that one may read, or all of them unless `tous` is False."""
    noms = {p.code_plie: short_name(p.nom) for p in programmes().plie}
    choisi = st.selectbox(
        "PLIE", [*([""] if tous else []), *noms], format_func=lambda code: noms.get(code, TOUS_LES_PLIE), key=cle
    )
    return choisi or None


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
    print_table(table_of_versions(versions[:VERSIONS_MONTREES]))
    if anciennes := versions[VERSIONS_MONTREES:]:
        with st.expander(f"Voir {count(len(anciennes), 'version plus ancienne', 'versions plus anciennes')}"):
            print_table(table_of_versions(anciennes))
    _show_undo(code, versions[0])


def table_of_versions(versions: Sequence[Version]) -> pd.DataFrame:
    """Who, when, which file, how many rows, how many anomalies."""
    permis = current_rights().plie
    return pd.DataFrame([_row(version, permis) for version in versions])


def _row(version: Version, permis: tuple[str, ...] | None) -> dict[str, str]:
    siens = [code for code in version.codes_plie if permis is None or code in permis]
    lignes = {nom: sum(bilan.get(nom, 0) for bilan in version.bilan.values()) for nom in _BILAN}
    nombres = {
        "Ajoutées": write_integer(lignes["ajoutes"]),
        "Modifiées": write_integer(lignes["modifies"]),
        "Retirées": write_integer(lignes["retires"]),
        "Anomalies": "–" if version.annulation_de else write_integer(sum(version.anomalies.values())),
    }
    if len(siens) < len(version.codes_plie):
        # Its numbers count another PLIE too.
        nombres = dict.fromkeys(nombres, "–")
    return {
        "Version": str(version.numero),
        "Date": write_moment(version.moment),
        "Auteur": version.auteur,
        "Classeur": version.classeur,
        "État": write_status(version),
        "PLIE": ", ".join(siens),
        **nombres,
        "Empreinte": version.empreinte[:8],
    }


def write_status(version: Version) -> str:
    """« en vigueur », or « annulé par la version 4 »."""
    if version.en_vigueur:
        return "en vigueur"
    return f"annulé par la version {version.annule_par}"


def _show_undo(code_plie: str | None, derniere: Version) -> None:
    """The undo of the last version shown: that of one PLIE, though others have been loaded since, or of all."""
    etat = current_state()
    if etat.annulation is not None and etat.annulation.code_plie != code_plie:
        etat.annulation = None  # what was read was about another choice
    if etat.annulation is None:
        if st.button(plain(name_undo(derniere, code_plie)), icon=":material/undo:", key="annuler"):
            _prepare(code_plie)
        st.caption("Rien n’est fait avant que vous ayez lu et confirmé ce qui changerait.")
        return
    _show_what_comes_back(etat.annulation)
    with st.container(horizontal=True, gap="small"):
        confirme = st.button(
            "Confirmer l’annulation", type="primary", icon=":material/undo:", key="confirmer_annulation"
        )
        st.button("Garder ce chargement", icon=":material/close:", key="garder", on_click=_keep)
    if confirme:
        _undo(etat.annulation)


def name_undo(derniere: Version, code_plie: str | None) -> str:
    """What the button does: an undo that is undone loads again what it had taken back."""
    if derniere.annulation_de is not None:
        return f"Rétablir la version {derniere.annulation_de}, annulée par la version {derniere.numero}…"
    return f"Annuler le dernier chargement de {code_plie}…" if code_plie else "Annuler le dernier chargement…"


def _prepare(code_plie: str | None) -> None:
    require("importer", "annuler", [code_plie] if code_plie else [])
    try:
        current_state().annulation = prepare_undo(current_engine(), current_rights().plie, code_plie)
    except Refus as refus:
        st.error(plain(refus), icon=":material/block:")
        return
    st.rerun()


def _show_what_comes_back(annulation: AnnulationPreparee) -> None:
    st.warning(plain(write_undo(annulation)), icon=":material/undo:")
    if not annulation.bilans:
        return
    ordonnes = {f.nom: annulation.bilans[f.nom] for f in FEUILLES if f.nom in annulation.bilans}
    table = table_of_bilans(ordonnes).drop(columns=["Inchangées", "Rejetées"])
    print_table(table.rename(columns=MOTS_DU_RETOUR))


def write_undo(annulation: AnnulationPreparee) -> str:
    """What taking it back would do, in words."""
    debut = (
        f"Annuler la version {annulation.version} (« {annulation.classeur} », {annulation.auteur}, "
        f"{', '.join(annulation.codes_plie)}) :"
    )
    fin = "L’historique garde la trace des deux."
    bilans = annulation.bilans.values()
    if not bilans:
        return f"{debut} aucune ligne ne change, seule la liste des anomalies redevient celle d’avant. {fin}"
    ajoutees, modifiees, retirees = (sum(getattr(b, nom) for b in bilans) for nom in _BILAN)
    return (
        f"{debut} {count(ajoutees, 'ligne retirée', 'lignes retirées')} par ce chargement "
        f"{'reviendrait' if ajoutees < 2 else 'reviendraient'}, "
        f"{count(modifiees, 'ligne')} {'reprendrait sa' if modifiees < 2 else 'reprendraient leur'} valeur d’avant, "
        f"{count(retirees, 'ligne ajoutée', 'lignes ajoutées')} "
        f"{'disparaîtrait' if retirees < 2 else 'disparaîtraient'}. {fin}"
    )


def _keep() -> None:
    current_state().annulation = None


def _undo(annulation: AnnulationPreparee) -> None:
    require("importer", "annuler", annulation.codes_plie)
    etat = current_state()
    try:
        with st.spinner("Annulation en cours…"):
            droits = current_rights()
            version = undo_last(current_engine(), current_author(), droits.plie, annulation, droits.role)
    except Refus as erreur:
        st.error(plain(erreur), icon=":material/sync_problem:")
        etat.annulation = None
        return
    etat.annulation = None
    etat.message = (
        f"La version {annulation.version} est annulée : les données sont celles d’avant, sous le numéro "
        f"{write_integer(version)}."
    )
    st.rerun()
