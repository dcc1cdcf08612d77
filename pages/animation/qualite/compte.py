"""What the screen « Qualité » counts: its cards, FSE questionnaires and exits by operation, trend of the imports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from components.acces.base import connect, connect_while_awaited, current_url, read_version
from components.acces.session import require_plie
from components.cadre.chiffres import chiffre, programmes
from components.cadre.choix import Perimetre
from components.impression.cartes import make_carte, show_chiffres
from components.impression.images import show_image
from components.impression.lecture import open_lecture
from components.messages.etats import CALCUL
from components.messages.texte import plain, print_table, write_moment
from data_access.classeur.controles import SORTIE_SANS_TYPE, Gravite
from data_access.historique.chargements import Version, list_versions
from data_access.imports.qualite import AnomalieOuverte, GroupeDAnomalies, open_anomalies
from data_access.imports.questionnaires import Questionnaires, QuestionnairesDOperation, count_questionnaires
from indicators.nombres import MOTS_DES_ETATS, write_integer, write_percent, write_value
from indicators.phrases.chiffres import count
from indicators.resultats import Etat, ResultatPublie
from sections.cartes import card
from sections.contenu import Chiffre
from sections.dessins import Barre, absent, draw_bars
from sections.lecture import short_name

A_TEMPS = "sorties_saisies_a_temps"
CHARGEMENTS_MONTRES = 12
_SANS_OPERATION = "Aucune opération sur la période. Élargissez la période ou le périmètre."


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


def show_questionnaires(perimetre: Perimetre, questionnaires: Questionnaires) -> None:
    """Completeness of the entry questionnaire, operation by operation."""
    titre = "Questionnaires FSE d’entrée par opération"
    if len(questionnaires.sans_source) == len(perimetre.codes):
        _show_missing(titre, "La feuille « Participations » n’a jamais été donnée : ce n’est pas un zéro.")
        return
    if not questionnaires.operations:
        _show_missing(titre, _SANS_OPERATION)
        return
    st.subheader(titre, anchor=False)
    st.caption("Participants présents dans l’opération au moins un jour de la période.")
    st.markdown(write_eligibility(questionnaires))
    print_table(table_of_questionnaires(questionnaires.operations, len(perimetre.codes) > 1))
    if questionnaires.sans_source:
        noms = {p.code_plie: p.nom for p in perimetre.plie}
        sans = ", ".join(noms.get(code, code) for code in questionnaires.sans_source)
        st.caption(plain(f"Feuille « Participations » jamais donnée : {sans}. Ce n’est pas un zéro."))


def _show_missing(titre: str, pourquoi: str) -> None:
    show_image(absent("", titre, pourquoi), "")


def write_eligibility(questionnaires: Questionnaires) -> str:
    """« 3 participants sur 36 ne sont pas éligibles… »"""
    participants, non_eligibles = write_integer(questionnaires.participants), questionnaires.non_eligibles
    if not questionnaires.participants:
        return "Aucun participant dans une opération sur la période."
    if not non_eligibles:
        return f"Les {participants} participants ont un questionnaire complet."
    verbe = "n’est pas éligible" if non_eligibles == 1 else "ne sont pas éligibles"
    return (
        f"**{count(non_eligibles, 'participant')} sur {participants} {verbe}** au FSE tant que le questionnaire "
        "d’entrée n’est pas complet."
    )


def table_of_questionnaires(operations: Sequence[QuestionnairesDOperation], plusieurs: bool) -> pd.DataFrame:
    """One line an operation; « sans objet » where no questionnaire is expected."""
    noms = {p.code_plie: short_name(p.nom) for p in programmes().plie}
    return pd.DataFrame(
        [
            ({"PLIE": noms.get(q.code_plie, q.code_plie)} if plusieurs else {})
            | {"Opération": f"{q.code_operation} · {q.intitule}"}
            | _numbers(q)
            for q in operations
        ]
    )


def _numbers(q: QuestionnairesDOperation) -> dict[str, str]:
    if q.is_sans_objet:
        raison = "aucun participant" if q.aide_aux_personnes else "aide aux structures"
        sans_objet = MOTS_DES_ETATS[Etat.SANS_OBJET]
        return dict.fromkeys(("Complets", "Incomplets", "Manquants"), sans_objet) | {"Part complète": raison}
    return {
        "Complets": write_integer(q.complets),
        "Incomplets": write_integer(q.incomplets),
        "Manquants": write_integer(q.non_renseignes),
        "Part complète": write_percent(q.complets / q.participants),
    }


def show_exits_in_time(perimetre: Perimetre) -> None:
    """Share of exits recorded within one month, operation by operation."""
    titre = "Sorties saisies dans le mois, par opération"
    par_operation = chiffre(A_TEMPS, perimetre.filtres.split_by("operation"))
    if not par_operation.cellules:
        _show_missing(titre, _SANS_OPERATION)
        return
    st.subheader(titre, anchor=False)
    st.caption("Sorties de l’opération dont le mois de saisie est écoulé au dernier jour de la période.")
    intitules = {o.code_operation: o.intitule for o in programmes().operations if o.code_plie in perimetre.codes}
    print_table(_rows_of_exits(par_operation, intitules))


def _rows_of_exits(par_operation: ResultatPublie, intitules: dict[str, str]) -> list[dict[str, str]]:
    """One line an operation; the state in words where there is nothing to divide."""
    return [
        {
            "Opération": " · ".join(filter(None, (code, intitules.get(code)))),
            "Sorties": "–" if cellule.denominateur is None else write_integer(cellule.denominateur),
            "Saisies dans le mois": "–" if cellule.valeur is None else write_integer(cellule.numerateur or 0),
            "Part": write_value(cellule, par_operation.unite),
        }
        for code, cellule in ((c.at("operation"), c) for c in par_operation)
    ]


def show_trend(perimetre: Perimetre) -> None:
    """Anomalies found by each of the last imports, the oldest on top."""
    comptes = [(v, sum(v.anomalies.values())) for v in _read_versions(perimetre)[-CHARGEMENTS_MONTRES:]]
    barres = [Barre(f"{write_moment(v.moment)} · {v.classeur}", nombre, write_integer(nombre)) for v, nombre in comptes]
    image = draw_bars(
        "tendance",
        barres,
        sujet="Anomalies trouvées par les derniers chargements",
        vide="Aucun chargement en vigueur.",
        entete="Chargement",
        nom="Anomalies",
        unite="",
        indicateurs=(),
        effectif=f"n = {count(len(barres), 'chargement')}",
        note="un classeur partiel ne montre que les anomalies de ses feuilles ; les chargements annulés sont exclus",
    )
    show_image(image, image.code)


def _read_versions(perimetre: Perimetre) -> list[Version]:
    """Imports in force that concern the PLIE chosen, the oldest first."""
    with connect() as base:
        par_numero = {v.numero: v for code in perimetre.codes for v in list_versions(base, code)}
    return [v for _, v in sorted(par_numero.items()) if v.en_vigueur and v.annulation_de is None]
