"""A section as a page of the committee: every one of `sections.liste`, on the address of its code."""

from components.impression.section import context_of, open_section, show_section
from components.messages.etats import guarded
from sections.liste import PAR_CODE


def show_page(code: str) -> None:
    """The page of that section."""
    with guarded():
        lecture = open_section(code)
        show_section(PAR_CODE[code].ecrire(lecture), code, context_of(code, lecture))
