"""What an operation changes on a page: who comes and who leaves, and an operation that has no participants."""

from components.cadre.chiffres import chiffre
from components.cadre.choix import Perimetre
from components.impression.cartes import Carte, make_carte
from components.messages.etats import show_empty
from indicators.horloges import departures
from indicators.perimetre import Filtres
from indicators.phrases import chiffres as phrases
from indicators.phrases import sorties as phrases_des_sorties
from indicators.sans_objet import SOUTIEN_AUX_STRUCTURES, supports_structures


def flow_cards(filtres: Filtres) -> tuple[Carte, Carte]:
    """Entries and exits: of the parcours, or of the operation with what each is for the PLIE."""
    if filtres.operation is None:
        return (
            make_carte("entrees", filtres, "Entrées", "parcours commencés dans la période"),
            make_carte("sorties", filtres, "Sorties", "parcours terminés dans la période"),
        )
    nouvelles, du_plie = chiffre("entrees_nouvelles", filtres), chiffre("sorties", filtres)
    return (
        make_carte("entrees", filtres, "", phrases.note_new_entries(nouvelles)),
        make_carte(
            departures(filtres), filtres, "Sorties de l’opération", phrases_des_sorties.note_plie_exits(du_plie)
        ),
    )


def has_people(perimetre: Perimetre) -> bool:
    """False where the chosen operation supports structures: the page then says so, once, instead of its figures."""
    if perimetre.operation is None or not supports_structures(perimetre.operation):
        return True
    show_empty(
        SOUTIEN_AUX_STRUCTURES,
        "Ses résultats sont sur la page « Objectifs ». Revenez à toutes les opérations pour lire les autres chiffres.",
    )
    return False
