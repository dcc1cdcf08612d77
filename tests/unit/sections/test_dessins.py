"""Names of several PLIE: never one in the place of another, never a sum over a hidden part."""

from indicators.perimetre import Filtres
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.dessins import Barre, bars_of, draw_bars, name_part
from sections.images import Image
from sections.lecture import Lecture
from tests.unit.sections.lectures import ANNEE, read

CLASSES = {"A": {"1": "Formation", "2": "Accueil"}, "B": {"1": "Accueil"}, "C": {"1": "Accueil"}}
NOMS = {code: {"classe": classes, "plie": {code: f"PLIE de {code}"}} for code, classes in CLASSES.items()}
INS = "\u00a0"


def cellule(plie: str, classe: str, valeur: float | None, etat: Etat = Etat.EXACT) -> Cellule:
    return Cellule((("plie", plie), ("classe", classe)), etat, valeur)


def publie(*cellules: Cellule) -> tuple[Lecture, ResultatPublie]:
    plie = tuple(dict.fromkeys(c.at("plie") for c in cellules))
    filtres = Filtres(plie, ANNEE, par=("plie", "classe"))
    resultat = ResultatPublie("etapes", "Étapes", "étapes", filtres, cellules, 1)
    return read(plie, lambda code, f: resultat, NOMS), resultat


def bars(*cellules: Cellule) -> list[Barre]:
    lecture, resultat = publie(*cellules)
    return bars_of(lecture, resultat, lambda c: name_part(lecture, c, "classe", "Sans classe"))


def test_same_code_of_two_plie_keeps_two_names() -> None:
    points = bars(cellule("A", "1", 10), cellule("B", "1", 4))
    assert [(p.code, p.nom, p.texte) for p in points] == [
        ("Formation", "Formation – A", "10"),
        ("Accueil", "Accueil – B", "4"),
    ]


def test_same_name_is_summed_and_says_whose_it_is() -> None:
    assert [(p.nom, p.valeur) for p in bars(cellule("A", "2", 10), cellule("B", "1", 4))] == [("Accueil – A, B", 14)]
    trois = bars(cellule("A", "2", 1), cellule("B", "1", 2), cellule("C", "1", 3))
    assert [(p.nom, p.valeur) for p in trois] == [("Accueil – 3 PLIE", 6)]


def test_alone_a_plie_is_not_named() -> None:
    assert [p.nom for p in bars(cellule("A", "1", 3))] == ["Formation"]


def test_a_masked_part_masks_its_sum() -> None:
    (point,) = bars(cellule("A", "2", 10), cellule("B", "1", None, Etat.MOINS_DE_5))
    assert (point.valeur, point.texte) == (None, "moins de 5")


def test_code_without_name_is_quoted_and_no_code_is_said() -> None:
    noms = bars(cellule("A", "9_bis", 1), cellule("A", "non renseigné", 1))
    assert [p.nom for p in noms] == [f"«{INS}9_bis{INS}»", "Sans classe"]


def draw(*valeurs: float | None) -> Image:
    barres = [Barre(f"T{i}", v, str(v), code=str(i)) for i, v in enumerate(valeurs)]
    return draw_bars(
        "x", barres, sujet="S", vide="Rien.", entete="Type", nom="Étapes", unite="étapes", indicateurs=("etapes",)
    )


def test_few_bars_are_all_drawn() -> None:
    image = draw(3, 2, 1)
    assert (len(image.categories), image.note, image.tableau) == (3, "", None)


def test_bars_left_out_are_summed_in_words_and_all_in_the_table() -> None:
    image = draw(*[5.0] * 30)
    assert (len(image.categories), image.codes[0]) == (12, "0")
    assert image.note == f"les 12 premières lignes sur 30, toutes dans le tableau{INS}; les autres font 90"
    assert image.tableau is not None
    assert len(image.tableau.lignes) == 30


def test_nothing_to_draw_says_why() -> None:
    assert draw().absence == "Rien."
    vide = draw(None, None)
    assert vide.absence == "Ce chiffre est None sur ce périmètre."
    assert not vide.dessinable
