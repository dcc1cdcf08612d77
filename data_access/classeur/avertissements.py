"""What is loaded all the same, but deserves a look: warnings on accepted rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from data_access.ages import read_bounds
from data_access.base.jours import add_months
from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.controles import Controle
from data_access.classeur.conversion import FeuilleLue, Valeurs
from data_access.classeur.etat import EtatFinal
from data_access.format import MODE_COMPLET, STATUTS_ETAPE_COMPTES, feuille
from data_access.vocabulaire import INDICATEURS, find_nearest, read_part

_Alertes = Iterable[tuple[Controle, str] | tuple[Controle, str, str]]
_Examen = Callable[[Valeurs], _Alertes]


def add_warnings(lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport) -> None:
    """Examine every accepted row of the sheets that have warnings."""
    for nom, make_examen in _EXAMENS.items():
        if nom not in lues:
            continue
        examiner = make_examen(etat)
        for numero, valeurs in lues[nom].lignes.items():
            for alerte in examiner(valeurs):
                detail = alerte[2] if len(alerte) == 3 else ""
                rapport.add(Anomalie(alerte[0], nom, numero, alerte[1], detail, valeurs[0]))


def _indexes(nom: str, *colonnes: str) -> list[int]:
    return [feuille(nom).rangs[colonne] for colonne in colonnes]


def _examine_plie(_etat: EtatFinal) -> _Examen:
    rang, rang_bornes = _indexes("PLIE", "seuils_parcours_longs", "bornes_age")

    def examiner(valeurs: Valeurs) -> _Alertes:
        seuils = valeurs[rang]
        if seuils is not None and not all(seuil.strip().isdecimal() for seuil in seuils.split(";")):
            yield c.SEUILS_ILLISIBLES, "seuils_parcours_longs"
        if valeurs[rang_bornes] is not None and read_bounds(valeurs[rang_bornes]) is None:
            yield c.BORNES_AGE_ILLISIBLES, "bornes_age"

    return examiner


def _examine_parcours(etat: EtatFinal) -> _Examen:
    mode, referent, sortie, type_sortie, saisie, situation = _indexes(
        "Parcours", "mode", "code_referent", "sortie_le", "type_sortie", "saisie_le", "situation_6_mois"
    )
    regles = _rules_by_type(etat)
    hors_territoire = _outside_territory(etat)

    def examiner(valeurs: Valeurs) -> _Alertes:
        jour = valeurs[sortie]
        if jour is not None:
            if valeurs[type_sortie] is None:
                yield c.SORTIE_SANS_TYPE, "type_sortie"
            elif not any(depuis <= jour <= jusqua for depuis, jusqua in regles[valeurs[0], valeurs[type_sortie]]):
                yield c.TYPE_SANS_REGLE, "type_sortie"
            if valeurs[saisie] is not None and valeurs[saisie] > add_months(jour, 1):
                yield c.SAISIE_TARDIVE, "saisie_le"
        elif valeurs[situation] is not None:
            yield c.SITUATION_SANS_SORTIE, "situation_6_mois"
        if valeurs[mode] == MODE_COMPLET and valeurs[referent] is None:
            yield c.SANS_REFERENT, "code_referent"
        yield from hors_territoire(valeurs)

    return examiner


def _rules_by_type(etat: EtatFinal) -> dict[tuple[str, str], list[tuple[date, date]]]:
    type_sortie, depuis, jusqua = _indexes("Regles de sortie", "type_sortie", "depuis", "jusqua")
    regles: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for valeurs in etat.rows("Regles de sortie"):
        regles[valeurs[0], valeurs[type_sortie]].append((valeurs[depuis], valeurs[jusqua] or date.max))
    return regles


def _outside_territory(etat: EtatFinal) -> _Examen:
    """Looks only at the kinds of place that the PLIE has documented: a missing list is not an empty territory."""
    territoire, type_lieu, eligible = _indexes("Territoires", "code_territoire", "type", "eligible")
    admis: set[tuple[str, str]] = set()
    documentes: set[tuple[str, str]] = set()
    for valeurs in etat.rows("Territoires"):
        documentes.add((valeurs[0], valeurs[type_lieu]))
        if valeurs[eligible] is not False:
            admis.add((valeurs[0], valeurs[territoire]))
    lieux = [(colonne, rang) for rang, colonne in enumerate(feuille("Parcours").colonnes) if colonne.lieux]

    def examiner(valeurs: Valeurs) -> _Alertes:
        for colonne, rang in lieux:
            lieu = valeurs[rang]
            connu = lieu is None or (valeurs[0], lieu) in admis
            if not connu and any((valeurs[0], genre) in documentes for genre in colonne.lieux):
                yield c.HORS_TERRITOIRE, colonne.nom

    return examiner


def _examine_participation(_etat: EtatFinal) -> _Examen:
    (rang,) = _indexes("Participations", "questionnaire_complet")

    def examiner(valeurs: Valeurs) -> _Alertes:
        if valeurs[rang] is not True:
            yield c.QUESTIONNAIRE_INCOMPLET, "questionnaire_complet"

    return examiner


def _examine_etape(etat: EtatFinal) -> _Examen:
    parcours, sortie = _indexes("Parcours", "id_parcours", "sortie_le")
    sorties: dict[tuple[Any, Any], date] = {
        (valeurs[0], valeurs[parcours]): valeurs[sortie]
        for valeurs in etat.rows("Parcours")
        if valeurs[sortie] is not None
    }
    id_parcours, fin, statut = _indexes("Etapes", "id_parcours", "fin", "statut")

    def examiner(valeurs: Valeurs) -> _Alertes:
        jour = sorties.get((valeurs[0], valeurs[id_parcours]))
        ouverte = jour is not None and (valeurs[fin] is None or valeurs[fin] > jour)
        if ouverte and valeurs[statut] in STATUTS_ETAPE_COMPTES:
            yield c.ETAPE_APRES_SORTIE, "fin"

    return examiner


def _examine_objectif(etat: EtatFinal) -> _Examen:
    code, part = _indexes("Objectifs", "code_indicateur", "part")
    (realise,) = _indexes("Realisations", "code_indicateur")
    declares: dict[str, set[str]] = defaultdict(set)
    for valeurs in etat.rows("Realisations"):
        declares[valeurs[0]].add(valeurs[realise])

    def examiner(valeurs: Valeurs) -> _Alertes:
        siens = declares[valeurs[0]]
        connu = valeurs[code] in INDICATEURS or valeurs[code] in siens
        if not connu:
            proche = find_nearest(valeurs[code], [*INDICATEURS, *sorted(siens)])
            detail = f". Le code le plus proche est « {proche} »" if proche else ""
            yield c.INDICATEUR_INCONNU, "code_indicateur", detail
        if read_part(valeurs[part]) is None:
            yield c.PART_INCONNUE, "part", ""
        elif valeurs[part] and connu and valeurs[code] not in INDICATEURS:
            yield c.PART_INCONNUE, "part", ", et une réalisation déclarée ne se découpe pas"

    return examiner


_EXAMENS: dict[str, Callable[[EtatFinal], _Examen]] = {
    "PLIE": _examine_plie,
    "Objectifs": _examine_objectif,
    "Parcours": _examine_parcours,
    "Participations": _examine_participation,
    "Etapes": _examine_etape,
}
