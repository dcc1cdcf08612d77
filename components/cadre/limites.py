"""When only a part of a PLIE is open: what the filters may offer, and how a choice is brought back inside.

`indicators.acces` refuses whatever goes beyond; here it is simply not offered. No widget: plain values.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.perimetre import Limite
from indicators.referentiel import Operation, Territoire

if TYPE_CHECKING:
    from components.cadre.chiffres import Programmes
    from components.cadre.choix import Choix


def keep_open_territories(zones: Sequence[Territoire], limites: Sequence[Limite]) -> tuple[Territoire, ...]:
    """The territories without those that no limit of their PLIE opens."""
    ouverts = {
        code: set().union(*(with_descendants(zones, code, limite.territoire) for limite in siennes))
        for code, siennes in _by_plie(limites).items()
        if all(limite.territoire for limite in siennes)
    }
    return tuple(z for z in zones if z.code_plie not in ouverts or z.code_territoire in ouverts[z.code_plie])


def keep_open_operations(operations: Iterable[Operation], limites: Sequence[Limite]) -> tuple[Operation, ...]:
    """The operations without those that no limit of their PLIE opens."""
    ouvertes = {
        code: {operation for limite in siennes for operation in limite.operations or ()}
        for code, siennes in _by_plie(limites).items()
        if all(limite.operations is not None for limite in siennes)
    }
    return tuple(o for o in operations if o.code_plie not in ouvertes or o.code_operation in ouvertes[o.code_plie])


def keep_present(
    limites: Iterable[Limite], operations: Iterable[Operation], territoires: Iterable[Territoire]
) -> tuple[Limite, ...]:
    """The limits without those whose territory or operations are not, or no longer, in the data."""
    zones = {(z.code_plie, z.code_territoire) for z in territoires}
    presentes = {(o.code_plie, o.code_operation) for o in operations}
    return tuple(limite for limite in limites if _exists(limite, zones, presentes))


def _exists(limite: Limite, zones: set[tuple[str, str]], operations: set[tuple[str, str]]) -> bool:
    la = limite.territoire is None or (limite.plie, limite.territoire) in zones
    return la and (limite.operations is None or any((limite.plie, o) in operations for o in limite.operations))


def opens_targets(choix: "Choix", programmes: "Programmes") -> bool:
    """True when the targets of the choice may be read: each commits a whole operation, or the whole PLIE."""
    par_plie = _by_plie(programmes.limites)
    return all(
        any(
            limite.territoire is None and (limite.operations is None or choix.operation in limite.operations)
            for limite in par_plie[code]
        )
        for code in choix.plie
        if code in par_plie
    )


def with_descendants(zones: Iterable[Territoire], code_plie: str, code: str | None) -> set[str]:
    """The territory and all that it contains."""
    enfants: dict[str | None, list[str]] = {}
    for zone in zones:
        if zone.code_plie == code_plie:
            enfants.setdefault(zone.code_parent, []).append(zone.code_territoire)
    trouves: set[str] = set()
    reste = [code] if code else []
    while reste:
        courant = reste.pop()
        if courant not in trouves:
            trouves.add(courant)
            reste.extend(enfants.get(courant, ()))
    return trouves


def needs_territory(plie: Collection[str], limites: Iterable[Limite]) -> bool:
    """True when the whole territory may not be asked for."""
    siennes = [limite for limite in limites if limite.plie in plie]
    return bool(siennes) and all(limite.territoire for limite in siennes)


def needs_operation(plie: Collection[str], limites: Iterable[Limite]) -> bool:
    """True when all the operations together may not be asked for."""
    siennes = [limite for limite in limites if limite.plie in plie]
    return bool(siennes) and all(limite.operations is not None for limite in siennes)


def fit(choix: "Choix", programmes: "Programmes") -> "Choix":
    """The choice itself when it is open, else the nearest one that is: fewer PLIE, then the first open part.

    A PLIE open in part is read alone: chosen last it stays alone, else it leaves the others together.
    """
    limites = _by_plie(programmes.limites)
    if len(choix.plie) > 1 and any(code in limites for code in choix.plie):
        entiers = tuple(code for code in choix.plie if code not in limites)
        choix = replace(choix, plie=choix.plie[-1:] if choix.plie[-1] in limites else entiers)
    siennes = limites.get(choix.plie[0], []) if len(choix.plie) == 1 else []
    if not siennes or any(_is_within(choix, limite, programmes) for limite in siennes):
        return choix
    premiere = siennes[0]
    return replace(choix, territoire=premiere.territoire, operation=next(iter(premiere.operations or ()), None))


def _is_within(choix: "Choix", limite: Limite, programmes: "Programmes") -> bool:
    ouverts = with_descendants(programmes.territoires, limite.plie, limite.territoire)
    return (limite.territoire is None or choix.territoire in ouverts) and (
        limite.operations is None or choix.operation in limite.operations
    )


def _by_plie(limites: Iterable[Limite]) -> dict[str, list[Limite]]:
    par_plie: dict[str, list[Limite]] = {}
    for limite in limites:
        par_plie.setdefault(limite.plie, []).append(limite)
    return par_plie
