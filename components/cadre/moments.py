"""Moments kept in universal time, as a reader says them: the clock of her browser, else that of France."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st

from data_access.moments import as_utc, french_zone


def write_moment(moment: datetime) -> str:
    """« 21/11/2026 à 14:05 », on the clock of the reader."""
    return f"{as_utc(moment).astimezone(_reader_zone()):%d/%m/%Y à %H:%M}"


def _reader_zone() -> tzinfo:
    """What the browser says, if it is a time zone: whoever writes to the server may put anything there."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (LookupError, ValueError, OSError):  # unknown, not a name, a folder or a path too long
        return french_zone()
