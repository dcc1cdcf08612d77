"""A copy of a workbook in which the faulty cells are seen: red, each with the sentence that says what to do.

Only the columns of the format are copied: a column of identity never leaves with the copy, and a cell that
was refused because it looks like an identity is emptied.
"""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from openpyxl.utils import get_column_letter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_access.classeur.anomalies import Anomalie, ClasseurRefuseError, Rapport
from data_access.classeur.controles import IDENTITE_DANS_UN_CODE, Gravite
from data_access.classeur.ecriture import FORMAT_DATE
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.lecture import Onglet, open_classeur
from data_access.classeur.livre import raw_rows

ONGLET_DES_ANOMALIES = "Anomalies"
NOTES_MAX = 5_000
LIENS_MAX = 20_000
NON_COPIEE = "(colonne non copiée)"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COLONNES = ("Gravité", "Contrôle", "Feuille", "Ligne", "Colonne", "PLIE", "Message", "Code")
_LARGEURS = (14, 34, 18, 8, 22, 14, 110, 10)
_COULEURS = {Gravite.BLOQUANT: "#F4B6B6", Gravite.REJET: "#F4B6B6", Gravite.AVERTISSEMENT: "#FFE3A3"}

_Lieu = tuple[int, str | None]


def mark_classeur(recu: ClasseurRecu | None, anomalies: Sequence[Anomalie]) -> bytes:
    """An .xlsx: the list of anomalies, then the sheets of `recu` with the faulty cells marked.

    Without `recu`, or if it cannot be read, the list alone.
    """
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, _OPTIONS) as classeur:
        copie = _Copie(classeur, anomalies)
        liste = classeur.add_worksheet(ONGLET_DES_ANOMALIES)
        if recu is not None:
            with suppress(ClasseurRefuseError):
                copie.copy(recu)
        copie.write_list(liste)
    return sortie.getvalue()


