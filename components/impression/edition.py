"""An edition on screen: each section as it was composed, whether it is a preview, a reopened one or projected."""

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from charts.editions import draw_image, draw_targets
from components.impression.graphiques import show_table
from components.messages.etats import show_note
from components.messages.texte import plain, print_list, print_table
from indicators.nombres import say_rounding, write_date, write_short_date
from sections.contenu import Chiffre, Edition, Genre, Groupe, Image, Section, Serie, Suivi


def show_cover(edition: Edition) -> None:
    """What the edition is: title, number, perimeter, rules, masking. A preview has the perimeter of the page."""
    numero = f"Édition n° {edition.numero}" if edition.numero else "Aperçu, pas encore publié"
    st.markdown(f"**{plain(edition.titre)}** · {numero}")
    if edition.numero:
        inventees = " · **données inventées**" if edition.inventees else ""
        st.markdown(f"{plain(edition.perimetre)} · données au {write_short_date(edition.date_donnees)}{inventees}")
    precisions = [_write_reading(edition), *edition.regles]
    if not edition.numero:
        precisions.append("La période et le périmètre se choisissent dans le menu de gauche.")
    st.caption(plain(" · ".join(precisions)))


def _write_reading(edition: Edition) -> str:
    base = edition.arrondi_a
    if base is None:
        return "Édition publiée quand les petits effectifs étaient masqués"
    return (
        f"Par territoire et par public, {say_rounding(base)}" if base else "Effectifs exacts, pour ses seuls lecteurs"
    )


def show_section(section: Section, cle: str) -> None:
    """The figures, the sentences, the pictures, the targets, what the team wrote. The message is the fold's title."""
    show_chiffres(section.chiffres)
    if section.phrases:
        print_list(section.phrases)
    for rang in range(0, len(section.images), 2):
        colonnes = st.columns(2, gap="large")
        for colonne, image in zip(colonnes, section.images[rang : rang + 2], strict=False):
            with colonne:
                show_image(image, f"{cle}_{image.code}")
    for rang, groupe in enumerate(section.groupes):
        show_groupe(groupe, f"{cle}_{rang}")
    show_words(section)


def show_chiffres(chiffres: tuple[Chiffre, ...]) -> None:
    """The large figures in one row that folds."""
    if chiffres:
        st.html(f'<ul class="cartes">{"".join(_as_html(chiffre) for chiffre in chiffres)}</ul>')


def _as_html(chiffre: Chiffre) -> str:
    # A word in the place of a number is written smaller, as on the other pages.
    classe = "valeur" if any(c.isdigit() for c in chiffre.texte) else "mot"
    lignes = [
        f'<span class="titre">{escape(chiffre.libelle)}</span>',
        f'<strong class="{classe}">{escape(chiffre.texte)}</strong>',
        *(f"<span>{escape(texte)}</span>" for texte in (chiffre.evolution, chiffre.precision) if texte),
    ]
    if chiffre.cible:
        lignes.append(f'<span class="cible">{escape(chiffre.cible)}</span>')
    return f"<li>{''.join(lignes)}</li>"


def show_image(image: Image, cle: str, barres: int | None = None) -> None:
    """The message, the picture, its table. `barres`: no more bars than that; the table has them all."""
    st.subheader(plain(image.message), anchor=False)
    sujet = "" if image.sujet in image.message else image.sujet
    dessinee = image if barres is None else keep_first_bars(image, barres)
    coupe = "" if dessinee is image else f"les {barres} premières barres, toutes dans le tableau"
    st.caption(plain(" · ".join(filter(None, (sujet, image.effectif, image.remarque, coupe)))))
    if not image.dessinable:
        st.markdown("Pas de graphique : trop de nombres y manquent.")
        print_table(as_table(image))
        return
    spec = draw_image(dessinee).to_dict(validate=False)
    alt = spec.pop("description", image.sujet)
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=f"edition_{cle}", alt=alt)
    show_table(as_table(image), f"edition_{cle}")


def keep_first_bars(image: Image, nombre: int) -> Image:
    """The picture itself, or with its first bars only."""
    if image.genre is not Genre.BARRES or len(image.categories) <= nombre:
        return image
    series = tuple(Serie(s.nom, s.valeurs[:nombre], s.textes[:nombre]) for s in image.series)
    return replace(image, categories=image.categories[:nombre], series=series)


def as_table(image: Image) -> pd.DataFrame:
    """The table of a picture: words as they are printed."""
    colonnes = {image.entete: list(image.categories)} | {serie.nom: list(serie.textes) for serie in image.series}
    return pd.DataFrame(colonnes)


def show_groupe(groupe: Groupe, cle: str) -> None:
    """The targets of an operation or of the protocol."""
    st.subheader(plain(groupe.titre), anchor=False)
    st.caption(plain(groupe.resume))
    if any(cible.part is not None for cible in groupe.cibles):
        spec = draw_targets(groupe.cibles, groupe.titre).to_dict(validate=False)
        alt = spec.pop("description", groupe.titre)
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=f"edition_cibles_{cle}", alt=alt)
    sans = [cible for cible in groupe.cibles if cible.part is None]
    if sans:
        print_list(f"{cible.libelle} : {cible.texte.lower()}" for cible in sans)


def show_words(section: Section) -> None:
    """The comment and the points to decide."""
    if section.commentaire:
        st.markdown("**Commentaire de l’équipe**")
        st.text(section.commentaire)
    if section.points_de_decision:
        st.markdown("**Points de décision**")
        st.text("\n".join(f"• {point}" for point in section.points_de_decision))


def show_suivis(suivis: tuple[Suivi, ...]) -> None:
    """Decisions of earlier meetings, with what became of them."""
    if not suivis:
        show_note("Aucune décision d’une séance précédente n’est à suivre.")
        return
    lignes = [
        {
            "Séance": f"n° {s.numero}",
            "Décision": s.texte,
            "Qui": s.porteur or "–",
            "Pour le": write_date(s.echeance) if s.echeance else "–",
            "État": s.etat,
            "Suivi": s.suivi or "–",
        }
        for s in suivis
    ]
    print_table(pd.DataFrame(lignes))
