"""« Autre logiciel », first part: the PLIE, loaded already or not, its file, the profile that reads it at first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components.acces.base import connect, current_engine
from components.acces.session import current_author, current_rights, require
from components.cadre.chiffres import programmes
from components.messages.etats import refused_by
from components.messages.texte import plain
from components.streamlit_interne import release
from data_access.classeur.garde import ClasseurRecu
from data_access.colonnes import LONGUEUR_CODE
from data_access.profils.contenu import FeuilleSource, Profil, set_unlisted_aside
from data_access.profils.conversion import as_text
from data_access.profils.correspondances import References, load_references
from data_access.profils.depot import ProfilEnregistre, list_profils, profil_from_json, read_profil, save_profil
from data_access.profils.feuilles import RapportDExtrait, match_sheets
from data_access.profils.grille import Extrait, FeuilleBrute, open_extrait
from data_access.profils.proposition import Proposition, propose_profil
from pages.animation.importer.depot import current_state
from sections.lecture import short_name

PAS_ENCORE_CHARGE = ""
NOM_PROPOSE, LOGICIEL_PROPOSE = "Export mensuel", "Autre logiciel"
_NOM_MAX = 120


@dataclass(frozen=True)
class PlieDeLExport:
    """The PLIE chosen. `nom` is what was typed for a PLIE that is not loaded yet, else empty."""

    code: str
    nom: str = ""

    @property
    def is_new(self) -> bool:
        """True for a PLIE of which nothing is loaded."""
        return bool(self.nom)

    def name_in(self, profil: Profil) -> Profil:
        """The profile, which also says what the PLIE is called when it is unknown so far."""
        return replace(profil, plie=profil.plie | {"nom": self.nom}) if self.is_new else profil


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
    plie = _choose_plie(gauche)
    if plie is None:
        return None
    with connect() as base:
        connus = list_profils(base, [plie.code])
    choisi = _choose_profil(droite, connus)
    _import_json(plie.code)
    _drop(plie, choisi)
    cours: ExtraitEnCours | None = current_state().extrait
    if cours is None or cours.profil.code_plie != plie.code:
        return None  # the file of another PLIE waits until that PLIE is chosen again
    # The name of a PLIE that is not loaded may be corrected until the file is sent to the checks.
    cours.depart, cours.profil = plie.name_in(cours.depart), plie.name_in(cours.profil)
    return cours


def _choose_plie(place: Any) -> PlieDeLExport | None:
    """One of the PLIE of the person, or a code and a name; None while they are not both given."""
    charges = {p.code_plie: short_name(p.nom) for p in programmes().plie}
    libelles = charges | {code: f"{code} (pas encore chargé)" for code in _list_expected(set(charges))}
    if current_rights().plie is None:
        libelles[PAS_ENCORE_CHARGE] = "Un PLIE pas encore chargé…"
    if not libelles:
        st.info(
            "Aucun PLIE ne peut être choisi : aucun n’est chargé, et vos droits n’en nomment aucun. Rien n’est lu. "
            "Demandez à l’administration un droit sur ce PLIE.",
            icon=":material/search_off:",
        )
        return None
    choisi: str = place.selectbox(
        "PLIE de cet export", list(libelles), format_func=libelles.__getitem__, key="extrait_plie"
    )
    return PlieDeLExport(choisi) if choisi in charges else _ask_new(choisi, charges)


def _list_expected(charges: set[str]) -> list[str]:
    """Codes of PLIE without any data: those the rights name, else those that have a profile already."""
    permis = current_rights().plie
    if permis is not None:
        return sorted(set(permis) - charges)
    with connect() as base:
        return sorted({profil.code_plie for profil in list_profils(base)} - charges)


def _ask_new(code_connu: str, charges: dict[str, str]) -> PlieDeLExport | None:
    gauche, droite = st.columns(2)
    code = code_connu
    if code_connu == PAS_ENCORE_CHARGE:
        code = gauche.text_input(
            "Code du PLIE",
            key="extrait_code",
            max_chars=LONGUEUR_CODE,
            help="Court et sans accent, par exemple « AGENAIS ». Il ne change plus ensuite.",
        ).strip()
    nom = droite.text_input(
        "Nom du PLIE",
        key=f"extrait_nom_{code_connu}",
        max_chars=_NOM_MAX,
        help="Tel qu’il s’affichera, par exemple « PLIE de l’Agenais ».",
    ).strip()
    if code in charges:
        st.warning(
            plain(
                f"Le PLIE {code} est déjà chargé. Rien n’est lu sous ce code. Choisissez-le dans la liste, ou donnez "
                "un autre code."
            ),
            icon=":material/content_copy:",
        )
        return None
    if not (code and nom and code.isprintable() and nom.isprintable()):
        st.caption("Donnez le code et le nom du PLIE : le dépôt s’ouvre ensuite.")
        return None
    return PlieDeLExport(code, nom)


def _choose_profil(place: Any, connus: list[ProfilEnregistre]) -> str:
    """The name of the profile; empty for a new one."""
    noms = {"": "Nouveau : proposer une correspondance"} | {p.nom: f"{p.nom} ({p.logiciel})" for p in connus}
    return place.selectbox("Profil", list(noms), format_func=noms.__getitem__, key="extrait_profil")


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
    with refused_by():
        etat.extrait = _open_with(recu, plie, nom_du_profil)
        st.rerun()


def _open_with(recu: ClasseurRecu, plie: PlieDeLExport, nom_du_profil: str) -> ExtraitEnCours:
    """The file read with that profile, or with the likeliest one. Raises `ClasseurRefuseError`."""
    with connect() as base:
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
    profil = plie.name_in(profil)
    numero = current_state().envois
    return ExtraitEnCours(recu, extrait, profil, profil, proposition, references, numero, plie.is_new, sans_liste)


def _import_json(code_plie: str) -> None:
    etat = current_state()
    with st.expander("Importer un profil reçu d’un autre PLIE (.json)", icon=":material/input:"):
        depose = st.file_uploader("Profil au format JSON", type=["json"], key=f"profil_json_{etat.envois}")
        if depose is None:
            return
        profil = None
        with refused_by():
            profil = profil_from_json(depose.getvalue())
        if profil is None:
            return
        if profil.code_plie != code_plie:
            st.warning(plain(f"Ce profil est fait pour le PLIE {profil.code_plie} : il est enregistré sous ce code."))
        require("importer", "enregistrer_profil", [profil.code_plie])
        with refused_by():
            save_profil(current_engine(), profil, current_author())
            release([depose])
            etat.envois += 1
            etat.message_profil = f"Le profil « {profil.nom} » est enregistré : choisissez-le dans la liste."
            st.rerun()
