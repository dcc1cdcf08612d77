"""Contacts of the last year and of the one before, for the PLIE whose text asks to count them."""

from datetime import date, timedelta
from random import Random

from sample_data.generation.calendrier import to_working_day
from sample_data.generation.hasard import draw, draw_count, make_hasard
from sample_data.generation.reference import Ligne

_NATURES = {"entretien": 0.44, "telephone": 0.28, "courriel": 0.17, "atelier": 0.08, "autre": 0.03}
_PART_PERDUS_DE_VUE = 0.09


def invent_contacts(code_plie: str, parcours: list[Ligne], extraction: date, contacts_par_mois: float) -> list[Ligne]:
    """Contacts of each parcours, month after month; some people are not seen for the last weeks."""
    hasard = make_hasard(code_plie, "contacts")
    depuis = date(extraction.year - 1, 1, 1)
    contacts: list[Ligne] = []
    for ligne in parcours:
        premier = _first_interview(hasard, ligne)
        if premier and premier >= depuis:
            contacts.append(_contact(ligne, premier, "entretien"))
        du, au = max(ligne["entree_le"], depuis), ligne.get("sortie_le") or extraction
        if au < du:
            continue
        if hasard.random() < _PART_PERDUS_DE_VUE:
            au = max(au - timedelta(hasard.randint(20, 140)), du)
        for jour in _draw_days(hasard, du, au, contacts_par_mois):
            contacts.append(_contact(ligne, jour, draw(hasard, _NATURES)))
    contacts.sort(key=lambda contact: (contact["contact_le"], contact["id_parcours"]))
    return contacts


def _contact(ligne: Ligne, jour: date, nature: str) -> Ligne:
    return {
        "code_plie": ligne["code_plie"],
        "id_parcours": ligne["id_parcours"],
        "contact_le": jour,
        "nature": nature,
    }


def _first_interview(hasard: Random, ligne: Ligne) -> date | None:
    """Between the prescription and the diagnostic, or the entry where the software holds no diagnostic."""
    prescription = ligne["prescription_le"]
    if prescription is None:
        return None
    attente = ((ligne["diagnostic_le"] or ligne["entree_le"]) - prescription).days
    return max(to_working_day(prescription + timedelta(round(attente * hasard.uniform(0.4, 0.95)))), prescription)


def _draw_days(hasard: Random, du: date, au: date, par_mois: float) -> list[date]:
    jours = (au - du).days + 1
    nombre = draw_count(hasard, min(par_mois * jours / 30.4, 60))
    return sorted(max(to_working_day(du + timedelta(hasard.randrange(jours))), du) for _ in range(nombre))
