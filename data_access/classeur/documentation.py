"""The format and its checks as a document: `docs/classeur.md`, written from the declarations.

`python -m data_access.classeur.documentation` rewrites it; a test fails while it lags.
"""

from collections.abc import Iterable, Iterator

from data_access.base.moteur import RACINE
from data_access.classeur.controles import CATALOGUE, CATALOGUE_DES_EXPORTS, CONSEQUENCES, Controle, Gravite
from data_access.colonnes import Colonne, Feuille
from data_access.format import FEUILLES

CHEMIN = RACINE / "docs" / "classeur.md"
_TITRES = {
    Gravite.BLOQUANT: "Contrôles bloquants",
    Gravite.REJET: "Contrôles qui écartent une ligne",
    Gravite.AVERTISSEMENT: "Avertissements",
}
_EXPORTS = (
    "Un export lu avec un profil passe tous les contrôles qui précèdent, et ceux-ci, que seul un export ou son profil "
    "peut ne pas respecter."
)


def write_classeur_document() -> str:
    """The whole document, in French, ending with a newline."""
    lignes = ["# Le classeur PLIE, version 2", "", "Document produit à partir du format : ne pas le modifier.", ""]
    for feuille in FEUILLES:
        lignes += [*_sheet(feuille), ""]
    for gravite, titre in _TITRES.items():
        lignes += [*_checks(CATALOGUE.values(), gravite, titre), ""]
    lignes += ["# Exports d’autres logiciels", "", _EXPORTS, ""]
    for gravite, titre in _TITRES.items():
        lignes += [*_checks(CATALOGUE_DES_EXPORTS.values(), gravite, f"{titre} d’un export"), ""]
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


def _checks(controles: Iterable[Controle], gravite: Gravite, titre: str) -> Iterator[str]:
    yield f"## {titre}"
    yield ""
    yield from [CONSEQUENCES[gravite], ""] if CONSEQUENCES[gravite] else []
    yield "| code | ce qui ne va pas | que faire |"
    yield "|---|---|---|"
    for controle in controles:
        if controle.gravite is gravite:
            yield f"| {controle.code} | {_cell(controle.titre)} | {_cell(controle.conseil)} |"


def _cell(texte: str) -> str:
    return texte.replace("|", "\\|")


if __name__ == "__main__":
    CHEMIN.write_text(write_classeur_document(), encoding="utf-8")
