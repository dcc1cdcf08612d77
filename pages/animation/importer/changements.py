"""What loading a file would change, in rows and in figures, before anything does; then the confirmation, the loading.

Figures are counted in a trial that is taken back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from components.acces.base import current_engine
from components.acces.session import current_author, current_rights, require
from components.messages.etats import confirm, progress_bar, refused_by
from components.messages.texte import plain, print_table
from data_access.imports.deroule import apply_import, figures_before_after
from data_access.imports.differences import Bilan
from data_access.refus import Refus
from indicators.declaration import Unite
from indicators.nombres import write_integer, write_points, write_short_date, write_signed, write_value
from indicators.perimetre import Droits, Filtres, Periode
from indicators.phrases.chiffres import count
from indicators.publication import publier
from indicators.referentiel import list_plie
from indicators.resultats import ResultatPublie
from pages.animation.importer.depot import Examen, add_up, forget, mark_loaded

COLONNES = {
    "Ajoutées": "ajoutes",
    "Modifiées": "modifies",
    "Retirées": "retires",
    "Inchangées": "inchanges",
    "Rejetées": "rejetes",
}
CHIFFRES = {
    "file_active": "File active au dernier jour",
    "entrees": "Entrées depuis le 1er janvier",
    "sorties": "Sorties depuis le 1er janvier",
    "taux_sorties_positives": "Sorties positives, toutes sorties",
    "taux_sorties_positives_hors_neutres": "Sorties positives, hors neutres",
}


@dataclass(frozen=True)
class ChiffresDuPlie:
    """The figures of one PLIE over the civil year of its data, up to their last day."""

    nom: str
    au: date
    resultats: dict[str, ResultatPublie]


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
    if alerte := examen.prepare.confirmation:
        # The loud stop, before anything else is read.
        st.error(f"### Arrêt : vérifiez avant de charger\n\n{plain(alerte.message)}", icon=":material/front_hand:")
    _show_rows(examen)
    _show_figures(examen)
    _show_confirmation(examen)


def _show_rows(examen: Examen) -> None:
    if any(bilan.ajoutes + bilan.modifies + bilan.retires for bilan in examen.bilans.values()):
        st.markdown(_write_total(examen.bilans))
    elif examen.prepare.feuilles_nouvelles:
        st.markdown("**Aucune ligne ne change**, mais une feuille est donnée pour la première fois.")
    else:
        st.markdown("**Aucune ligne ne change** : seule la liste des anomalies ouvertes serait mise à jour.")
    print_table(rows_of_bilans(examen.bilans))


def _write_total(bilans: dict[str, Bilan]) -> str:
    """« 12 lignes ajoutées, 3 modifiées, 1 retirée ; 14 ne seront pas chargées. »"""
    ajoutes, modifies, retires, _, rejetes = (add_up(bilans, nom) for nom in COLONNES.values())
    texte = (
        f"**{count(ajoutes, 'ligne ajoutée', 'lignes ajoutées')}, {count(modifies, 'modifiée')}, "
        f"{count(retires, 'retirée')}.**"
    )
    if rejetes:
        texte += f" {count(rejetes, 'ligne rejetée ne sera pas chargée', 'lignes rejetées ne seront pas chargées')}."
    if retires:
        texte += " Une ligne est retirée quand elle est enregistrée et que la feuille du classeur ne la contient plus."
    return texte


def rows_of_bilans(bilans: dict[str, Bilan], titres: dict[str, str] | None = None) -> list[dict[str, str]]:
    """One line a sheet, in the order of `bilans`; `titres`: names of the numbers that are shown, all of them else."""
    return [
        {"Feuille": feuille}
        | {
            titre: write_integer(nombre) if (nombre := getattr(bilan, nom)) else "–"
            for titre, nom in (titres or COLONNES).items()
        }
        for feuille, bilan in bilans.items()
    ]


def _show_figures(examen: Examen) -> None:
    """One table a PLIE: before, after, and the gap. Counted once for each check of the file."""
    if examen.chiffres is None:
        compter = make_counter(examen.prepare.codes_plie, current_rights())
        try:
            with st.spinner("Calcul des chiffres avant et après…"):
                examen.chiffres = figures_before_after(current_engine(), examen.prepare, compter)
        except Refus as erreur:
            st.warning(
                plain(f"Les chiffres avant et après n’ont pas pu être calculés. {erreur}"),
                icon=":material/sync_problem:",
            )
            return
    avant, apres = examen.chiffres
    for code, nouveaux in apres.items():
        st.markdown(f"**Chiffres – {plain(nouveaux.nom)}**")
        print_table(_rows_of_figures(avant.get(code), nouveaux))


def make_counter(codes: Sequence[str], droits: Droits) -> Callable[[Any], dict[str, ChiffresDuPlie]]:
    """What counts the figures of these PLIE on a connection; a PLIE that it does not hold is left out."""

    def compter(base: Any) -> dict[str, ChiffresDuPlie]:
        chiffres = {}
        for plie in list_plie(base):
            if plie.code_plie in codes:
                au = plie.date_extraction
                filtres = Filtres((plie.code_plie,), Periode(date(au.year, 1, 1), au))
                resultats = {code: publier(base, code, filtres, droits) for code in CHIFFRES}
                chiffres[plie.code_plie] = ChiffresDuPlie(plie.nom, au, resultats)
        return chiffres

    return compter


def _rows_of_figures(avant: ChiffresDuPlie | None, apres: ChiffresDuPlie) -> list[dict[str, str]]:
    """Figures side by side, each at the date of its own data."""
    titre_avant = f"Avant (données au {write_short_date(avant.au)})" if avant else "Avant"
    titre_apres = f"Après (données au {write_short_date(apres.au)})"
    lignes = []
    for code, libelle in CHIFFRES.items():
        ancien, nouveau = avant.resultats[code] if avant else None, apres.resultats[code]
        lignes.append(
            {
                "Chiffre": libelle,
                titre_avant: write_value(ancien.cellule, ancien.unite) if ancien else "pas encore chargé",
                titre_apres: write_value(nouveau.cellule, nouveau.unite),
                "Écart": _write_gap(ancien, nouveau),
            }
        )
    return lignes


def _write_gap(avant: ResultatPublie | None, apres: ResultatPublie) -> str:
    """« + 24 », « − 1,2 point », « 0 »; a dash where one of the two has no value."""
    if avant is None or avant.valeur is None or apres.valeur is None:
        return "–"
    ecart = apres.valeur - avant.valeur
    return write_points(ecart) if apres.unite == Unite.PART else write_signed(ecart)


def _show_confirmation(examen: Examen) -> None:
    accord = True
    if examen.prepare.confirmation is not None:
        perdus = sum(disparition.nombre for disparition in examen.prepare.disparitions)
        accord = st.checkbox(
            f"J’ai vérifié : ces {write_integer(perdus)} parcours doivent disparaître.",
            key=f"disparition_{examen.numero}",
        )
    cles = (f"confirmer_{examen.numero}", f"abandonner_{examen.numero}")
    if confirm("Confirmer et charger", "Ne pas charger", cles, lambda: forget(examen.numero), ouvert=accord):
        _load(examen)


def _load(examen: Examen) -> None:
    """Write the rows; on a refusal the report stays where it is."""
    require("importer", "charger", examen.prepare.codes_plie)
    with refused_by("sync_problem"):
        with progress_bar("ouverture…", f"{examen.nom} : ") as progres:
            # The button is only open once a loss of many parcours has been confirmed.
            role = current_rights().role
            version = apply_import(
                current_engine(), examen.prepare, current_author(), progres, disparition_confirmee=True, role=role
            )
        mark_loaded(examen, version)
        st.rerun()


def _show_abandon(examen: Examen, libelle: str) -> None:
    st.button(
        libelle, icon=":material/close:", key=f"abandonner_{examen.numero}", on_click=forget, args=(examen.numero,)
    )


def show_loaded(examen: Examen) -> None:
    """What was done, and where to look next."""
    st.success(
        f"Le classeur est chargé : c’est la version {write_integer(examen.version or 0)} des données. "
        "Tous les écrans montrent désormais les nouveaux chiffres ; l’onglet « Historique » permet de l’annuler.",
        icon=":material/check_circle:",
    )
    st.markdown(_write_total(examen.bilans))
    print_table(rows_of_bilans(examen.bilans))
    _show_abandon(examen, "Fermer ce compte rendu")
