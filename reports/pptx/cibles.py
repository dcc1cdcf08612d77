"""Targets as bullets: a bar for what is done, a tick for what was expected by now, the words beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR

from charts import palette
from charts.puces import PART_MAXIMALE
from indicators.nombres import write_short_date
from reports.pptx.accessibilite import describe
from reports.pptx.cadre import Boite
from reports.pptx.formes import draw_rectangle
from reports.pptx.mesure import INTERLIGNE, Regle
from reports.pptx.notes import write_source
from reports.pptx.paroles import number
from reports.pptx.texte import Paragraphe, write_box
from reports.pptx.toile import Page, Toile
from sections.contenu import Cible, Groupe

PAR_PAGE = 8
_TAILLE, _PETITE = 13.0, 12.0
_LIGNES = 3
_LIBELLE, _BARRE = 0.36, 0.28
_GOUTTIERE, _ENTRE = 18.0, 10.0
_LEGENDE = 20.0
_EPAISSEUR, _PISTE, _TRAIT = 12.0, 18.0, 3.0
REALISE, ATTENDU = "Réalisé", "Attendu à ce jour"


@dataclass(frozen=True)
class Rangee:
    """One target, measured: its name and its words as they will be written, the height that they take."""

    cible: Cible
    libelle: str
    texte: str
    suite: str
    hauteur: float


def add_targets(toile: Toile, groupe: Groupe) -> None:
    """The slides of one operation, or of the protocol."""
    if not groupe.cibles:
        return
    zone = toile.zone.below(_LEGENDE)
    rangees = [_measure(cible, zone, toile.regle) for cible in groupe.cibles]
    pages = _split(rangees, zone.hauteur)
    resume, _, suite = groupe.resume.partition(" ; ")
    nom = groupe.code or groupe.titre
    sous_titre = " · ".join(texte for texte in ("Objectifs", groupe.titre if groupe.code else "", suite) if texte)
    for rang, contenu in enumerate(pages, 1):
        notes = _write_notes(toile, groupe, contenu)
        page = toile.add_page(number(f"{nom} – {resume}", rang, len(pages)), sous_titre, notes)
        if any(rangee.cible.part is not None for rangee in contenu):
            _draw_legend(page)
        _draw_rows(page, page.zone.below(_LEGENDE), contenu)


def _columns(zone: Boite) -> tuple[Boite, Boite, Boite]:
    """Name, bar, words."""
    libelle, barre = zone.largeur * _LIBELLE, zone.largeur * _BARRE
    texte = zone.x + libelle + barre
    return (
        Boite(zone.x, zone.y, libelle - _GOUTTIERE, zone.hauteur),
        Boite(zone.x + libelle, zone.y, barre - _GOUTTIERE, zone.hauteur),
        Boite(texte, zone.y, zone.droite - texte, zone.hauteur),
    )


def _measure(cible: Cible, zone: Boite, regle: Regle) -> Rangee:
    nom, _, mots = _columns(zone)
    libelle = regle.cut(cible.libelle, nom.largeur, _LIGNES * _TAILLE * INTERLIGNE + 0.01, _TAILLE, gras=True)
    texte = regle.cut(cible.texte, mots.largeur, _LIGNES * _TAILLE * INTERLIGNE + 0.01, _TAILLE, gras=True)
    suite = regle.cut(_write_rest(cible), mots.largeur, 3 * _PETITE * INTERLIGNE + 0.01, _PETITE)
    droite = regle.height_of(texte, mots.largeur, _TAILLE, gras=True)
    if suite:
        droite += regle.height_of(suite, mots.largeur, _PETITE)
    hauteur = max(droite, regle.height_of(libelle, nom.largeur, _TAILLE, gras=True), _PISTE)
    return Rangee(cible, libelle, texte, suite, hauteur)


def _split(rangees: Sequence[Rangee], hauteur: float) -> list[list[Rangee]]:
    pages: list[list[Rangee]] = [[]]
    prise = 0.0
    for rangee in rangees:
        if pages[-1] and (len(pages[-1]) == PAR_PAGE or prise + rangee.hauteur > hauteur):
            pages.append([])
            prise = 0.0
        pages[-1].append(rangee)
        prise += rangee.hauteur + _ENTRE
    return pages


def _draw_legend(page: Page) -> None:
    """What a bar, a tick and the end of the track are."""
    _, barre, _ = _columns(page.zone)
    mots = "Barre : réalisé · trait : attendu à ce jour · fond : objectif (100 %)"
    place = Boite(barre.x, page.zone.y, page.zone.droite - barre.x, _LEGENDE)
    ecrit, taille = page.regle.fit(mots, place.largeur, _LEGENDE, (12.0, 11.0, 10.0))
    write_box(page.formes, place, [Paragraphe(ecrit, taille, couleur=palette.TEXTE_SECOND)], nom="Légende")


def _draw_rows(page: Page, zone: Boite, rangees: Sequence[Rangee]) -> None:
    prise = sum(r.hauteur for r in rangees)
    # Short pages breathe; full ones keep the space that was counted.
    libre = (zone.hauteur - prise) / max(len(rangees) - 1, 1)
    entre = min(max(libre, _ENTRE), 26.0)
    haut = zone.y
    for rangee in rangees:
        _draw_row(page, zone, rangee, haut)
        haut += rangee.hauteur + entre


def _draw_row(page: Page, zone: Boite, rangee: Rangee, haut: float) -> None:
    cible = rangee.cible
    groupe = page.formes.add_group_shape()
    groupe.name = f"Objectif : {cible.libelle}"
    describe(groupe, write_target(cible))
    nom, barre, mots = (Boite(c.x, haut, c.largeur, rangee.hauteur) for c in _columns(zone))
    titre = Paragraphe(rangee.libelle, _TAILLE, gras=True)
    write_box(groupe.shapes, nom, [titre], nom="Libellé", ancre=MSO_ANCHOR.MIDDLE)
    _draw_bullet(groupe.shapes, cible, barre)
    couleur = palette.PAR_STATUT.get(cible.statut, palette.TEXTE_SECOND)
    lignes = [Paragraphe(rangee.texte, _TAILLE, gras=True, couleur=_readable(couleur))]
    if rangee.suite:
        lignes.append(Paragraphe(rangee.suite, _PETITE, couleur=palette.TEXTE_SECOND))
    write_box(groupe.shapes, mots, lignes, nom="État", ancre=MSO_ANCHOR.MIDDLE)


def _readable(couleur: str) -> str:
    return couleur if palette.contrast(couleur) >= 4.5 else palette.TEXTE_SECOND


def _draw_bullet(formes: Any, cible: Cible, boite: Boite) -> None:
    """Nothing is drawn of a target without a number to compare: its words say why."""
    if cible.part is None:
        return
    unite = boite.largeur / PART_MAXIMALE
    milieu = boite.y + boite.hauteur / 2
    draw_rectangle(formes, Boite(boite.x, milieu - _PISTE / 2, unite, _PISTE), palette.GRILLE, "Objectif (100 %)")
    longueur = max(min(cible.part, PART_MAXIMALE), 0.0) * unite
    couleur = palette.PAR_STATUT.get(cible.statut, palette.NEUTRE)
    if longueur > 0:
        draw_rectangle(formes, Boite(boite.x, milieu - _EPAISSEUR / 2, longueur, _EPAISSEUR), couleur, REALISE)
    if cible.attendu_part is not None:
        attendu = boite.x + max(min(cible.attendu_part, PART_MAXIMALE), 0.0) * unite - _TRAIT / 2
        draw_rectangle(formes, Boite(attendu, milieu - _PISTE / 2 - 3.0, _TRAIT, _PISTE + 6.0), palette.ENCRE, ATTENDU)


def write_target(cible: Cible) -> str:
    """« Sorties positives : en retard : 798 sur 920 ; au rythme actuel : … »."""
    return f"{cible.libelle} : {' ; '.join(mots for mots in (cible.texte, _write_rest(cible)) if mots)}"


def _write_rest(cible: Cible) -> str:
    return " ; ".join(mots for mots in (cible.projection, cible.remarque) if mots)


def _write_notes(toile: Toile, groupe: Groupe, rangees: Sequence[Rangee]) -> str:
    lignes = [f"OBJECTIFS : {groupe.titre}\n{groupe.resume}"]
    for rangee in rangees:
        cible = rangee.cible
        dates = f"du {write_short_date(cible.debut)} au {write_short_date(cible.fin)}"
        lignes.append(
            f"{write_target(cible)}\nPériode : {dates}" + (f" ; source : {cible.source}" if cible.source else "")
        )
    return "\n\n".join([*lignes, write_source(toile.edition)])
