"""What a profile makes of an extract before anything is loaded: some converted rows, the values it does not know."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from data_access.classeur.anomalies import Anomalie
from data_access.classeur.conversion import Valeurs
from data_access.classeur.identites import is_identity_column
from data_access.classeur.normalisation import normalise
from data_access.format import feuille
from data_access.profils.cellules import as_text
from data_access.profils.conversion import convert
from data_access.profils.feuilles import match_sheets
from data_access.profils.grille import Extrait
from data_access.profils.identites import looks_like_contact
from data_access.profils.profil import Profil
from data_access.profils.rapport import RapportDExtrait

LIGNES_MONTREES = 10


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


@dataclass(frozen=True)
class ValeurInconnue:
    """A value of the extract that the profile does not map, and on how many rows."""

    feuille: str
    colonne: str
    valeur: str
    nombre: int


def preview(extrait: Extrait, profil: Profil, nombre: int = LIGNES_MONTREES) -> list[Apercu]:
    """The first `nombre` rows of each sheet fed; a sheet or a column that is missing shows in the anomalies alone."""
    rapport = RapportDExtrait(profil)
    trouvees = match_sheets(extrait, profil, rapport)
    apercus = [
        Apercu(cible.feuille, source.nom, tuple(cible.colonnes), (), tuple(rapport.anomalies()))
        for source in profil.feuilles
        if source not in trouvees
        for cible in source.cibles
    ]
    for source, brute in trouvees.items():
        for cible in source.cibles:
            fautes = RapportDExtrait(profil)
            fautes.name_sheet(cible.feuille, brute.nom)
            debut = replace(brute, lignes=brute.lignes[:nombre])
            lue = convert(cible, debut, profil.code_plie, profil.decimale, fautes)
            rangs = [[k.nom for k in lue.feuille.colonnes].index(nom) for nom in cible.colonnes]
            montrees = tuple((numero, _as_texts(valeurs, rangs)) for numero, valeurs in lue.lignes.items())
            apercus.append(Apercu(cible.feuille, brute.nom, tuple(cible.colonnes), montrees, tuple(fautes.anomalies())))
    return apercus


def _as_texts(valeurs: Valeurs, rangs: list[int]) -> tuple[str, ...]:
    return tuple(_as_french(valeurs[rang]) for rang in rangs)


def _as_french(valeur: object) -> str:
    if valeur is None:
        return ""
    return f"{valeur:%d/%m/%Y}" if isinstance(valeur, date) else as_text(valeur)


def list_unknown_values(extrait: Extrait, profil: Profil) -> list[ValeurInconnue]:
    """Values without a correspondence in the columns that the profile maps value by value, the most frequent first."""
    inconnues = []
    for source, brute in match_sheets(extrait, profil, RapportDExtrait(profil)).items():
        presentes = {normalise(colonne): colonne for colonne in brute.colonnes}
        for cible in source.cibles:
            for nom, regle in cible.colonnes.items():
                if not regle.valeurs or len(regle.sources) != 1 or is_identity_column(regle.sources[0]):
                    continue
                connues = {normalise(mot) for paire in regle.valeurs.items() for mot in paire}
                textes = Counter(as_text(v) for v in brute.values(presentes[normalise(regle.sources[0])]))
                inconnues += [
                    ValeurInconnue(feuille(cible.feuille).nom, nom, texte, nombre)
                    for texte, nombre in textes.most_common()
                    if normalise(texte) not in connues and not looks_like_contact(texte)
                ]
    return inconnues
