"""What the template prints, as JSON values: words already written, places already computed; the note, the same content
shorter and shorter, of which the first version that fits its page is printed."""

import textwrap
from collections import Counter
from dataclasses import asdict
from typing import Any

from charts import palette
from charts.colonnes import starts_at_zero
from charts.dessin import describe
from charts.rangees import PART_MAXIMALE
from indicators.nombres import write_short_date
from indicators.phrases.chiffres import count
from indicators.statuts import MOTS_DES_STATUTS
from reports.embleme import ALTERNATIVE, mention_of
from reports.notice import (
    INVENTEES,
    SANS_GRAPHIQUE,
    fit_to_page,
    keep_messages,
    list_facts,
    name_edition,
    table_of,
    write_due,
    write_precision,
    write_reading,
)
from sections.contenu import Chiffre, Cible, Edition, Section
from sections.images import Image

_ENTETE = 95
"""Characters that stand on one line at the top of a page, beside the number of the edition."""
COULEURS = {
    "encre": palette.ENCRE,
    "second": palette.TEXTE_SECOND,
    "grille": palette.GRILLE,
    "principale": palette.PRINCIPALE,
    "alerte": palette.CINQUIEME,
    "fond": "#F3F6F8",
}
_STATUTS = {str(statut): mot for statut, mot in MOTS_DES_STATUTS.items()}
_AXE_COUPE = "L’axe vertical ne commence pas à zéro."
_CHIFFRES_DE_LA_NOTE = 8
# (characters of a message, of the comment, points to decide, characters of a point, follow-ups)
_VERSIONS = ((400, 1600, 12, 300, True), (260, 700, 8, 220, True), (180, 320, 6, 140, False), (140, 0, 4, 90, False))


def name_drawings(edition: Edition) -> dict[Image, str]:
    """The pictures that are drawn, each with the name of its file."""
    dessinables = [image for s in edition.sections for image in s.a_imprimer if image.dessinable]
    return {image: f"image{rang}.svg" for rang, image in enumerate(dessinables)}


def describe_edition(edition: Edition, dessins: dict[Image, str]) -> dict[str, Any]:
    """The edition as the template reads it."""
    mention = mention_of(edition.mention)
    return {
        "couleurs": COULEURS,
        "titre": edition.titre,
        "plie": edition.plie,
        "entete": textwrap.shorten(f"{edition.plie} – {edition.titre}", _ENTETE, placeholder="…"),
        "perimetre": edition.perimetre,
        "edition": name_edition(edition),
        "inventees": INVENTEES if edition.inventees else "",
        "faits": list_facts(edition),
        "lecture": write_reading(edition),
        "mention": asdict(mention) | {"court": mention.court, "alternative": ALTERNATIVE},
        "commentaire": split_lines(edition.commentaire),
        "messages": [{"titre": s.titre, "message": s.message} for s in keep_messages(edition)],
        "suivis": [asdict(s) | {"numero": str(s.numero), "echeance": write_due(s)} for s in edition.suivis],
        "sections": [_describe_section(section, dessins) for section in edition.sections],
        "definitions": [asdict(d) | {"sources": " ; ".join(d.sources)} for d in edition.definitions],
        "regles": edition.regles,
    }


def split_lines(texte: str) -> list[str]:
    """The lines of a text written by the team, blank ones left out."""
    return [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]


def _describe_section(section: Section, dessins: dict[Image, str]) -> dict[str, Any]:
    return {
        "titre": section.titre,
        "message": section.message,
        "phrases": section.phrases,
        "notes": section.notes,
        "chiffres": [_describe_figure(chiffre) for chiffre in section.chiffres],
        "muets": section.muets,
        "images": [_describe_image(image, dessins.get(image)) for image in section.a_imprimer],
        "tableaux": [
            {"titre": t.titre, "note": t.note, "entete": t.entete, "lignes": t.lignes}
            for t in map(fit_to_page, section.tableaux)
        ],
        "groupes": [
            {"titre": g.titre, "resume": g.resume, "cibles": [_describe_target(cible) for cible in g.cibles]}
            for g in section.groupes
        ],
        "commentaire": split_lines(section.commentaire),
        "points": section.points_de_decision,
    }


