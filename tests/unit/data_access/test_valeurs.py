from datetime import date, datetime, time

import pytest

from data_access.classeur.valeurs import ValeurRefuseeError, reader_of
from data_access.colonnes import Colonne, Genre, normalise

NBSP, FINE = "\u00a0", "\u202f"


def read(genre: Genre, valeur: object, valeurs: tuple[str, ...] = ()) -> object:
    return reader_of(Colonne("x", genre, "", valeurs=valeurs))(valeur)


@pytest.mark.parametrize(
    ("genre", "cellule", "attendu"),
    [
        (Genre.CODE, " A-1 ", "A-1"),
        (Genre.CODE, 33063.0, "33063"),
        (Genre.CODE, 33063, "33063"),
        (Genre.CODE, "00123", "00123"),
        (Genre.CODE, "  ", None),
        (Genre.CODE, "x" * 64, "x" * 64),
        (Genre.TEXTE, 12.0, "12"),
        (Genre.TEXTE, 12.5, "12,5"),
        (Genre.TEXTE, "=1+1", "=1+1"),
        (Genre.TEXTE, datetime(2024, 2, 3), "03/02/2024"),
        (Genre.DATE, datetime(2024, 2, 3, 14, 30), date(2024, 2, 3)),
        (Genre.DATE, date(2024, 2, 3), date(2024, 2, 3)),
        (Genre.DATE, "03/02/2024", date(2024, 2, 3)),
        (Genre.DATE, "3/2/2024", date(2024, 2, 3)),
        (Genre.DATE, " 2024-02-03 ", date(2024, 2, 3)),
        (Genre.DATE, "29/02/2024", date(2024, 2, 29)),
        (Genre.NOMBRE, "1 234,5", 1234.5),
        (Genre.NOMBRE, f"1{NBSP}234{FINE}567,25", 1234567.25),
        (Genre.NOMBRE, "-3", -3.0),
        (Genre.NOMBRE, 0, 0.0),
        (Genre.ENTIER, "12,0", 12),
        (Genre.ENTIER, 12.0, 12),
        (Genre.BOOLEEN, "OUI", True),
        (Genre.BOOLEEN, "faux", False),
        (Genre.BOOLEEN, True, True),
        (Genre.BOOLEEN, 1.0, True),
        (Genre.BOOLEEN, 0, False),
        (Genre.BOOLEEN, " ", None),
    ],
)
def test_reads(genre, cellule, attendu):
    valeur = read(genre, cellule)
    assert valeur == attendu
    assert type(valeur) is type(attendu)


@pytest.mark.parametrize(
    ("genre", "cellule", "code"),
    [
        (Genre.CODE, "x" * 65, "IMP-104"),
        (Genre.CODE, 3.5, "IMP-104"),
        (Genre.CODE, 1e300, "IMP-104"),
        (Genre.CODE, float("inf"), "IMP-104"),
        (Genre.CODE, True, "IMP-104"),
        (Genre.CODE, datetime(2024, 1, 1), "IMP-104"),
        (Genre.CODE, "a\x00b", "IMP-104"),
        (Genre.CODE, "#REF!", "IMP-107"),
        (Genre.DATE, "02-03-2024", "IMP-102"),
        (Genre.DATE, "2024/02/03", "IMP-102"),
        (Genre.DATE, "03/02/24", "IMP-102"),
        (Genre.DATE, "30/02/2024", "IMP-102"),
        (Genre.DATE, "13/13/2024", "IMP-102"),
        (Genre.DATE, 45000, "IMP-102"),
        (Genre.DATE, time(10, 0), "IMP-102"),
        (Genre.DATE, True, "IMP-102"),
        (Genre.DATE, "31/12/1899", "IMP-102"),
        (Genre.DATE, datetime(2101, 1, 1), "IMP-102"),
        (Genre.DATE, "#N/A", "IMP-107"),
        (Genre.NOMBRE, "50 %", "IMP-103"),
        (Genre.NOMBRE, "1.234,5", "IMP-103"),
        (Genre.NOMBRE, "12 34", "IMP-103"),
        (Genre.NOMBRE, "NaN", "IMP-103"),
        (Genre.NOMBRE, "Infinity", "IMP-103"),
        (Genre.NOMBRE, float("nan"), "IMP-103"),
        (Genre.NOMBRE, float("inf"), "IMP-103"),
        (Genre.NOMBRE, 10**400, "IMP-103"),
        (Genre.NOMBRE, True, "IMP-103"),
        (Genre.NOMBRE, "١٢", "IMP-103"),
        (Genre.ENTIER, 2**31, "IMP-103"),
        (Genre.ENTIER, 1.5, "IMP-103"),
        (Genre.BOOLEEN, "peut-être", "IMP-105"),
        (Genre.BOOLEEN, 2, "IMP-105"),
    ],
)
def test_refuses(genre, cellule, code):
    with pytest.raises(ValeurRefuseeError) as refus:
        read(genre, cellule)
    assert refus.value.controle.code == code


def test_list_values_match_without_case_accents_or_separators():
    valeurs = ("toutes_sorties", "hors_neutres")
    assert read(Genre.LISTE, "Toutes Sorties", valeurs) == "toutes_sorties"
    assert read(Genre.LISTE, "HORS_NEUTRÉS", valeurs) == "hors_neutres"
    assert read(Genre.LISTE, True, ("oui", "non", "nsp")) == "oui"
    with pytest.raises(ValeurRefuseeError) as refus:
        read(Genre.LISTE, "aucune", valeurs)
    assert refus.value.controle.code == "IMP-106"


def test_sheet_names_match_with_either_apostrophe():
    assert normalise("Types d’étape") == normalise("types_d'etape") == normalise("TYPES D ETAPE")
    assert normalise("Entrée le") == normalise("entree_le")
