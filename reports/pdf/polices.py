"""The fonts of the PDF, all from packages: which letters they know, what is printed for those that none knows.

PDF/UA refuses a letter without a drawing: a single one would leave the meeting without its paper.
"""

import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

from reports.caracteres import MARQUE, clean

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
_PRINCIPALE, _SECOURS = "font_source_sans_pro", "manimgx_fonts"
_FICHIERS = {_PRINCIPALE: "files/SourceSansPro-Regular.ttf", _SECOURS: "*.ttf"}


def list_font_folders() -> list[Path]:
    """Where the packages of fonts keep their files; their code is not run."""
    return [_find_package(_PRINCIPALE) / "files", _find_package(_SECOURS)]


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
    for paquet, motif in _FICHIERS.items():
        for fichier in sorted(_find_package(paquet).glob(motif)):
            with TTFont(fichier, lazy=True) as police:
                codes = police.getBestCmap().keys()
            polices.append(frozenset(filter(_means_the_same_everywhere, codes)))
    return tuple(polices)


def _means_the_same_everywhere(code: int) -> bool:
    """False for the private area, where each font has its own, and for what Python knows no nature of, emoji apart."""
    nature = unicodedata.category(chr(code))
    return nature != "Co" and (nature != "Cn" or code >= _EMOJI)


def _find_package(nom: str) -> Path:
    trouve = find_spec(nom)
    if trouve is None or trouve.origin is None:
        raise ModuleNotFoundError(f"Le paquet « {nom} » manque : pip install --require-hashes -r requirements.lock")
    return Path(trouve.origin).parent
