"""What the screen « Qualité » counts, and its cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

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
    with connect() as base:
        questionnaires = count_questionnaires(base, perimetre.codes, periode.du, periode.au, operation)
    return Qualite(tuple(keep_operation(groupes, operation)), questionnaires)


@st.cache_data(max_entries=50, show_spinner=CALCUL)
def _read_groups(url: str, version: int, codes: tuple[str, ...]) -> list[GroupeDAnomalies]:
    with connect_while_awaited(url) as base:
        return open_anomalies(base, codes)


def keep_operation(groupes: Iterable[GroupeDAnomalies], operation: str | None) -> list[GroupeDAnomalies]:
    """The groups limited to the anomalies of one operation."""
    if operation is None:
        return list(groupes)
    limites = (
        GroupeDAnomalies(
            g.controle,
            g.titre,
            g.gravite,
            g.feuille,
            g.conseil,
            tuple(a for a in g.anomalies if a.code_operation == operation),
        )
        for g in groupes
    )
    return [groupe for groupe in limites if groupe.anomalies]


def age_in_days(depuis: datetime, maintenant: datetime | None = None) -> int:
    """Whole days since the import that found it first."""
    return max(((maintenant or datetime.now(UTC)) - depuis).days, 0)


def write_age(jours: int) -> str:
    """« aujourd’hui », « 1 jour », « 42 jours »."""
    return count(jours, "jour") if jours else "aujourd’hui"


def show_figures(perimetre: Perimetre, qualite: Qualite) -> None:
    """Four cards."""
    rejets = sum(a.gravite == Gravite.REJET for a in qualite.anomalies)
    sans_type = sum(a.controle == SORTIE_SANS_TYPE.code for a in qualite.anomalies)
    show_chiffres(
        (
            make_carte(
                "Anomalies ouvertes",
                write_integer(len(qualite.anomalies)),
                precision=f"{write_rejected(rejets)} ; dans les données enregistrées, quelle que soit la période",
            ),
            make_carte(
                "Sorties sans type",
                write_integer(sans_type),
                precision="toutes périodes ; comptées « non documentées » dans les deux taux",
            ),
            questionnaire_card(qualite.questionnaires, len(perimetre.codes)),
            card(open_lecture(perimetre), A_TEMPS, "Sorties saisies à temps", "dans le mois qui suit la sortie"),
        )
    )


def write_rejected(rejets: int) -> str:
    """« dont 3 lignes rejetées », « aucune ligne rejetée »."""
    return f"dont {count(rejets, 'ligne rejetée', 'lignes rejetées')}" if rejets else "aucune ligne rejetée"


def questionnaire_card(questionnaires: Questionnaires, nombre_de_plie: int) -> Chiffre:
    """How many participants are not eligible, or the state in words."""
    titre = "Participants non éligibles au FSE"
    if len(questionnaires.sans_source) == nombre_de_plie:
        mot = MOTS_DES_ETATS[Etat.NON_DOCUMENTE]
        return make_carte(titre, mot, precision="La feuille « Participations » n’a jamais été donnée.")
    if not questionnaires.participants:
        mot = MOTS_DES_ETATS[Etat.SANS_OBJET]
        return make_carte(titre, mot, precision="Aucun participant dans une opération sur la période.")
    if not questionnaires.non_eligibles:
        return make_carte(titre, "0", precision="tous les questionnaires d’entrée de la période sont complets")
    part = write_percent(questionnaires.non_eligibles / questionnaires.participants)
    return make_carte(
        titre,
        write_integer(questionnaires.non_eligibles),
        precision=f"questionnaire d’entrée incomplet, {part} des {write_integer(questionnaires.participants)} "
        "participants des opérations de la période",
    )


def list_checks(anomalies: Sequence[AnomalieOuverte]) -> dict[str, int]:
    """How many open anomalies of each check, in their order."""
    nombres: dict[str, int] = {}
    for anomalie in anomalies:
        nombres[anomalie.controle] = nombres.get(anomalie.controle, 0) + 1
    return nombres


def write_day(moment: datetime) -> str:
    """« 21/11/2026 »."""
    jour: date = moment.date()
    return f"{jour:%d/%m/%Y}"
