"""Checking a whole workbook: typed rows that may be loaded, and the report of all that is wrong."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError, Rapport
from data_access.classeur.avertissements import add_warnings
from data_access.classeur.conversion import Convertisseur, FeuilleLue
from data_access.classeur.etat import DejaEnregistre, EtatFinal
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.lecture import open_classeur
from data_access.classeur.rattachement import attach_rows
from data_access.classeur.references import count_still_quoted, reject_inconsistent_rows
from data_access.classeur.regles import apply_row_rules
from data_access.effacements import drop_erased
from data_access.format import FEUILLES

Progres = Callable[[float, str], None]
"""Told the fraction done (0 to 1) and a sentence in French."""

_PART_LECTURE = 0.8


@dataclass
class ClasseurVerifie:
    """Rows that may be loaded, for which PLIE, beside what stays; `etat` is None when nothing may be loaded."""

    rapport: Rapport
    feuilles: dict[str, FeuilleLue]
    codes_plie: list[str]
    etat: EtatFinal | None


def verify_classeur(
    classeur: ClasseurRecu,
    enregistre: DejaEnregistre,
    codes_autorises: Collection[str] | None = None,
    progres: Progres | None = None,
) -> ClasseurVerifie:
    """Read and check `classeur` against what is `enregistre`; never raises for what the workbook contains.

    `codes_autorises`: the PLIE that the person may change; None for all of them.
    """
    rapport = Rapport()
    return verify_sheets(lambda: _read_sheets(classeur, rapport, progres), rapport, enregistre, codes_autorises)


def verify_sheets(
    lire: Callable[[], dict[str, FeuilleLue]],
    rapport: Rapport,
    enregistre: DejaEnregistre,
    codes_autorises: Collection[str] | None = None,
) -> ClasseurVerifie:
    """Check the sheets that `lire` gives, in the order of the format, whatever file they were read from."""
    verifie = ClasseurVerifie(rapport, {}, [], None)
    try:
        verifie.feuilles = lire()
    except ClasseurRefuseError as refus:
        rapport.add(refus.anomalie)
        return verifie
    verifie.codes_plie = _check_plie(verifie.feuilles, enregistre, codes_autorises, rapport)
    if rapport.is_blocking:
        return verifie
    enregistre.limit_to(set(verifie.codes_plie))
    drop_erased(verifie.feuilles, enregistre.erased(), rapport)
    etat = EtatFinal(verifie.feuilles, enregistre)
    reject_inconsistent_rows(verifie.feuilles, etat, rapport)
    count_still_quoted(verifie.feuilles, etat, rapport)
    add_warnings(verifie.feuilles, etat, rapport)
    attach_rows(verifie.feuilles, etat, rapport)
    verifie.etat = etat
    return verifie


def _read_sheets(classeur: ClasseurRecu, rapport: Rapport, progres: Progres | None) -> dict[str, FeuilleLue]:
    lues: dict[str, FeuilleLue] = {}
    with open_classeur(classeur, rapport) as ouvert:
        for rang, (nom, onglet) in enumerate(ouvert.onglets.items()):
            if progres:
                progres(_PART_LECTURE * rang / len(ouvert.onglets), f"Lecture de la feuille « {nom} »")
            lue = Convertisseur(onglet.feuille, onglet.positions, rapport).convert(ouvert.rows(nom))
            apply_row_rules(lue, rapport)
            lues[nom] = lue
    return lues


def _check_plie(
    lues: dict[str, FeuilleLue],
    enregistre: DejaEnregistre,
    codes_autorises: Collection[str] | None,
    rapport: Rapport,
) -> list[str]:
    """Codes of the PLIE that the workbook concerns; notes those that nobody knows or that are out of reach."""
    declares = {valeurs[0] for valeurs in lues["PLIE"].lignes.values()} if "PLIE" in lues else set()
    rejetes = {cle[0] for cle in lues["PLIE"].cles_rejetees} if "PLIE" in lues else set()
    connus = declares | enregistre.codes_plie
    concernes = set(declares) | (rejetes & enregistre.codes_plie)
    for nom, lue in lues.items():
        nombres = Counter(valeurs[0] for valeurs in lue.lignes.values())
        concernes |= nombres.keys() & connus
        inconnus = nombres.keys() - connus - rejetes
        if inconnus:
            premiere = next(numero for numero, valeurs in lue.lignes.items() if valeurs[0] in inconnus)
            total = sum(nombres[code] for code in inconnus)
            rapport.add(Anomalie(c.PLIE_INCONNU, nom, premiere, "code_plie", str(total)))
    for code in sorted(rejetes - connus):
        rapport.add(Anomalie(c.PLIE_REJETE, "PLIE", colonne="code_plie", code_plie=code))
    if codes_autorises is not None and not concernes <= set(codes_autorises):
        rapport.add(Anomalie(c.PLIE_HORS_DROITS))
    if declares - enregistre.codes_plie:
        for feuille in FEUILLES:
            if feuille.premiere_fois and feuille.nom not in lues:
                rapport.add(Anomalie(c.FEUILLE_ABSENTE, feuille.nom))
    return sorted(concernes)
