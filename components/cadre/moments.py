"""Moments kept in universal time, as a reader says them: the clock of her browser, else that of France."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st

from data_access.journal.recit import french_zone


def write_moment(moment: datetime) -> str:
    """« 21/11/2026 à 14:05 », on the clock of the reader."""
    # SQLite forgets the zone of what was written in universal time.
    precis = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{precis.astimezone(_reader_zone()):%d/%m/%Y à %H:%M}"


def day_in_france(moment: datetime) -> date:
    """The day it was in France."""
    return moment.astimezone(french_zone()).date()


def _reader_zone() -> tzinfo:
    """What the browser says, if it is a time zone: whoever writes to the server may put anything there."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (LookupError, ValueError, OSError):  # unknown, not a name, a folder or a path too long
        return french_zone()
