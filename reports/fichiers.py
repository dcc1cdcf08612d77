"""The files of a meeting, one door for the screens and the command: which there are, how they are called, made, and
written to a folder, each whole or not at all, nothing over anything in silence."""

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import Any

from indicators.acces import Refus
from reports import pdf, pptx, releve, xlsx
from reports.caracteres import map_texts, writable
from seances.edition import Progres
from seances.preparation import INSTANCES
from seances.publication import Dossier
from sections.contenu import Edition


@dataclass(frozen=True)
class Sorte:
    """A kind of file. `nom`: with its article, for a sentence; `suffixe`: of the names of its files."""

    nom: str
    extension: str
    faire: Callable[[Dossier, Progres], bytes]
    suffixe: str = ""


SORTES: dict[str, Sorte] = {
    "pptx": Sorte("la présentation", "pptx", lambda d, progres: pptx.build(d.edition, d.modele, d.logos, progres)),
    "xlsx": Sorte("le classeur", "xlsx", lambda d, progres: xlsx.build(d.edition, d.logos, progres)),
    "pdf": Sorte("le PDF", "pdf", lambda d, progres: pdf.build(d.edition, d.logos, progres)),
    "note": Sorte("la note", "pdf", lambda d, progres: pdf.build_note(d.edition, d.logos, progres), "_note"),
    "releve": Sorte(
        "le relevé de décisions",
        "docx",
        lambda d, _: releve.build(d.edition, d.decisions),
        "_releve-de-decisions",
    ),
}
FORMATS = tuple(SORTES)
FORMATS_USUELS = ("pptx", "xlsx", "pdf", "note")


def make_file(code: str, dossier: Dossier, progres: Progres) -> bytes:
    """The bytes of one file, its texts cleaned of what no file can hold. Raises Refus, and nothing else:
    one file that fails never stops the others."""
    sorte = SORTES[code]
    try:
        return sorte.faire(clean_dossier(dossier), progres)
    except Refus:
        raise
    except Exception as erreur:  # noqa: BLE001  three libraries of files raise anything
        raise Refus(
            f"Le fichier « {sorte.nom} » ne peut pas être fait : une erreur imprévue est survenue "
            f"({type(erreur).__name__}). L’édition n’est pas touchée et les autres fichiers restent possibles. "
            "Recommencez ; si le message revient, signalez-le à l’équipe d’animation avec son code.",
            "PAP-003",
        ) from erreur


def clean_dossier(dossier: Dossier) -> Dossier:
    """The same dossier, every text of it fit for a file; the edition that is kept does not change."""
    logos = tuple((writable(nom), contenu) for nom, contenu in dossier.logos)
    edition, decisions = map_texts(dossier.edition, writable), map_texts(dossier.decisions, writable)
    return replace(dossier, edition=edition, decisions=decisions, logos=logos)


def name_file(edition: Edition, code: str) -> str:
    """« plie-de-l-agenais_comite-de-pilotage_2021-12-31_n3_note.pdf », as every file system takes it."""
    instance = INSTANCES[edition.instance].nom if edition.instance in INSTANCES else edition.instance
    numero = f"n{edition.numero}" if edition.numero else "apercu"
    morceaux = (_simplify(edition.plie), _simplify(instance), edition.au.isoformat(), numero)
    return f"{'_'.join(morceaux)}{SORTES[code].suffixe}.{SORTES[code].extension}"


def _simplify(texte: str) -> str:
    """Lower case letters, digits and hyphens only."""
    sans_accent = unicodedata.normalize("NFKD", texte.replace("’", "-")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", sans_accent.lower()).strip("-") or "plie"


# ---- in a folder


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


def write_files(
    dossier: Dossier, formats: Sequence[str], vers: Path, remplacer: bool, progres: Progres
) -> tuple[list[FichierEcrit], list[FichierManque]]:
    """Makes and writes each file; one that fails stops none of the others.

    Raises Refus, before anything is written, when a file is there already or the folder cannot be one.
    """
    chemins = {sorte: vers / name_file(dossier.edition, sorte) for sorte in formats}
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
