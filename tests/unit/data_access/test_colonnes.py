"""What is known of a column is said on the column, and nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access import tables as t
from data_access.colonnes import Colonne, Effacement, Genre
from data_access.format import FEUILLES, feuille

PIECE = Path(t.__file__).parent
DECLARATIONS = {PIECE / "format.py", PIECE / "tables.py"}
FICHIERS = [p for p in sorted(PIECE.rglob("*.py")) if p not in DECLARATIONS and p.parent.name != "versions"]
COLONNES = [{colonne.name for colonne in table.c} for table in t.TABLES.values()]


def lists_of_columns(arbre: ast.Module) -> Iterator[ast.expr]:
    """Lists, tuples and sets of names of columns of one sheet, and tables of facts by column."""
    faits = [ordre.value for ordre in arbre.body if isinstance(ordre, (ast.Assign, ast.AnnAssign))]
    for noeud in ast.walk(arbre):
        if isinstance(noeud, (ast.Tuple, ast.List, ast.Set)):
            elements: list = noeud.elts
        elif isinstance(noeud, ast.Dict) and noeud in faits:
            elements = noeud.keys
        else:
            continue
        mots = {e.value for e in elements if isinstance(e, ast.Constant) and isinstance(e.value, str)}
        if 1 < len(mots) == len(elements) and any(mots <= noms for noms in COLONNES):
            yield noeud


def test_no_file_lists_columns_by_name() -> None:
    # Say it on `Colonne` (data_access/colonnes.py), in data_access/format.py: who adds a column reads only that.
    listes = [
        f"{fichier.relative_to(PIECE)}:{liste.lineno} {ast.unparse(liste)}"
        for fichier in FICHIERS
        for liste in lists_of_columns(ast.parse(fichier.read_text(encoding="utf-8")))
    ]
    assert listes == []


@pytest.mark.parametrize(
    ("code", "nombre"),
    [
        ("A = ('debut', 'fin')", 1),
        ("def f():\n    return {'rsa', 'handicap'}", 1),
        ("A = {'solution': 1, 'prescripteur': 2}", 1),
        ("def f():\n    return {'solution': 1, 'prescripteur': 2}", 0),
        ("A = ('debut', 'nulle part')", 0),
        ("A = ('debut',)", 0),
    ],
)
def test_a_list_of_columns_is_seen(code: str, nombre: int) -> None:
    assert len(list(lists_of_columns(ast.parse(code)))) == nombre


def test_facts_name_columns_and_sheets_that_exist() -> None:
    for origine in FEUILLES:
        for colonne in origine.colonnes:
            if colonne.pas_avant:
                assert origine.colonne(colonne.pas_avant).genre is colonne.genre is Genre.DATE
            if colonne.avec:
                assert origine.colonne(colonne.avec).plus_tard
            if colonne.cite:
                assert feuille(colonne.cite).cited_as(colonne.nom) in feuille(colonne.cite).rangs
            assert not (colonne.debut or colonne.plus_tard or colonne.avant_extraction) or colonne.genre is Genre.DATE
        assert origine.personnelle or not origine.numeros
        assert not origine.libelle or origine.colonne(origine.libelle)


def test_a_text_about_someone_goes_unless_it_is_said_to_stay() -> None:
    assert Colonne("remarque", Genre.TEXTE, "").effacement is Effacement.VIDE
    assert Colonne("remarque", Genre.TEXTE, "", efface=Effacement.GARDE).effacement is Effacement.GARDE
    assert Colonne("mode", Genre.LISTE, "").effacement is Effacement.GARDE
    textes = {k.nom for f in FEUILLES if f.numeros for k in f.colonnes if k.genre is Genre.TEXTE}
    gardes = {k.nom for f in FEUILLES if f.numeros for k in f.colonnes if k.effacement is Effacement.GARDE}
    assert textes == {"prescripteur", "solution", "motif", "justificatif"}
    assert not textes & gardes


def test_spellings_of_an_answer() -> None:
    rsa, sexe = feuille("Parcours").colonne("rsa"), feuille("Participants").colonne("sexe")
    assert (rsa.ecritures["vrai"], rsa.ecritures["0"], rsa.reponses) == ("oui", "non", ("oui", "non"))
    assert sexe.ecritures == {"f": "F", "h": "H"}
    assert feuille("Parcours").colonne("solution").reponses == ()


def test_rows_are_found_by_what_names_them() -> None:
    assert feuille("Contacts").reperes == ("code_plie", "id_parcours", "contact_le", "nature")
    assert feuille("Realisations").reperes == ("code_plie", "code_operation", "code_indicateur", "realise_le")
    assert feuille("Etapes").reperes == ("code_plie", "id_etape")
    assert feuille("Territoires").cited_as("code_parent") == "code_territoire"
