"""Who follows whom: référents (posts that change hands, never a name), their contacts of the last two years where the
text asks to count them, suspensions of parcours where it speaks of them."""

from datetime import date, timedelta
from random import Random

from sample_data.generation.hasard import draw, draw_count, draw_day, make_hasard, to_working_day
from sample_data.generation.reference import Ligne
from sample_data.generation.volumes import Volumes

_STRUCTURES = ("Structure A", "Structure B", "Structure C")
_ANNEES_EN_POSTE = 4.5


def invent_referents(code_plie: str, volumes: Volumes, extraction: date) -> list[Ligne]:
    """Holders of each post from the start of the history, in order of arrival, coded REF-01, REF-02…"""
    hasard = make_hasard(code_plie, "referents")
    tenues: list[Ligne] = []
    for rang, etp in enumerate(volumes.etp_referents):
        structure = _STRUCTURES[rang * len(_STRUCTURES) // len(volumes.etp_referents)]
        for depuis, jusqua in _list_holders(hasard, volumes.debut_historique, extraction):
            tenues.append({"structure": structure, "etp": float(etp), "depuis": depuis, "jusqua": jusqua})
    tenues.sort(key=lambda tenue: (tenue["depuis"], tenue["structure"]))
    return [
        {"code_plie": code_plie, "code_referent": f"REF-{numero:02d}"} | tenue
        for numero, tenue in enumerate(tenues, start=1)
    ]


def _list_holders(hasard: Random, debut: date, extraction: date) -> list[tuple[date, date | None]]:
    depuis = draw_day(hasard, debut - timedelta(2200), debut - timedelta(30))
    arrivee_limite = extraction - timedelta(200)
    tenues: list[tuple[date, date | None]] = []
    depart = debut + timedelta(round(hasard.expovariate(1 / _ANNEES_EN_POSTE) * 365))
    while depart < arrivee_limite:
        tenues.append((depuis, depart))
        depuis = draw_day(hasard, depart + timedelta(1), depart + timedelta(40))
        depart = depuis + timedelta(365 + round(hasard.expovariate(1 / _ANNEES_EN_POSTE) * 365))
    tenues.append((depuis, None))
    return tenues


def assign_referent(hasard: Random, referents: list[Ligne], jour: date) -> str | None:
    """Code of a référent in post on `jour`, the more likely the fuller the post; None if nobody is."""
    en_poste = [r for r in referents if r["depuis"] <= jour and (r["jusqua"] is None or r["jusqua"] >= jour)]
    if not en_poste:
        return None
    choisi: str = hasard.choices([r["code_referent"] for r in en_poste], [r["etp"] for r in en_poste])[0]
    return choisi


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
