"""What is written from the declarations, never by hand: `docs/definitions.md`, and the words of the figures that data
may quote (`data_access.vocabulaire`). `python -m indicators.documentation` rewrites both; a test fails while they lag.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from indicators.catalogue import CATALOGUE, FAMILLES
from indicators.declaration import Citation, Exemple, Indicateur
from indicators.decoupages import AGE, DECOUPAGES, EQUIPE

_RACINE = Path(__file__).resolve().parent.parent
DEFINITIONS = _RACINE / "docs" / "definitions.md"
VOCABULAIRE = _RACINE / "data_access" / "vocabulaire.json"


def write_definitions() -> str:
    """The whole document, in French, ending with a newline."""
    lignes = ["# Définitions", "", "Document produit à partir du catalogue des indicateurs : ne pas le modifier.", ""]
    for famille, indicateurs in FAMILLES.items():
        lignes += [f"## {famille}", ""]
        for indicateur in indicateurs:
            lignes += [*_section(indicateur), ""]
    return "\n".join(lignes).rstrip() + "\n"


def describe_count(indicateur: Indicateur) -> str:
    """« On compte …, rapporté au … »: the sentence that says what the figure divides."""
    phrase = f"On compte {indicateur.compte}"
    return f"{phrase}, rapporté {_to(indicateur.rapporte_a)}." if indicateur.rapporte_a else f"{phrase}."


def _to(nom: str) -> str:
    """« au nombre de », « aux sorties », « à la somme »: « à » before a noun with its article."""
    for article, contracte in (("le ", "au "), ("les ", "aux ")):
        if nom.startswith(article):
            return contracte + nom.removeprefix(article)
    return f"à {nom}"


def describe_source(source: Citation) -> str:
    """A source as it is printed."""
    return f"{source.document}, {source.reperes}"


def name_splits(indicateur: Indicateur) -> list[str]:
    """French names of the splits that the figure allows, in order."""
    return [DECOUPAGES[code].libelle for code in indicateur.decoupages]


def describe_example(exemple: Exemple) -> str:
    """The question that the example asks and what it gives."""
    attendu = "sans objet" if exemple.attendu is None else _french(exemple.attendu)
    part = "".join(f", {DECOUPAGES[d].libelle.lower()} = {valeur}" for d, valeur in exemple.par.items())
    operation = f", opération {exemple.operation}" if exemple.operation else ""
    return f"Du {exemple.du:%d/%m/%Y} au {exemple.au:%d/%m/%Y}{operation}{part} : {attendu}"


def read_example_table(texte: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of an example's text table."""
    entete, *corps = [ligne for ligne in texte.strip().splitlines() if ligne.strip()]
    return _cells(entete), [_cells(ligne) for ligne in corps]


def _cells(ligne: str) -> list[str]:
    return [cellule.strip() for cellule in ligne.split("|")]


def _section(indicateur: Indicateur) -> Iterator[str]:
    yield f"### {indicateur.libelle}"
    yield ""
    yield f"`{indicateur.code}` · {indicateur.unite}"
    yield ""
    yield indicateur.definition
    yield ""
    yield describe_count(indicateur)
    yield ""
    yield f"- Découpages : {', '.join(name_splits(indicateur))}"
    for source in indicateur.sources:
        yield f"- Source : {describe_source(source)}"
    for reserve in indicateur.reserves:
        yield f"- Réserve : {reserve}"
    for titre, exemple in indicateur.exemples.items():
        yield from _example(titre, exemple)


def _example(titre: str, exemple: Exemple) -> Iterator[str]:
    yield ""
    yield f"**Exemple : {titre}.** {describe_example(exemple)}"
    for nom, texte in exemple.tables.items():
        entete, corps = read_example_table(texte)
        yield ""
        yield f"Feuille « {nom} »"
        yield ""
        yield f"| {' | '.join(entete)} |"
        yield f"|{'|'.join([' --- '] * len(entete))}|"
        for rang in corps:
            yield f"| {' | '.join(rang)} |"


def _french(valeur: float) -> str:
    texte = f"{valeur:.4f}".rstrip("0").rstrip(".")
    return texte.replace(".", ",")


def write_vocabulary() -> str:
    """Codes of the figures, and parts of the splits that may restrict a target, as JSON."""
    parts = {code: d.valeurs if code != AGE else () for code, d in DECOUPAGES.items() if code not in EQUIPE}
    return json.dumps({"indicateurs": list(CATALOGUE), "parts": parts}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    DEFINITIONS.write_text(write_definitions(), encoding="utf-8")
    VOCABULAIRE.write_text(write_vocabulary(), encoding="utf-8")
