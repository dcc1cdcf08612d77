"""Targets as bullets: a bar for what is done, a tick for what was expected by now, the words beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR

from charts import palette
from charts.rangees import PART_MAXIMALE
from indicators.nombres import write_short_date
from reports.notice import write_precision
from reports.pptx.formes import Boite, describe, draw_rectangle
from reports.pptx.mesure import INTERLIGNE, Metre
from reports.pptx.paroles import number
from reports.pptx.texte import Paragraphe, write_box, write_fitted
from reports.pptx.toile import Page, Toile, write_source
from sections.contenu import Cible, Groupe, Section
from sections.images import Image

PAR_PAGE = 8
_TAILLE, _PETITE = 13.0, 12.0
_LIGNES = 3
_LIBELLE, _BARRE = 0.36, 0.28
_GOUTTIERE, _ENTRE, _ENTRE_MAX = 18.0, 10.0, 26.0
_LEGENDE = 20.0
_EPAISSEUR, _PISTE, _TRAIT = 12.0, 18.0, 3.0
_CE_QUE_DIT_LA_BARRE = "Barre : réalisé · trait : attendu à ce jour · fond : objectif (100 %)"


@dataclass(frozen=True)
class Puce:
    """One target as it is drawn: its name, both shares of it, its status, its words, what is said under them; `notes`:
    what only the notes add."""

    libelle: str
    part: float | None
    attendu: float | None
    statut: str
    texte: str
    suite: str = ""
    notes: str = ""

    def __str__(self) -> str:
        """« Sorties positives : en retard : 798 sur 920 ; au rythme actuel : … »."""
        return f"{self.libelle} : {' ; '.join(mots for mots in (self.texte, self.suite) if mots)}"


@dataclass(frozen=True)
class Rangee:
    """A target, measured: its name and its words as they will be written, the height that they take."""

    puce: Puce
    libelle: str
    texte: str
    suite: str
    hauteur: float


def add_targets(toile: Toile, groupe: Groupe) -> None:
    """The slides of one operation, or of the protocol."""
    resume, _, suite = groupe.resume.partition(" ; ")
    titre = f"{groupe.code or groupe.titre} – {resume}"
    sous_titre = " · ".join(texte for texte in ("Objectifs", groupe.titre if groupe.code else "", suite) if texte)
    puces = [_puce_of(cible) for cible in groupe.cibles]
    _add_pages(toile, titre, sous_titre, f"OBJECTIFS : {groupe.titre}\n{groupe.resume}", puces)


def add_bullets(toile: Toile, section: Section, image: Image) -> None:
    """The slides of a picture of targets."""
    fait, *attendus = image.series
    attendu = attendus[0].valeurs if attendus else (None,) * len(fait.valeurs)
    statuts = image.statuts or ("",) * len(fait.valeurs)
    puces = list(map(Puce, image.categories, fait.valeurs, attendu, statuts, fait.textes))
    sous_titre = f"{section.titre} · {write_precision(image)}"
    _add_pages(toile, image.message, sous_titre, f"OBJECTIFS : {image.sujet}", puces)


def _puce_of(cible: Cible) -> Puce:
    suite = " ; ".join(mots for mots in (cible.projection, cible.remarque) if mots)
    dates = f"\nPériode : du {write_short_date(cible.debut)} au {write_short_date(cible.fin)}"
    notes = f"{dates} ; source : {cible.source}" if cible.source else dates
    return Puce(cible.libelle, cible.part, cible.attendu_part, cible.statut, cible.texte, suite, notes)


def _add_pages(toile: Toile, titre: str, sous_titre: str, entete: str, puces: Sequence[Puce]) -> None:
    """As many slides as the targets need, eight on each at most; their notes say each in full."""
    zone = toile.zone.below(_LEGENDE)
    pages = _split([_measure(puce, zone, toile.regle) for puce in puces], zone.hauteur)
    for rang, rangees in enumerate(pages, 1):
        lignes = [f"{r.puce}{r.puce.notes}" for r in rangees]
        notes = "\n\n".join([entete, *lignes, write_source(toile.edition)])
        page = toile.add_page(number(titre, rang, len(pages)), sous_titre, notes)
        if any(r.puce.part is not None for r in rangees):
            _, barre, _ = _columns(page.zone)
            legende = Boite(barre.x, page.zone.y, page.zone.droite - barre.x, _LEGENDE)
            couleur = palette.TEXTE_SECOND
            write_fitted(
                page.formes,
                legende,
                _CE_QUE_DIT_LA_BARRE,
                (12.0, 11.0, 10.0),
                page.regle,
                nom="Légende",
                couleur=couleur,
            )
        _draw_rows(page, zone, rangees)


def _columns(zone: Boite) -> tuple[Boite, Boite, Boite]:
    """Name, bar, words."""
    libelle, barre = zone.largeur * _LIBELLE, zone.largeur * _BARRE
    texte = zone.x + libelle + barre
    return (
        Boite(zone.x, zone.y, libelle - _GOUTTIERE, zone.hauteur),
        Boite(zone.x + libelle, zone.y, barre - _GOUTTIERE, zone.hauteur),
        Boite(texte, zone.y, zone.droite - texte, zone.hauteur),
    )


def _measure(puce: Puce, zone: Boite, regle: Metre) -> Rangee:
    nom, _, mots = _columns(zone)
    libelle = regle.cut(puce.libelle, nom.largeur, _LIGNES * _TAILLE * INTERLIGNE + 0.01, _TAILLE, gras=True)
    texte = regle.cut(puce.texte, mots.largeur, _LIGNES * _TAILLE * INTERLIGNE + 0.01, _TAILLE, gras=True)
    suite = regle.cut(puce.suite, mots.largeur, _LIGNES * _PETITE * INTERLIGNE + 0.01, _PETITE)
    droite = regle.height_of(texte, mots.largeur, _TAILLE, gras=True)
    if suite:
        droite += regle.height_of(suite, mots.largeur, _PETITE)
    hauteur = max(droite, regle.height_of(libelle, nom.largeur, _TAILLE, gras=True), _PISTE)
    return Rangee(puce, libelle, texte, suite, hauteur)


def _split(rangees: Sequence[Rangee], hauteur: float) -> list[list[Rangee]]:
    pages: list[list[Rangee]] = []
    prise = 0.0
    for rangee in rangees:
        if not pages or len(pages[-1]) == PAR_PAGE or prise + rangee.hauteur > hauteur:
            pages.append([])
            prise = 0.0
        pages[-1].append(rangee)
        prise += rangee.hauteur + _ENTRE
    return pages


def _draw_rows(page: Page, zone: Boite, rangees: Sequence[Rangee]) -> None:
    # Short pages breathe; full ones keep the space that was counted.
    libre = (zone.hauteur - sum(r.hauteur for r in rangees)) / max(len(rangees) - 1, 1)
    haut = zone.y
    for rangee in rangees:
        _draw_row(page, Boite(zone.x, haut, zone.largeur, rangee.hauteur), rangee)
        haut += rangee.hauteur + min(max(libre, _ENTRE), _ENTRE_MAX)


def _draw_row(page: Page, boite: Boite, rangee: Rangee) -> None:
    groupe = page.formes.add_group_shape()
    groupe.name = f"Objectif : {rangee.puce.libelle}"
    describe(groupe, str(rangee.puce))
    nom, barre, mots = _columns(boite)
    titre = Paragraphe(rangee.libelle, _TAILLE, gras=True)
    write_box(groupe.shapes, nom, [titre], nom="Libellé", ancre=MSO_ANCHOR.MIDDLE)
    _draw_bullet(groupe.shapes, rangee.puce, barre)
    couleur = palette.PAR_STATUT.get(rangee.puce.statut, palette.TEXTE_SECOND)
    lisible = couleur if palette.contrast(couleur) >= 4.5 else palette.TEXTE_SECOND
    lignes = [Paragraphe(rangee.texte, _TAILLE, gras=True, couleur=lisible)]
    if rangee.suite:
        lignes.append(Paragraphe(rangee.suite, _PETITE, couleur=palette.TEXTE_SECOND))
    write_box(groupe.shapes, mots, lignes, nom="État", ancre=MSO_ANCHOR.MIDDLE)


def _draw_bullet(formes: Any, puce: Puce, boite: Boite) -> None:
    """Nothing is drawn of a target without a number to compare: its words say why."""
    if puce.part is None:
        return
    unite = boite.largeur / PART_MAXIMALE
    milieu = boite.y + boite.hauteur / 2
    draw_rectangle(formes, Boite(boite.x, milieu - _PISTE / 2, unite, _PISTE), palette.GRILLE, "Objectif (100 %)")
    longueur = max(min(puce.part, PART_MAXIMALE), 0.0) * unite
    couleur = palette.PAR_STATUT.get(puce.statut, palette.NEUTRE)
    if longueur > 0:
        draw_rectangle(formes, Boite(boite.x, milieu - _EPAISSEUR / 2, longueur, _EPAISSEUR), couleur, "Réalisé")
    if puce.attendu is not None:
        attendu = boite.x + max(min(puce.attendu, PART_MAXIMALE), 0.0) * unite - _TRAIT / 2
        trait = Boite(attendu, milieu - _PISTE / 2 - 3.0, _TRAIT, _PISTE + 6.0)
        draw_rectangle(formes, trait, palette.ENCRE, "Attendu à ce jour")
