"""Opening an extract: its sheets, the row of their headers under titles, their rows above totals and page footers.

Identity columns are emptied at once.
"""

import re
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from openpyxl.utils import get_column_letter

from data_access.classeur.anomalies import refuse
from data_access.classeur.controles import TROP_GONFLE, TROP_LOURD
from data_access.classeur.garde import POIDS_MAX, ClasseurRecu, check_container
from data_access.classeur.identites import is_refused_column, looks_like_contact
from data_access.classeur.livre import load_livre, raw_rows
from data_access.colonnes import normalise
from data_access.profils import texte
from data_access.profils.vocabulaire import footer_words, known_headers

CELLULES_MAX = 5_000_000
_ZIP = b"PK"
_OLE = bytes.fromhex("D0CF11E0")
Ligne = tuple[int, list[object]]
LIGNES_REGARDEES = 40
LONGUEUR_INTITULE = 120
_POIDS_CONNU = 3
_CHIFFRES = re.compile(r"[\d\s/.,:%€+\-]+")
_PART_DES_LIGNES = 0.9
_PART_DES_COLONNES = 3


@dataclass
class FeuilleBrute:
    """A sheet of an extract. A row is its number in the file and its cells, one per name of `colonnes`."""

    nom: str
    ligne_entete: int
    colonnes: list[str]
    lignes: list[Ligne]
    titres: list[str] = field(default_factory=list, repr=False)
    """Texts above the headers: where the date of the extraction often is."""
    colonnes_refusees: list[str] = field(default_factory=list)
    lignes_de_fin: list[int] = field(default_factory=list)

    def values(self, colonne: str) -> list[object]:
        """The cells of a column that are not empty."""
        rang = self.colonnes.index(colonne)
        return [cellules[rang] for _, cellules in self.lignes if cellules[rang] is not None]


@dataclass
class Extrait:
    """An extract as it was given, sheet after sheet, before any profile.

    `lignes` still holds every cell, identities included: only `sheet` and `sheets` are fit to be shown.
    """

    nom: str
    lignes: dict[str, list[Ligne]] = field(repr=False)

    def sheet(
        self, nom: str, noms_attendus: Iterable[str] = (), ligne_entete: int | None = None
    ) -> FeuilleBrute | None:
        """Sheet `nom` cut at its headers.

        They are row `ligne_entete`, else the row most like `noms_attendus`, else the likeliest.
        None when no row looks like headers.
        """
        lignes = self.lignes[nom]
        numero = ligne_entete or find_header(lignes, noms_attendus)
        entete = next((cellules for rang, cellules in lignes if rang == numero), None)
        if numero is None or entete is None:
            return None
        return _cut(nom, lignes, numero, entete)

    def sheets(self) -> list[FeuilleBrute]:
        """Every sheet in which a row of headers is found."""
        return [feuille for nom in self.lignes if (feuille := self.sheet(nom)) is not None]


def open_extrait(fichier: ClasseurRecu, encodage: str | None = None, separateur: str | None = None) -> Extrait:
    """Read an .xlsx (with the guards of our own workbooks) or a CSV. Raises `ClasseurRefuseError`."""
    if fichier.contenu.startswith((_ZIP, _OLE)):
        return Extrait(fichier.nom, _read_xlsx(fichier))
    if len(fichier.contenu) > POIDS_MAX:
        raise refuse(TROP_LOURD, f"{len(fichier.contenu) // (1024 * 1024)} Mo")
    lu = texte.decode(fichier.contenu, encodage)
    lignes = list(texte.records(lu, separateur or texte.find_separator(lu)))
    return Extrait(fichier.nom, {PurePath(fichier.nom).stem: _without_blanks(lignes)})


def _read_xlsx(fichier: ClasseurRecu) -> dict[str, list[Ligne]]:
    check_container(fichier)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        livre = load_livre(fichier)
        try:
            return {
                titre: _without_blanks((n, cellules) for n, cellules, _ in raw_rows(livre[titre], texte.COLONNES_MAX))
                for titre in livre.sheetnames
                if hasattr(livre[titre], "_get_source")
            }
        finally:
            livre.close()


def _without_blanks(lignes: Iterable[Ligne]) -> list[Ligne]:
    """Rows that hold something, cut after their last cell; texts without outer spaces."""
    gardees = []
    nombre = 0
    for numero, cellules in lignes:
        nettes = [_clean(cellule) for cellule in cellules]
        while nettes and nettes[-1] is None:
            nettes.pop()
        if nettes:
            gardees.append((numero, nettes))
            nombre += len(nettes)
        if nombre > CELLULES_MAX:
            raise refuse(TROP_GONFLE, f"plus de {CELLULES_MAX} cellules")
    return gardees


def _clean(cellule: object) -> object:
    return (cellule.strip() or None) if isinstance(cellule, str) else cellule


