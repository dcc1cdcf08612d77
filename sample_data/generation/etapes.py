"""Étapes: what a parcours is made of, one after the other with waiting times between them."""

from datetime import date, timedelta
from random import Random

from data_access.format import MODE_ETAPE_SEULE, STATUTS_ETAPE_COMPTES
from sample_data.generation.hasard import after_confinement, draw, draw_around, make_hasard
from sample_data.generation.reference import Ligne, list_reference
from sample_data.generation.volumes import Volumes

_JOURS_ETAPE, _JOURS_ATTENTE = 110, 140
_ETAPES_MAX = 5
_JOURS_PRESCRIPTION = 45
_PART_LAISSEE_OUVERTE = 0.1
_JUSTIFICATIFS = {"Attestation": 0.5, "Compte-rendu": 0.35, "Contrat de travail": 0.15}
_PREUVE_A_VENIR = 0.15
"""Part of the étapes that go on whose proof comes later."""
_SANS_PREUVE = {"non": 0.5, None: 0.5}
_HEURES_D_ENTRETIENS = (3.0, 20.0)
"""Hours of the étapes made of interviews (health, housing, self-esteem…), which are those flagged `sensible`."""
# Where the classes of a PLIE are unequally used; elsewhere every counted type weighs the same.
_POIDS_CLASSES: dict[str, dict[str, float]] = {
    "GRAND_PERIGUEUX": {"2": 0.44, "4": 0.2, "5": 0.14, "6": 0.19, "7": 0.03},
    "BORDEAUX": {"2": 0.3, "3": 0.3, "4": 0.2, "5": 0.15, "6": 0.05},
    "AGENAIS": {"2": 0.45, "3": 0.25, "4": 0.3},
    "MNO": {"1": 0.35, "2": 0.4, "3": 0.25},
}
# The four phases of Dunkerque exist « depuis 2024 » and follow one another.
_PHASES = {"DUNKERQUOIS": date(2024, 1, 1)}


