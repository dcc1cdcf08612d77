"""Who takes part in the « aide aux personnes » operations, year after year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data_access.format import MODE_COMPLET, MODE_ETAPE_SEULE
from sample_data.generation.etapes import Etapes, draw_terme
from sample_data.generation.hasard import draw_day, draw_known, list_annees, make_hasard
from sample_data.generation.reference import Ligne, list_reference
from sample_data.generation.sorties import SortiesDOperation

_PART_QUESTIONNAIRE_INCOMPLET = 0.06
_AVANT = (0.75, 1.0)
"""Turnout of a year before the last, beside the last one."""
_JOURS_MIN = 40


@dataclass(frozen=True)
class Effectif:
    """Invented turnout of one operation in its last year, at the extraction date, and the étapes that it carries."""

    participants: int
    types_etape: tuple[str, ...]
    etapes_seules: int = 0
    """Of those, people who come for this étape alone."""
    mois: tuple[int, int] = (2, 6)
    etapes_par_personne: tuple[int, ...] = (1,)


# Beside the target of the text: A4 12, A5 30-35, B4 30, B5 50, ET5 15, GP1 35, GP3 16 + 16, HP2 12, PS3 4, S4 10.
EFFECTIFS: dict[str, Effectif] = {
    "A4": Effectif(9, ("mise_en_situation",)),
    "A5": Effectif(27, ("action_individuelle", "action_collective", "aide_individuelle"), mois=(1, 3)),
    "B4": Effectif(24, ("aide_individuelle",), mois=(1, 3)),
    "B5": Effectif(46, ("emploi_de_parcours",), mois=(4, 10)),
    "ET5": Effectif(12, ("mission_ai", "emploi_collectivite", "emploi_association")),
    "GP1": Effectif(
        33,
        ("2_permanence_d_ecoute_bpi", "2_coordinatrice_problematiques_sociales_bpi", "2_pmsmp", "4_afpr_poec_poei"),
        mois=(8, 14),
        etapes_par_personne=(0, 1, 1, 2),
    ),
    "GP3": Effectif(29, ("2_permanence_d_ecoute_mlgp", "6_contrat_en_aci"), etapes_seules=8),
    "HP2": Effectif(10, ("evaluation_en_milieu_de_travail", "interim", "contrat_aide", "iae"), etapes_seules=4),
    "PS3": Effectif(4, ("cdd", "contrat_aide")),
    "S4": Effectif(6, ("cdd_employeur_public", "cdd_employeur_iae")),
    "ASDP": Effectif(82, ("accompagnement_social", "soutien_psychologique", "estime_de_soi", "remobilisation")),
    "FP": Effectif(18, ("formation",), mois=(1, 4)),
}
# These operations are the référents' own: everyone accompanied takes part.
OPERATIONS_DE_REFERENT = ("AXE1", "ARP", "FA1", "AP")


def invent_participations(code_plie: str, parcours: list[Ligne], etapes: Etapes, extraction: date) -> list[Ligne]:
    """Participations of one PLIE; adds to `etapes` those that the operations carry."""
    inscriptions = _Inscriptions(code_plie, parcours, etapes, extraction)
    operations = list_reference("Operations", code_plie)
    for operation in operations:
        if operation["code_operation"] in EFFECTIFS:
            inscriptions.enrol_some(operation)
    for operation in operations:
        if operation["code_operation"] in OPERATIONS_DE_REFERENT:
            inscriptions.enrol_everyone(operation)
    return inscriptions.lignes


class _Inscriptions:
    """Enrols people of one PLIE in its operations."""

    def __init__(self, code_plie: str, parcours: list[Ligne], etapes: Etapes, extraction: date) -> None:
        self._parcours, self._etapes, self._extraction = parcours, etapes, extraction
        self._hasard = make_hasard(code_plie, "participations")
        self._sorties = SortiesDOperation(code_plie, extraction)
        self.lignes: list[Ligne] = []

    def enrol_everyone(self, operation: Ligne) -> None:
        """All the people accompanied, from their entry to their exit; the étapes that no other operation carries."""
        debut = operation["debut"]
        for ligne in self._active_in(debut, self._extraction, MODE_COMPLET):
            self._add(operation, ligne, max(ligne["entree_le"], debut), ligne.get("sortie_le"))
        suivis = {ligne["id_parcours"] for ligne in self._parcours if ligne["mode"] == MODE_COMPLET}
        for etape in self._etapes.lignes:
            if etape["id_parcours"] in suivis and etape["debut"] >= debut and not etape["code_operation"]:
                etape["code_operation"] = operation["code_operation"]

    def enrol_some(self, operation: Ligne) -> None:
        """Each year, as many people as its turnout says, those still there from the year before included."""
        effectif = EFFECTIFS[operation["code_operation"]]
        annees = list_annees(operation["debut"], min(operation["fin"], self._extraction))
        deja: dict[str, date | None] = {}
        for du, au in annees:
            derniere = (du, au) == annees[-1]
            part = 1.0 if derniere else self._hasard.uniform(*_AVANT)
            restent = sum(fin is None or fin >= du for fin in deja.values())
            voulus = max(round(effectif.participants * part) - restent, 0)
            seules = min(round(effectif.etapes_seules * part), voulus)
            limite = min(au, self._extraction)
            for mode, nombre in ((MODE_ETAPE_SEULE, seules), (MODE_COMPLET, voulus - seules)):
                for ligne in self._choose(mode, nombre, du, limite, deja):
                    deja[ligne["id_parcours"]] = self._enrol_one(operation, effectif, ligne, du, limite)

    def _choose(self, mode: str, nombre: int, du: date, au: date, deja: dict[str, date | None]) -> list[Ligne]:
        possibles = [
            ligne
            for ligne in self._active_in(du, au, mode)
            if ligne["id_parcours"] not in deja and _days_inside(ligne, du, au) > _JOURS_MIN
        ]
        choisis = self._hasard.sample(possibles, min(nombre, len(possibles)))
        return sorted(choisis, key=lambda choisi: choisi["id_parcours"])

    def _enrol_one(self, operation: Ligne, effectif: Effectif, ligne: Ligne, du: date, au: date) -> date | None:
        """Gives the day the participation ends; None while it lasts."""
        jours = _days_inside(ligne, du, au)
        entree = draw_day(self._hasard, max(ligne["entree_le"], du), _last_day(ligne, au, min(jours - 12, 12)))
        terme = draw_terme(self._hasard, entree, *effectif.mois)
        for type_etape in self._hasard.sample(effectif.types_etape, self._hasard.choice(effectif.etapes_par_personne)):
            self._etapes.add(ligne, type_etape, entree, terme, operation["code_operation"])
        fins = [jour for jour in (terme, ligne.get("sortie_le")) if jour and jour <= self._extraction]
        sortie = min(fins, default=None)
        self._add(operation, ligne, entree, sortie)
        return sortie

    def _active_in(self, du: date, au: date, mode: str) -> Iterator[Ligne]:
        for ligne in self._parcours:
            sortie = ligne.get("sortie_le")
            if ligne["mode"] == mode and ligne["entree_le"] <= au and (sortie is None or sortie >= du):
                yield ligne

    def _add(self, operation: Ligne, ligne: Ligne, entree_le: date, sortie_le: date | None) -> None:
        complet = self._hasard.random() > _PART_QUESTIONNAIRE_INCOMPLET
        participation = {
            "code_plie": ligne["code_plie"],
            "id_parcours": ligne["id_parcours"],
            "code_operation": operation["code_operation"],
            "entree_le": entree_le,
            "sortie_le": sortie_le,
            "questionnaire_complet": draw_known(self._hasard, complet, 0.02),
        }
        self.lignes.append(participation | self._sorties.describe(self._hasard, ligne, sortie_le))


def _last_day(ligne: Ligne, au: date, marge: int = 0) -> date:
    fin = min(ligne.get("sortie_le") or au, au)
    return date.fromordinal(fin.toordinal() - max(marge, 0))


def _days_inside(ligne: Ligne, du: date, au: date) -> int:
    return (_last_day(ligne, au) - max(ligne["entree_le"], du)).days
