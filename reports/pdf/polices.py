"""The fonts of the PDF, all from packages: which letters they know, what is printed for those that none knows, what is
told of it before an edition is published, when it can still be mended.

PDF/UA refuses a letter without a drawing: a single one would leave the meeting without its paper.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from fontTools.ttLib import TTFont

from charts.svg import list_font_folders
from reports.caracteres import MARQUE, bind, clean, map_texts
from sections.contenu import Edition

# Drawn with what comes before though Unicode says otherwise: colours of skin, the « am » of Thai and Lao.
_AUTRES_MARQUES = frozenset((*map(chr, range(0x1F3FB, 0x1F400)), "\u0e33", "\u0eb3"))
_EMOJI = 0x1F000
# Arrows, signs of mathematics, shapes, ticks: typst's own fonts, which cannot be asked, draw those that ours lack...
_SIGNES = ("\u2000", "\u2bff")
# ... but these.
_SIGNES_SANS_DESSIN = frozenset(
    "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␠␡␤␥␦⑀⑁⑂⑃⑄⑅⑆⑇⑈⑉⑊☇☈☰☱☲☳☴☵☶☷⚌⚍⚎⚏⚞⚟⚿⛀⛁⛂⛃⛆⛇⛉⛊⛋⛌⛍⛐⛒⛕⛖⛗⛘⛙⛚⛛⛜⛝⛞⛟⛠⛡✀✕✧✩❟❠"
)
_COMMUNES = ("COMBINING ", "EMOJI MODIFIER")
_FICHIERS = ("SourceSansPro-Regular.ttf", "*.ttf")
"""Of each folder of fonts, those that say which letters it draws."""
_CITES = 8


def printable(texte: str) -> str:
    """`texte` cleaned; what no font draws is written in plainer letters that mean the same, else `MARQUE`."""
    return "".join(map(_draw, _split(clean(texte))))


def surely_printable(texte: str) -> str:
    """As `printable`, with the letters of our own font only, each without marks: nothing that could fail."""
    return "".join(x if x in ("\n", MARQUE) or ord(x) in _fonts()[0] else MARQUE for x in printable(texte))


def list_missing(texte: str) -> list[str]:
    """The letters of `texte` that no font draws, with their accents, each once, as they come."""
    return [lettre for lettre in dict.fromkeys(_split(clean(texte))) if MARQUE in _draw(lettre) and lettre != MARQUE]


def _split(texte: str) -> list[str]:
    """Letters, each with the marks that are drawn over it: one font must know them all."""
    lettres: list[str] = []
    for signe in texte:
        if _is_mark(signe) and lettres and lettres[-1] != "\n":
            lettres[-1] += signe
        else:
            lettres.append(signe)
    return lettres


def _is_mark(signe: str) -> bool:
    return unicodedata.category(signe)[0] == "M" or signe in _AUTRES_MARQUES


def _is_sign(lettre: str) -> bool:
    ordinaire = _SIGNES[0] <= lettre <= _SIGNES[1] and unicodedata.category(lettre)[0] in "SPN"
    return ordinaire and lettre not in _SIGNES_SANS_DESSIN


def _stands(lettre: str) -> bool:
    """Whether marks are where a font expects them: those of a writing over its letters, the common ones anywhere."""
    return lettre[0].isalpha() or all(unicodedata.name(m, "").startswith(_COMMUNES) for m in lettre[1:])


@lru_cache(maxsize=20_000)
def _draw(lettre: str) -> str:
    if lettre == "\n":
        return lettre
    if _is_mark(lettre[0]):  # over no letter of its own: it would be drawn over one of ours
        return MARQUE
    if _stands(lettre) and any(police.issuperset(map(ord, lettre)) for police in _fonts()):
        return lettre
    if len(lettre) > 1:
        return _draw(lettre[0]).removesuffix(MARQUE) + MARQUE
    if _is_sign(lettre):
        return lettre
    simples = _split(unicodedata.normalize("NFKC", lettre))
    return MARQUE if simples == [lettre] else "".join(map(_draw, simples))


@cache
def _fonts() -> tuple[frozenset[int], ...]:
    """The codes that each font draws, ours first."""
    polices = []
    for dossier, motif in zip(list_font_folders(), _FICHIERS, strict=True):
        for fichier in sorted(dossier.glob(motif)):
            with TTFont(fichier, lazy=True) as police:
                codes = police.getBestCmap().keys()
            polices.append(frozenset(filter(_means_the_same_everywhere, codes)))
    return tuple(polices)


def _means_the_same_everywhere(code: int) -> bool:
    """False for the private area, where each font has its own, and for what Python knows no nature of, emoji apart."""
    nature = unicodedata.category(chr(code))
    return nature != "Co" and (nature != "Cn" or code >= _EMOJI)


def write_missing(edition: Edition) -> str:
    """A French sentence naming the letters that no font of the PDF draws and where they are; empty when all can be."""
    vus: set[str] = set()
    lieux = []
    for lieu, textes in _list_places(edition):
        manquants = [lettre for lettre in list_missing("\n".join(textes)) if lettre not in vus]
        vus.update(manquants)
        if manquants:
            suite = "…" if len(manquants) > _CITES else ""
            lieux.append(f"{lieu} ({', '.join(map(_name_letter, manquants[:_CITES]))}{suite})")
    if not lieux:
        return ""
    conseil = "Remplacez-les avant de publier, ou publiez ainsi. " if edition.numero is None else ""
    return bind(
        f"Des caractères ne s’impriment pas : {' ; '.join(lieux)}. Le PDF et la note écrivent « {MARQUE} » à leur "
        f"place, car aucune de leurs polices ne les dessine. {conseil}[PAP-004]"
    )


def _list_places(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Where the team writes, place after place; then all the rest, labels of the data included."""
    yield "le mot de l’équipe", [edition.commentaire]
    for section in edition.sections:
        yield f"le commentaire de « {section.titre} »", [section.commentaire]
        yield f"les points à décider de « {section.titre} »", list(section.points_de_decision)
    yield "les décisions précédentes", _list_texts(edition.suivis)
    yield "les libellés des données", _list_texts(replace(edition, figures=()))


def _list_texts(valeur: object) -> list[str]:
    textes: list[str] = []
    map_texts(valeur, lambda texte: textes.append(texte) or texte)  # type: ignore[func-returns-value]
    return textes


def _name_letter(lettre: str) -> str:
    """« 中 »; the number of a letter that no machine draws."""
    nature = unicodedata.category(lettre[0])
    return f"U+{ord(lettre[0]):04X}" if nature in ("Co", "Cn") or nature[0] == "M" else lettre
