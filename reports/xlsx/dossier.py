"""The workbook of an edition: « Lisez-moi », one sheet a section, decisions, definitions, every published figure."""

import io
from collections.abc import Callable, Sequence
from functools import partial

from PIL import Image as Photo
from PIL import UnidentifiedImageError
from xlsxwriter import Workbook

from charts import palette
from reports.embleme import ALTERNATIVE, as_png, mention_of
from reports.notice import (
    INVENTEES,
    list_facts,
    moment_of,
    name_edition,
    word_of,
    write_parts,
    write_reading,
)  # fmt: skip
from reports.xlsx.feuille import DATE, POLICE, CaseEcrite, Classeur, FeuilleEcrite, cell_value, format_of, number, text
from reports.xlsx.sections import LARGEURS, widths_of, write_section
from seances.edition import Progres
from sections.contenu import Edition, Figure, ReponseFigee

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Widths are counted in digits of this font: one that the reader's machine lacks would widen every column.
    "default_format_properties": {"font_name": POLICE, "font_size": 10},
}
_LISEZ_MOI = (30, 70, 30)
_HAUTEUR_EMBLEME = 60
_CHIFFRES = (
    *("Chiffre", "Part", "Du", "Au", "Opération", "Territoire", "État", "Valeur", "Numérateur", "Dénominateur"),
    *("Unité", "Code"),
)


def build(edition: Edition, logos: Sequence[tuple[str, bytes]] = (), progres: Progres | None = None) -> bytes:
    """The workbook as bytes. `logos`: name and picture of each funder; `progres` hears how far it is."""
    octets = io.BytesIO()
    livre = Workbook(octets, _OPTIONS)
    _set_properties(livre, edition)
    classeur = Classeur(livre)
    lisez_moi, ecrites = _open(classeur, "Lisez-moi", _LISEZ_MOI), _plan(classeur, edition)
    # « Lisez-moi » names the others: it is written last.
    noms = [feuille.nom for feuille, _ in ecrites]
    ecrites.append((lisez_moi, partial(_write_readme, edition=edition, logos=logos, noms=noms)))
    en_tete = f"{edition.plie} – {edition.titre} – {name_edition(edition)}"
    for rang, (feuille, ecrire) in enumerate(ecrites):
        if progres:
            progres(rang / len(ecrites), f"Feuille « {feuille.nom} »")
        ecrire(feuille)
        feuille.finish(en_tete, mention_of(edition.mention).court)
    livre.close()
    if progres:
        progres(1.0, "Classeur écrit")
    return octets.getvalue()


def _plan(classeur: Classeur, edition: Edition) -> list[tuple[FeuilleEcrite, Callable[[FeuilleEcrite], None]]]:
    """Every sheet but the first in its order, empty, with what will write it."""
    plan: list[tuple[FeuilleEcrite, Callable[[FeuilleEcrite], None]]] = []
    for section in edition.sections:
        feuille = _open(classeur, section.titre, widths_of(section), len(LARGEURS))
        plan.append((feuille, partial(write_section, section=section, edition=edition)))
    for nom, largeurs, ecrire in _ANNEXES:
        plan.append((_open(classeur, nom, largeurs), partial(ecrire, edition=edition)))
    return plan


def _open(classeur: Classeur, nom: str, largeurs: tuple[int, ...], texte_sur: int | None = None) -> FeuilleEcrite:
    propre = classeur.name_sheet(nom)
    return FeuilleEcrite(classeur, classeur.livre.add_worksheet(propre), propre, largeurs, texte_sur or len(largeurs))


def _set_properties(livre: Workbook, edition: Edition) -> None:
    livre.set_properties(
        {
            "title": f"{edition.plie} – {edition.titre}",
            "subject": edition.perimetre,
            "author": edition.plie,
            "company": edition.plie,
            "category": "Dossier de séance",
            "keywords": mention_of(edition.mention).texte,
            "comments": name_edition(edition),
            "created": moment_of(edition).replace(tzinfo=None),
        }
    )
    livre.set_size(2400, 1500)


