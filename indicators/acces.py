"""May this reader ask this? Closed by default: what no line below opens is refused in words.

Roles: architecture.md, « Roles ». Rights come from `data_access.droits`, read again at each run.
"""

from data_access import droits as d
from data_access.refus import Refus as Refus  # read from here by the papers, which know no database
from indicators.contexte import Contexte
from indicators.nombres import write_short_date
from indicators.perimetre import Droits, Filtres, Limite

ROLES = tuple(d.LECTURES_PAR_DEFAUT)
LECTURES = d.LECTURES


def check_rights(filtres: Filtres, droits: Droits) -> None:
    """Raises Refus when the role, a PLIE or the last day asked for is not open to the reader."""
    if droits.role not in ROLES:
        raise Refus(
            f"Le rôle « {droits.role} » ne lit aucun chiffre. Rôles qui en lisent : "
            f"{', '.join(ROLES)}. Adressez-vous à l’équipe d’animation.",
            "DRO-001",
        )
    if not filtres.plie:
        raise Refus("Aucun PLIE n’est choisi. Choisissez-en au moins un.", "DRO-002")
    if droits.plie is not None and not set(filtres.plie) <= set(droits.plie):
        raise Refus("Un PLIE demandé n’est pas dans vos droits.", "DRO-003")
    if droits.publie_au is not None:
        _check_published(filtres, dict(droits.publie_au))


def _check_published(filtres: Filtres, publies: dict) -> None:
    for code in filtres.plie:
        if code not in publies:
            raise Refus(
                f"Le PLIE « {code} » n’a pas encore publié de chiffres : rien n’est montré au comité avant. "
                "Demandez à l’équipe d’animation de publier une date.",
                "DRO-005",
            )
        if filtres.periode.au > publies[code]:
            raise Refus(
                f"Les chiffres du PLIE « {code} » sont publiés jusqu’au {write_short_date(publies[code])} : le comité "
                "ne lit pas au-delà. Choisissez une période qui finit au plus tard ce jour-là.",
                "DRO-006",
            )


def check_limits(contexte: Contexte, filtres: Filtres, droits: Droits) -> None:
    """Raises Refus when only a part of a PLIE is open and more than that part is asked for."""
    for code in filtres.plie:
        limites = droits.limits_of(code)
        if limites and not any(_is_within(contexte, filtres, limite) for limite in limites):
            raise Refus(
                f"Vos droits sur le PLIE « {code} » portent sur {_name(limites)} seulement. "
                "Choisissez-le dans les filtres, seul.",
                "DRO-007",
            )


def _is_within(contexte: Contexte, filtres: Filtres, limite: Limite) -> bool:
    if len(filtres.plie) > 1:
        return False
    if limite.territoire is not None and filtres.territoire not in contexte.with_descendants(limite.territoire):
        return False
    return limite.operations is None or filtres.operation in limite.operations


def _name(limites: tuple[Limite, ...]) -> str:
    parties = [f"le territoire « {limite.territoire} »" for limite in limites if limite.territoire]
    operations = [code for limite in limites for code in limite.operations or ()]
    if operations:
        parties.append(f"les opérations {', '.join(operations)}")
    return " ou ".join(parties) or "aucune opération"
