"""Publishing the edition: what it freezes is said before, what it did after."""

from datetime import UTC, datetime

import streamlit as st

from components.acces.session import current_author, current_rights, require
from components.cadre.base import current_url, write
from components.cadre.moments import write_moment
from components.messages.texte import plain
from data_access.refus import Refus
from indicators.nombres import write_date
from reports.relecture import write_missing
from seances.publication import publish_edition
from sections.contenu import Edition

_FAIT, RELUE = "edition_publiee", "seance_relue"


def show_publication(edition: Edition) -> None:
    """The button, with what it does in words; the answer stays until the next publication."""
    st.subheader("Publier", anchor=False)
    if message := st.session_state.pop(_FAIT, ""):
        # The next one must be read again too.
        st.session_state[RELUE] = False
        st.success(plain(message), icon=":material/check_circle:")
    au = write_date(edition.au)
    if edition.audience == "comite":
        effet = f"Le comité lira les chiffres du tableau de bord au {au}, tels qu’ils sont aujourd’hui."
    else:
        effet = "Ce que lit le comité ne change pas : l’édition est pour l’équipe."
    st.markdown(
        f"Publier fige l’édition : chiffres au {au}, commentaires, règles et définitions ne changeront plus. {effet}"
    )
    if manquants := write_missing(edition):
        st.warning(plain(manquants), icon=":material/font_download_off:")
    sur = st.checkbox("J’ai relu l’édition", key=RELUE)
    if st.button("Publier l’édition", type="primary", icon=":material/publish:", disabled=not sur):
        _publish(edition)


def _publish(edition: Edition) -> None:
    require("seance", "publier", (edition.code_plie,))
    debut = datetime.now(UTC)
    try:
        with write(current_url()) as base:
            publiee = publish_edition(base, edition, current_author(), current_rights().role)
    except Refus as refus:
        st.error(plain(refus), icon=":material/error:")
        return
    st.session_state[_FAIT] = f"{_tell(publiee, debut)} Ses fichiers et sa projection sont dans l’onglet « Éditions »."
    st.rerun()


def _tell(publiee: Edition, debut: datetime) -> str:
    """What has been published since `debut`, or that somebody had just done it."""
    if publiee.publie_le is None or publiee.publie_le >= debut:
        return f"Édition n° {publiee.numero} publiée."
    quand, qui = write_moment(publiee.publie_le), publiee.publie_par
    return (
        f"L’édition n° {publiee.numero}, publiée le {quand} par {qui}, est déjà celle-ci : rien n’est publié deux fois."
    )