class _Copie:
    """One copy being written."""

    def __init__(self, classeur: xlsxwriter.Workbook, anomalies: Sequence[Anomalie]) -> None:
        self._classeur = classeur
        self._anomalies = anomalies
        self._positions: dict[str, dict[str, int]] = {}
        self._notes = 0
        self._entete = classeur.add_format({"bold": True, "bottom": 1, "bg_color": "#E8E8E8"})
        self._styles: dict[tuple[Gravite | None, bool], Format] = {}
        self._fautes: dict[str, dict[_Lieu, list[Anomalie]]] = defaultdict(lambda: defaultdict(list))
        for anomalie in anomalies:
            if anomalie.feuille and anomalie.ligne:
                self._fautes[anomalie.feuille][anomalie.ligne, anomalie.colonne].append(anomalie)

    def copy(self, recu: ClasseurRecu) -> None:
        """Every sheet of the format, rows and columns where they were."""
        with open_classeur(recu, Rapport()) as ouvert:
            for nom, onglet in ouvert.onglets.items():
                self._copy_sheet(self._classeur.add_worksheet(nom), nom, onglet)

    def _copy_sheet(self, feuille: Worksheet, nom: str, onglet: Onglet) -> None:
        self._positions[nom] = onglet.positions
        colonnes = {position: colonne for colonne, position in onglet.positions.items()}
        largeur = max(colonnes, default=-1) + 1
        feuille.freeze_panes(1, 0)
        feuille.set_column(0, max(largeur - 1, 0), 16)
        for position in range(largeur):
            feuille.write_string(0, position, colonnes.get(position, NON_COPIEE), self._entete)
        fautes = self._fautes.get(nom, {})
        lignes = {numero for numero, _ in fautes}
        for numero, cellules, _ in raw_rows(onglet.source, largeur):
            if numero > 1:
                self._copy_row(feuille, numero, cellules, colonnes, fautes if numero in lignes else {})
        for (numero, colonne), anomalies in fautes.items():
            self._note(feuille, numero, onglet.positions.get(colonne or "", 0), anomalies)

    def _copy_row(
        self,
        feuille: Worksheet,
        numero: int,
        cellules: list[object],
        colonnes: dict[int, str],
        fautes: dict[_Lieu, list[Anomalie]],
    ) -> None:
        for position, nom in colonnes.items():
            trouvees = fautes.get((numero, nom), []) + (fautes.get((numero, None), []) if position == 0 else [])
            gravite = trouvees[0].gravite if trouvees else None
            cachee = any(anomalie.controle is IDENTITE_DANS_UN_CODE for anomalie in trouvees)
            self._write(feuille, numero - 1, position, None if cachee else cellules[position], gravite)

    def _write(self, feuille: Worksheet, rang: int, position: int, valeur: Any, gravite: Gravite | None) -> None:
        style = self._style(gravite, isinstance(valeur, (date, datetime)))
        if valeur is None or valeur == "":
            if gravite:
                feuille.write_blank(rang, position, None, style)
        elif isinstance(valeur, bool):
            feuille.write_boolean(rang, position, valeur, style)
        elif isinstance(valeur, (int, float)):
            feuille.write_number(rang, position, valeur, style)
        elif isinstance(valeur, (date, datetime)) and valeur.year >= 1900:
            feuille.write_datetime(rang, position, valeur, style)
        else:
            feuille.write_string(rang, position, valeur.isoformat() if isinstance(valeur, time) else str(valeur), style)

    def _style(self, gravite: Gravite | None, jour: bool) -> Format:
        if (gravite, jour) not in self._styles:
            proprietes: dict[str, object] = {"num_format": FORMAT_DATE} if jour else {}
            if gravite:
                proprietes |= {"bg_color": _COULEURS[gravite], "border": 1, "border_color": "#A8324A"}
            self._styles[gravite, jour] = self._classeur.add_format(proprietes)
        return self._styles[gravite, jour]

    def _note(self, feuille: Worksheet, numero: int, position: int, anomalies: list[Anomalie]) -> None:
        # Notes are heavy: past this number the colour stays, and the list has every sentence.
        self._notes += 1
        if self._notes <= NOTES_MAX:
            texte = "\n\n".join(dict.fromkeys(anomalie.message for anomalie in anomalies))
            feuille.write_comment(numero - 1, position, texte, {"x_scale": 3, "y_scale": 2})

    def write_list(self, feuille: Worksheet) -> None:
        """One row an anomaly; the row number leads to the cell."""
        feuille.freeze_panes(1, 0)
        for rang, (titre, largeur) in enumerate(zip(_COLONNES, _LARGEURS, strict=True)):
            feuille.set_column(rang, rang, largeur)
            feuille.write_string(0, rang, titre, self._entete)
        for rang, (anomalie, textes) in enumerate(self._rows(), start=1):
            for colonne, texte in enumerate(textes):
                if texte:
                    feuille.write_string(rang, colonne, texte)
            if anomalie.ligne is not None:
                self._write_row_number(feuille, rang, anomalie)
        feuille.autofilter(0, 0, max(len(self._anomalies), 1), len(_COLONNES) - 1)

    def _rows(self) -> Iterator[tuple[Anomalie, tuple[str, ...]]]:
        for a in self._anomalies:
            yield (
                a,
                (
                    *(a.gravite.value, a.controle.titre, a.feuille or "", "", a.colonne or ""),
                    *(a.code_plie or "", a.message, a.code),
                ),
            )

    def _write_row_number(self, feuille: Worksheet, rang: int, anomalie: Anomalie) -> None:
        positions = self._positions.get(anomalie.feuille or "")
        if positions is None or rang > LIENS_MAX:
            feuille.write_number(rang, 3, anomalie.ligne or 0)
            return
        lettre = get_column_letter(positions.get(anomalie.colonne or "", 0) + 1)
        onglet = (anomalie.feuille or "").replace("'", "''")
        feuille.write_url(rang, 3, f"internal:'{onglet}'!{lettre}{anomalie.ligne}", string=str(anomalie.ligne))
