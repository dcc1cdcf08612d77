"""The registry of pages: the navigation, the guards, the links and the tests are built from it.

A new page = one `Ecran` here and one file in pages/. It is also the one table of who may open and do what: role ×
page × action, closed by default. A button that changes or downloads something asks `components.acces.session.may` or
`require`.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sections.liste import SUJETS

RACINE = Path(__file__).resolve().parents[2]

TOUS = ("comite", "direction", "animation", "administration")
LECTEURS = ("comite", "direction", "animation")
ANIMATION = ("animation",)
ADMINISTRATION = ("administration",)
SECTION = "pages/comite/section.py"
PAGES_PROPRES = {"objectifs": "pages/comite/objectifs.py", "territoires": "pages/comite/territoires.py"}
"""Sections whose page does more than print them."""


@dataclass(frozen=True)
class Ecran:
    """A page. `roles` may open it; `question` is what it answers, printed under its title.

    `actions`: for each thing that can be done there besides reading, who may do it.
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
    actions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def chemin(self) -> Path:
        """The file of the page."""
        return RACINE / self.fichier


ECRANS = (
    *(
        Ecran(
            s.code, s.titre, s.question, PAGES_PROPRES.get(s.code, SECTION), s.icone, actions={"telecharger": LECTEURS}
        )
        for s in SUJETS
    ),
    Ecran(
        code="dossiers",
        titre="Dossiers de séance",
        question="Qu’a-t-on montré à chaque séance, et où en sont ses fichiers ?",
        fichier="pages/comite/dossiers.py",
        icone=":material/folder_open:",
        actions={"telecharger": LECTEURS},
        sans_effet=dict.fromkeys(("territoire", "operation", "periode"), "un dossier garde son périmètre."),
    ),
    Ecran(
        code="seance",
        titre="Préparer la séance",
        question="Que montre-t-on à la prochaine séance, qu’est-ce qui a changé, que faut-il décider ?",
        fichier="pages/animation/seance/ecran.py",
        icone=":material/co_present:",
        roles=ANIMATION,
        actions=dict.fromkeys(("rediger", "publier", "telecharger"), ANIMATION),
    ),
    Ecran(
        code="projection",
        titre="Projeter la séance",
        question="L’édition publiée, page à page, et les décisions prises en séance.",
        fichier="pages/animation/projection/ecran.py",
        icone=":material/slideshow:",
        roles=ANIMATION,
        actions={"decider": ANIMATION},
        sans_effet=dict.fromkeys(("territoire", "operation", "periode"), "une édition garde son périmètre."),
    ),
    Ecran(
        code="importer",
        titre="Importer",
        question="Que contient ce classeur, et que changerait-il ?",
        fichier="pages/animation/importer/ecran.py",
        icone=":material/upload_file:",
        roles=ANIMATION,
        actions=dict.fromkeys(("charger", "annuler", "enregistrer_profil", "telecharger"), ANIMATION),
        sans_effet={"plie": "un classeur dit lui-même quels PLIE il concerne."}
        | dict.fromkeys(("territoire", "operation", "periode"), "un classeur est chargé en entier."),
    ),
    Ecran(
        code="qualite",
        titre="Qualité",
        question="Qu’est-ce qui est à corriger, depuis quand, et par qui ?",
        fichier="pages/animation/qualite/ecran.py",
        icone=":material/fact_check:",
        roles=ANIMATION,
        actions={"telecharger": ANIMATION},
        sans_effet={"territoire": "une anomalie n’est rattachée à aucun territoire."},
    ),
    Ecran(
        code="droits",
        titre="Droits",
        question="Qui peut voir quoi, et qui l’a décidé ?",
        fichier="pages/administration/droits/ecran.py",
        icone=":material/key:",
        roles=ADMINISTRATION,
        actions=dict.fromkeys(("accorder", "modifier", "retirer", "telecharger", "anonymiser"), ADMINISTRATION),
    ),
    Ecran(
        code="definitions",
        titre="Définitions",
        question="Que compte chaque chiffre, avec quelles règles, et d’où viennent-elles ?",
        fichier="pages/aide/definitions/ecran.py",
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


def is_allowed(role: str, code: str, action: str | None = None) -> bool:
    """May this role open that page, and do that action there? No for whatever is not written above."""
    ecran = next((ecran for ecran in ECRANS if ecran.code == code), None)
    if ecran is None or role not in ecran.roles:
        return False
    return action is None or role in ecran.actions.get(action, ())
