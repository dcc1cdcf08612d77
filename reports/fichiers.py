"""The files of a meeting, one door for the screens and the command: which there are, and how one of them is made."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from indicators.acces import Refus
from reports import pdf, pptx, releve, xlsx
from reports.caracteres import map_texts, writable
from seances.edition import Progres
from seances.publication import Dossier


@dataclass(frozen=True)
class Sorte:
    """A kind of file. `nom`: with its article, for a sentence."""

    nom: str
    extension: str
    faire: Callable[[Dossier, Progres], bytes]


SORTES: dict[str, Sorte] = {
    "pptx": Sorte("la présentation", "pptx", lambda d, progres: pptx.build(d.edition, d.modele, d.logos, progres)),
    "xlsx": Sorte("le classeur", "xlsx", lambda d, progres: xlsx.build(d.edition, d.logos, progres)),
    "pdf": Sorte("le PDF", "pdf", lambda d, progres: pdf.build(d.edition, d.logos, progres)),
    "note": Sorte("la note", "pdf", lambda d, progres: pdf.build_note(d.edition, d.logos, progres)),
    "releve": Sorte("le relevé de décisions", "docx", lambda d, progres: releve.build(d.edition, d.decisions)),
}


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
