"""What the log of the server may say of an error: its type and where it came from, never its text."""

import logging
from types import TracebackType

from components.messages.etats import describe_failure

Infos = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def write_exception(_formateur: logging.Formatter, infos: Infos) -> str:
    """One line instead of a traceback."""
    return describe_failure(infos[1]) if infos[1] is not None else ""


def keep_values_out_of_logs() -> None:
    """For every log of this server, Streamlit's and uvicorn's included: the text of an error may quote a row.

    Streamlit must not use rich (`logger.enableRich = false`): it writes past logging.
    """
    logging.Formatter.formatException = write_exception  # type: ignore[assignment, method-assign]
