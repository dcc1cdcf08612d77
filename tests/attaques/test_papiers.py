"""Words that no paper was made for: every file of an edition is made all the same, and says what it could not print."""

import io
import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

import reports.__main__ as commande
from data_access.refus import Refus
from reports import fichiers, pdf
from reports.caracteres import MARQUE, clean, writable
from reports.fichiers import SORTES, make_file
from reports.pdf import polices
from reports.pdf.polices import list_missing, printable, write_missing
from seances.publication import Dossier
from sections.contenu import Edition
from tests.unit.reports import fabrique

HOSTILES = {
    "ticked": "Fait ✅ à 100 %",
    "Word’s bullet": "\uf0b7 Ouvrir une permanence\n\uf0a7 Relancer",
    "Chinese": "Atelier 中文 du mardi",
    "control characters": "Un\x00 mot\x07 coupé\x1b[31m\x0b ici\x9f",
    "turned around": "\u202eelbatpecca\u202c \u200bet\ufeff caché",
    "family of emoji": "👩🏽‍💻 🇫🇷 1️⃣ ❤️ 🫡",
    "other letters": "Привет Ελλάδα العربية עברית हिन्दी ไทย አማርኛ",
    "marks without end": "Z" + "\u0301\u0489\u0e49\u064b" * 30,
    "half a letter": "Moitié \ud83d de caractère",
    "never a character": "Rien \ufffe\uffff\U0001ffff",
    "private": "Logo \ue001 \U000f0001",
    "decomposed": unicodedata.normalize("NFD", "Bénéficiaires âgés"),
    "letters of mathematics": "𝗚𝗿𝗮𝘀 et 𝓲𝓽𝓪𝓵𝓲𝓺𝓾𝓮",
}


def spoil(edition: Edition, texte: str) -> Edition:
    """The edition with `texte` everywhere that a person or a workbook writes."""
    section, image = edition.sections[0], fabrique.barres_longues()
    categories = (texte, *image.categories[1:])
    groupe = fabrique.groupes()[0]
    groupe = replace(groupe, titre=texte, cibles=tuple(replace(c, libelle=texte, source=texte) for c in groupe.cibles))
    section = replace(
        section,
        commentaire=texte,
        points_de_decision=(texte,),
        images=(replace(image, categories=categories),),
        groupes=(groupe,),
        chiffres=tuple(replace(c, libelle=texte, precision=texte) for c in section.chiffres),
    )
    suivis = tuple(replace(s, texte=texte, porteur=texte, suivi=texte) for s in edition.suivis)
    return replace(
        edition, plie=texte, titre=texte, perimetre=texte, regles=(texte,), commentaire=texte, suivis=suivis,
        sections=(section,),
    )  # fmt: skip


def silence(part: float, mot: str) -> None:
    assert 0 <= part <= 1


def read(code: str, contenu: bytes) -> str:
    """All the words of a file, as its reader opens it."""
    flux = io.BytesIO(contenu)
    if code in ("pdf", "note"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(flux).pages)
    if code == "pptx":
        formes = [forme for diapo in Presentation(flux).slides for forme in diapo.shapes]
        return "\n".join(forme.text_frame.text for forme in formes if forme.has_text_frame)
    if code == "xlsx":
        livre = openpyxl.load_workbook(flux, read_only=True)
        return "\n".join(str(v) for f in livre for ligne in f.iter_rows(values_only=True) for v in ligne if v)
    document = Document(flux)
    cellules = [c.text for t in document.tables for ligne in t.rows for c in ligne.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cellules])


