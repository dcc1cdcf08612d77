"""A section as a page of the committee: every one of `sections.liste`, on the address of its code."""

from components.impression.section import open_section, show_section
from components.messages.etats import guarded


def show_page(code: str) -> None:
    """The page of that section."""
    with guarded():
        show_section(open_section(code), code, vivante=True)
