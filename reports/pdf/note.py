"""The « note de synthèse »: the same content shorter and shorter; the first version that fits the page is printed."""

import textwrap
from typing import Any

from indicators.phrases.chiffres import count
from reports.pdf.donnees import describe_figure, keep_messages
from sections.contenu import Edition

CHIFFRES = 8
_SUITE = "…"
# (characters of a message, of the comment, points to decide, characters of a point, follow-ups)
_VERSIONS = ((400, 1600, 12, 300, True), (260, 700, 8, 220, True), (180, 320, 6, 140, False), (140, 0, 4, 90, False))


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
        "chiffres": [describe_figure(c) for c in premiere.chiffres[:CHIFFRES]] if premiere else [],
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
    etats: dict[str, int] = {}
    for suivi in edition.suivis:
        etats[suivi.etat] = etats.get(suivi.etat, 0) + 1
    return ", ".join(f"{etat}\u00a0: {nombre}" for etat, nombre in etats.items())


def _cut(texte: str, longueur: int) -> str:
    """`texte` on whole words; numbers and their unit, held by a no-break space, are never parted."""
    if len(texte) <= longueur:
        return texte
    lignes = textwrap.wrap(texte, longueur - 1, break_long_words=True, break_on_hyphens=False)
    return lignes[0].rstrip(" ,;:") + _SUITE