BREVE = replace(fabrique.edition(), sections=(), definitions=(), suivis=(), regles=())
TOUT = "\n".join(HOSTILES.values())


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("code", SORTES)
def test_every_file_is_made_whatever_is_written(code: str) -> None:
    """All of it at once in each place, and long enough to fill the properties of a file."""
    suivis = tuple(replace(s, texte=TOUT) for s in fabrique.suivis(2))
    lu = read(code, make_file(code, Dossier(spoil(fabrique.edition(), TOUT), decisions=suivis), silence))
    caches = {c for c in lu if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in "\n\t\v\xad"}
    assert caches == set()
    assert MARQUE in lu
    for attendu in ("100 %", "Ouvrir une permanence", "Bénéficiaires âgés"):
        assert "".join(attendu.split()) in "".join(lu.split()), attendu


@pytest.mark.parametrize("cas", HOSTILES)
def test_a_pdf_is_made_at_the_first_try(cas: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("reports.pdf.edition.surely_printable")
    texte = HOSTILES[cas]
    edition = replace(BREVE, plie=texte, titre=texte, commentaire=texte, regles=(texte, f"avant{texte}après"))
    assert pdf.build(edition, ((texte, b"pas une image"),)).startswith(b"%PDF")


def test_what_word_writes_is_what_it_draws() -> None:
    assert clean("\uf0b7 un\r\n\uf0fc deux\u2028trois\x0bquatre") == "• un\n✓ deux\ntrois\nquatre"
    assert clean("e\u0301le\u0300ve") == "élève"
    assert clean("a\x00b\u200bc\ufeffd\ud83de\ufffff\t\u3000g") == "abcdef  g"
    assert writable("\ue001 et \uf0b7") == f"{MARQUE} et •"
    ordinaire = "Œuvrer « ici » – 12\u202f345 € – l’été : ≥ 5 %, n\u00a0=\u00a03…"
    assert clean(ordinaire) == printable(ordinaire) == ordinaire


def test_every_bullet_of_word_can_be_printed() -> None:
    puces = "".join(map(chr, range(0xF020, 0xF100)))
    connues = [clean(puce) for puce in puces if clean(puce) != puce]
    assert len(connues) > 12
    assert list_missing("".join(connues)) == []


def test_a_letter_without_drawing_leaves_a_mark_where_it_was() -> None:
    assert printable("Atelier 中文 ✅ du mardi") == f"Atelier {MARQUE}{MARQUE} ✅ du mardi"
    assert printable("𝗚𝗿𝗮𝘀 ① ㎡") == "Gras ① m2"
    assert printable("\u0301seul, x\u0e31y") != "\u0301seul, x\u0e31y"
    note = read("note", pdf.build_note(replace(BREVE, commentaire="Atelier 中文 ✅ du mardi")))
    assert f"Atelier {MARQUE}{MARQUE} ✅ du mardi" in " ".join(note.split())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=20, max_size=20))
def test_no_text_at_all_stops_the_pdf(textes: list[str]) -> None:
    edition = replace(BREVE, regles=tuple(textes))
    assert pdf.build(edition).startswith(b"%PDF")


def test_marks_that_no_font_expects_come_out_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a letter that fonts say they draw fail once put beside another."""
    monkeypatch.setattr("reports.pdf.edition.printable", lambda texte: texte)
    lu = read("pdf", pdf.build(replace(BREVE, commentaire="Avant 中 après ✅")))
    assert f"Avant {MARQUE} après {MARQUE}" in " ".join(lu.split())


def test_the_team_is_told_before_publishing() -> None:
    edition = replace(fabrique.edition(), numero=None)
    assert write_missing(edition) == ""
    section = replace(edition.sections[0], commentaire="Voir 文 et ✅", points_de_decision=("Ouvrir \ue001 ?",))
    dit = write_missing(replace(edition, commentaire="中文, \uf0b7 puce, a\x07b", sections=(section,)))
    dit = dit.replace("\u00a0", " ")
    assert dit.startswith("Des caractères ne s’impriment pas : le mot de l’équipe (中, 文) ; ")
    assert f"les points à décider de « {section.titre} » (U+E001)" in dit
    assert "✅" not in dit
    assert dit.count("文") == 1
    assert dit.endswith("publiez ainsi. [PAP-004]")
    assert "publier" not in write_missing(replace(edition, commentaire="中", numero=3))


# ---- one failing file never stops the others


@pytest.fixture
def dossier() -> Dossier:
    edition = fabrique.edition()
    return Dossier(replace(edition, sections=edition.sections[:1]), decisions=fabrique.suivis(2))


@pytest.fixture
def casse(monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF fails as a library fails: unforeseen, with words that nobody should read."""

    def fail(*_: object) -> bytes:
        raise ValueError("le texte d’une ligne")

    monkeypatch.setitem(fichiers.SORTES, "pdf", replace(SORTES["pdf"], faire=fail))


