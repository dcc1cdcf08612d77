"""What a PLIE prepares for its meetings: one draft per body, one pptx template, the pictures of its funders' logos."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.refus import Refus

MODELE, LOGO = "modele", "logo"
TAILLE_MAXIMALE = 20_000_000
_SIGNATURES = {MODELE: (b"PK\x03\x04",), LOGO: (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")}
_SORTES = {MODELE: "un fichier .pptx", LOGO: "une image PNG ou JPEG"}


@dataclass(frozen=True)
class Document:
    """A file as it was given."""

    nature: str
    nom: str
    contenu: bytes


def read_preparation(base: sa.Connection, code_plie: str, instance: str) -> dict[str, Any] | None:
    """The draft as it was saved last; None when there is none."""
    p = t.preparations.c
    requete = sa.select(p.contenu).where(p.code_plie == code_plie, p.instance == instance)
    return base.scalar(requete)


def save_preparation(base: sa.Connection, code_plie: str, instance: str, contenu: dict[str, Any], auteur: str) -> None:
    """Write the draft over the one before. `contenu`: JSON values."""
    p = t.preparations.c
    valeurs = {"contenu": contenu, "modifie_le": datetime.now(UTC), "auteur": auteur}
    fait = base.execute(
        sa.update(t.preparations).where(p.code_plie == code_plie, p.instance == instance).values(**valeurs)
    )
    if not fait.rowcount:
        base.execute(sa.insert(t.preparations).values(code_plie=code_plie, instance=instance, **valeurs))


def save_document(base: sa.Connection, code_plie: str, document: Document, auteur: str) -> None:
    """Keep the file; a template takes the place of the one before, a logo that of the same name.

    Raises `Refus` when it is too large or not of its kind.
    """
    if len(document.contenu) > TAILLE_MAXIMALE:
        raise Refus(
            f"« {document.nom} » pèse plus de {TAILLE_MAXIMALE // 1_000_000} Mo : il n’est pas gardé. "
            "Réduisez ses images.",
            "DOC-001",
        )
    if not document.contenu.startswith(_SIGNATURES[document.nature]):
        raise Refus(
            f"« {document.nom} » n’est pas {_SORTES[document.nature]} : il n’est pas gardé. "
            "Enregistrez-le sous ce format.",
            "DOC-002",
        )
    remove_document(base, code_plie, document.nature, None if document.nature == MODELE else document.nom)
    base.execute(
        sa.insert(t.documents).values(
            code_plie=code_plie,
            nature=document.nature,
            nom=document.nom,
            contenu=document.contenu,
            modifie_le=datetime.now(UTC),
            auteur=auteur,
        )
    )


def remove_document(base: sa.Connection, code_plie: str, nature: str, nom: str | None = None) -> None:
    """Remove the file of that name, or all those of that nature."""
    d = t.documents.c
    requete = sa.delete(t.documents).where(d.code_plie == code_plie, d.nature == nature)
    base.execute(requete if nom is None else requete.where(d.nom == nom))


def list_documents(base: sa.Connection, code_plie: str, nature: str) -> list[Document]:
    """Files of that nature, by name."""
    d = t.documents.c
    requete = sa.select(d.nature, d.nom, d.contenu).where(d.code_plie == code_plie, d.nature == nature)
    return [Document(*ligne) for ligne in base.execute(requete.order_by(d.nom))]
