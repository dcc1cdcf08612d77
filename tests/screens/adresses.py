"""What a browser asks for, so that a page under test is the only one that is run."""

from pathlib import PurePath

from streamlit.util import calc_hash

from components.acces.registre import ECRANS


def find_page(nom: str) -> str:
    """Code of the page of that name: its code, or its file."""
    codes = {ecran.code for ecran in ECRANS}
    return nom if nom in codes else next(e.code for e in ECRANS if e.fichier == nom or e.code == PurePath(nom).stem)


def address_of(code: str) -> str:
    """Streamlit names a page by its address, and the first one has none."""
    return calc_hash("" if code == ECRANS[0].code else code)
