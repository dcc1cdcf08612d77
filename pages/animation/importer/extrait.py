"""« Autre logiciel », first part: the PLIE, the file, the profile to start from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components.acces.session import current_author, require
from components.cadre.base import connect, current_url
from components.messages.televersements import release
from components.messages.texte import plain
from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.classeur.garde import ClasseurRecu
from data_access.profils.contenu import FeuilleSource, Profil, set_unlisted_aside
from data_access.profils.conversion import as_text
from data_access.profils.correspondances import References, load_references
from data_access.profils.depot import ProfilEnregistre, list_profils, profil_from_json, read_profil, save_profil
from data_access.profils.feuilles import RapportDExtrait, match_sheets
from data_access.profils.grille import Extrait, FeuilleBrute, open_extrait
from data_access.profils.proposition import Proposition, propose_profil
from pages.animation.importer.etat import current_engine, current_state
from pages.animation.importer.plie import PlieDeLExport, choose_plie_of_export

NOUVEAU = ""
NOM_PROPOSE = "Export mensuel"
LOGICIEL_PROPOSE = "Autre logiciel"


@dataclass
class ExtraitEnCours:
    """The file being matched. `depart` feeds the tables, `profil` is what they say once corrected.

    `nouveau_plie`: nothing is loaded for its PLIE yet; `sans_liste`: what it quotes that nobody has listed so far.
    """

    recu: ClasseurRecu
    extrait: Extrait
    depart: Profil
    profil: Profil
    proposition: Proposition | None
    references: References
    numero: int
    nouveau_plie: bool = False
    sans_liste: tuple[str, ...] = ()

    def matched(self) -> dict[FeuilleSource, FeuilleBrute]:
        """Sheets of the file that the profile finds whole."""
        return match_sheets(self.extrait, self.depart, RapportDExtrait(self.depart))

    def columns_of(self, feuilles: Mapping[FeuilleSource, FeuilleBrute]) -> list[str]:
        """Columns of the file that may be chosen, those of identity left out."""
        brutes = list(feuilles.values()) or self.extrait.sheets()
        noms = [nom for brute in brutes for nom in brute.colonnes if nom not in brute.colonnes_refusees]
        return list(dict.fromkeys(noms))


def count_values(brute: FeuilleBrute, colonne: str) -> dict[str, int]:
    """The different values of a column of the file, and on how many rows."""
    return dict(Counter(as_text(valeur) for valeur in brute.values(colonne)).most_common(200))


def choose_extrait() -> ExtraitEnCours | None:
    """The PLIE, the profile, the file: None until all three are there."""
    gauche, droite = st.columns(2)
    plie = choose_plie_of_export(gauche)
    if plie is None:
        return None
    with connect(current_url()) as base:
        connus = list_profils(base, [plie.code])
    choisi = _choose_profil(droite, connus)
    _import_json(plie.code)
    _drop(plie, choisi)
    cours: ExtraitEnCours | None = current_state().extrait
    if cours is None or cours.profil.code_plie != plie.code:
        return None  # the file of another PLIE waits until that PLIE is chosen again
    # The name of a PLIE that is not loaded may be corrected until the file is sent to the checks.
    cours.depart, cours.profil = name_new_plie(cours.depart, plie), name_new_plie(cours.profil, plie)
    return cours


def name_new_plie(profil: Profil, plie: PlieDeLExport) -> Profil:
    """The profile that also says what the PLIE, unknown so far, is called."""
    return replace(profil, plie=profil.plie | {"nom": plie.nom}) if plie.is_new else profil


def _choose_profil(place: Any, connus: list[ProfilEnregistre]) -> str:
    noms = {NOUVEAU: "Nouveau : proposer une correspondance"} | {p.nom: f"{p.nom} ({p.logiciel})" for p in connus}
    choisi: str = place.selectbox("Profil", list(noms), format_func=noms.__getitem__, key="extrait_profil")
    return choisi


def _drop(plie: PlieDeLExport, nom_du_profil: str) -> None:
    etat = current_state()
    aide = "Un export de 20 Mo au plus. Les colonnes d’identité (nom, adresse, téléphone…) ne sont jamais lues."
    depose = st.file_uploader(
        "Déposez ici l’export de l’autre logiciel (.xlsx, .csv ou .txt)",
        type=["xlsx", "csv", "txt"],
        help=aide,
        key=f"extrait_{etat.envois}",
    )
    st.caption(aide)
    if depose is None:
        return
    recu = ClasseurRecu(depose.name, depose.getvalue())
    release([depose])
    etat.envois += 1
    try:
        etat.extrait = open_with(recu, plie, nom_du_profil)
    except ClasseurRefuseError as refus:
        st.error(plain(refus), icon=":material/block:")
        return
    st.rerun()


def open_with(recu: ClasseurRecu, plie: PlieDeLExport, nom_du_profil: str) -> ExtraitEnCours:
    """The file read with that profile, or with the likeliest one. Raises `ClasseurRefuseError`."""
    with connect(current_url()) as base:
        profil = read_profil(base, plie.code, nom_du_profil) if nom_du_profil else None
        references = load_references(base, plie.code)
    extrait = open_extrait(recu, profil.encodage, profil.separateur) if profil else open_extrait(recu)
    proposition = None
    sans_liste: tuple[str, ...] = ()
    if profil is None:
        proposition = propose_profil(extrait, plie.code, NOM_PROPOSE, LOGICIEL_PROPOSE, references)
        profil = proposition.profil
        if plie.is_new:
            profil, sans_liste = set_unlisted_aside(profil)
    profil = name_new_plie(profil, plie)
    numero = current_state().envois
    return ExtraitEnCours(recu, extrait, profil, profil, proposition, references, numero, plie.is_new, sans_liste)


def _import_json(code_plie: str) -> None:
    etat = current_state()
    with st.expander("Importer un profil reçu d’un autre PLIE (.json)", icon=":material/input:"):
        depose = st.file_uploader("Profil au format JSON", type=["json"], key=f"profil_json_{etat.envois}")
        if depose is None:
            return
        try:
            profil = profil_from_json(depose.getvalue())
            if profil.code_plie != code_plie:
                st.warning(
                    plain(f"Ce profil est fait pour le PLIE {profil.code_plie} : il est enregistré sous ce code.")
                )
            require("importer", "enregistrer_profil", [profil.code_plie])
            save_profil(current_engine(), profil, current_author())
        except ClasseurRefuseError as refus:
            st.error(plain(refus), icon=":material/block:")
            return
        release([depose])
        etat.envois += 1
        etat.message_profil = f"Le profil « {profil.nom} » est enregistré : choisissez-le dans la liste."
        st.rerun()
