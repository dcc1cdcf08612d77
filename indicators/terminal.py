"""What the commands of this room share: which PLIE they may name, and what went wrong in words."""

from collections.abc import Sequence

import sqlalchemy as sa

from data_access.refus import Refus
from indicators.referentiel import list_plie


def check_plie(base: sa.Connection, codes: Sequence[str]) -> tuple[str, ...]:
    """The same codes; raises Refus (DRO-004) when one is not in the database."""
    connus = {plie.code_plie for plie in list_plie(base)}
    inconnus = [code for code in codes if code not in connus]
    if inconnus:
        raise Refus(
            f"Le PLIE « {inconnus[0]} » n’est pas dans la base. "
            f"PLIE chargés : {', '.join(sorted(connus)) or 'aucun'}. "
            "Vérifiez le code, ou chargez son classeur.",
            "DRO-004",
        )
    return tuple(codes)


def explain(erreur: Exception) -> str:
    """The error for the person at the terminal, without traceback."""
    if isinstance(erreur, sa.exc.SQLAlchemyError | ImportError):
        return "La base ne répond pas, ou n’a pas encore de données. Chargez un classeur, ou vérifiez --base. [BAS-001]"
    return str(erreur)