# ---- the sheets around the sections


def _write_readme(
    feuille: FeuilleEcrite, edition: Edition, logos: Sequence[tuple[str, bytes]], noms: Sequence[str]
) -> None:
    """What the workbook is, over what, for whom, what is rounded, where to find the rest."""
    feuille.start(edition.titre, edition.plie)
    if edition.inventees:
        feuille.write_paragraph(INVENTEES, bold=True, font_color=palette.CINQUIEME)
    if edition.commentaire:
        feuille.write_paragraph(edition.commentaire)
    feuille.write_heading("Ce que couvre ce classeur")
    for nom, valeur in list_facts(edition):
        feuille.write_row((text(nom, grasse=True), text(valeur)))
    feuille.write_heading("Exact ou arrondi")
    feuille.write_paragraph(write_reading(edition))
    feuille.write_heading("Feuilles")
    for nom in noms:
        feuille.write_link(nom)
    if edition.regles:
        feuille.write_heading("Règles de sortie appliquées")
        for regle in edition.regles:
            feuille.write_paragraph(f"• {regle}")
    _write_mention(feuille, edition, logos)


def _write_mention(feuille: FeuilleEcrite, edition: Edition, logos: Sequence[tuple[str, bytes]]) -> None:
    mention = mention_of(edition.mention)
    feuille.write_heading("Financement")
    feuille.keep_together(_HAUTEUR_EMBLEME + 80)
    haut = feuille.ligne
    embleme = as_png(240)
    options = {"image_data": io.BytesIO(embleme), "description": ALTERNATIVE, "object_position": 1}
    echelle = _HAUTEUR_EMBLEME / 240
    feuille.page.insert_image(haut, 0, "embleme.png", options | {"x_scale": echelle, "y_scale": echelle, "y_offset": 6})
    feuille.fill_to(haut, _HAUTEUR_EMBLEME + 12)
    if mention.sous_embleme:
        feuille.write_paragraph(mention.sous_embleme, bold=True)
    feuille.write_paragraph(mention.texte)
    _write_logos(feuille, logos)


def _write_logos(feuille: FeuilleEcrite, logos: Sequence[tuple[str, bytes]]) -> None:
    """The logos in a row, sixty points high; one that is not a picture leaves its name."""
    haut, gauche = feuille.ligne, 0
    illisibles = []
    for nom, contenu in logos:
        try:
            with Photo.open(io.BytesIO(contenu)) as image:
                largeur, hauteur = image.size
                resolution = (image.info.get("dpi") or (96, 96))[0] or 96
        except (UnidentifiedImageError, OSError):
            illisibles.append(nom)
            continue
        # XlsxWriter draws a picture at the size that its resolution gives, in 96ths of an inch.
        echelle = _HAUTEUR_EMBLEME / (hauteur * 96 / resolution)
        options = {"image_data": io.BytesIO(contenu), "description": nom, "object_position": 1, "x_offset": gauche}
        feuille.page.insert_image(haut, 0, nom, options | {"x_scale": echelle, "y_scale": echelle, "y_offset": 8})
        gauche += int(largeur * _HAUTEUR_EMBLEME / hauteur) + 24
    if gauche:
        feuille.fill_to(haut, _HAUTEUR_EMBLEME + 16)
    if illisibles:
        feuille.write_paragraph(f"Logos illisibles, à redéposer : {', '.join(illisibles)}", italic=True)


