"""A CSV as it was exported: its encoding, its separator, its records."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Literal, get_args

from data_access.classeur import controles as c
from data_access.classeur.anomalies import refuse
from data_access.classeur.controles import TROP_DE_LIGNES
from data_access.classeur.garde import TEXTE_MAX

Encodage = Literal["utf-8", "cp1252", "utf-16"]
Separateur = Literal[";", ",", "\t", "|"]
LIGNES_MAX = 1_000_000
COLONNES_MAX = 1_000
_LIGNES_REGARDEES = 200
_MARQUES = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What UTF-8 looks like once read as Windows-1252: « Ã© » for « é », « â€™ » for « ’ ».
_ACCENTS_ABIMES = re.compile("Ã[\u0080-\u00bf©¨ªª«®´»¢§¯²¹\u2030\u0160]|â€|\ufffd")
_COMMANDES = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f]")


def decode(contenu: bytes, encodage: str | None = None) -> str:
    """The text of `contenu`; `encodage` when the profile imposes one.

    Raises `ClasseurRefuseError`: a letter is never guessed.
    """
    if encodage is None:
        encodage = next((nom for marque, nom in _MARQUES if contenu.startswith(marque)), None)
    elif encodage == "utf-8":
        encodage = "utf-8-sig"
    texte = _decode_as(contenu, encodage) if encodage else _decode_by_trial(contenu)
    abimee = _ACCENTS_ABIMES.search(texte) or _COMMANDES.search(texte)
    if abimee:
        ligne = texte.count("\n", 0, abimee.start()) + 1
        raise refuse(c.ENCODAGE, f"ligne {ligne}")
    return texte


def _decode_as(contenu: bytes, encodage: str) -> str:
    try:
        return contenu.decode(encodage)
    except UnicodeError as erreur:
        ligne = contenu.count(b"\n", 0, getattr(erreur, "start", 0)) + 1
        raise refuse(c.ENCODAGE, f"pas de l’{encodage.removesuffix('-sig').upper()}, ligne {ligne}") from None


def _decode_by_trial(contenu: bytes) -> str:
    """UTF-8 is never mistaken for anything else; Windows-1252 accepts almost any bytes, hence second."""
    try:
        return contenu.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(contenu, "cp1252")


def find_separator(texte: str) -> str:
    """The separator that cuts most of the first rows into the same number of cells."""
    notes = {separateur: _regularity(texte, separateur) for separateur in get_args(Separateur)}
    meilleur = max(notes, key=lambda separateur: notes[separateur])
    if notes[meilleur] == 0:
        raise refuse(c.FICHIER_INCONNU)
    return meilleur


def _regularity(texte: str, separateur: str) -> int:
    largeurs: Counter[int] = Counter()
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    with suppress(csv.Error):  # what is wrong is told when the rows are read
        for cellules in islice(lecteur, _LIGNES_REGARDEES):
            largeurs[len(cellules)] += len(cellules) > 1
    return max(((largeur - 1) * nombre for largeur, nombre in largeurs.items()), default=0)


def records(texte: str, separateur: str) -> Iterator[tuple[int, list[object]]]:
    """Number and cells of each record, as a spreadsheet would number its rows; empty cells are None."""
    try:
        lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
        for numero, cellules in enumerate(lecteur, start=1):
            if numero > LIGNES_MAX:
                raise refuse(TROP_DE_LIGNES)
            if len(cellules) > COLONNES_MAX or any(len(cellule) > TEXTE_MAX for cellule in cellules):
                raise refuse(c.TEXTE_ILLISIBLE, f"ligne {numero}, une cellule ou une ligne démesurée")
            yield numero, [cellule.strip() or None for cellule in cellules]
    except csv.Error:
        raise refuse(c.TEXTE_ILLISIBLE, "un guillemet mal placé ou pas refermé, ou une cellule démesurée") from None
