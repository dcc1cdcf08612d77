"""Hostile files, each in a process of its own: never an abort, under 500 MB and 10 seconds."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.unit.data_access.petits_classeurs import raw_sheets, valid_sheets, write, write_raw

MEMOIRE_MO, DUREE_S = 500, 10
RACINE = Path(__file__).resolve().parents[3]
_LECTURE = """
import json, sys, time
from pathlib import Path
from data_access.base.moteur import make_engine
from data_access.imports.deroule import prepare_import
from data_access.tables import metadata
engine = make_engine("sqlite://")
metadata.create_all(engine)
debut = time.monotonic()
prepare = prepare_import(engine, Path(sys.argv[1]))
duree = time.monotonic() - debut
sommet = next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1]
codes = sorted({a.code for a in prepare.anomalies})
lignes = sum(b.ajoutes for b in prepare.bilans().values())
print(json.dumps([prepare.is_refused, codes, lignes, duree, int(sommet) / 1024]))
"""
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read in /proc")


def read_apart(chemin: Path, memoire_mo: int = MEMOIRE_MO, duree_s: float = DUREE_S) -> tuple[bool, list[str], int]:
    """Refused or not, checks, rows that would be loaded; the limits hold and the process lives."""
    acheve = subprocess.run(
        [sys.executable, "-c", _LECTURE, str(chemin)],
        cwd=RACINE, capture_output=True, text=True, timeout=6 * DUREE_S, check=False,
        env=os.environ | {"PYTHONPATH": str(RACINE)},
    )  # fmt: skip
    assert acheve.returncode == 0, acheve.stderr[-500:]
    refuse, codes, lignes, duree, memoire = json.loads(acheve.stdout)
    assert duree < duree_s
    assert memoire < memoire_mo
    return bool(refuse), codes, lignes


def rewrite(chemin: Path, partie: str, transformer) -> Path:
    with zipfile.ZipFile(chemin) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    parties[partie] = transformer(parties.get(partie, b""))
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            archive.writestr(nom, contenu)
    return chemin


def edit(chemin: Path, changer) -> Path:
    livre = openpyxl.load_workbook(chemin)
    changer(livre)
    livre.save(chemin)
    return chemin


def far_cell(chemin):
    return edit(chemin, lambda livre: livre["Etapes"].__setitem__("XFD1048576", "loin"))


def zip_bomb(chemin):
    """Less than 1 MB that unpacks to 220."""
    ligne = b'<row><c t="inlineStr"><is><t>aaaaaaaa</t></is></c></row>'
    return rewrite(chemin, "xl/worksheets/sheet2.xml", lambda _: b"<worksheet><sheetData>" + ligne * 4_000_000)


def bomb_just_under_the_limit(chemin):
    """140 MB of rows, all in columns of the format."""
    ligne = b'<row><c t="inlineStr"><is><t>T</t></is></c></row>'
    return rewrite(
        chemin,
        "xl/worksheets/sheet2.xml",
        lambda c: c[: c.index(b"<sheetData>") + 11] + ligne * 2_500_000 + b"</sheetData></worksheet>",
    )


def nested_entities(chemin):
    niveaux = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    tete = b'<!DOCTYPE w [<!ENTITY a0 "aaaaaaaaaa">' + niveaux + b"]>"
    return rewrite(
        chemin,
        "xl/worksheets/sheet2.xml",
        lambda c: c.replace(b"<worksheet", tete + b"<worksheet", 1).replace(b"</sheetData>", b"&a9;</sheetData>"),
    )


def every_column(chemin):
    feuilles = raw_sheets(valid_sheets())
    feuilles["Participants"][0] += [f"inconnue {rang}" for rang in range(16_384 - 4)]
    return write_raw(chemin.parent, feuilles)


def widen(chemin, lignes):
    ligne = b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"

    def change(contenu):
        return contenu.replace(b"</sheetData>", ligne * lignes + b"</sheetData>")

    return rewrite(chemin, "xl/worksheets/sheet12.xml", change)


def every_column_on_many_rows(chemin):
    return widen(chemin, 500)


def every_column_on_a_few_rows(chemin):
    return widen(chemin, 4)


def only_formulas(chemin):
    def change(livre):
        for onglet in livre.worksheets[1:]:
            for ligne in onglet.iter_rows(min_row=2):
                for cellule in ligne:
                    cellule.value = "=1+1"

    return edit(chemin, change)


def hidden_sheets(chemin):
    def change(livre):
        for onglet in livre.worksheets[1:]:
            onglet.sheet_state = "veryHidden"

    return edit(chemin, change)


def external_links(chemin):
    lien = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="http://192.0.2.1/vol.xlsx" TargetMode="External"/></Relationships>'
    )
    espace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rewrite(chemin, "xl/externalLinks/_rels/externalLink1.xml.rels", lambda _: lien)
    return rewrite(chemin, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink %b/>" % espace)


def macros(chemin):
    rewrite(chemin, "xl/vbaProject.bin", lambda _: os.urandom(200_000))
    feuille, macro = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    return rewrite(
        chemin, "[Content_Types].xml", lambda c: c.replace(b"openxmlformats-officedocument." + feuille, macro)
    )


TOUT = sum(map(len, valid_sheets().values()))
HOSTILES = {
    far_cell: (False, [], TOUT),
    zip_bomb: (True, ["IMP-004"], 0),
    bomb_just_under_the_limit: (True, ["IMP-005"], 0),
    nested_entities: (True, ["IMP-006"], 0),
    every_column: (False, ["IMP-210"], TOUT),
    every_column_on_many_rows: (True, ["IMP-004"], 0),
    every_column_on_a_few_rows: (False, ["IMP-102", "IMP-106"], TOUT),
    only_formulas: (False, ["IMP-208"], 0),
    hidden_sheets: (False, [], TOUT),
    external_links: (False, [], TOUT),
    macros: (False, [], TOUT),
}


@pytest.mark.parametrize("gater", HOSTILES, ids=lambda gater: gater.__name__)
def test_the_server_stays_up(tmp_path, gater):
    issue = read_apart(gater(write(tmp_path, valid_sheets())))
    assert issue == HOSTILES[gater]