class Etapes:
    """Invents the étapes of one PLIE and numbers them."""

    def __init__(self, code_plie: str, volumes: Volumes, extraction: date) -> None:
        self._code_plie, self._volumes, self._extraction = code_plie, volumes, extraction
        self._hasard = make_hasard(code_plie, "etapes")
        types = list_reference("Types d'etape", code_plie)
        self._entretiens = {t["type_etape"] for t in types if t["sensible"]}
        self._accueil = next((t["type_etape"] for t in types if not t["comptee"]), None)
        self._classes: dict[str, list[str]] = {}
        for t in types:
            if t["comptee"]:
                self._classes.setdefault(t["code_classe"], []).append(t["type_etape"])
        self._poids = _POIDS_CLASSES.get(code_plie) or {classe: len(t) for classe, t in self._classes.items()}
        self.lignes: list[Ligne] = []

    def invent(self, parcours: Ligne) -> None:
        """Adds the étapes of one parcours."""
        fin = parcours.get("sortie_le") or self._extraction
        if parcours["mode"] == MODE_ETAPE_SEULE:
            terme = parcours.get("sortie_le") or draw_terme(self._hasard, self._extraction, 1, 3)
            self.add(parcours, self._draw_type(), parcours["entree_le"], terme)
            return
        debut = parcours["entree_le"] + timedelta(self._hasard.randint(5, 60))
        if self._accueil and debut < fin:
            self.add(parcours, self._accueil, parcours["entree_le"], debut)
        if self._code_plie in _PHASES:
            self._invent_phases(parcours, max(debut, _PHASES[self._code_plie]), fin)
        else:
            self._invent_suite(parcours, debut, fin)

    def _invent_suite(self, parcours: Ligne, debut: date, fin: date) -> None:
        for _ in range(_ETAPES_MAX):
            debut = after_confinement(self._hasard, debut, 0.8)
            if debut >= fin:
                return
            duree = self._draw_days(_JOURS_ETAPE)
            self.add(parcours, self._draw_type(), debut, debut + timedelta(duree))
            debut += timedelta(duree + self._draw_days(_JOURS_ATTENTE))

    def _invent_phases(self, parcours: Ligne, debut: date, fin: date) -> None:
        phases = [t for types in self._classes.values() for t in types]
        depart = draw(self._hasard, {0: 0.55, 1: 0.25, 2: 0.13, 3: 0.07})
        for phase in phases[depart:]:
            if debut >= fin:
                return
            terme = debut + timedelta(self._draw_days(165))
            self.add(parcours, phase, debut, terme)
            debut = terme + timedelta(1)

    def add(self, parcours: Ligne, type_etape: str, debut: date, terme: date, operation: str | None = None) -> None:
        """Adds one étape from `debut` to `terme`, cut at the exit; still open when `terme` is after the extraction."""
        sortie = parcours.get("sortie_le")
        ouverte = terme > self._extraction and sortie is None
        recente = sortie is None and (self._extraction - debut).days < _JOURS_PRESCRIPTION
        statut = draw(self._hasard, {"realisee": 0.87, "abandonnee": 0.13, "prescrite": 0.3 if recente else 0.0})
        fin: date | None = min(terme, sortie) if sortie else terme
        if ouverte:
            statut, fin = ("prescrite" if statut == "prescrite" else "en_cours"), None
        elif sortie and terme > sortie and self._hasard.random() < _PART_LAISSEE_OUVERTE:
            statut, fin = "en_cours", None  # forgotten at the exit: the checks must say so
        elif statut == "prescrite":
            fin = None
        self.lignes.append(
            {
                "code_plie": self._code_plie,
                "id_etape": f"E{len(self.lignes) + 1:06d}",
                "id_parcours": parcours["id_parcours"],
                "type_etape": type_etape,
                "code_operation": operation,
                "debut": debut,
                "fin": fin,
                "statut": statut,
                "heures": self._draw_heures(type_etape, statut, debut, fin or sortie or self._extraction),
                "justificatif": self._draw_justificatif(statut),
            }
        )

    def _draw_type(self) -> str:
        return self._hasard.choice(self._classes[draw(self._hasard, self._poids)])

    def _draw_days(self, moyenne: float) -> int:
        return max(round(draw_around(self._hasard, moyenne, 0.7)), 2)

    def _draw_heures(self, type_etape: str, statut: str, debut: date, jusqua: date) -> float | None:
        """Those done so far, for an étape that goes on."""
        if statut not in STATUTS_ETAPE_COMPTES or self._hasard.random() >= self._volumes.part_heures:
            return None
        if type_etape in self._entretiens:
            return float(round(self._hasard.uniform(*_HEURES_D_ENTRETIENS)))
        return float(max(round((jusqua - debut).days * self._hasard.uniform(0.4, 3)), 2))

    def _draw_justificatif(self, statut: str) -> str | None:
        if statut not in STATUTS_ETAPE_COMPTES or not self._volumes.part_justifiees:
            return None
        part = self._volumes.part_justifiees - (_PREUVE_A_VENIR if statut == "en_cours" else 0)
        justifiee = self._hasard.random() < part
        return draw(self._hasard, _JUSTIFICATIFS) if justifiee else draw(self._hasard, _SANS_PREUVE)


def invent_etapes(code_plie: str, volumes: Volumes, parcours: list[Ligne], extraction: date) -> Etapes:
    """The étapes of all the parcours of one PLIE; operations add theirs afterwards (`Etapes.add`)."""
    etapes = Etapes(code_plie, volumes, extraction)
    for ligne in parcours:
        etapes.invent(ligne)
    return etapes


def draw_terme(hasard: Random, debut: date, mois_min: int, mois_max: int) -> date:
    """A planned end, from `mois_min` to `mois_max` months after `debut`."""
    return debut + timedelta(round(hasard.uniform(mois_min, mois_max) * 30.4))
