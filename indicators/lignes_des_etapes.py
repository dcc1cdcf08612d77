"""Rows of étapes: those that are active, whose they are, and when they come.

An étape ends at the latest with its parcours; one that would begin after it never takes place. Counted étapes have a
counted status and a type that is not flagged `comptee = non`; the others are listed, never totalled.
"""

from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from data_access import tables as t
from indicators.comptes import days_between
from indicators.lignes import IDENTIFIANT, Cadre, Condition, Lignes, has, of_parcours, once

_e, _p = t.etapes.c, t.parcours.c
_ETAPES = t.etapes.join(t.parcours, of_parcours(t.etapes))
_COMPTEES = (_e.compte.is_(sa.true()), _e.comptee.is_(sa.true()))
_PROPRES = {
    "plie": _e.code_plie,
    "operation": _e.code_operation,
    "classe": _e.code_classe,
    "type_etape": _e.type_etape_montre,
    "sexe": _e.sexe,
    "mode": _e.mode,
    "commune": _e.code_commune,
    "quartier": _e.code_quartier,
    IDENTIFIANT: _e.id_etape,
}
"""Splits that the étapes alone answer."""


def _etapes(cadre: Cadre, *conditions: Condition) -> Lignes:
    perimetre = (cadre.of_plie(_e.code_plie), *cadre.of_mode(_e.mode), *cadre.of_territoire(t.etapes))
    toutes = (*perimetre, *cadre.of_operation(_e.code_operation), *conditions)
    if set(cadre.filtres.par) <= set(_PROPRES):
        return Lignes(t.etapes, toutes, _PROPRES)
    return Lignes(_ETAPES, toutes, cadre.columns | _PROPRES)


def _active(cadre: Cadre) -> tuple[Condition, ...]:
    return (_e.debut <= cadre.au, _e.fin_le >= cadre.du)


@once
def etapes(cadre: Cadre) -> Lignes:
    """Counted étapes active in the period: debut ≤ au and (end empty or ≥ du)."""
    return _etapes(cadre, *_COMPTEES, *_active(cadre))


def etapes_non_comptees(cadre: Cadre) -> Lignes:
    """Étapes active in the period, of the types that are listed but never totalled."""
    return _etapes(cadre, _e.compte.is_(sa.true()), _e.comptee.is_(False), *_active(cadre))


def etapes_commencees(cadre: Cadre) -> Lignes:
    """Counted étapes with du ≤ debut ≤ au."""
    return replace(_etapes(cadre, *_COMPTEES, _e.debut.between(cadre.du, cadre.au)), mois=_e.debut_mois)


def people_of(cadre: Cadre, lignes: Lignes) -> Lignes:
    """The people of those étapes, once each inside a class or type of étape.

    Sex belongs to the person: without another characteristic the étapes alone answer. The others are
    those of the most recent parcours, which has to be found.
    """
    if set(cadre.filtres.par) <= {"plie", "operation", "classe", "type_etape", "sexe", "mode"}:
        personnes = dict(lignes.colonnes) | {IDENTIFIANT: _e.id_participant}
        return replace(lignes, colonnes=personnes, cle=_e.code_plie + "|" + _e.id_participant)
    jointes = Lignes(_ETAPES, lignes.conditions, cadre.columns | dict(lignes.colonnes))
    return cadre.distinct_people_general(jointes, "classe", "type_etape")


def etapes_des_accompagnes(cadre: Cadre) -> Lignes:
    """Counted étapes, of whatever operation, active in the period, of the parcours accompanied in it."""
    if not cadre.in_operation:
        return etapes(cadre)
    return cadre.presences().joined(t.etapes).where(cadre.of_plie(_e.code_plie), *_COMPTEES, *_active(cadre))


def has_etape(cadre: Cadre, apres: date) -> Condition:
    """A counted étape of the parcours overlaps ]apres, au]."""
    return has(t.etapes, *_COMPTEES, _e.debut <= cadre.au, _e.fin_le > apres)


def _take_place(cadre: Cadre) -> tuple[Condition, ...]:
    """Counted étapes of the PLIE begun by au, of whatever operation."""
    return (_e.code_plie.in_(cadre.filtres.plie), *_COMPTEES, _e.debut <= cadre.au, _e.fin_le >= _e.debut)


def entered(cadre: Cadre, jours: int) -> Lignes:
    """Parcours that entered the PLIE in the period, and at least `jours` days before its end."""
    return cadre.presences().where(_p.entree_le.between(cadre.du, cadre.au - timedelta(days=jours)))


def first_etapes(cadre: Cadre, jours: int) -> Lignes:
    """Those of them that have had a counted étape, each bearing the days from its entry to the first one."""
    debut = sa.func.min(_e.debut).label("debut")
    premieres = sa.select(_e.code_plie, _e.id_parcours, debut).where(*_take_place(cadre))
    premieres_le = premieres.group_by(_e.code_plie, _e.id_parcours).subquery()
    return entered(cadre, jours).joined(premieres_le).measuring(days_between(_p.entree_le, premieres_le.c.debut))


def first_etapes_within(cadre: Cadre, jours: int) -> Lignes:
    """Parcours that entered at least `jours` days ago whose first counted étape began within `jours` days."""
    a_temps = has(t.etapes, *_take_place(cadre), days_between(_p.entree_le, _e.debut) <= jours)
    return entered(cadre, jours).where(a_temps)


def waits(cadre: Cadre) -> Lignes:
    """Waits that end in the period, each bearing its days: those between the end of every earlier counted étape of the
    parcours and the beginning of the next one."""
    fini_le = sa.func.max(_e.fin_le).over(
        partition_by=(_e.code_plie, _e.id_parcours), order_by=(_e.debut, _e.fin_le, _e.id), rows=(None, -1)
    )
    colonnes = (_e.code_plie, _e.id_parcours, _e.debut, fini_le.label("fini_le"))
    suites = sa.select(*colonnes).where(*_take_place(cadre)).subquery()
    ecart = days_between(suites.c.fini_le, suites.c.debut)
    finies = cadre.presences().joined(suites).where(suites.c.debut.between(cadre.du, cadre.au), ecart > 1)
    return finies.measuring(ecart - 1)


def exits_after_etapes(cadre: Cadre) -> Lignes:
    """Exits of the period preceded by a counted étape, once each inside a class of étape."""
    lignes = cadre.sorties().joined(t.etapes).where(*_take_place(cadre), _e.debut <= _p.fin_le)
    return replace(lignes, colonnes=dict(lignes.colonnes) | {"classe": _e.code_classe}, cle=_p.id, mois=None)
