"""The table of a picture: true numbers, words where there is none, and the block from which its chart is drawn."""

from dataclasses import dataclass

from indicators.nombres import write_amount
from reports.xlsx.feuille import Feuille, number, text
from reports.xlsx.formats import cell_value, format_of
from sections.contenu import Genre, Image, Serie

COLONNE_CACHEE = 40
"""First of the hidden columns from which charts are drawn where the table itself cannot be: a word would be a 0."""


@dataclass(frozen=True)
class Place:
    """Where the numbers of a chart are: header row, first and last row, column of the names, columns of the series,
    column of the reference if it has one, last column of the table."""

    entete: int
    debut: int
    fin: int
    noms: int
    series: tuple[int, ...]
    repere: int | None
    derniere: int


def write_table(feuille: Feuille, image: Image) -> Place:
    """The table, one row a category and one column a series; gives where it stands."""
    precises, noms = _series_in_words(image), name_columns(image)
    entete = feuille.write_header(noms)
    for rang, categorie in enumerate(image.categories):
        cellules = [text(categorie)]
        for serie in image.series:
            valeur = serie.valeurs[rang]
            ecrite = None if valeur is None else cell_value(valeur, image.unite)
            cellules.append(number(ecrite, format_of(image.unite), serie.textes[rang]))
        cellules += [text(serie.textes[rang]) for serie in precises]
        if image.repere is not None:
            cellules.append(number(cell_value(image.repere, image.unite), format_of(image.unite), ""))
        feuille.write_row(cellules)
    repere = None if image.repere is None else len(noms) - 1
    place = Place(
        entete, entete + 1, feuille.ligne - 1, 0, tuple(range(1, len(image.series) + 1)), repere, len(noms) - 1
    )
    if image.genre is Genre.CASCADE or any(v is None for serie in image.series for v in serie.valeurs):
        return _write_drawn(feuille, image, place)
    return place


def name_columns(image: Image) -> tuple[str, ...]:
    """Headers of the table of a picture: a series whose words say more than its numbers has them beside."""
    noms = (image.entete, *(s.nom for s in image.series), *(f"{s.nom}, en mots" for s in _series_in_words(image)))
    return noms if image.repere is None else (*noms, image.nom_du_repere)


def _series_in_words(image: Image) -> list[Serie]:
    return [serie for serie in image.series if not _says_the_same(serie, image.unite)]


def _says_the_same(serie: Serie, unite: str) -> bool:
    return all(
        valeur is None or texte == write_amount(valeur, unite)
        for valeur, texte in zip(serie.valeurs, serie.textes, strict=True)
    )


def _write_drawn(feuille: Feuille, image: Image, table: Place) -> Place:
    """The same numbers without the words, blank where there is none, in columns that are not shown."""
    noms, lignes = chart_rows(image)
    format_cache = feuille.classeur.format(num_format=format_of(image.unite))
    for decalage, nom in enumerate(noms):
        feuille.page.write_string(table.entete, COLONNE_CACHEE + 1 + decalage, nom)
    for rang, (categorie, valeurs) in enumerate(lignes):
        feuille.page.write_string(table.debut + rang, COLONNE_CACHEE, categorie)
        for decalage, valeur in enumerate(valeurs):
            if valeur is not None:
                ecrite = cell_value(valeur, image.unite)
                feuille.page.write_number(table.debut + rang, COLONNE_CACHEE + 1 + decalage, ecrite, format_cache)
    feuille.page.set_column(COLONNE_CACHEE, COLONNE_CACHEE + 12, None, None, {"hidden": True})
    colonnes = tuple(range(COLONNE_CACHEE + 1, COLONNE_CACHEE + 1 + len(noms)))
    return Place(
        table.entete, table.debut, table.debut + len(lignes) - 1, COLONNE_CACHEE, colonnes, table.repere, table.derniere
    )


def chart_rows(image: Image) -> tuple[tuple[str, ...], list[tuple[str, tuple[float | None, ...]]]]:
    """Names of the series, then each category and its numbers as they are drawn: none where a word stands."""
    if image.genre is Genre.CASCADE:
        return ("Appui", *(s.nom for s in image.series)), _steps(image)
    lignes = []
    for rang, categorie in enumerate(image.categories):
        valeurs = tuple(s.valeurs[rang] for s in image.series)
        mots = dict.fromkeys(s.textes[rang] for s in image.series if s.valeurs[rang] is None)
        if image.genre is Genre.PARTS and image.incomplete and mots:
            # The parts that are left are not those of a whole.
            valeurs = (None,) * len(valeurs)
        nom = f"{categorie} ({', '.join(mots)})" if mots else categorie
        lignes.append((nom, valeurs))
    return tuple(s.nom for s in image.series), lignes


def _steps(image: Image) -> list[tuple[str, tuple[float | None, ...]]]:
    """Departure, what comes, what leaves, arrival: what is under each bar, then the bar."""
    depart, plus, moins, arrivee = image.series[0].valeurs
    appuis = (0.0, depart, arrivee, 0.0)
    barres = (depart, plus, moins, arrivee)
    return [(nom, (a, b)) for nom, a, b in zip(image.categories, appuis, barres, strict=True)]
