"""Contacts of the last fifteen months, for the PLIE whose text asks to count them."""

from datetime import date, timedelta
from random import Random

from data_access.derivation import add_months
from sample_data.generation.calendrier import to_working_day
from sample_data.generation.hasard import draw, draw_count, make_hasard
from sample_data.generation.reference import Ligne

MOIS_D_HISTORIQUE = 15
_NATURES = {"entretien": 0.44, "telephone": 0.28, "courriel": 0.17, "atelier": 0.08, "autre": 0.03}
_PART_PERDUS_DE_VUE = 0.09


def invent_contacts(code_plie: str, parcours: list[Ligne], extraction: date, contacts_par_mois: float) -> list[Ligne]:
    """Contacts of each parcours, month after month; some people are not seen for the last weeks."""
    hasard = make_hasard(code_plie, "contacts")
    depuis = add_months(extraction, -MOIS_D_HISTORIQUE) + timedelta(1)
    contacts: list[Ligne] = []
    for ligne in parcours:
        du, au = max(ligne["entree_le"], depuis), ligne.get("sortie_le") or extraction
        if au < du:
            continue
        if hasard.random() < _PART_PERDUS_DE_VUE:
            au = max(au - timedelta(hasard.randint(20, 140)), du)
        for jour in _draw_days(hasard, du, au, contacts_par_mois):
            contact = {"contact_le": jour, "nature": draw(hasard, _NATURES)}
            contacts.append({"code_plie": code_plie, "id_parcours": ligne["id_parcours"]} | contact)
    contacts.sort(key=lambda contact: (contact["contact_le"], contact["id_parcours"]))
    return contacts


def _draw_days(hasard: Random, du: date, au: date, par_mois: float) -> list[date]:
    jours = (au - du).days + 1
    nombre = draw_count(hasard, min(par_mois * jours / 30.4, 60))
    return sorted(max(to_working_day(du + timedelta(hasard.randrange(jours))), du) for _ in range(nombre))