def _describe_figure(chiffre: Chiffre) -> dict[str, Any]:
    return asdict(chiffre) | {"mot": chiffre.en_mots}


def _describe_image(image: Image, fichier: str | None) -> dict[str, Any]:
    table = table_of(image)
    return {
        "message": image.message,
        "sujet": write_precision(image),
        "fichier": fichier,
        "alternative": describe(image),
        "dessous": SANS_GRAPHIQUE if fichier is None else "" if starts_at_zero(image) else _AXE_COUPE,
        "table": {"entete": table.entete, "lignes": table.lignes},
    }


def _describe_target(cible: Cible) -> dict[str, Any]:
    echeance = f"du {write_short_date(cible.debut)} au {write_short_date(cible.fin)}"
    return {
        "libelle": cible.libelle,
        "part": None if cible.part is None else min(cible.part, PART_MAXIMALE) / PART_MAXIMALE,
        "attendu": None if cible.attendu_part is None else min(cible.attendu_part, PART_MAXIMALE) / PART_MAXIMALE,
        "plein": 1 / PART_MAXIMALE,
        "couleur": palette.PAR_STATUT.get(cible.statut, palette.NEUTRE),
        "statut": _STATUTS.get(cible.statut, cible.statut),
        "texte": _without_status(cible),
        "detail": " · ".join(mot for mot in (cible.projection, cible.remarque, echeance, cible.source) if mot),
    }


def _without_status(cible: Cible) -> str:
    """The words of a target without the status that they begin with, which is written beside them."""
    mot = _STATUTS.get(cible.statut, cible.statut)
    if not cible.texte.casefold().startswith(mot.casefold()):
        return cible.texte
    return cible.texte[len(mot) :].removeprefix(" : ").removeprefix("\u00a0: ")


# ---- the note


def list_variants(edition: Edition) -> list[dict[str, Any]]:
    """The versions of the note, the most complete first."""
    return [_shorten(edition, *version) for version in _VERSIONS]


def _shorten(edition: Edition, message: int, commentaire: int, points: int, point: int, suivis: bool) -> dict[str, Any]:
    premiere = next((s for s in edition.sections if s.chiffres), None)
    demandes = [p for s in edition.sections for p in s.points_de_decision]
    ecrits = [_cut(p, point) for p in demandes[:points]]
    if len(demandes) > points:
        reste = count(len(demandes) - points, "autre point", "autres points")
        ecrits.append(f"et {reste}, dans le dossier de séance")
    return {
        "chiffres": [_describe_figure(c) for c in premiere.chiffres[:_CHIFFRES_DE_LA_NOTE]] if premiere else [],
        "messages": _list_messages(edition, message),
        "commentaire": _cut(" ".join(edition.commentaire.split()), commentaire) if commentaire else "",
        "points": ecrits,
        "suivis": _count_followups(edition) if suivis else "",
    }


def _list_messages(edition: Edition, longueur: int) -> list[dict[str, str]]:
    """One line a section, made of whole sentences as long as they fit, none twice."""
    dites: set[str] = set()
    lignes = []
    for section in keep_messages(edition):
        texte = _cut(section.message, longueur)
        for phrase in section.phrases:
            if phrase not in dites and len(texte) + len(phrase) < longueur:
                texte += f" {phrase}"
                dites.add(phrase)
        lignes.append({"titre": section.titre, "message": texte})
    return lignes


def _count_followups(edition: Edition) -> str:
    """« faite : 2, en cours : 5 »."""
    etats = Counter(suivi.etat for suivi in edition.suivis)
    return ", ".join(f"{etat}\u00a0: {nombre}" for etat, nombre in etats.items())


def _cut(texte: str, longueur: int) -> str:
    """`texte` on whole words; numbers and their unit, held by a no-break space, are never parted."""
    if len(texte) <= longueur:
        return texte
    lignes = textwrap.wrap(texte, longueur - 1, break_long_words=True, break_on_hyphens=False)
    return lignes[0].rstrip(" ,;:") + "…"
