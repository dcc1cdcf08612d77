"""Writing the papers of a meeting to a folder: all of them or none, and nothing written over in silence."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import Any

from indicators.editions.composition import Progres
from indicators.editions.dossier import Dossier
from reports import pdf, pptx, releve, xlsx
from reports.noms import name_file


class EcritureImpossible(Exception):
    """The files cannot be written there; the message is French and complete."""


@dataclass(frozen=True)
class FichierEcrit:
    """A file that was written, its size and how long it took to make."""

    sorte: str
    chemin: Path
    octets: int
    secondes: float

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "sorte": self.sorte,
            "fichier": str(self.chemin),
            "octets": self.octets,
            "secondes": round(self.secondes, 2),
        }


_Faire = Callable[[Dossier, Progres], bytes]
FORMATS: dict[str, tuple[str, _Faire]] = {
    "pptx": ("pptx", lambda d, progres: pptx.build(d.edition, d.modele, d.logos, progres)),
    "xlsx": ("xlsx", lambda d, progres: xlsx.build(d.edition, d.logos, progres)),
    "pdf": ("pdf", lambda d, progres: pdf.build(d.edition, d.logos, progres)),
    "note": ("pdf", lambda d, progres: pdf.build_note(d.edition, d.logos, progres)),
    "releve": ("docx", lambda d, progres: releve.build(d.edition, d.decisions)),
}
FORMATS_USUELS = ("pptx", "xlsx", "pdf", "note")


def write_files(
    dossier: Dossier, formats: Sequence[str], vers: Path, remplacer: bool, progres: Progres
) -> list[FichierEcrit]:
    """Makes every file, then writes them all. Raises EcritureImpossible before anything is written."""
    chemins = {sorte: vers / name_file(dossier.edition, sorte, FORMATS[sorte][0]) for sorte in formats}
    presents = [chemin for chemin in chemins.values() if chemin.exists()]
    if presents and not remplacer:
        raise EcritureImpossible(
            f"Le fichier {presents[0]} existe déjà. Rien n’est écrit. Choisissez un autre dossier, ou ajoutez "
            "--remplacer. [PAP-001]"
        )
    faits = []
    for rang, sorte in enumerate(formats):
        debut = perf_counter()
        contenu = FORMATS[sorte][1](dossier, _between(progres, rang, len(formats)))
        faits.append((sorte, contenu, perf_counter() - debut))
    try:
        vers.mkdir(parents=True, exist_ok=True)
        for sorte, contenu, _ in faits:
            _write(chemins[sorte], contenu)
    except OSError as erreur:
        raise _as_refusal(vers, erreur) from None
    return [FichierEcrit(sorte, chemins[sorte], len(contenu), duree) for sorte, contenu, duree in faits]


def check_folder(vers: Path) -> None:
    """Makes the folder; raises EcritureImpossible when nothing could be written there."""
    try:
        vers.mkdir(parents=True, exist_ok=True)
        _write(vers / ".essai", b"")
        (vers / ".essai").unlink()
    except OSError as erreur:
        raise _as_refusal(vers, erreur) from None


def _as_refusal(vers: Path, erreur: OSError) -> EcritureImpossible:
    return EcritureImpossible(
        f"L’écriture dans {vers} a échoué ({erreur.strerror or 'erreur du disque'}). Vérifiez que le dossier peut "
        "être écrit et qu’il reste de la place, puis recommencez. [PAP-002]"
    )


def _between(progres: Progres, rang: int, nombre: int) -> Progres:
    return lambda part, mot: progres((rang + part) / nombre, mot)


def _write(chemin: Path, contenu: bytes) -> None:
    """Whole or not at all: a reader never opens half a file, nor does a failure spoil the one that was there."""
    with NamedTemporaryFile(dir=chemin.parent, prefix=".", suffix=chemin.suffix, delete=False) as fichier:
        provisoire = Path(fichier.name)
        try:
            fichier.write(contenu)
        except OSError:
            fichier.close()
            provisoire.unlink(missing_ok=True)
            raise
    # A temporary file is closed to everyone else; the paper takes the rights that its folder gives.
    masque = os.umask(0)
    os.umask(masque)
    provisoire.chmod(0o666 & ~masque)
    provisoire.replace(chemin)
