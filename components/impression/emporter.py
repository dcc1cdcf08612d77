"""What a reader takes away of a picture or a table: its drawing (PNG, SVG), its numbers (CSV, xlsx), what they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.svg import write_png, write_svg
from components.acces.journal import XLSX, show_download
from components.acces.session import may
from indicators.catalogue import CATALOGUE
from reports.tableau import write_csv, write_xlsx
from sections.images import Image

LARGEUR = 900


@dataclass(frozen=True)
class Provenance:
    """Which page a file comes from, whose figures it holds, and the lines that say over what, when and how they are
    read."""

    page: str
    codes_plie: tuple[str, ...]
    lignes: tuple[str, ...]


def show_files(contexte: Provenance, nom: str, titre: str, table: pd.DataFrame, image: Image | None = None) -> None:
    """One button a kind of file, for whoever may take files of that page; each is made when it is clicked."""
    if not may(contexte.page, "telecharger"):
        return
    lignes = (titre, *contexte.lignes, *_define(image.indicateurs if image else ()))
    fichiers: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("CSV", "csv", "text/csv", lambda: write_csv(lignes, table)),
        ("Excel", "xlsx", XLSX, lambda: write_xlsx(lignes, table)),
    ]
    if image is not None and image.dessinable:
        fichiers += [
            ("PNG", "png", "image/png", lambda: write_png(image, LARGEUR)),
            ("SVG", "svg", "image/svg+xml", lambda: write_svg(image, LARGEUR).encode()),
        ]
    with st.container(horizontal=True, gap="small"):
        for libelle, extension, mime, faire in fichiers:
            show_download(
                libelle,
                f"{contexte.page}_{nom}.{extension}",
                mime,
                (contexte.page, "telecharger"),
                contexte.codes_plie,
                f"{contexte.page} {nom} {extension}",
                faire,
                key=f"emporter_{contexte.page}_{nom}_{extension}",
            )


def _define(indicateurs: Sequence[str]) -> tuple[str, ...]:
    """« File active : parcours en cours… », one line a figure."""
    connus = [CATALOGUE[code] for code in dict.fromkeys(indicateurs) if code in CATALOGUE]
    return tuple(f"{i.libelle} : {i.definition}" for i in connus)
