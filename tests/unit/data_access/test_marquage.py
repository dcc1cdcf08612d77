"""The marked copy: red cells with their sentence, no identity in it."""

import io
from pathlib import Path

import openpyxl

from data_access.classeur.garde import ClasseurRecu, receive_classeur
from data_access.classeur.marquage import ONGLET_DES_ANOMALIES, mark_classeur
from tests.unit.data_access.petits_classeurs import raw_sheets, valid_sheets, verify, write_raw


def _marked(tmp_path: Path, spoil) -> tuple[openpyxl.Workbook, list]:  # type: ignore[no-untyped-def]
    brutes = raw_sheets(valid_sheets())
    spoil(brutes)
    chemin = write_raw(tmp_path, brutes)
    anomalies = verify(chemin).rapport.anomalies()
    return openpyxl.load_workbook(io.BytesIO(mark_classeur(receive_classeur(chemin), anomalies))), anomalies


def _change(feuille: str, ligne: int, colonne: str, valeur: object):  # type: ignore[no-untyped-def]
    def spoil(brutes: dict) -> None:
        brutes[feuille][ligne - 1][brutes[feuille][0].index(colonne)] = valeur

    return spoil


def test_faulty_cell_is_red_and_says_what_to_do(tmp_path: Path) -> None:
    livre, anomalies = _marked(tmp_path, _change("Etapes", 3, "statut", "finie"))
    (faute,) = [a for a in anomalies if a.code == "IMP-106"]
    feuille = livre["Etapes"]
    entetes = [cellule.value for cellule in feuille[1]]
    cellule = feuille.cell(3, entetes.index("statut") + 1)
    assert cellule.value == "finie"
    assert cellule.fill.fgColor.rgb == "FFF4B6B6"
    assert cellule.comment is not None
    assert cellule.comment.text == faute.message
    assert feuille.cell(2, entetes.index("statut") + 1).fill.fill_type is None


def test_list_leads_to_the_cell(tmp_path: Path) -> None:
    livre, _ = _marked(tmp_path, _change("Etapes", 3, "statut", "finie"))
    liste = livre[ONGLET_DES_ANOMALIES]
    (ligne,) = [ligne for ligne in liste.iter_rows(min_row=2) if ligne[7].value == "IMP-106"]
    assert ligne[2].value == "Etapes"
    assert ligne[3].value == "3"
    assert ligne[3].hyperlink.location.startswith("'Etapes'!")


def test_identities_never_leave_with_the_copy(tmp_path: Path) -> None:
    def spoil(brutes: dict) -> None:
        _change("Participants", 2, "id_participant", "Martine Durand")(brutes)
        for rang, ligne in enumerate(brutes["Participants"]):
            ligne.insert(1, "Nom de naissance" if rang == 0 else "Durand")

    livre, _ = _marked(tmp_path, spoil)
    textes = [str(c.value) for feuille in livre for ligne in feuille.iter_rows() for c in ligne if c.value]
    textes += [c.comment.text for feuille in livre for ligne in feuille.iter_rows() for c in ligne if c.comment]
    assert not [texte for texte in textes if "Durand" in texte or "Martine" in texte]


def test_file_that_cannot_be_read_gives_the_list_alone(tmp_path: Path) -> None:
    chemin = tmp_path / "c.xlsx"
    chemin.write_text("a;b;c")
    anomalies = verify(chemin).rapport.anomalies()
    livre = openpyxl.load_workbook(io.BytesIO(mark_classeur(ClasseurRecu("c.xlsx", b"a;b;c"), anomalies)))
    assert livre.sheetnames == [ONGLET_DES_ANOMALIES]
    assert livre[ONGLET_DES_ANOMALIES]["H2"].value == "IMP-001"
