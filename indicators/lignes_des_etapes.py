"""Rows about when étapes come: the first of a parcours, the waits between two, those before an exit.

An étape that would begin after the end of its parcours never takes place.
"""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from data_access import tables as t
from indicators.calcul import days_between
from indicators.lignes import Cadre, Condition, Lignes

_e, _p = t.etapes.c, t.parcours.c


def _take_place(cadre: Cadre) -> tuple[Condition, ...]:
    """Counted étapes of the PLIE begun by au, of whatever operation."""
    return (
        _e.code_plie.in_(cadre.filtres.plie),
        _e.compte.is_(sa.true()),
        _e.comptee.is_(sa.true()),
        _e.debut <= cadre.au,
        _e.fin_le >= _e.debut,
    )


def join_parcours(lignes: Lignes, des_parcours: sa.FromClause) -> Lignes:
    """The same rows, each with what `des_parcours` says of its parcours; the others are left out."""
    c = des_parcours.c
    meme = sa.and_(c.code_plie == _p.code_plie, c.id_parcours == _p.id_parcours)
    return replace(lignes, source=lignes.source.join(des_parcours, meme))


def entered(cadre: Cadre, jours: int) -> Lignes:
    """Parcours that entered the PLIE in the period, and at least `jours` days before its end."""
    return cadre.presences().where(_p.entree_le.between(cadre.du, cadre.au - timedelta(days=jours)))


def first_etapes(cadre: Cadre, jours: int) -> Lignes:
    """Those of them that have had a counted étape, each bearing the days from its entry to the first one."""
    premieres = (
        sa.select(_e.code_plie, _e.id_parcours, sa.func.min(_e.debut).label("debut"))
        .where(*_take_place(cadre))
        .group_by(_e.code_plie, _e.id_parcours)
        .subquery()
    )
    lignes = join_parcours(entered(cadre, jours), premieres)
    return lignes.measuring(days_between(_p.entree_le, premieres.c.debut))


def first_etapes_within(cadre: Cadre, jours: int) -> Lignes:
    """Parcours that entered at least `jours` days ago whose first counted étape began within `jours` days."""
    a_temps = (
        sa.select(sa.literal(1))
        .select_from(t.etapes)
        .where(
            *_take_place(cadre),
            _e.code_plie == _p.code_plie,
            _e.id_parcours == _p.id_parcours,
            days_between(_p.entree_le, _e.debut) <= jours,
        )
        .correlate_except(t.etapes)
        .exists()
    )
    return entered(cadre, jours).where(a_temps)


def waits(cadre: Cadre) -> Lignes:
    """Waits that end in the period, each bearing its days: those between the end of every earlier counted étape of the
    parcours and the beginning of the next one."""
    fini_le = sa.func.max(_e.fin_le).over(
        partition_by=(_e.code_plie, _e.id_parcours), order_by=(_e.debut, _e.fin_le, _e.id), rows=(None, -1)
    )
    suites = (
        sa.select(_e.code_plie, _e.id_parcours, _e.debut, fini_le.label("fini_le"))
        .where(*_take_place(cadre))
        .subquery()
    )
    ecart = days_between(suites.c.fini_le, suites.c.debut)
    lignes = join_parcours(cadre.presences(), suites).where(suites.c.debut.between(cadre.du, cadre.au), ecart > 1)
    return replace(lignes, quantite=ecart - 1)


def exits_after_etapes(cadre: Cadre) -> Lignes:
    """Exits of the period preceded by a counted étape, once each inside a class of étape."""
    lignes = join_parcours(cadre.sorties(), t.etapes).where(*_take_place(cadre), _e.debut <= _p.fin_le)
    return replace(lignes, colonnes=dict(lignes.colonnes) | {"classe": _e.code_classe}, cle=_p.id, mois=None)
