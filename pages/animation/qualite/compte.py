"""What the screen « Qualité » counts, and its cards."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from components.acces.base import connect, connect_while_awaited, current_url, read_version
from components.acces.session import require_plie
from components.cadre.choix import Perimetre
from components.impression.cartes import make_carte, show_chiffres
from components.impression.lecture import open_lecture
from components.messages.etats import CALCUL
from data_access.classeur.controles import SORTIE_SANS_TYPE, Gravite
from data_access.imports.qualite import AnomalieOuverte, GroupeDAnomalies, open_anomalies
from data_access.imports.questionnaires import Questionnaires, count_questionnaires
from indicators.nombres import MOTS_DES_ETATS, write_integer, write_percent
from indicators.phrases.chiffres import count
from indicators.resultats import Etat
from sections.cartes import card
from sections.contenu import Chiffre

A_TEMPS = "sorties_saisies_a_temps"


@dataclass(frozen=True)
class Qualite:
    """Open anomalies of the perimeter and FSE questionnaires of the period."""

    groupes: tuple[GroupeDAnomalies, ...]
    questionnaires: Questionnaires

    @property
    def anomalies(self) -> tuple[AnomalieOuverte, ...]:
        """All of them, the gravest first."""
        return tuple(anomalie for groupe in self.groupes for anomalie in groupe.anomalies)

    @property
    def titles(self) -> dict[str, str]:
        """Code of a check → its title."""
        return {groupe.controle: groupe.titre for groupe in self.groupes}


def read_qualite(perimetre: Perimetre) -> Qualite:
    """What is open for the PLIE (and the operation) chosen."""
    require_plie(perimetre.codes)
    operation, periode = perimetre.filtres.operation, perimetre.periode
    groupes = _read_groups(current_url(), read_version(), perimetre.codes)
    if operation is not None:
        gardees = ((g, tuple(a for a in g.anomalies if a.code_operation == operation)) for g in groupes)
        groupes = [replace(groupe, anomalies=siennes) for groupe, siennes in gardees if siennes]
    with connect() as base:
        questionnaires = count_questionnaires(base, perimetre.codes, periode.du, periode.au, operation)
    return Qualite(tuple(groupes), questionnaires)


@st.cache_data(max_entries=50, show_spinner=CALCUL)
def _read_groups(url: str, version: int, codes: tuple[str, ...]) -> list[GroupeDAnomalies]:
    with connect_while_awaited(url) as base:
        return open_anomalies(base, codes)


def age_in_days(depuis: datetime, maintenant: datetime | None = None) -> int:
    """Whole days since the import that found it first."""
    return max(((maintenant or datetime.now(UTC)) - depuis).days, 0)


def write_age(jours: int) -> str:
    """« aujourd’hui », « 1 jour », « 42 jours »."""
    return count(jours, "jour") if jours else "aujourd’hui"


def show_figures(perimetre: Perimetre, qualite: Qualite) -> None:
    """Four cards."""
    controles = Counter(a.controle for a in qualite.anomalies)
    rejets = sum(a.gravite == Gravite.REJET for a in qualite.anomalies)
    rejetees = f"dont {count(rejets, 'ligne rejetée', 'lignes rejetées')}" if rejets else "aucune ligne rejetée"
    show_chiffres(
        (
            make_carte(
                "Anomalies ouvertes",
                write_integer(len(qualite.anomalies)),
                f"{rejetees} ; dans les données enregistrées, quelle que soit la période",
            ),
            make_carte(
                "Sorties sans type",
                write_integer(controles[SORTIE_SANS_TYPE.code]),
                "toutes périodes ; comptées « non documentées » dans les deux taux",
            ),
            questionnaire_card(qualite.questionnaires, len(perimetre.codes)),
            card(open_lecture(perimetre), A_TEMPS, "Sorties saisies à temps", "dans le mois qui suit la sortie"),
        )
    )


def questionnaire_card(questionnaires: Questionnaires, nombre_de_plie: int) -> Chiffre:
    """How many participants are not eligible, or the state in words."""
    non_eligibles, participants = questionnaires.non_eligibles, questionnaires.participants
    texte = write_integer(non_eligibles)
    if len(questionnaires.sans_source) == nombre_de_plie:
        texte = MOTS_DES_ETATS[Etat.NON_DOCUMENTE]
        precision = "La feuille « Participations » n’a jamais été donnée."
    elif not participants:
        texte = MOTS_DES_ETATS[Etat.SANS_OBJET]
        precision = "Aucun participant dans une opération sur la période."
    elif not non_eligibles:
        precision = "tous les questionnaires d’entrée de la période sont complets"
    else:
        part = write_percent(non_eligibles / participants)
        precision = (
            f"questionnaire d’entrée incomplet, {part} des {write_integer(participants)} participants des opérations "
            "de la période"
        )
    return make_carte("Participants non éligibles au FSE", texte, precision)