@pytest.mark.usefixtures("casse")
def test_a_failure_is_said_in_french_and_keeps_its_words(dossier: Dossier) -> None:
    with pytest.raises(Refus) as refus:
        make_file("pdf", dossier, silence)
    assert "« le PDF » ne peut pas être fait" in str(refus.value)
    assert str(refus.value).endswith("[PAP-003]")
    assert "d’une ligne" not in str(refus.value)
    assert isinstance(refus.value.__cause__, ValueError)


@pytest.mark.usefixtures("casse")
@pytest.mark.parametrize("publier", [False, True])
def test_the_command_writes_the_others(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], publier: bool
) -> None:
    illisible = replace(dossier, edition=replace(dossier.edition, commentaire="中"))
    monkeypatch.setattr(commande, "open_dossier", lambda *_: illisible)
    monkeypatch.setattr(commande, "publish_dossier", lambda url, d, auteur: d)
    arguments = ["seance", "--plie", "AGENAIS", "--vers", str(tmp_path), *(["--publier"] if publier else [])]
    assert commande.main(arguments) == 1
    sortie, erreurs = capsys.readouterr()
    assert [f"{p.suffix}{p.stem[-5:]}" for p in sorted(tmp_path.iterdir())].count(".pdf_note") == 1
    assert {p.suffix for p in tmp_path.iterdir()} == {".pptx", ".xlsx", ".pdf"}
    assert sortie.count("écrit : ") == 3
    assert "[PAP-004]" in sortie
    assert erreurs.count("[PAP-003]") == 1
    assert ("--edition 3 au lieu de --publier" in erreurs) is publier
    assert "Traceback" not in erreurs
    assert commande.main([*arguments, "--json", "--remplacer"]) == 1
    lu = json.loads(capsys.readouterr().out)
    assert [f["sorte"] for f in lu["fichiers"]] == ["pptx", "xlsx", "note"]
    assert [m["sorte"] for m in lu["manques"]] == ["pdf"]


def test_a_full_disk_says_which_files_are_missing(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports import fichiers as ecriture

    ecrire = ecriture._write

    def write(chemin: Path, contenu: bytes) -> None:
        if chemin.suffix == ".xlsx":
            raise OSError(28, "No space left on device")
        ecrire(chemin, contenu)

    monkeypatch.setattr(ecriture, "_write", write)
    ecrits, manques = ecriture.write_files(dossier, ("xlsx", "note", "releve"), tmp_path, False, silence)
    assert [e.sorte for e in ecrits] == ["note", "releve"]
    assert [m.sorte for m in manques] == ["xlsx"]
    assert manques[0].message.endswith("[PAP-002]")


def test_signs_that_are_said_to_be_drawn_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one document, without the way out: those of our fonts, and those left to the fonts of the library."""
    monkeypatch.delattr("reports.pdf.edition.surely_printable")
    connues = sorted(map(chr, set().union(*polices._fonts()))) + [chr(code) for code in range(0x2000, 0x2C00)]
    tous = "".join(lettre for lettre in connues if printable(lettre) == lettre and lettre.strip())
    assert len(tous) > 10_000
    edition = replace(BREVE, regles=(" ".join(tous),))
    assert pdf.build(edition).startswith(b"%PDF")
    assert {ord(lettre) for lettre in "éŒ€’…≥"} <= polices._fonts()[0]
