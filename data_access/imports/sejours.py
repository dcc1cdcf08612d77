"""Séjours: when a parcours is in an operation (definitions.md, « Perimeters »), derived at each import.

A séjour is the union of the participations of one parcours in one operation that overlap or follow on the same day.
It ends at the latest with the parcours, and on the day after the operation's last one. Those of one parcours in one
operation never overlap: stocks and flows inside an operation are simple aggregates of them.
"""

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.jours import earliest, month_of, next_day, one_month_after
from data_access.format import SOUTIEN, feuille

_COLONNES = tuple(colonne for colonne in t.sejours.c if colonne.name != "id")
_DE_LA_DERNIERE = [k.nom for k in feuille("Participations").colonnes if k.avec and k.nom in t.sejours.c]
"""What is told with the end of the last participation."""


def refresh_sejours(connexion: sa.Connection, code_plie: str) -> None:
    """Make the table `sejours` right for that PLIE; a séjour that has not changed is not written."""
    s = t.sejours.c
    justes = _unions(code_plie).add_columns(sa.null().label("id"))
    presents = sa.select(*_COLONNES, s.id).where(s.code_plie == code_plie)
    tous = justes.union_all(presents).subquery().c
    valeurs = [tous[colonne.name] for colonne in _COLONNES]
    # What is on both sides is there twice; what is there once is missing (no number) or out of date.
    seuls = sa.select(*valeurs, sa.func.max(tous.id).label("id")).group_by(*valeurs).having(sa.func.count() == 1)
    differences = connexion.execute(seuls).mappings().all()
    perimes = [{"perime": ligne["id"]} for ligne in differences if ligne["id"] is not None]
    manquants = [{nom: v for nom, v in ligne.items() if nom != "id"} for ligne in differences if ligne["id"] is None]
    if perimes:
        connexion.execute(sa.delete(t.sejours).where(s.id == sa.bindparam("perime")), perimes)
    if manquants:
        connexion.execute(sa.insert(t.sejours), manquants)


def _unions(code_plie: str) -> sa.Select:
    """The séjours of that PLIE, with the columns of their table."""
    suites = _numbered(code_plie).subquery()
    c = suites.c
    sejour = (c.id_parcours, c.code_operation, c.numero)
    rang = sa.func.row_number().over(partition_by=sejour, order_by=(c.fin_le.desc(), c.entree_le.desc()))
    classees = sa.select(*c, rang.label("rang")).subquery()
    c = classees.c
    derniere = c.rang == 1
    unions = (
        sa.select(
            *(c.id_parcours, c.code_operation),
            sa.func.min(c.entree_le).label("entree_le"),
            sa.func.max(c.fin_le).label("fin_le"),
            sa.func.max(c.operation_fin).label("operation_fin"),
            *(sa.func.max(sa.case((derniere, c[nom]))).label(nom) for nom in _DE_LA_DERNIERE),
        )
        .group_by(c.id_parcours, c.code_operation, c.numero)
        .subquery()
    )
    u = unions.c
    finit = u.fin_le < t.JAMAIS
    valeurs = {
        "code_plie": sa.literal(code_plie),
        "id_parcours": u.id_parcours,
        "code_operation": u.code_operation,
        "entree_le": u.entree_le,
        "entree_mois": month_of(u.entree_le),
        "fin_le": u.fin_le,
        "fin_mois": sa.case((finit, month_of(u.fin_le))),
        "dernier_jour": earliest(u.fin_le, u.operation_fin),
        "situation_sortie": u.situation_sortie,
        "sortie_saisie_le": u.sortie_saisie_le,
        "limite_saisie_le": sa.case((finit, one_month_after(u.fin_le))),
    }
    return sa.select(*(valeurs[colonne.name].label(colonne.name) for colonne in _COLONNES))


def _numbered(code_plie: str) -> sa.Select:
    """The participations with their real end, those of one séjour bearing the same number."""
    bornees = _bounded(code_plie).subquery()
    c = bornees.c
    deja = sa.func.max(c.fin_le).over(
        partition_by=(c.id_parcours, c.code_operation), order_by=(c.entree_le, c.fin_le), rows=(None, -1)
    )
    ouvertes = sa.select(*c, sa.case((deja >= c.entree_le, 0), else_=1).label("ouvre")).subquery()
    c = ouvertes.c
    numero = sa.func.sum(c.ouvre).over(
        partition_by=(c.id_parcours, c.code_operation), order_by=(c.entree_le, c.fin_le), rows=(None, 0)
    )
    return sa.select(*c, numero.label("numero"))


def _bounded(code_plie: str) -> sa.Select:
    """The participations ended with their parcours or after their operation, without those that never begin.

    An operation that supports structures has no participants.
    """
    x, p, o = t.participations.c, t.parcours.c, t.operations.c
    lendemain = sa.case((o.fin < t.JAMAIS, next_day(o.fin)), else_=o.fin)
    fin = earliest(earliest(sa.func.coalesce(x.sortie_le, sa.literal(t.JAMAIS, sa.Date())), p.fin_le), lendemain)
    source = t.participations.join(
        t.parcours, sa.and_(p.code_plie == x.code_plie, p.id_parcours == x.id_parcours)
    ).join(t.operations, sa.and_(o.code_plie == x.code_plie, o.code_operation == x.code_operation))
    colonnes = (x.id_parcours, x.code_operation, x.entree_le, x.situation_sortie, x.sortie_saisie_le)
    return (
        sa.select(*colonnes, fin.label("fin_le"), o.fin.label("operation_fin"))
        .select_from(source)
        .where(
            x.code_plie == code_plie,
            o.cible.is_distinct_from(SOUTIEN),
            x.entree_le <= o.fin,
            x.entree_le <= fin,
        )
    )
