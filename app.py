"""Who is it → what may they open → navigation → run the page. Nothing else."""

import gc
from pathlib import Path

import streamlit as st

from components.base import prepare_base
from components.messages import guarded, show_refused
from components.page import load_style
from components.registre import Ecran, list_open_to
from components.session import current_rights, show_local_banner

NOM = "Tableau de bord PLIE"
# A local file: an icon by name would be asked from Google's servers by every browser.
ICONE = Path(__file__).parent / "components" / "favicon.svg"


@st.cache_resource(show_spinner=False)
def freeze_imports() -> bool:
    """Keeps imported modules out of the collection that Streamlit runs after each script (CPU ÷ 3)."""
    gc.collect()
    gc.freeze()
    return True


def build_page(ecran: Ecran, rang: int) -> st.Page:
    """The page of the registry as Streamlit wants it; the first one is the home page."""
    return st.Page(
        ecran.chemin,
        title=ecran.titre,
        icon=ecran.icone,
        url_path=ecran.code,
        default=rang == 0,
        help=ecran.question,
    )


def main() -> None:
    """One run of the dashboard."""
    st.set_page_config(page_title=NOM, page_icon=str(ICONE), layout="wide")
    load_style()
    freeze_imports()
    ecrans = list_open_to(current_rights().role)
    if not ecrans:
        show_refused(
            "Aucune page ne vous est ouverte : la connexion n’est pas configurée et le tableau de bord n’est pas sur "
            "cet ordinateur. Lancez-le sur l’adresse 127.0.0.1, ou configurez la connexion. [DRO-011]"
        )
        st.stop()
    page = st.navigation([build_page(ecran, rang) for rang, ecran in enumerate(ecrans)], expanded=True)
    with guarded():
        prepare_base()
        page.run()
    show_local_banner()


main()
