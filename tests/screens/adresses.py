"""What a browser asks for, so that a page under test is the only one that is run."""

from streamlit.util import calc_hash

from components.cadre.registre import ECRANS


def find_page(fichier: str) -> str:
    """Code of the page of that file."""
    return next(ecran.code for ecran in ECRANS if ecran.fichier == fichier)


def address_of(code: str) -> str:
    """Streamlit names a page by its address, and the first one has none."""
    return calc_hash("" if code == ECRANS[0].code else code)
