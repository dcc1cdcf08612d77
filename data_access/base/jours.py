"""Days: months added and numbered in Python, and in SQL said alike for SQLite and PostgreSQL."""

from calendar import monthrange
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from data_access import tables as t


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


class next_day(FunctionElement):  # noqa: N801 — reads as the SQL function that it is
    """The day after, on both engines."""

    type = sa.Date()
    inherit_cache = True


class one_month_after(FunctionElement):  # noqa: N801 — reads as the SQL function that it is
    """The same day one month later, kept inside the month: 31 January → 28 or 29 February."""

    type = sa.Date()
    inherit_cache = True


@compiles(next_day, "sqlite")
def _next_day_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, '+1 day')"


@compiles(next_day)
def _next_day_default(element: Any, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} + 1)"


@compiles(one_month_after, "sqlite")
def _one_month_after_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    jour = compiler.process(element.clauses, **kw)
    return f"min(date({jour}, '+1 month'), date({jour}, 'start of month', '+2 months', '-1 day'))"


@compiles(one_month_after)
def _one_month_after_default(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} + interval '1 month' AS date)"


def earliest(a: sa.ColumnElement, b: sa.ColumnElement) -> sa.ColumnElement:
    """The first of two days; `b` where one of them is unknown."""
    return sa.case((a < b, a), else_=b)


def month_of(jour: sa.ColumnElement) -> sa.ColumnElement:
    """Months since year 0, as `month_number`."""
    return sa.cast(sa.extract("year", jour) * 12 + sa.extract("month", jour) - 1, sa.Integer())
