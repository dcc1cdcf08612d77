"""The registry of pages: the navigation, the guards, the links and the tests are built from it.

A new page = one `Ecran` here and one file in pages/.
"""

from dataclasses import dataclass, field
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent

TOUS = ("comite", "direction", "animation", "administration")
LECTEURS = ("comite", "direction", "animation")


@dataclass(frozen=True)
class Ecran:
    """A page. `roles` may open it; `question` is what it answers, printed under its title.

    `sans_effet` gives, for each filter that does not apply, the reason shown beside the greyed widget
    (filters: plie, territoire, operation, periode).
    """

    code: str
    titre: str
    question: str
    fichier: str
    icone: str
    roles: tuple[str, ...] = LECTEURS
    sans_effet: dict[str, str] = field(default_factory=dict)

    @property
    def chemin(self) -> Path:
        """The file of the page."""
        return RACINE / self.fichier


ECRANS = (
    Ecran(
        code="synthese",
        titre="Synthèse",
        question="Où en est-on, et qu’est-ce qui demande une décision ?",
        fichier="pages/comite/synthese.py",
        icone=":material/dashboard:",
    ),
    Ecran(
        code="file_active",
        titre="File active",
        question="Combien de personnes suit-on, qui les suit, et depuis combien de temps ?",
        fichier="pages/comite/file_active.py",
        icone=":material/groups:",
    ),
    Ecran(
        code="entrees_sorties",
        titre="Entrées et sorties",
        question="Qui entre, qui sort, vers quoi, et d’après quelles règles ?",
        fichier="pages/comite/entrees_sorties.py",
        icone=":material/swap_horiz:",
    ),
    Ecran(
        code="publics",
        titre="Publics et parité",
        question="Qui sont les personnes accompagnées, et les femmes ont-elles leur part à chaque étape ?",
        fichier="pages/comite/publics.py",
        icone=":material/diversity_3:",
    ),
    Ecran(
        code="etapes",
        titre="Étapes",
        question="Que font les participants, et qui est sans étape ?",
        fichier="pages/comite/etapes.py",
        icone=":material/route:",
    ),
    Ecran(
        code="objectifs",
        titre="Objectifs",
        question="Qu’avait-on promis, où en est-on, et où va-t-on ?",
        fichier="pages/comite/objectifs.py",
        icone=":material/flag:",
        sans_effet={"territoire": "un objectif engage l’opération entière."},
    ),
    Ecran(
        code="importer",
        titre="Importer",
        question="Que contient ce classeur, et que changerait-il ?",
        fichier="pages/animation/import_classeur.py",
        icone=":material/upload_file:",
        roles=("animation",),
        sans_effet={
            "plie": "un classeur dit lui-même quels PLIE il concerne.",
            "territoire": "un classeur est chargé en entier.",
            "operation": "un classeur est chargé en entier.",
            "periode": "un classeur est chargé en entier.",
        },
    ),
    Ecran(
        code="qualite",
        titre="Qualité",
        question="Qu’est-ce qui est à corriger, depuis quand, et par qui ?",
        fichier="pages/animation/qualite.py",
        icone=":material/fact_check:",
        roles=("animation",),
        sans_effet={"territoire": "une anomalie n’est rattachée à aucun territoire."},
    ),
    Ecran(
        code="definitions",
        titre="Définitions",
        question="Que compte chaque chiffre, avec quelles règles, et d’où viennent-elles ?",
        fichier="pages/aide/definitions.py",
        icone=":material/menu_book:",
        roles=TOUS,
        sans_effet={
            "territoire": "une définition vaut partout.",
            "operation": "une définition vaut pour toutes les opérations.",
        },
    ),
)


def find_ecran(code: str) -> Ecran:
    """The page of that code; KeyError if the registry has none."""
    return {ecran.code: ecran for ecran in ECRANS}[code]


def list_codes() -> tuple[str, ...]:
    """Codes of the pages, in the order of the menu."""
    return tuple(ecran.code for ecran in ECRANS)


def list_open_to(role: str) -> tuple[Ecran, ...]:
    """Pages that the role may open; none for an unknown role."""
    return tuple(ecran for ecran in ECRANS if role in ecran.roles)