def _write_decisions(feuille: FeuilleEcrite, edition: Edition) -> None:
    """What is asked of the meeting, with room for its answer; what became of earlier decisions."""
    feuille.start("Décisions", edition.titre)
    points = [(s.titre, point) for s in edition.sections for point in s.points_de_decision]
    feuille.write_heading("Soumis à la séance")
    if not points:
        feuille.write_paragraph("Aucun point n’est soumis à décision.")
    else:
        feuille.write_header(("N°", "Point", "Porteur", "Échéance", "Section", "Décision prise"), reperer=False)
        for rang, (titre, point) in enumerate(points, 1):
            feuille.write_row((number(rang, "0", ""), text(point), text(""), text(""), text(titre), text("")))
    feuille.write_heading("Suites données aux décisions précédentes")
    if not edition.suivis:
        feuille.write_paragraph("Aucune décision antérieure n’est à suivre.")
        return
    feuille.write_header(("Édition", "Décision", "Porteur", "Échéance", "État", "Suivi"), reperer=False)
    for suivi in edition.suivis:
        echeance = CaseEcrite("", jour=suivi.echeance, nombre=DATE) if suivi.echeance else text("sans date")
        feuille.write_row(
            (
                number(suivi.numero, "0", ""), text(suivi.texte), text(suivi.porteur), echeance,
                text(suivi.etat), text(suivi.suivi),
            )
        )  # fmt: skip


def _write_definitions(feuille: FeuilleEcrite, edition: Edition) -> None:
    """Every figure of the workbook, as the catalogue defined it on that day."""
    feuille.start("Définitions", f"Telles qu’elles étaient pour cette édition : {edition.titre}")
    entete = feuille.write_header(
        ("Chiffre", "Définition", "Unité", "Sources", "Réserves : ce que les textes ne tranchent pas", "Code"), False
    )
    for d in edition.definitions:
        feuille.write_row(
            (
                text(d.libelle, grasse=True), text(d.texte), text(d.unite), text("\n".join(d.sources)),
                text("\n".join(d.reserves)), text(d.code, attenuee=True),
            )
        )  # fmt: skip
    feuille.page.freeze_panes(entete + 1, 1)
    feuille.page.repeat_rows(entete)


def _write_figures(feuille: FeuilleEcrite, edition: Edition) -> None:
    """Every published figure, one row a cell: the proof of what the other sheets say."""
    feuille.start("Chiffres publiés", f"Chaque chiffre demandé pour ce classeur. {write_reading(edition)}")
    entete = feuille.write_header(_CHIFFRES)
    libelles = {d.code: d.libelle for d in edition.definitions}
    for figure in edition.figures:
        for cellule in figure.cellules:
            feuille.write_row(_row_of(figure, cellule, libelles))
    feuille.page.autofilter(entete, 0, max(feuille.ligne - 1, entete), len(_CHIFFRES) - 1)
    feuille.page.freeze_panes(entete + 1, 1)
    feuille.page.repeat_rows(entete)


def _row_of(figure: Figure, cellule: ReponseFigee, libelles: dict[str, str]) -> tuple[CaseEcrite, ...]:
    question, unite = figure.question, figure.unite
    mot = word_of(cellule.etat)
    vide = mot if cellule.valeur is None else ""
    return (
        text(libelles.get(question.indicateur, question.indicateur)),
        text(write_parts(cellule.par)),
        CaseEcrite("", jour=question.du, nombre=DATE),
        CaseEcrite("", jour=question.au, nombre=DATE),
        text(question.operation or "toutes"),
        text(question.territoire or "tout"),
        text(mot, attenuee=True, centree=True),
        number(None if cellule.valeur is None else cell_value(cellule.valeur, unite), format_of(unite), vide),
        number(cellule.numerateur, "#,##0.##", vide),
        number(cellule.denominateur, "#,##0.##", vide),
        text(unite),
        text(question.indicateur, attenuee=True),
    )


_ANNEXES: tuple[tuple[str, tuple[int, ...], Callable[..., None]], ...] = (
    ("Décisions", (9, 62, 30, 13, 16, 50), _write_decisions),
    ("Définitions", (34, 80, 18, 44, 44, 24), _write_definitions),
    ("Chiffres", (40, 42, 12, 12, 14, 14, 16, 16, 16, 16, 20, 32), _write_figures),
)