def _cut(nom: str, lignes: list[Ligne], numero_entete: int, entete: list[object]) -> FeuilleBrute:
    dessous = [(numero, cellules) for numero, cellules in lignes if numero > numero_entete]
    largeur = max([len(entete), *(len(cellules) for _, cellules in dessous)])
    corps, fin = split_footer([(numero, cellules + [None] * (largeur - len(cellules))) for numero, cellules in dessous])
    colonnes = name_columns(entete, largeur)
    utiles = [
        rang
        for rang, colonne in enumerate(colonnes)
        if rang < len(entete) and entete[rang] is not None or any(cellules[rang] is not None for _, cellules in corps)
    ]
    feuille = FeuilleBrute(
        nom=nom,
        ligne_entete=numero_entete,
        colonnes=[colonnes[rang] for rang in utiles],
        lignes=[(numero, [cellules[rang] for rang in utiles]) for numero, cellules in corps],
        titres=[str(v) for n, cellules in lignes if n < numero_entete for v in cellules if v is not None],
        lignes_de_fin=[numero for numero, _ in fin],
    )
    _empty_identities(feuille)
    return feuille


def _empty_identities(feuille: FeuilleBrute) -> None:
    """Forget the cells of the columns refused by name or by content: nothing after this can show them."""
    for rang, colonne in enumerate(feuille.colonnes):
        if is_refused_column(colonne, [cellules[rang] for _, cellules in feuille.lignes if cellules[rang] is not None]):
            feuille.colonnes_refusees.append(colonne)
            for _, cellules in feuille.lignes:
                cellules[rang] = None


def find_header(lignes: list[Ligne], noms_attendus: Iterable[str] = ()) -> int | None:
    """Number of the row of headers; with `noms_attendus`, the row that holds most of them."""
    attendus = {normalise(nom) for nom in noms_attendus}
    debut = lignes[:LIGNES_REGARDEES]
    if attendus:
        meilleure = max(debut, key=lambda ligne: _count_expected(ligne[1], attendus), default=None)
        if meilleure and _count_expected(meilleure[1], attendus):
            return meilleure[0]
    meilleure = max(debut, key=lambda ligne: _likeness(ligne[1]), default=None)
    return meilleure[0] if meilleure and _likeness(meilleure[1]) > 1 else None


def _count_expected(cellules: list[object], attendus: set[str]) -> int:
    return len({normalise(cellule) for cellule in cellules if isinstance(cellule, str)} & attendus)


def _likeness(cellules: list[object]) -> int:
    """Different short texts count for the row, twice as much against it what a header never is."""
    remplies = [cellule for cellule in cellules if cellule is not None]
    intitules = {normalise(cellule) for cellule in remplies if isinstance(cellule, str) and is_header_text(cellule)}
    return 3 * len(intitules) - 2 * len(remplies) + _POIDS_CONNU * len(intitules & known_headers())


def is_header_text(texte: str) -> bool:
    """False for what only data hold: numbers, dates, contact details, long sentences."""
    return len(texte) <= LONGUEUR_INTITULE and not _CHIFFRES.fullmatch(texte) and not looks_like_contact(texte)


def name_columns(entete: list[object], largeur: int) -> list[str]:
    """One name per position: the header; « Date (2) » for a second one; « Colonne C » when there is none to show."""
    noms = []
    vus: Counter[str] = Counter()
    for rang in range(largeur):
        nom = _as_name(entete[rang] if rang < len(entete) else None) or f"Colonne {get_column_letter(rang + 1)}"
        vus[normalise(nom)] += 1
        noms.append(nom if vus[normalise(nom)] == 1 else f"{nom} ({vus[normalise(nom)]})")
    return noms


def _as_name(cellule: object) -> str | None:
    if cellule is None or isinstance(cellule, (date, bool)):
        return None
    texte = " ".join(str(cellule).split())
    return texte if is_header_text(texte) else None


def split_footer(lignes: list[Ligne]) -> tuple[list[Ligne], list[Ligne]]:
    """The rows, then the footer: read from the end, until a row that fills the columns that rows fill."""
    usuelles = _usual_columns(lignes)
    fin = len(lignes)
    while fin and _is_footer(lignes[fin - 1][1], usuelles):
        fin -= 1
    return lignes[:fin], lignes[fin:]


def _usual_columns(lignes: list[Ligne]) -> set[int]:
    """Positions filled on nearly every row."""
    if not lignes:
        return set()
    remplies = [0] * len(lignes[0][1])
    for _, cellules in lignes:
        for rang, cellule in enumerate(cellules):
            remplies[rang] += cellule is not None
    seuil = min(len(lignes) * _PART_DES_LIGNES, max(len(lignes) - 3, 1))
    return {rang for rang, nombre in enumerate(remplies) if nombre >= seuil}


def _is_footer(cellules: list[object], usuelles: set[int]) -> bool:
    remplies = {rang for rang, cellule in enumerate(cellules) if cellule is not None}
    if usuelles <= remplies:  # a company called « Total » is a row like another
        return False
    premiere = next((cellule for cellule in cellules if cellule is not None), None)
    annonce = isinstance(premiere, str) and normalise(premiere).startswith(footer_words())
    return annonce or len(remplies) <= len(usuelles) // _PART_DES_COLONNES
