"""A picture on screen: what it says, what it is about, its table one click away, what a click opens."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.dessin import draw
from components.cadre.filtres import filter_on
from components.impression.emporter import Provenance, show_files
from components.messages.etats import show_note
from components.messages.texte import plain, print_table
from sections.images import Clic, Forme, Image, Serie, Tableau

_CONSEILS = {
    Clic.DETAIL: "cliquez sur une barre pour voir son détail",
    Clic.LIGNES: "cliquez sur une barre pour voir ses anomalies",
    Clic.OPERATION: "cliquez pour filtrer",
    Clic.TERRITOIRE: "cliquez pour filtrer",
}
NOM_COURT = 28
ILLISIBLE = "Pas de graphique : trop de nombres y manquent."


def show_image(
    image: Image, cle: str, barres: int | None = None, cliquable: bool = False, page: Provenance | None = None
) -> str | None:
    """The message, the picture, its table; the code that was clicked. `barres`: no more bars than that are drawn.
    `page`: the page whose files a reader may take away."""
    st.subheader(plain(image.message), anchor=False)
    if image.absence:
        show_note(image.absence)
        return None
    dessinee = image if barres is None else keep_first_bars(image, barres)
    coupe = "" if dessinee is image else f"les {barres} premières barres, toutes dans le tableau"
    sujet = "" if image.sujet in image.message else image.sujet
    conseil = _CONSEILS.get(image.clic, "") if cliquable else ""
    st.caption(plain(" · ".join(filter(None, (sujet, image.effectif, image.remarque, coupe, conseil)))))
    if not image.dessinable:
        st.markdown(ILLISIBLE)
        print_table(as_table(image))
        return None
    # Checking a chart against the schema takes three quarters of the time of a page: the tests do it.
    spec = draw(dessinee, cliquable and image.clic is not Clic.RIEN, large=cliquable and _are_short(dessinee)).to_dict(
        validate=False
    )
    reponse = st.vega_lite_chart(
        spec=spec,
        theme=None,
        width="stretch",
        key=f"graphique_{cle}",
        on_select="rerun" if cliquable and image.clic else "ignore",
        alt=spec.pop("description", image.sujet),
    )
    show_table(as_table(image), cle, page=page, image=image)
    return _clicked(reponse) if cliquable and image.clic else None


def show_live_image(image: Image, cle: str, page: Provenance) -> None:
    """The picture of a page: a click filters every page, or opens the detail under it."""
    code = show_image(image, cle, cliquable=True, page=page)
    if code and image.clic in (Clic.OPERATION, Clic.TERRITOIRE):
        filter_on(image.clic.value, code)
    detail = image.detail(code)
    if detail is not None:
        show_image(detail, f"{cle}_{code}", page=page)


def keep_first_bars(image: Image, nombre: int) -> Image:
    """The picture itself, or with its first bars only."""
    if image.genre is not Forme.BARRES or len(image.categories) <= nombre:
        return image
    series = tuple(Serie(s.nom, s.valeurs[:nombre], s.textes[:nombre], s.base) for s in image.series)
    return replace(image, categories=image.categories[:nombre], codes=image.codes[:nombre], series=series)


def as_table(image: Image) -> pd.DataFrame:
    """The table of a picture: words as they are printed."""
    if image.tableau is not None:
        return as_frame(image.tableau)
    colonnes = {image.entete: list(image.categories)} | {serie.nom: list(serie.textes) for serie in image.series}
    return pd.DataFrame(colonnes)


def as_frame(tableau: Tableau) -> pd.DataFrame:
    """A table of words as a frame."""
    return pd.DataFrame(list(tableau.lignes), columns=list(tableau.entete))


def show_table(
    table: pd.DataFrame,
    cle: str,
    titre: str = "Voir le tableau",
    page: Provenance | None = None,
    image: Image | None = None,
    sujet: str = "",
) -> None:
    """The complete table, folded, with the files of it and of its picture where a page gives them away."""
    with st.expander(titre, key=f"tableau_{cle}", icon=":material/table:"):
        print_table(table)
        if page is not None:
            show_files(page, cle, image.sujet if image else sujet or titre, table, image)


def _are_short(image: Image) -> bool:
    """True where names may stand beside their bars: longer ones, above them, leave a telephone its bars."""
    return all(len(nom) <= NOM_COURT for nom in image.categories)


def _clicked(reponse: Any) -> str | None:
    choisis = reponse["selection"].get("choix", []) if reponse else []
    return choisis[0].get("code") if choisis else None
