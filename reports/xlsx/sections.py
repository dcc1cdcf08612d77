"""One sheet a section: its message, its figures, its pictures, its targets, what the team wrote."""

from charts import palette
from charts.rangees import PART_MAXIMALE
from indicators.objectifs import Statut
from indicators.statuts import MOTS_DES_STATUTS
from reports.notice import PUBLIE
from reports.xlsx.feuille import (
    DATE,
    POURCENT,
    CaseEcrite,
    FeuilleEcrite,
    cell_value,
    count_pixels,
    format_of,
    format_of_target,
    number,
    text,
)
from reports.xlsx.images import LARGEUR, chart_column, write_image, write_words_table
from sections.contenu import Chiffre, Cible, Edition, Groupe, Section

LARGEURS = (44, 16, 16, 27, 26, 33)
LARGEURS_DES_CIBLES = (44, 16, 16, 16, 17, 36, 36, 36, 11, 11, 28)
_CHIFFRES = ("Chiffre", "Valeur", "État", "Un an avant", "Objectif", "Précision")
_CIBLES = (
    *("Objectif suivi", "Réalisé", "Objectif", "Attendu à ce jour", "Part de l’objectif", "Où en est-on"),
    *("Projection", "À savoir", "Du", "Au", "Source"),
)
_BARRE = "#A9CBD9"
"""Light enough for the number to be read over it."""


def widths_of(section: Section) -> tuple[int, ...]:
    """Columns of the sheet of a section: those of its tables, and those that its charts cover."""
    largeurs = LARGEURS_DES_CIBLES if section.groupes else LARGEURS
    for image in section.a_imprimer:
        while count_pixels(largeurs[chart_column(image) :]) < LARGEUR + 20:
            largeurs = (*largeurs, 10)
    while len(largeurs) < max([len(tableau.entete) for tableau in section.tableaux], default=0):
        largeurs = (*largeurs, 16)
    return largeurs


def write_section(feuille: FeuilleEcrite, section: Section, edition: Edition) -> None:
    """Everything of a section."""
    feuille.start(section.titre, edition.perimetre)
    feuille.write_paragraph(section.message, bold=True, font_size=12)
    for phrase in section.phrases:
        feuille.write_paragraph(f"• {phrase}")
    for note in section.notes:
        feuille.write_paragraph(note, font_color=palette.TEXTE_SECOND)
    if section.chiffres:
        _write_figures(feuille, section.chiffres)
    if section.muets:
        feuille.write_paragraph(section.muets, font_color=palette.TEXTE_SECOND)
    for image in section.a_imprimer:
        write_image(feuille, image)
    for groupe in section.groupes:
        _write_group(feuille, groupe)
    for tableau in section.tableaux:
        write_words_table(feuille, tableau)
    _write_words(feuille, section)


def _write_figures(feuille: FeuilleEcrite, chiffres: tuple[Chiffre, ...]) -> None:
    feuille.write_heading("Chiffres")
    feuille.write_header(_CHIFFRES)
    for c in chiffres:
        ecrite = None if c.valeur is None else cell_value(c.valeur, c.unite)
        etat = PUBLIE if c.valeur is not None or not c.en_mots else c.texte
        cellules = (
            text(c.libelle, grasse=True),
            number(ecrite, format_of(c.unite), c.texte),
            text(etat, attenuee=True, centree=True),
            text(c.evolution),
            text(c.cible),
            text(c.precision, attenuee=True),
        )
        feuille.write_row(cellules)


def _write_group(feuille: FeuilleEcrite, groupe: Groupe) -> None:
    feuille.keep_together(160)
    feuille.write_heading(groupe.titre)
    feuille.write_paragraph(groupe.resume, font_color=palette.TEXTE_SECOND)
    debut = feuille.write_header(_CIBLES) + 1
    for cible in groupe.cibles:
        feuille.write_row(_row_of(cible))
    fin = feuille.ligne - 1
    barre = {"type": "data_bar", "bar_color": _BARRE, "bar_solid": True, "data_bar_2010": True}
    bornes = {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": PART_MAXIMALE}
    feuille.page.conditional_format(debut, 4, fin, 4, barre | bornes)


def _row_of(cible: Cible) -> tuple[CaseEcrite, ...]:
    manque = MOTS_DES_STATUTS[Statut.SANS_DONNEE]
    return (
        text(cible.libelle),
        _amount(cible.realise, cible, manque),
        _amount(cible.objectif, cible, "non paramétré"),
        _amount(cible.attendu, cible, "sans objet"),
        number(cible.part, POURCENT, manque if cible.objectif is not None else "sans objet"),
        text(cible.texte),
        text(cible.projection),
        text(cible.remarque),
        CaseEcrite("", jour=cible.debut, nombre=DATE),
        CaseEcrite("", jour=cible.fin, nombre=DATE),
        text(cible.source, attenuee=True),
    )


def _amount(valeur: float | None, cible: Cible, sinon: str) -> CaseEcrite:
    return number(valeur, "" if valeur is None else format_of_target(valeur, cible.est_taux), sinon)


def _write_words(feuille: FeuilleEcrite, section: Section) -> None:
    if section.commentaire:
        feuille.write_heading("Commentaire de l’équipe")
        feuille.write_paragraph(section.commentaire)
    if section.points_de_decision:
        feuille.write_heading("Soumis à décision")
        for point in section.points_de_decision:
            feuille.write_paragraph(f"• {point}")
