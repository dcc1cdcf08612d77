"""The sections, in the order of the menu: each is then on screen, in the papers, in the projection."""

from collections.abc import Callable
from dataclasses import dataclass

from sections import entrees_sorties, etapes, file_active, objectifs, operations, publics, synthese, territoires
from sections.contenu import Section
from sections.lecture import Demande, Lecture


@dataclass(frozen=True)
class Sujet:
    """A section as it is declared. `demandes`: every figure that it may ask, known before anything is drawn.

    `personnes`: False where it also says something of an operation that has no participants.
    """

    code: str
    titre: str
    question: str
    icone: str
    ecrire: Callable[[Lecture], Section]
    demandes: tuple[Demande, ...] = ()
    personnes: bool = True


SUJETS = (
    Sujet(
        "synthese",
        "Synthèse",
        "Où en est-on, et qu’est-ce qui demande une décision ?",
        ":material/dashboard:",
        synthese.write_synthese,
        synthese.DEMANDES,
    ),
    Sujet(
        "file_active",
        "File active",
        "Combien de personnes suit-on, qui les suit, et depuis combien de temps ?",
        ":material/groups:",
        file_active.write_file_active,
        file_active.DEMANDES,
    ),
    Sujet(
        "entrees_sorties",
        "Entrées et sorties",
        "Qui entre, qui sort, vers quoi, et d’après quelles règles ?",
        ":material/swap_horiz:",
        entrees_sorties.write_entrees_sorties,
        entrees_sorties.DEMANDES,
    ),
    Sujet(
        "publics",
        "Publics et parité",
        "Qui sont les personnes accompagnées, et les femmes ont-elles leur part à chaque étape ?",
        ":material/diversity_3:",
        publics.write_publics,
        publics.DEMANDES,
    ),
    Sujet(
        "etapes",
        "Étapes",
        "Que font les participants, et qui est sans étape ?",
        ":material/route:",
        etapes.write_etapes,
        etapes.DEMANDES,
    ),
    Sujet(
        "objectifs",
        "Objectifs",
        "Qu’avait-on promis, où en est-on, et où va-t-on ?",
        ":material/flag:",
        objectifs.write_objectifs,
        personnes=False,
    ),
    Sujet(
        "operations",
        "Opérations",
        "Que fait chaque opération, et laquelle demande une décision ?",
        ":material/account_tree:",
        operations.write_operations,
        operations.DEMANDES,
        personnes=False,
    ),
    Sujet(
        "territoires",
        "Territoires",
        "Où vivent les personnes, et les résultats sont-ils les mêmes partout ?",
        ":material/map:",
        territoires.write_territoires,
        territoires.DEMANDES,
    ),
)
PAR_CODE = {sujet.code: sujet for sujet in SUJETS}
TITRES = {sujet.code: sujet.titre for sujet in SUJETS}
