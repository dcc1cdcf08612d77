"""Suspensions of parcours, for the PLIE whose text speaks of them."""

from datetime import date, timedelta

from sample_data.generation.hasard import draw, make_hasard
from sample_data.generation.reference import Ligne

_PART_SUSPENDUS = 0.09
_MOTIFS = {"Santé": 0.6, "Problèmes familiaux": 0.34, "Incarcération": 0.06}
_MOTIF_UNIQUE = {"ROUBAIX": "Veille"}  # « les participants en étapes et en veille » (l. 266): no reason is listed
_TROIS_MOIS = 91


def invent_suspensions(code_plie: str, parcours: list[Ligne], extraction: date) -> list[Ligne]:
    """About one parcours in eleven is suspended once, three months renewed or not; some still are."""
    hasard = make_hasard(code_plie, "suspensions")
    suspensions = []
    for ligne in parcours:
        fin_parcours = ligne.get("sortie_le") or extraction
        duree = (fin_parcours - ligne["entree_le"]).days
        if duree < 2 * _TROIS_MOIS or hasard.random() > _PART_SUSPENDUS:
            continue
        motif = _MOTIF_UNIQUE.get(code_plie) or draw(hasard, _MOTIFS)
        debut = ligne["entree_le"] + timedelta(hasard.randint(45, duree - 20))
        jours = hasard.randint(30, 85) if motif == "Incarcération" else _TROIS_MOIS * hasard.choice((1, 1, 1, 2, 2, 3))
        fin = debut + timedelta(jours)
        encore = fin > extraction and ligne.get("sortie_le") is None
        suspensions.append(
            {
                "code_plie": code_plie,
                "id_parcours": ligne["id_parcours"],
                "motif": motif,
                "debut": debut,
                "fin": None if encore else min(fin, fin_parcours),
            }
        )
    return suspensions
