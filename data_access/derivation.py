"""What the import computes once so that figures stay simple aggregates.

Two kinds: what one row knows by itself (`complete_row`), and what needs other tables
(`refresh_derived`: sex and age band at entry, category of an exit by the rule in force that day,
effective ends, next parcours of the same person). Both run inside the transaction of the import.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.format import STATUTS_ETAPE_COMPTES

MOINS_DE_26 = "moins de 26 ans"
DE_26_A_49 = "26-49 ans"
PLUS_DE_50 = "50 ans et plus"
TRANCHES_AGE = (MOINS_DE_26, DE_26_A_49, PLUS_DE_50)
MOIS_DELD = 12


def month_number(jour: date) -> int:
    """Months since year 0, so that months subtract: 2021-01 → 24252."""
    return jour.year * 12 + jour.month - 1


def add_months(jour: date, mois: int) -> date:
    """`jour` ± calendar months, kept inside the month: 31 March − 1 month = 28 or 29 February."""
    rang = month_number(jour) + mois
    annee, mois_zero = divmod(rang, 12)
    if not 1 <= annee <= 9999:
        return date.min if annee < 1 else t.JAMAIS
    return date(annee, mois_zero + 1, min(jour.day, monthrange(annee, mois_zero + 1)[1]))


def birthday(naissance: date, age: int) -> date:
    """Day on which a person turns `age`; born on 29 February, 1 March of a common year."""
    annee = naissance.year + age
    if (naissance.month, naissance.day) == (2, 29) and monthrange(annee, 2)[1] == 28:
        return date(annee, 3, 1)
    return naissance.replace(year=annee)


def complete_row(table: str, ligne: dict[str, Any]) -> dict[str, Any]:
    """`ligne` (workbook columns) with the derived columns that it can give by itself."""
    completer = _COMPLETERS.get(table)
    return ligne | completer(ligne) if completer else ligne


def _complete_participant(ligne: dict[str, Any]) -> dict[str, Any]:
    naissance = ligne.get("date_naissance")
    if naissance is None:
        return {"a_26_ans_le": None, "a_50_ans_le": None}
    return {"a_26_ans_le": birthday(naissance, 26), "a_50_ans_le": birthday(naissance, 50)}


def _complete_parcours(ligne: dict[str, Any]) -> dict[str, Any]:
    sortie, mois = ligne.get("sortie_le"), ligne.get("mois_sans_emploi")
    return {
        "entree_mois": month_number(ligne["entree_le"]),
        "sortie_mois": month_number(sortie) if sortie else None,
        "fin_le": sortie or t.JAMAIS,
        "limite_saisie_le": add_months(sortie, 1) if sortie else None,
        "deld": None if mois is None else mois >= MOIS_DELD,
        "suivant_le": t.JAMAIS,
    }


def _complete_participation(ligne: dict[str, Any]) -> dict[str, Any]:
    return {"fin_le": ligne.get("sortie_le") or t.JAMAIS}


def _complete_etape(ligne: dict[str, Any]) -> dict[str, Any]:
    return {
        "debut_mois": month_number(ligne["debut"]),
        "fin_le": ligne.get("fin") or t.JAMAIS,
        "compte": ligne["statut"] in STATUTS_ETAPE_COMPTES,
    }


_COMPLETERS = {
    "participants": _complete_participant,
    "parcours": _complete_parcours,
    "participations": _complete_participation,
    "etapes": _complete_etape,
}


def refresh_derived(connexion: sa.Connection, codes_plie: Sequence[str]) -> None:
    """Make right, for these PLIE, every derived column that depends on another table.

    Everything is compared, only the rows that are wrong are written: an import of a few rows costs a reading.
    """
    for code in codes_plie:
        for mise_a_jour in (
            _update_parcours(code),
            _update_suivant(code),
            _update_retours(code),
            _update_fin_participations(code),
            _update_etapes(code),
        ):
            connexion.execute(mise_a_jour)


def _update_stale(
    table: sa.Table, valeurs: dict[str, sa.ColumnElement], source: sa.FromClause, code_plie: str
) -> sa.Update:
    """Sets the columns `valeurs`, worked out from `source`, in the rows of this PLIE where one of them differs."""
    perimees = (
        sa.select(table.c.id, *(valeur.label(nom) for nom, valeur in valeurs.items()))
        .select_from(source)
        .where(
            table.c.code_plie == code_plie,
            sa.or_(*(table.c[nom].is_distinct_from(valeur) for nom, valeur in valeurs.items())),
        )
        .subquery()
    )
    return sa.update(table).where(table.c.id == perimees.c.id).values({nom: perimees.c[nom] for nom in valeurs})


def _rule_column(colonne: sa.Column) -> sa.ScalarSelect:
    """`colonne` of the rule of this exit type in force on the day of exit (the latest begun)."""
    r, p = t.regles_de_sortie.c, t.parcours.c
    return (
        sa.select(colonne)
        .where(
            r.code_plie == p.code_plie,
            r.type_sortie == p.type_sortie,
            r.depuis <= p.sortie_le,
            sa.or_(r.jusqua.is_(None), r.jusqua >= p.sortie_le),
        )
        .order_by(r.depuis.desc())
        .limit(1)
        .correlate(t.parcours)
        .scalar_subquery()
    )


def _update_parcours(code_plie: str) -> sa.Update:
    p, q, r, z = t.parcours.c, t.participants.c, t.regles_de_sortie.c, t.territoires.c
    tranche = sa.case(
        (q.date_naissance.is_(None), sa.null()),
        (p.entree_le < q.a_26_ans_le, MOINS_DE_26),
        (p.entree_le < q.a_50_ans_le, DE_26_A_49),
        else_=PLUS_DE_50,
    )
    sortie_connue = p.sortie_le.is_not(None)
    valeurs: dict[str, sa.ColumnElement] = {
        "sexe": q.sexe,
        "tranche_age": tranche,
        "qpv": z.type == "qpv",
        "categorie_sortie": sa.case((sortie_connue, sa.func.coalesce(_rule_column(r.categorie), "non_documentee"))),
        "nature_sortie": sa.case((sortie_connue, _rule_column(r.nature))),
    }
    personne = sa.and_(q.code_plie == p.code_plie, q.id_participant == p.id_participant)
    quartier = sa.and_(z.code_plie == p.code_plie, z.code_territoire == p.code_quartier)
    source = t.parcours.join(t.participants, personne).outerjoin(t.territoires, quartier)
    return _update_stale(t.parcours, valeurs, source, code_plie)


def _update_suivant(code_plie: str) -> sa.Update:
    """Entry of the same person's next parcours of the same mode (definitions.md, « Split of distinct people »)."""
    p = t.parcours.c
    entree_suivante = sa.func.lead(p.entree_le).over(
        partition_by=(p.id_participant, p.mode), order_by=(p.entree_le, p.id_parcours)
    )
    suite = (
        sa.select(p.id, sa.func.coalesce(entree_suivante, sa.literal(t.JAMAIS, sa.Date())).label("suivant_le"))
        .where(p.code_plie == code_plie)
        .subquery()
    )
    return (
        sa.update(t.parcours)
        .where(p.id == suite.c.id, p.suivant_le != suite.c.suivant_le)
        .values(suivant_le=suite.c.suivant_le)
    )


