"""Declared values of an operation by who and where: structure, company, sector. No person is read here."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data_access import tables as t
from indicators.perimetre import Periode

AXES = ("structure", "entreprise", "secteur")


@dataclass(frozen=True)
class RealisationParQui:
    """What one structure, company or sector has done of one declared code over the period."""

    code_indicateur: str
    axe: str
    nom: str
    valeur: float


def list_by_whom(
    base: sa.Connection, plie: Sequence[str], operation: str, periode: Periode
) -> tuple[RealisationParQui, ...]:
    """Sums of `Realisations` by code, then by structure, company and sector: greatest first; the ones left empty
    are « non renseigné »."""
    r = t.realisations.c
    trouvees: list[RealisationParQui] = []
    for axe in AXES:
        somme = sa.func.sum(r.valeur)
        requete = (
            sa.select(r.code_indicateur, r[axe], somme)
            .where(r.code_plie.in_(plie), r.code_operation == operation)
            .where(r.realise_le.between(periode.du, periode.au))
            .group_by(r.code_indicateur, r[axe])
            .order_by(r.code_indicateur, somme.desc())
        )
        lignes = base.execute(requete).all()
        if any(nom for _, nom, _ in lignes):
            trouvees += [RealisationParQui(code, axe, nom or t.NON_RENSEIGNE, valeur) for code, nom, valeur in lignes]
    return tuple(trouvees)
