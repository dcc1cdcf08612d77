"""Moments: kept in universal time whatever the database, said in the time of France."""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa


class Moment(sa.TypeDecorator[datetime]):
    """A moment in universal time. SQLite keeps no time zone: what has none is universal time."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """To the database."""
        return value and as_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """From the database."""
        return value and as_utc(value)


def as_utc(moment: datetime) -> datetime:
    """The same moment; without time zone, it is taken for universal time."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=1)
def french_zone() -> tzinfo:
    """The time of France; universal time on a machine that has no table of time zones."""
    try:
        return ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        return UTC


def midnight(jour: date) -> datetime:
    """The first moment of that day in France."""
    return datetime(jour.year, jour.month, jour.day, tzinfo=french_zone())


def day_in_france(moment: datetime) -> date:
    """The day it was in France."""
    return as_utc(moment).astimezone(french_zone()).date()