def _update_retours(code_plie: str) -> sa.Update:
    """Notes whether two parcours of one person begin on the same day (one of them then lasts no day more)."""
    p = t.parcours.c
    doubles = (
        sa.select(sa.literal(1))
        .select_from(t.parcours)
        .where(p.code_plie == code_plie)
        .group_by(p.id_participant, p.entree_le)
        .having(sa.func.count() > 1)
        .exists()
    )
    return sa.update(t.plie).where(t.plie.c.code_plie == code_plie).values(retours_le_meme_jour=doubles)


def _earliest(a: sa.ColumnElement, b: sa.ColumnElement) -> sa.ColumnElement:
    return sa.case((a < b, a), else_=b)


def _with_parcours(enfant: sa.Table) -> sa.Join:
    p, e = t.parcours.c, enfant.c
    return enfant.join(t.parcours, sa.and_(p.code_plie == e.code_plie, p.id_parcours == e.id_parcours))


def _update_fin_participations(code_plie: str) -> sa.Update:
    """A participation ends at the latest with its parcours."""
    fin = sa.func.coalesce(t.participations.c.sortie_le, sa.literal(t.JAMAIS, sa.Date()))
    valeurs = {"fin_le": _earliest(fin, t.parcours.c.fin_le)}
    return _update_stale(t.participations, valeurs, _with_parcours(t.participations), code_plie)


def _update_etapes(code_plie: str) -> sa.Update:
    """An étape left open, or closed after the exit, ends with its parcours."""
    e, p, ty = t.etapes.c, t.parcours.c, t.types_etape.c
    fin = sa.func.coalesce(e.fin, sa.literal(t.JAMAIS, sa.Date()))
    valeurs: dict[str, sa.ColumnElement] = {
        "fin_le": _earliest(fin, p.fin_le),
        "mode": p.mode,
        "id_participant": p.id_participant,
        "sexe": p.sexe,
        "code_commune": p.code_commune,
        "code_quartier": p.code_quartier,
        "comptee": ty.comptee,
        "code_classe": ty.code_classe,
    }
    meme_type = sa.and_(ty.code_plie == e.code_plie, ty.type_etape == e.type_etape)
    return _update_stale(t.etapes, valeurs, _with_parcours(t.etapes).outerjoin(t.types_etape, meme_type), code_plie)
