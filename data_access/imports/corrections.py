"""What each référent has to correct, as workbooks to send: numbers of people only, never a name."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format

from data_access.imports.qualite import AnomalieOuverte

SANS_REFERENT = "Sans référent"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COLONNES = ("PLIE", "Feuille", "Numéro", "Opération", "Colonne", "Gravité", "Que faire", "Message", "Depuis le")
_LARGEURS = (16, 18, 26, 14, 20, 14, 60, 90, 12)
_INTERDITS_ONGLET = re.compile(r"[\[\]:*?/\\']")
_INTERDITS_FICHIER = re.compile(r"[^\w.-]+")
_ONGLET_MAX = 31
_CREE_LE = datetime(2025, 1, 1)

Ouvertes = Sequence[AnomalieOuverte]


def group_by_referent(anomalies: Iterable[AnomalieOuverte]) -> dict[tuple[str, str], list[AnomalieOuverte]]:
    """(code_plie, référent) → what they have to correct; what nobody follows comes last."""
    groupes: dict[tuple[str, str], list[AnomalieOuverte]] = defaultdict(list)
    for anomalie in anomalies:
        groupes[anomalie.code_plie or "", anomalie.code_referent or SANS_REFERENT].append(anomalie)
    return dict(sorted(groupes.items(), key=lambda paire: (paire[0][1] == SANS_REFERENT, paire[0])))


def write_corrections(anomalies: Iterable[AnomalieOuverte]) -> bytes:
    """One workbook, one sheet a référent."""
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, _OPTIONS) as classeur:
        classeur.set_properties({"created": _CREE_LE})
        entete = classeur.add_format({"bold": True, "bottom": 1, "bg_color": "#E8E8E8"})
        texte = classeur.add_format({"text_wrap": True, "valign": "top"})
        name = _namer()
        groupes = group_by_referent(anomalies)
        plusieurs = len({code for code, _ in groupes}) > 1
        for (code, referent), liste in groupes.items():
            _write_sheet(classeur, name(f"{code} {referent}" if plusieurs else referent), liste, entete, texte)
        if not groupes:
            classeur.add_worksheet("Rien à corriger")
    return sortie.getvalue()


def zip_corrections(anomalies: Iterable[AnomalieOuverte]) -> bytes:
    """One workbook a référent, so that each is sent only what they follow."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for rang, ((code, referent), liste) in enumerate(group_by_referent(anomalies).items(), start=1):
            nom = _INTERDITS_FICHIER.sub("_", f"{code}_{referent}")
            # The rank keeps apart two codes that differ by a forbidden character only.
            archive.writestr(f"{rang:03d}_{nom}.xlsx", write_corrections(liste))
    return sortie.getvalue()


def _namer() -> Callable[[str], str]:
    pris: set[str] = set()

    def name(voulu: str) -> str:
        propre = _INTERDITS_ONGLET.sub(" ", voulu).strip() or SANS_REFERENT
        nom, rang = propre[:_ONGLET_MAX], 2
        while nom.casefold() in pris:
            suffixe = f" ({rang})"
            nom, rang = propre[: _ONGLET_MAX - len(suffixe)] + suffixe, rang + 1
        pris.add(nom.casefold())
        return nom

    return name


def _write_sheet(classeur: xlsxwriter.Workbook, nom: str, liste: Ouvertes, entete: Format, texte: Format) -> None:
    onglet = classeur.add_worksheet(nom)
    onglet.freeze_panes(1, 0)
    for rang, (titre, largeur) in enumerate(zip(_COLONNES, _LARGEURS, strict=True)):
        onglet.set_column(rang, rang, largeur)
        onglet.write_string(0, rang, titre, entete)
    for ligne, anomalie in enumerate(liste, start=1):
        for rang, valeur in enumerate(_cells(anomalie)):
            if valeur:
                onglet.write_string(ligne, rang, valeur, texte)
    onglet.autofilter(0, 0, len(liste), len(_COLONNES) - 1)


def _cells(a: AnomalieOuverte) -> tuple[str, ...]:
    depuis = f"{a.depuis_le:%d/%m/%Y}"
    return (
        *(a.code_plie or "", a.feuille or "Classeur", a.cle or "", a.code_operation or "", a.colonne or ""),
        *(a.gravite, a.conseil, a.message, depuis),
    )
