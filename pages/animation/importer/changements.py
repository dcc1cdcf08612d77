"""What loading a file would change, before anything does; then the confirmation and the loading itself."""

import pandas as pd
import streamlit as st

from components.acces.session import current_author, current_rights, require
from components.messages.texte import plain, print_table
from data_access.imports.deroule import apply_import
from data_access.imports.differences import Bilan
from data_access.refus import Refus
from indicators.nombres import write_integer
from indicators.phrases.chiffres import count
from pages.animation.importer.depot import progress_bar
from pages.animation.importer.etat import Examen, current_engine, forget, mark_loaded
from pages.animation.importer.simulation import show_figures

AUCUNE = "–"


def show_changements(examen: Examen) -> None:
    """Rows by sheet, what they mean in words, and the button that loads."""
    st.markdown("#### Ce qui changerait")
    if examen.reverifie:
        st.info(
            "Les données avaient changé depuis le premier contrôle : le classeur vient d’être vérifié à nouveau.",
            icon=":material/sync:",
        )
    if not examen.prepare.changes_something:
        st.success(
            "Rien : ce classeur est identique à ce qui est déjà enregistré. Il n’y a rien à charger.",
            icon=":material/done_all:",
        )
        _show_abandon(examen, "Retirer ce classeur")
        return
    _show_alarm(examen)
    _show_rows(examen)
    show_figures(examen)
    _show_confirmation(examen)


def write_total(bilans: dict[str, Bilan]) -> str:
    """« 12 lignes ajoutées, 3 modifiées, 1 retirée ; 14 ne seront pas chargées. »"""
    ajoutes, modifies, retires, rejetes = (
        sum(getattr(b, nom) for b in bilans.values()) for nom in ("ajoutes", "modifies", "retires", "rejetes")
    )
    texte = (
        f"**{count(ajoutes, 'ligne ajoutée', 'lignes ajoutées')}, {count(modifies, 'modifiée')}, "
        f"{count(retires, 'retirée')}.**"
    )
    if rejetes:
        texte += f" {count(rejetes, 'ligne rejetée ne sera pas chargée', 'lignes rejetées ne seront pas chargées')}."
    if retires:
        texte += " Une ligne est retirée quand elle est enregistrée et que la feuille du classeur ne la contient plus."
    return texte


def table_of_bilans(bilans: dict[str, Bilan]) -> pd.DataFrame:
    """One line a sheet of the file, in the order of the format."""
    return pd.DataFrame(
        [
            {
                "Feuille": nom,
                "Ajoutées": _number(b.ajoutes),
                "Modifiées": _number(b.modifies),
                "Retirées": _number(b.retires),
                "Inchangées": _number(b.inchanges),
                "Rejetées": _number(b.rejetes),
            }
            for nom, b in bilans.items()
        ]
    )


def _show_rows(examen: Examen) -> None:
    changent = {nom: bilan for nom, bilan in examen.bilans.items() if bilan.ajoutes + bilan.modifies + bilan.retires}
    if changent:
        st.markdown(write_total(examen.bilans))
    elif examen.prepare.feuilles_nouvelles:
        st.markdown("**Aucune ligne ne change**, mais une feuille est donnée pour la première fois.")
    else:
        st.markdown("**Aucune ligne ne change** : seule la liste des anomalies ouvertes serait mise à jour.")
    print_table(table_of_bilans(examen.bilans))


def _number(nombre: int) -> str:
    return write_integer(nombre) if nombre else AUCUNE


def _show_confirmation(examen: Examen) -> None:
    accord = _ask_about_vanishing(examen)
    with st.container(horizontal=True, gap="small"):
        confirme = st.button(
            "Confirmer et charger",
            type="primary",
            icon=":material/check:",
            key=f"confirmer_{examen.numero}",
            disabled=not accord,
        )
        _show_abandon(examen, "Ne pas charger")
    if confirme and accord:
        _load(examen)


def _show_alarm(examen: Examen) -> None:
    """The loud stop, before anything else is read."""
    if alerte := examen.prepare.confirmation:
        st.error(f"### Arrêt : vérifiez avant de charger\n\n{plain(alerte.message)}", icon=":material/front_hand:")


def _ask_about_vanishing(examen: Examen) -> bool:
    """True when nothing alarming would vanish, or when the person has said that it must."""
    if examen.prepare.confirmation is None:
        return True
    perdus = sum(disparition.nombre for disparition in examen.prepare.disparitions)
    return st.checkbox(
        f"J’ai vérifié : ces {write_integer(perdus)} parcours doivent disparaître.", key=f"disparition_{examen.numero}"
    )


def _show_abandon(examen: Examen, libelle: str) -> None:
    st.button(
        libelle, icon=":material/close:", key=f"abandonner_{examen.numero}", on_click=forget, args=(examen.numero,)
    )


def _load(examen: Examen) -> None:
    """Write the rows; on a refusal the report stays where it is."""
    require("importer", "charger", examen.prepare.codes_plie)
    try:
        with progress_bar(examen.nom) as progres:
            # The button is only open once a loss of many parcours has been confirmed.
            version = apply_import(
                *(current_engine(), examen.prepare, current_author(), progres),
                disparition_confirmee=True,
                role=current_rights().role,
            )
    except Refus as erreur:
        st.error(plain(erreur), icon=":material/sync_problem:")
        return
    mark_loaded(examen, version)
    st.rerun()


def show_loaded(examen: Examen) -> None:
    """What was done, and where to look next."""
    st.success(
        f"Le classeur est chargé : c’est la version {write_integer(examen.version or 0)} des données. "
        "Tous les écrans montrent désormais les nouveaux chiffres ; l’onglet « Historique » permet de l’annuler.",
        icon=":material/check_circle:",
    )
    st.markdown(write_total(examen.bilans))
    print_table(table_of_bilans(examen.bilans))
    _show_abandon(examen, "Fermer ce compte rendu")
