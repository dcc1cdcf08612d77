"""The exit rules of the PLIE, as their texts give them: what screens print under a rate. No person is read here."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from indicators.perimetre import Periode


@dataclass(frozen=True)
class RegleDeSortie:
    """What one type of exit is worth, from which day, and where it is written."""

    code_plie: str
    type_sortie: str
    libelle: str
    categorie: str
    nature: str | None
    depuis: date
    jusqua: date | None
    source: str
    sous_categorie: str | None = None
    duree_mois: float | None = None
    fenetre_mois: float | None = None
    heures_min: float | None = None
    semaines_min: float | None = None
    hebdo_min: str | None = None
    validation_commission: str | None = None


def list_exit_rules(base: sa.Connection, codes_plie: Sequence[str], periode: Periode) -> list[RegleDeSortie]:
    """Rules of those PLIE in force on at least one day of the period, by PLIE, category and name."""
    r = t.regles_de_sortie.c
    colonnes = [r[champ.name] for champ in fields(RegleDeSortie)]
    requete = sa.select(*colonnes).where(
        r.code_plie.in_(codes_plie),
        r.depuis <= periode.au,
        sa.or_(r.jusqua.is_(None), r.jusqua >= periode.du),
    )
    lignes = base.execute(requete.order_by(r.code_plie, r.categorie, r.libelle, r.depuis))
    return [RegleDeSortie(*ligne) for ligne in lignes]
