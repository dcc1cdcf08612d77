"""Writing the papers of a meeting to a folder: each whole or not at all, and nothing written over in silence."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import Any

from indicators.acces import Refus
from reports.fichiers import SORTES, make_file
from reports.noms import name_file
from seances.edition import Progres
from seances.publication import Dossier


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


@dataclass(frozen=True)
class FichierManque:
    """A file that could not be made or written; the message is French and complete."""

    sorte: str
    message: str


FORMATS = tuple(SORTES)
FORMATS_USUELS = ("pptx", "xlsx", "pdf", "note")


def write_files(
    dossier: Dossier, formats: Sequence[str], vers: Path, remplacer: bool, progres: Progres
) -> tuple[list[FichierEcrit], list[FichierManque]]:
    """Makes and writes each file; one that fails stops none of the others.

    Raises Refus, before anything is written, when a file is there already or the folder cannot be one.
    """
    chemins = {sorte: vers / name_file(dossier.edition, sorte, SORTES[sorte].extension) for sorte in formats}
    presents = [chemin for chemin in chemins.values() if chemin.exists()]
    if presents and not remplacer:
        raise Refus(
            f"Le fichier {presents[0]} existe déjà. Rien n’est écrit. Choisissez un autre dossier, ou ajoutez "
            "--remplacer.",
            "PAP-001",
        )
    check_folder(vers)
    ecrits, manques = [], []
    for rang, (sorte, chemin) in enumerate(chemins.items()):
        debut = perf_counter()
        try:
            contenu = make_file(sorte, dossier, _between(progres, rang, len(formats)))
            _write(chemin, contenu)
        except Refus as refus:
            manques.append(FichierManque(sorte, str(refus)))
        except OSError as erreur:
            manques.append(FichierManque(sorte, str(_as_refusal(chemin, erreur))))
        else:
            ecrits.append(FichierEcrit(sorte, chemin, len(contenu), perf_counter() - debut))
    return ecrits, manques


def check_folder(vers: Path) -> None:
    """Makes the folder; raises Refus when nothing could be written there."""
    try:
        vers.mkdir(parents=True, exist_ok=True)
        _write(vers / ".essai", b"")
        (vers / ".essai").unlink()
    except OSError as erreur:
        raise _as_refusal(vers, erreur) from None


def _as_refusal(vers: Path, erreur: OSError) -> Refus:
    return Refus(
        f"L’écriture de {vers} a échoué ({erreur.strerror or 'erreur du disque'}). Vérifiez que le dossier peut "
        "être écrit et qu’il reste de la place, puis recommencez.",
        "PAP-002",
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
