"""How far a command is, on one line of the terminal; nothing at all in a log."""

from typing import TextIO

from seances.edition import Progres

_LARGEUR = 30
_EFFACE = "\r\x1b[2K"


class Barre:
    """A progress bar that rewrites its own line."""

    def __init__(self, sortie: TextIO) -> None:
        self._sortie = sortie if sortie.isatty() else None

    def part(self, debut: float, fin: float) -> Progres:
        """What a step that goes from `debut` to `fin` of the whole must call."""
        return lambda part, mot: self.show(debut + (fin - debut) * part, mot)

    def show(self, part: float, mot: str) -> None:
        """Draws the bar, with what is being done."""
        if self._sortie is None:
            return
        plein = round(_LARGEUR * min(max(part, 0.0), 1.0))
        self._sortie.write(f"{_EFFACE}[{'█' * plein}{'·' * (_LARGEUR - plein)}] {part:4.0%} {mot[:60]}")
        self._sortie.flush()

    def clear(self) -> None:
        """Removes the bar."""
        if self._sortie is not None:
            self._sortie.write(_EFFACE)
            self._sortie.flush()
