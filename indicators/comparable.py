"""Last year beside a value: only where it means something (definitions.md, « Targets (objectifs) »)."""

import sqlalchemy as sa

from indicators.contexte import Contexte, read_contexte
from indicators.declaration import Indicateur
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import find_indicator, publier
from indicators.resultats import Cellule, Etat, ResultatPublie

SANS_COMPARAISON = "pas de chiffre comparable"


def publier_un_an_avant(base: sa.Connection, code: str, filtres: Filtres, droits: Droits) -> ResultatPublie:
    """The indicator over the same period of the year before; one cell without number where nothing compares."""
    contexte, indicateur = read_contexte(base, filtres.plie), find_indicator(code)
    avant = find_year_before(contexte, filtres, indicateur)
    if avant is not None:
        return publier(base, code, filtres.over(avant), droits)
    rien = (Cellule((), Etat.SANS_OBJET, motif=SANS_COMPARAISON),)
    passee = filtres.over(filtres.periode.one_year_before())
    return ResultatPublie(code, indicateur.libelle, indicateur.unite, passee, rien, contexte.version)


def find_year_before(contexte: Contexte, filtres: Filtres, indicateur: Indicateur) -> Periode | None:
    """The same period of the year before, for these PLIE and this operation; None where no figure compares.

    None for a period that begins with a protocol, and for one whose year before begins earlier than the first entry
    recorded by one of the PLIE, or than the operation; for a figure that follows the rules, also where other PLIE had
    some.
    """
    avant = filtres.periode.one_year_before()
    if filtres.periode.du in contexte.protocoles.values():
        return None
    if any(code not in contexte.premieres_entrees for code in filtres.plie):
        return None
    if indicateur.selon_regles and contexte.plie_with_rules(filtres.periode) != contexte.plie_with_rules(avant):
        return None
    debuts = list(contexte.premieres_entrees.values())
    debuts += [o.debut for o in contexte.operations if o.code_operation == filtres.operation]
    return avant if max(debuts) <= avant.du else None


def is_comparable(avant: ResultatPublie) -> bool:
    """False for the answer that says that nothing compares."""
    return all(c.motif != SANS_COMPARAISON for c in avant)
