"""A table that is read at once: numbers on the right with the same digits, bars in cells, lines that lead somewhere."""

from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from components.cadre.filtres import link_parametres
from components.impression.emporter import Provenance, show_files
from components.impression.images import as_frame, show_table
from components.messages.texte import plain
from sections.images import Tableau

_STYLE = Path(__file__).with_name("tableaux.css")
_SANS_NOMBRE = ("–", "")


def show_tableau(tableau: Tableau, cle: str, page: Provenance | None) -> None:
    """Its title, what must be known to read it, its lines; folded unless it is `ouvert`. `page`: where
    the first cell of a line is a link that filters, and files are given away."""
    st.subheader(plain(tableau.titre), anchor=False)
    if tableau.note:
        st.caption(plain(tableau.note))
    if not tableau.ouvert:
        show_table(as_frame(tableau), cle, page=page, sujet=tableau.titre)
        return
    st.html(_STYLE)
    st.html(write_html(tableau, link_parametres() if page else None))
    if page is not None:
        show_files(page, cle, tableau.titre, as_frame(tableau))


def write_html(tableau: Tableau, parametres: dict[str, list[str]] | None) -> str:
    """The table as HTML; `parametres`: the filters of the page, which each link keeps but for its own."""
    nombres = [_is_of_numbers(tableau, rang) for rang in range(len(tableau.entete))]
    barres = dict(tableau.parts)
    entetes = "".join(
        f'<th scope="col"{_class(nombres[rang])}>{escape(nom)}</th>' for rang, nom in enumerate(tableau.entete)
    )
    lignes = []
    for numero, ligne in enumerate(tableau.lignes):
        liens = tableau.liens[numero] if parametres is not None and numero < len(tableau.liens) else ()
        premiere = _as_link(ligne[0], dict(parametres or {}), liens)
        cellules = "".join(
            f"<td{_class(nombres[rang])}>{escape(texte)}{_as_bar(barres.get(rang), numero)}</td>"
            for rang, texte in enumerate(ligne)
            if rang
        )
        lignes.append(f'<tr><th scope="row">{premiere}</th>{cellules}</tr>')
    nom = escape(tableau.titre, quote=True)
    return (
        f'<div class="tableau" role="region" tabindex="0" aria-label="{nom}"><table><thead><tr>{entetes}</tr></thead>'
        f"<tbody>{''.join(lignes)}</tbody></table></div>"
    )


def _is_of_numbers(tableau: Tableau, rang: int) -> bool:
    """True for a column whose written cells mostly begin as numbers do; words of a state stand among them."""
    ecrites = [ligne[rang] for ligne in tableau.lignes if rang and ligne[rang] not in _SANS_NOMBRE]
    chiffrees = [texte for texte in ecrites if texte.lstrip("≈+−- \u00a0\u202f")[:1].isdigit()]
    return bool(chiffrees) and 2 * len(chiffrees) >= len(ecrites)


def _class(nombre: bool) -> str:
    return ' class="nombre"' if nombre else ""


def _as_link(texte: str, parametres: dict[str, list[str]], filtres: tuple[tuple[str, str], ...]) -> str:
    if not filtres:
        return escape(texte)
    question = urlencode(parametres | {nom: [code] for nom, code in filtres}, doseq=True)
    return f'<a href="?{escape(question, quote=True)}" target="_self">{escape(texte)}</a>'


def _as_bar(parts: tuple[float | None, ...] | None, numero: int) -> str:
    part = parts[numero] if parts is not None and numero < len(parts) else None
    return "" if part is None else f'<i style="width:{100 * min(max(part, 0.0), 1.0):.1f}%" aria-hidden="true"></i>'
