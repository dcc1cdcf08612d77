"""Who takes part in the « aide aux personnes » operations of the call's year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_access.format import MODE_COMPLET, MODE_ETAPE_SEULE
from sample_data.generation.calendrier import draw_day
from sample_data.generation.etapes import Etapes, draw_terme
from sample_data.generation.hasard import draw_known, make_hasard
from sample_data.generation.reference import Ligne, list_reference

_PART_QUESTIONNAIRE_INCOMPLET = 0.06


@dataclass(frozen=True)
class Effectif:
    """Invented turnout of one operation at the extraction date, and the étapes that it carries."""

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
# These operations are the référents' own: everyone accompanied in the year takes part.
OPERATIONS_DE_REFERENT = ("ARP", "FA1", "AP")


def invent_participations(code_plie: str, parcours: list[Ligne], etapes: Etapes, extraction: date) -> list[Ligne]:
    """Participations of one PLIE; adds to `etapes` those that the operations carry."""
    hasard = make_hasard(code_plie, "participations")
    participations: list[Ligne] = []
    for operation in list_reference("Operations", code_plie):
        code = operation["code_operation"]
        if code in OPERATIONS_DE_REFERENT:
            participations.extend(_enrol_everyone(hasard, operation, parcours, extraction))
            _attach_etapes(operation, parcours, etapes)
        elif code in EFFECTIFS:
            participations.extend(_enrol_some(hasard, operation, parcours, etapes, extraction))
    return participations


def _active_in(parcours: list[Ligne], du: date, au: date, mode: str) -> Iterator[Ligne]:
    for ligne in parcours:
        sortie = ligne.get("sortie_le")
        if ligne["mode"] == mode and ligne["entree_le"] <= au and (sortie is None or sortie >= du):
            yield ligne


def _enrol_everyone(hasard: Random, operation: Ligne, parcours: list[Ligne], extraction: date) -> Iterator[Ligne]:
    for ligne in _active_in(parcours, operation["debut"], extraction, MODE_COMPLET):
        entree = max(ligne["entree_le"], operation["debut"])
        yield _participation(hasard, operation, ligne, entree, ligne.get("sortie_le"))


def _attach_etapes(operation: Ligne, parcours: list[Ligne], etapes: Etapes) -> None:
    """Étapes begun during the operation are carried by it, unless another one does."""
    suivis = {ligne["id_parcours"] for ligne in parcours if ligne["mode"] == MODE_COMPLET}
    for etape in etapes.lignes:
        if etape["id_parcours"] in suivis and etape["debut"] >= operation["debut"] and not etape["code_operation"]:
            etape["code_operation"] = operation["code_operation"]


def _enrol_some(
    hasard: Random, operation: Ligne, parcours: list[Ligne], etapes: Etapes, extraction: date
) -> Iterator[Ligne]:
    effectif = EFFECTIFS[operation["code_operation"]]
    fin_des_entrees = extraction - timedelta(12)
    choisis: list[Ligne] = []
    for mode, nombre in (
        (MODE_ETAPE_SEULE, effectif.etapes_seules),
        (MODE_COMPLET, effectif.participants - effectif.etapes_seules),
    ):
        possibles = [p for p in _active_in(parcours, operation["debut"], fin_des_entrees, mode) if _long_enough(p)]
        choisis.extend(hasard.sample(possibles, min(nombre, len(possibles))))
    for ligne in sorted(choisis, key=lambda choisi: choisi["id_parcours"]):
        au_plus_tard = min(ligne.get("sortie_le") or fin_des_entrees, fin_des_entrees)
        entree = draw_day(hasard, max(ligne["entree_le"], operation["debut"]), au_plus_tard)
        terme = draw_terme(hasard, entree, *effectif.mois)
        for _ in range(hasard.choice(effectif.etapes_par_personne)):
            etapes.add(ligne, hasard.choice(effectif.types_etape), entree, terme, operation["code_operation"])
        fins = [jour for jour in (terme, ligne.get("sortie_le")) if jour and jour <= extraction]
        yield _participation(hasard, operation, ligne, entree, min(fins, default=None))


def _long_enough(ligne: Ligne) -> bool:
    sortie = ligne.get("sortie_le")
    return sortie is None or (sortie - ligne["entree_le"]).days > 40


def _participation(hasard: Random, operation: Ligne, ligne: Ligne, entree_le: date, sortie_le: date | None) -> Ligne:
    complet = hasard.random() > _PART_QUESTIONNAIRE_INCOMPLET
    return {
        "code_plie": ligne["code_plie"],
        "id_parcours": ligne["id_parcours"],
        "code_operation": operation["code_operation"],
        "entree_le": entree_le,
        "sortie_le": sortie_le,
        "questionnaire_complet": draw_known(hasard, complet, 0.02),
    }
