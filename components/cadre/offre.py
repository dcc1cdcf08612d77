"""What the filters may offer: the PLIE one may read, their operations and territories, how far in each. Plain values.

When only a part of a PLIE is open, `indicators.acces` refuses whatever goes beyond; here it is simply not offered.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from data_access.seances.publications import Publication
from indicators.perimetre import Limite
from indicators.referentiel import Operation, Plie, Territoire


@dataclass(frozen=True)
class Programmes:
    """What filters offer. For the committee alone: the publications that it reads, and how many PLIE of its rights
    have none."""

    plie: tuple[Plie, ...]
    operations: tuple[Operation, ...]
    territoires: tuple[Territoire, ...]
    inventes: frozenset[str] = frozenset()
    limites: tuple[Limite, ...] = ()
    publications: tuple[Publication, ...] = ()
    sans_publication: int = 0

    def limits_of(self, plie: Collection[str]) -> list[Limite]:
        """The limits of those PLIE."""
        return [limite for limite in self.limites if limite.plie in plie]

    def needs_territory(self, plie: Collection[str]) -> bool:
        """True when the whole territory of those PLIE may not be asked for."""
        siennes = self.limits_of(plie)
        return bool(siennes) and all(limite.territoire for limite in siennes)

    def needs_operation(self, plie: Collection[str]) -> bool:
        """True when all the operations of those PLIE together may not be asked for."""
        siennes = self.limits_of(plie)
        return bool(siennes) and all(limite.operations is not None for limite in siennes)


def keep_open_territories(zones: Sequence[Territoire], limites: Sequence[Limite]) -> tuple[Territoire, ...]:
    """The territories without those that no limit of their PLIE opens."""
    bornes = {limite.plie for limite in limites} - {limite.plie for limite in limites if not limite.territoire}
    ouverts = {
        (limite.plie, code) for limite in limites for code in with_descendants(zones, limite.plie, limite.territoire)
    }
    return tuple(z for z in zones if z.code_plie not in bornes or (z.code_plie, z.code_territoire) in ouverts)


def keep_open_operations(operations: Iterable[Operation], limites: Sequence[Limite]) -> tuple[Operation, ...]:
    """The operations without those that no limit of their PLIE opens."""
    bornes = {limite.plie for limite in limites} - {limite.plie for limite in limites if limite.operations is None}
    ouvertes = {(limite.plie, operation) for limite in limites for operation in limite.operations or ()}
    return tuple(o for o in operations if o.code_plie not in bornes or (o.code_plie, o.code_operation) in ouvertes)


def keep_present(
    limites: Iterable[Limite], operations: Iterable[Operation], territoires: Iterable[Territoire]
) -> tuple[Limite, ...]:
    """The limits without those whose territory or operations are not, or no longer, in the data."""
    zones = {(z.code_plie, z.code_territoire) for z in territoires}
    presentes = {(o.code_plie, o.code_operation) for o in operations}
    return tuple(
        limite
        for limite in limites
        if (limite.territoire is None or (limite.plie, limite.territoire) in zones)
        and (limite.operations is None or any((limite.plie, code) in presentes for code in limite.operations))
    )


def with_descendants(zones: Iterable[Territoire], code_plie: str, code: str | None) -> set[str]:
    """The territory and all that it contains."""
    siens = [z for z in zones if z.code_plie == code_plie]
    trouves, reste = set(), {code} if code else set()
    while reste:
        trouves |= reste
        reste = {z.code_territoire for z in siens if z.code_parent in reste} - trouves
    return trouves
