"""An extract read with its profile: what it would give, shown first; then loaded as a workbook is.

The same checks, the same comparison, the same import.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from data_access.classeur import controles as c
from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError
from data_access.classeur.conversion import Convertisseur, FeuilleLue
from data_access.classeur.etat import DejaEnregistre
from data_access.classeur.garde import ClasseurRecu, receive_classeur
from data_access.classeur.regles import apply_row_rules
from data_access.classeur.verification import Progres, verify_sheets
from data_access.format import FEUILLES, feuille
from data_access.imports.deroule import ImportPrepare, compare_with_stored, refused_import
from data_access.imports.transaction import Enregistre
from data_access.profils.contenu import Profil
from data_access.profils.conversion import as_text, convert, keep_the_rest
from data_access.profils.dates import find_extraction
from data_access.profils.feuilles import RapportDExtrait, match_sheets
from data_access.profils.grille import Extrait, open_extrait

LIGNES_MONTREES = 10
_PLIE, _PARCOURS, _EXTRACTION = "PLIE", "Parcours", "date_extraction"


def prepare_extrait(
    engine: sa.Engine,
    fichier: Path | ClasseurRecu,
    profil: Profil,
    extraction: date | None = None,
    codes_autorises: Collection[str] | None = None,
    progres: Progres | None = None,
) -> ImportPrepare:
    """As `prepare_import`, for an extract read with `profil`. Nothing is written.

    `extraction`: the day the data are worth; else the date in the titles, when the extract gives the parcours;
    else the one already stored.
    """
    try:
        recu = receive_classeur(fichier) if isinstance(fichier, Path) else fichier
        if progres:
            progres(0.1, "Lecture du fichier")
        extrait = open_extrait(recu, profil.encodage, profil.separateur)
    except ClasseurRefuseError as refus:
        return refused_import(engine, fichier.name if isinstance(fichier, Path) else fichier.nom, refus.anomalie)
    with engine.connect() as base:
        enregistre = Enregistre(base)
        rapport = RapportDExtrait(profil)
        if progres:
            progres(0.5, "Conversion")
        verifie = verify_sheets(
            lambda: _read(extrait, profil, extraction, enregistre, rapport), rapport, enregistre, codes_autorises
        )
        return compare_with_stored(recu, verifie, enregistre)


def _read(
    extrait: Extrait, profil: Profil, extraction: date | None, enregistre: DejaEnregistre, rapport: RapportDExtrait
) -> dict[str, FeuilleLue]:
    """The sheets of our format that the extract feeds, in the order of the format."""
    enregistre.limit_to({profil.code_plie})
    lues: dict[str, FeuilleLue] = {}
    titres: list[str] = []
    for source, brute in match_sheets(extrait, profil, rapport).items():
        for cible in source.cibles:
            lue = convert(cible, brute, profil.code_plie, profil.decimale, rapport)
            if cible.garder_le_reste:
                keep_the_rest(lue, cible, enregistre, rapport)
            elif cible.feuille == _PARCOURS:
                titres = brute.titres
            apply_row_rules(lue, rapport)
            lues[cible.feuille] = lue
    plie = _read_plie(profil, extraction or find_extraction(titres), enregistre, rapport)
    if plie is not None:
        lues[_PLIE] = plie
    return {f.nom: lues[f.nom] for f in FEUILLES if f.nom in lues}


def _read_plie(
    profil: Profil, extraction: date | None, enregistre: DejaEnregistre, rapport: RapportDExtrait
) -> FeuilleLue | None:
    """The row of the PLIE at the day of the extraction; None when it does not change."""
    origine = feuille(_PLIE)
    connu = profil.code_plie in enregistre.codes_plie
    if extraction is None:
        if not connu:
            rapport.add(Anomalie(c.EXTRACTION_INCONNUE))
        return None
    if connu:
        valeurs = list(enregistre.rows(_PLIE)[0][1])
        valeurs[origine.rangs[_EXTRACTION]] = extraction
        return FeuilleLue(origine, {1: tuple(valeurs)})
    champs: dict[str, object] = dict.fromkeys(origine.rangs)
    champs |= {**profil.plie, "code_plie": profil.code_plie, _EXTRACTION: extraction}
    positions = {nom: rang for rang, nom in enumerate(champs)}
    return Convertisseur(origine, positions, rapport).convert([(1, list(champs.values()))])


@dataclass(frozen=True)
class Apercu:
    """First rows of one of our sheets: row number in the extract, then one text per column.

    A row that is rejected shows no value: its anomalies say why.
    """

    feuille: str
    feuille_source: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[int, tuple[str, ...]], ...]
    anomalies: tuple[Anomalie, ...]


def preview(extrait: Extrait, profil: Profil, nombre: int = LIGNES_MONTREES) -> list[Apercu]:
    """The first `nombre` rows of each sheet fed; a sheet or a column that is missing shows in the anomalies alone."""
    rapport = RapportDExtrait(profil)
    trouvees = match_sheets(extrait, profil, rapport)
    apercus = [
        Apercu(cible.feuille, source.nom, tuple(cible.colonnes), (), tuple(rapport.anomalies()))
        for source, cible in profil.targets()
        if source not in trouvees
    ]
    for source, brute in trouvees.items():
        for cible in source.cibles:
            fautes = RapportDExtrait(profil)
            fautes.name_sheet(cible.feuille, brute.nom)
            debut = replace(brute, lignes=brute.lignes[:nombre])
            lue = convert(cible, debut, profil.code_plie, profil.decimale, fautes)
            rangs = [lue.feuille.rangs[nom] for nom in cible.colonnes]
            montrees = tuple((n, tuple(_as_french(valeurs[r]) for r in rangs)) for n, valeurs in lue.lignes.items())
            apercus.append(Apercu(cible.feuille, brute.nom, tuple(cible.colonnes), montrees, tuple(fautes.anomalies())))
    return apercus


def _as_french(valeur: object) -> str:
    if valeur is None:
        return ""
    return f"{valeur:%d/%m/%Y}" if isinstance(valeur, date) else as_text(valeur)
