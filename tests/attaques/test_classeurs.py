"""Workbooks made to cost: small files with endless texts, declarations hidden where a reader would not look."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from data_access.classeur.anomalies import ClasseurRefuseError
from data_access.classeur.garde import TEXTE_MAX, ClasseurRecu, receive_classeur
from data_access.profils.grille import open_extrait
from tests.integration.data_access.test_fichiers_hostiles import read_apart
from tests.unit.data_access.petits_classeurs import refusal, valid_sheets, verify, write

FEUILLE, TEXTES = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
COMMENTAIRE = b"<!--" + b"x" * 9_000 + b"-->"
EMOJI = "😀".encode()
Transformer = Callable[[bytes], bytes]


@pytest.fixture
def classeur(tmp_path: Path) -> Path:
    return write(tmp_path, valid_sheets())


def rewrite(chemin: Path, changes: dict[str, Transformer], noms: dict[str, str] | None = None) -> Path:
    """The workbook with some parts changed, and some named otherwise everywhere."""
    with zipfile.ZipFile(chemin) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for nom, contenu in parties.items():
            contenu = changes.get(nom, bytes)(contenu)
            for ancien, neuf in (noms or {}).items():
                if nom.endswith((".rels", "Types].xml")):
                    contenu = contenu.replace(ancien.removeprefix("xl/").encode(), neuf.removeprefix("xl/").encode())
            archive.writestr((noms or {}).get(nom, nom), contenu)
    return chemin


def before_root(ajout: bytes) -> Transformer:
    """`ajout` between the declaration of XML and the root."""
    return lambda contenu: re.sub(rb"(<\?xml[^>]*\?>\s*)?", lambda trouve: trouve[0] + ajout, contenu, count=1)


def in_text(texte: bytes, mot: bytes = b"Formation") -> Transformer:
    """A text of the workbook made of `texte` instead."""

    def change(contenu: bytes) -> bytes:
        change = re.sub(rb"<si><t[^>]*>%s</t></si>" % mot, lambda _: b"<si>" + texte + b"</si>", contenu)
        assert change != contenu
        return change

    return change


def in_cell(texte: bytes) -> Transformer:
    """A first cell made of `texte`, in the row of the headers."""
    cellule = b'<c r="A1" t="inlineStr"><is>' + texte + b"</is></c>"
    return lambda contenu: re.sub(rb'<c r="A1".*?</c>', lambda _: cellule, contenu, count=1)


def astride(contenu: bytes) -> bytes:
    """A declaration whose first two letters are read apart, since sheets are read by the megabyte."""
    avant, apres = contenu.split(b"<sheetData>")
    reste = 2**20 - 1 - len(avant)
    return avant + b"<cols/>" * (reste // 7) + b" " * (reste % 7) + DOCTYPE + b"<sheetData>" + apres


LONG = b"a" * 130_000_000
MORCEAUX = (b"a" * 200_000 + EMOJI) * 600
DEMESURES: dict[str, tuple[str, Transformer]] = {
    "shared text": (TEXTES, in_text(b"<t>" + LONG + EMOJI + b"</t>")),
    "cell": (FEUILLE, in_cell(b"<t>" + LONG + b"</t>")),
    "fonts in a shared text": (TEXTES, in_text((b"<r><t>" + MORCEAUX[:200_000] + EMOJI + b"</t></r>") * 600)),
    "fonts in a cell": (FEUILLE, in_cell((b"<r><t>" + MORCEAUX[:200_000] + EMOJI + b"</t></r>") * 600)),
}


@pytest.mark.parametrize("cas", DEMESURES)
def test_an_endless_text_is_refused_before_it_is_in_memory(classeur: Path, cas: str) -> None:
    partie, transformer = DEMESURES[cas]
    rewrite(classeur, {partie: transformer})
    assert classeur.stat().st_size < 2_000_000
    refuse, codes, lignes = read_apart(classeur, memoire_mo=130, duree_s=3)
    assert (refuse, lignes) == (True, 0)
    assert codes in (["IMP-019"], ["IMP-004"])


def test_the_refusal_says_what_where_and_what_to_do(classeur: Path) -> None:
    rewrite(classeur, {FEUILLE: in_cell(b"<t>" + b"a" * (TEXTE_MAX + 1) + b"</t>")})
    (anomalie,) = verify(classeur).rapport.anomalies()
    assert anomalie.message == (
        "Onglet « PLIE » : le texte de la cellule A1 dépasse 32 767 caractères, la limite d’une cellule de tableur. "
        "Rien n’est chargé. Raccourcissez ce texte, ou retirez la colonne si elle n’est pas du format, puis "
        "recommencez. [IMP-019]"
    )
    rewrite(classeur, {FEUILLE: in_cell(b"<t>PLIE</t>"), TEXTES: in_text(b"<t>" + b"a" * (TEXTE_MAX + 1) + b"</t>")})
    assert refusal(classeur) == "IMP-019"


def test_what_a_spreadsheet_can_hold_is_read(classeur: Path) -> None:
    """The longest text, each letter written as long as XML lets it, and words that look like what is refused."""
    texte = "".join(f"&#x{ord(lettre):05X};" for lettre in "é😀<" * (TEXTE_MAX // 3))
    rewrite(classeur, {TEXTES: in_text(b"<t>" + texte.encode() + b"</t>")})
    verifie = verify(classeur)
    assert verifie.rapport.anomalies() == []
    longueurs = [len(v) for v in verifie.feuilles["Types d'etape"].lignes[2] if isinstance(v, str)]
    assert max(longueurs) == TEXTE_MAX // 3 * 3
    rewrite(classeur, {"xl/workbook.xml": before_root(COMMENTAIRE)})
    assert verify(classeur).rapport.anomalies() == []


CACHES: dict[str, tuple[dict[str, Transformer], dict[str, str]]] = {
    "after a long comment": ({"xl/workbook.xml": before_root(COMMENTAIRE + DOCTYPE)}, {}),
    "after a long comment, in a sheet": ({FEUILLE: before_root(COMMENTAIRE + DOCTYPE)}, {}),
    "after a long comment, in the texts": ({TEXTES: before_root(COMMENTAIRE + DOCTYPE)}, {}),
    "astride two blocks": ({FEUILLE: astride}, {}),
    "in a sheet with an odd name": ({FEUILLE: before_root(DOCTYPE)}, {FEUILLE: "xl/feuilles/a.dat"}),
    "in the texts with an odd name": ({TEXTES: before_root(DOCTYPE)}, {TEXTES: "xl/media/image1.png"}),
    "in a workbook with an odd name": ({"xl/workbook.xml": before_root(DOCTYPE)}, {"xl/workbook.xml": "xl/a.bin"}),
    "in relations": ({"xl/_rels/workbook.xml.rels": before_root(COMMENTAIRE + DOCTYPE)}, {}),
    "in another encoding": (
        {"xl/workbook.xml": lambda c: b'<?xml version="1.0" encoding="UTF-7"?>' + DOCTYPE.replace(b"<", b"+ADw-")}, {},
    ),
    "in EBCDIC": ({"xl/workbook.xml": lambda c: (b'<?xml version="1.0"?>' + DOCTYPE).decode().encode("cp037")}, {}),
    "comments that cut a cell": ({FEUILLE: in_cell(b"<t>" + b"a<!-- -->" * 10 + b"</t>")}, {}),
}  # fmt: skip


@pytest.mark.parametrize("cas", CACHES)
def test_a_declaration_is_refused_wherever_it_hides(classeur: Path, cas: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rewrite(classeur, *CACHES[cas])
    # By us, before any parser has seen it.
    lus: list[str] = []
    monkeypatch.setattr("data_access.classeur.livre.iterparse", _note_doctype("livre", lus))
    with pytest.raises(ClasseurRefuseError) as refus:
        open_extrait(ClasseurRecu("export.xlsx", classeur.read_bytes()))
    assert refus.value.anomalie.code == "IMP-006"
    assert re.search("déclarations interdites|pas du XML ordinaire", refus.value.anomalie.message)
    assert lus == []
    assert refusal(classeur) == "IMP-006"


def _note_doctype(parseur: str, lus: list[str]) -> Callable:
    from openpyxl.xml.functions import iterparse

    def lire(flux):
        contenu = flux.read()
        if b"<!" in contenu:
            lus.append(parseur)
        flux.seek(0)
        return iterparse(flux)

    return lire


def test_an_odd_name_alone_is_no_fault(classeur: Path) -> None:
    rewrite(classeur, {}, {FEUILLE: "xl/feuilles/a.dat", TEXTES: "xl/textes.dat"})
    assert verify(classeur).rapport.anomalies() == []
    assert open_extrait(receive_classeur(classeur)).lignes.keys() >= {"PLIE", "Parcours"}


def test_a_foreign_export_goes_through_the_same_door(classeur: Path) -> None:
    rewrite(classeur, {TEXTES: in_text(b"<t>" + b"a" * 600_000 + b"</t>")})
    with pytest.raises(ClasseurRefuseError, match="IMP-019"):
        open_extrait(receive_classeur(classeur))
    with pytest.raises(ClasseurRefuseError, match="PRF-003"):
        open_extrait(ClasseurRecu("export.csv", b"a;b\n" + b"x" * 10_000_000 + b";1\n"))


def test_long_texts_on_many_rows_are_searched_once(tmp_path: Path) -> None:
    feuilles = valid_sheets()
    feuilles["Suspensions"] = [ligne | {"motif": "12 34 é-" * 4000} for ligne in feuilles["Suspensions"] * 1000]
    debut = monotonic()
    verify(write(tmp_path, feuilles))
    assert monotonic() - debut < 5


def test_long_words_of_a_foreign_export_take_no_minutes(tmp_path: Path) -> None:
    feuilles = {"PLIE": [{"code_plie": "T", "nom": "a" * TEXTE_MAX}] * 50}
    debut = monotonic()
    assert open_extrait(receive_classeur(write(tmp_path, feuilles))).sheets()
    assert monotonic() - debut < 5
