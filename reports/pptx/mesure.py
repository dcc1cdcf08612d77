"""How much room a text takes, so that nothing on a slide overflows. All lengths are in points.

Measured in Arial on every machine, with or without the font: its advance widths in 1/2048 of the size, read from
Liberation Sans, which has the same; rare letters are counted with the next wider ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reports.caracteres import bind

INTERLIGNE = 1.2
"""Line height over size: a little more than Arial's own 1.15."""
_INCONNUE = 1400
_CADRATIN = 2048
_NORMALES = {
    391: "'",
    410: "\u2009\u202f",
    455: "ijlįĵĺļłſ‘’‚",
    532: "|¦",
    569: " !,./:;I[\\]ft\u00a0ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧ",
    597: "ľ",
    682: "()-`r¡¨²³´·¸¹ŕŗř‐“”„‹›",
    684: "{}ŀ",
    717: "•",
    727: '"',
    797: "*ťªº",
    819: "°",
    961: "^ĳ",
    1024: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżž↑↓\u2002",
    1124: "±÷≥≤≠≈√¶",
    1139: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþāăąđēĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏőũūŭůűų–†€¯",
    1196: "+<=>~¬×−µ",
    1251: "FTZ¿ßøŢŤŦŹŻŽŉ●■",
    1259: "ď",
    1366: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸ",
    1479: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŔŖŘŨŪŬŮŰŲŵ∞",
    1593: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐ‑◆✓©®ĲŊ",
    1706: "Mm",
    1821: "%æ¼½¾",
    1933: "WœŴ",
    2048: "ÆŒ—…‰→←\u2003▲▼",
    2079: "@",
}

_GRASSES = {
    410: "\u2009\u202f",
    487: "'",
    569: " ,./I\\ijl\u00a0ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĵĺļłſ‘’‚",
    573: "|¦",
    682: "!()-:;[]`ft¡¨²³´·¸¹ţŧ‐‹›",
    717: "•",
    797: "*r{}ŕŗřľªº",
    819: "°",
    971: '"',
    1024: "zźżž“”„↑↓\u2002ŀť",
    1124: "±÷≥≤≠≈√",
    1139: "#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿāăąćĉċčēĕėęěĳĴķĸśŝşšŷ–†€¯",
    1196: "+<=>^~¬×−µ",
    1251: "?FLTZbdghnopqu¿ßðñòóôõöøùúûüþđĝğġģĥħĹĻĽĿŁńņňŋōŏőŢŤŦũūŭůűųŹŻŽ●■",
    1366: "EPSVXYÈÉÊËÝÞĒĔĖĘĚŚŜŞŠŶŸ",
    1479: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĀĂĄĆĈĊČĎĐĤĦĶŃŅŇŔŖŘŨŪŬŮŰŲď∞ŉ",
    1593: "GOQwÒÓÔÕÖØĜĞĠĢŌŎŐŵ‑◆✓©®Ŋ",
    1706: "MĲ",
    1821: "%mæ¼½¾",
    1933: "WœŴ",
    1997: "@",
    2048: "ÆŒ—…‰→←\u2003▲▼",
}


@cache
def _table(gras: bool) -> dict[str, int]:
    largeurs_par_groupe = _GRASSES if gras else _NORMALES
    return {lettre: largeur for largeur, lettres in largeurs_par_groupe.items() for lettre in lettres}


@lru_cache(maxsize=20_000)
def _units(texte: str, gras: bool) -> int:
    """Width of a text in 1/2048 of its size; the same words come back at every size that is tried."""
    table = _table(gras)
    return sum(table.get(lettre, _INCONNUE) for lettre in texte)


@dataclass(frozen=True)
class Metre:
    """Measures in Arial, times `facteur` where a template brings a wider font."""

    facteur: float = 1.0

    def width_of(self, texte: str, taille: float, gras: bool = False) -> float:
        """Width of `texte` on one line."""
        return _units(texte, gras) * taille * self.facteur / _CADRATIN

    def wrap(self, texte: str, largeur: float, taille: float, gras: bool = False) -> list[str]:
        """The lines that `texte` takes, bound as it will be written; a word too wide is broken, as renderers do."""
        return [
            ligne
            for partie in bind(texte).split("\n")
            for ligne in self._wrap_one(partie, largeur, taille, gras)
        ]  # fmt: skip

    def _wrap_one(self, texte: str, largeur: float, taille: float, gras: bool) -> list[str]:
        permise = largeur * _CADRATIN / (taille * self.facteur)
        espace = _units(" ", gras)
        lignes, ligne, prise = [], "", 0
        for mot in texte.split(" "):
            large = _units(mot, gras)
            if ligne and prise + espace + large <= permise:
                ligne, prise = f"{ligne} {mot}", prise + espace + large
                continue
            if ligne:
                lignes.append(ligne)
            *pleins, ligne = self._break(mot, largeur, taille, gras) if large > permise else [mot]
            lignes += pleins
            prise = _units(ligne, gras)
        return [*lignes, ligne]

    def _break(self, mot: str, largeur: float, taille: float, gras: bool) -> list[str]:
        morceaux = [""]
        for lettre in mot:
            if morceaux[-1] and self.width_of(morceaux[-1] + lettre, taille, gras) > largeur:
                morceaux.append("")
            morceaux[-1] += lettre
        return morceaux

    def breaks_word(self, texte: str, largeur: float, taille: float, gras: bool = False) -> bool:
        """True when a word of `texte` is wider than the box."""
        return any(self.width_of(mot, taille, gras) > largeur for mot in bind(texte).split())

    def height_of(self, texte: str, largeur: float, taille: float, gras: bool = False) -> float:
        """Height of `texte` in a box of that width."""
        return len(self.wrap(texte, largeur, taille, gras)) * taille * INTERLIGNE

    def fit(
        self, texte: str, largeur: float, hauteur: float, tailles: Sequence[float], gras: bool = False
    ) -> tuple[str, float]:
        """`texte` and the first of `tailles` (greatest first) at which it fits; cut at a word with « … » when even the
        smallest is too large."""
        taille = next((t for t in tailles if self.height_of(texte, largeur, t, gras) <= hauteur), tailles[-1])
        return self.cut(texte, largeur, hauteur, taille, gras), taille

    def cut(self, texte: str, largeur: float, hauteur: float, taille: float, gras: bool = False) -> str:
        """As many whole words of `texte` as the box holds, then « … »; all of it when it fits."""
        if self.height_of(texte, largeur, taille, gras) <= hauteur:
            return texte
        for fin in sorted(_ends_of_words(texte), reverse=True):
            essai = texte[:fin].rstrip(" ,;:(") + "…"
            if self.height_of(essai, largeur, taille, gras) <= hauteur:
                return essai
        return "…"


def _ends_of_words(texte: str) -> Iterable[int]:
    """Where a text may be cut: before each space, and anywhere in its first word."""
    premier = len(texte.split(" ", 1)[0])
    return [*range(1, premier), *(i for i, lettre in enumerate(texte) if lettre in " \n")]
