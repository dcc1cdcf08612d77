"""The format and its checks as a document: `docs/classeur.md`, written from the declarations.

`python -m data_access.documentation` rewrites it; a test fails while it lags.
"""

from collections.abc import Iterator

from data_access.classeur.controles import CATALOGUE
from data_access.classeur.gravite import CONSEQUENCES, Gravite
from data_access.engine import RACINE
from data_access.format import FEUILLES, Colonne, Feuille

CHEMIN = RACINE / "docs" / "classeur.md"
_TITRES = {
    Gravite.BLOQUANT: "Contrôles bloquants",
    Gravite.REJET: "Contrôles qui écartent une ligne",
    Gravite.AVERTISSEMENT: "Avertissements",
}


def write_classeur_document() -> str:
    """The whole document, in French, ending with a newline."""
    lignes = ["# Le classeur PLIE, version 1", "", "Document produit à partir du format : ne pas le modifier.", ""]
    for feuille in FEUILLES:
        lignes += [*_sheet(feuille), ""]
    for gravite, titre in _TITRES.items():
        lignes += [*_checks(gravite, titre), ""]
    return "\n".join(lignes).rstrip() + "\n"


def _sheet(feuille: Feuille) -> Iterator[str]:
    cle = " + ".join(feuille.cle) or "aucune : des lignes identiques sont autant d’événements"
    yield f"## Feuille « {feuille.nom} »"
    yield ""
    yield f"Clé : {cle}."
    yield ""
    yield "| colonne | contenu | obligatoire | sens |"
    yield "|---|---|---|---|"
    for colonne in feuille.colonnes:
        obligatoire = "oui" if colonne.obligatoire else ""
        yield f"| {colonne.nom} | {_content(colonne)} | {obligatoire} | {_cell(colonne.aide)} |"


def _content(colonne: Colonne) -> str:
    defaut = f" (vide = {colonne.defaut})" if colonne.defaut else ""
    return (", ".join(colonne.valeurs) or str(colonne.genre)) + defaut


def _checks(gravite: Gravite, titre: str) -> Iterator[str]:
    yield f"## {titre}"
    yield ""
    yield from [CONSEQUENCES[gravite], ""] if CONSEQUENCES[gravite] else []
    yield "| code | ce qui ne va pas | que faire |"
    yield "|---|---|---|"
    for controle in CATALOGUE.values():
        if controle.gravite is gravite:
            yield f"| {controle.code} | {_cell(controle.titre)} | {_cell(controle.conseil)} |"


def _cell(texte: str) -> str:
    return texte.replace("|", "\\|")


if __name__ == "__main__":
    CHEMIN.write_text(write_classeur_document(), encoding="utf-8")
