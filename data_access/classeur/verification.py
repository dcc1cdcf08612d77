"""Checking a whole workbook: typed rows that may be loaded, and the report of all that is wrong.

A row number moves as soon as the export is sorted otherwise: the key does not. With it an anomaly is followed from one
import to the next; with the référent and the operation it finds someone to correct it.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from data_access.classeur import controles as c
from data_access.classeur.anomalies import ENTRE_PARTIES, Anomalie, ClasseurRefuseError, Rapport
from data_access.classeur.avertissements import add_warnings
from data_access.classeur.conversion import Convertisseur, FeuilleLue, Valeurs
from data_access.classeur.effacements import drop_erased
from data_access.classeur.etat import DejaEnregistre, EtatFinal
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.lecture import open_classeur
from data_access.classeur.regles import apply_row_rules, count_still_quoted, reject_inconsistent_rows
from data_access.colonnes import Feuille
from data_access.format import FEUILLES, feuille

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


def attach_rows(lues: dict[str, FeuilleLue], etat: EtatFinal, rapport: Rapport) -> None:
    """Complete the anomalies of `rapport` that have a row: its key, its PLIE, its référent, its operation."""
    completers: dict[str, Callable[[Anomalie, Valeurs], Anomalie]] = {}

    def preciser(anomalie: Anomalie) -> Anomalie:
        if anomalie.ligne is None or anomalie.feuille not in lues:
            return anomalie
        lue = lues[anomalie.feuille]
        valeurs = lue.lignes.get(anomalie.ligne) or lue.rejetees.get(anomalie.ligne)
        if valeurs is None:
            return anomalie
        if anomalie.feuille not in completers:
            completers[anomalie.feuille] = _completer(lue.feuille, etat)
        return completers[anomalie.feuille](anomalie, valeurs)

    rapport.refine(preciser)


def _completer(origine: Feuille, etat: EtatFinal) -> Callable[[Anomalie, Valeurs], Anomalie]:
    """Gives an anomaly with what its row of that sheet says; its référent is that of the parcours, if not its own."""
    rangs = origine.rangs
    # The PLIE is told apart, but for the one row that names it.
    reperes = [rangs[nom] for nom in origine.reperes[1:] or origine.reperes]
    operation, referent, parcours = rangs.get("code_operation"), rangs.get("code_referent"), rangs.get("id_parcours")
    referents = _referents(etat) if referent is None and parcours is not None else {}

    def follower(valeurs: Valeurs) -> str | None:
        if referent is not None:
            return valeurs[referent]
        return None if parcours is None else referents.get((valeurs[0], valeurs[parcours]))

    def complete(anomalie: Anomalie, valeurs: Valeurs) -> Anomalie:
        parties = [_as_text(valeurs[rang]) for rang in reperes]
        return replace(
            anomalie,
            code_plie=anomalie.code_plie or valeurs[0],
            cle=ENTRE_PARTIES.join(parties) if any(parties) else None,
            code_referent=follower(valeurs),
            code_operation=None if operation is None else valeurs[operation],
        )

    return complete


def _as_text(valeur: object) -> str:
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return "" if valeur is None else str(valeur)


def _referents(etat: EtatFinal) -> dict[tuple[str, str], str | None]:
    rangs = feuille("Parcours").rangs
    numero, referent = rangs["id_parcours"], rangs["code_referent"]
    return {(valeurs[0], valeurs[numero]): valeurs[referent] for valeurs in etat.rows("Parcours")}
