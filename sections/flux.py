"""Entries and exits as papers print them: of the parcours, or of the operation with what each is for the PLIE."""

from indicators.horloges import departures
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from sections.contenu import Chiffre
from sections.lecture import Lecture


def flow_figures(lecture: Lecture) -> tuple[Chiffre, Chiffre]:
    """Both as large figures."""
    if lecture.filtres.operation is None:
        return (
            lecture.figure("entrees", "Entrées", "parcours commencés dans la période"),
            lecture.figure("sorties", "Sorties", "parcours terminés dans la période"),
        )
    return (
        lecture.figure("entrees", "", phrases.note_new_entries(lecture.ask("entrees_nouvelles"))),
        lecture.figure(
            departures(lecture.filtres),
            "Sorties de l’opération",
            phrases_des_sorties.note_plie_exits(lecture.ask("sorties")),
        ),
    )
