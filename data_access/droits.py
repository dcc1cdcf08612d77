"""Who may read what, as rows: no row, no right; and sign-ins that are over.

Roles and what they may be limited to: architecture.md, « Roles ». Every change is written in the journal of accesses in
the same transaction. Functions that write take a connection: the caller commits when they return, and rolls back when
they raise `Refus`."""

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from data_access import tables as t
from data_access.journal.acces import Action, record
from data_access.refus import Refus

COMITE, DIRECTION, ANIMATION, ADMINISTRATION = "comite", "direction", "animation", "administration"
ROLES = (COMITE, DIRECTION, ANIMATION, ADMINISTRATION)
ROLES_PAR_TERRITOIRE = (COMITE, DIRECTION)
ROLES_PAR_STRUCTURE = (DIRECTION,)

EXACTE, ARRONDIE = "exacte", "arrondie"
LECTURES = (EXACTE, ARRONDIE)
LECTURES_PAR_DEFAUT = {ANIMATION: EXACTE, DIRECTION: EXACTE, COMITE: ARRONDIE}
"""How each role that reads figures reads small numbers unless its right says otherwise (definitions.md, « Small
numbers »)."""
ROLES_AU_CHOIX = (COMITE, DIRECTION)
"""Roles whose reading is a choice: the animation team reads lists of parcours, rounding would protect nobody there."""

LONGUEUR_IDENTITE = 254
# The journal of accesses takes neither space nor « : » in an identity.
_ADRESSE = re.compile(r"[^@\s:]+@[^@\s:]+")


@dataclass(frozen=True)
class Droit:
    """One row. `code_plie` None: every PLIE. `code_territoire` or `structure`: only that part of the PLIE. `lecture`:
    exact or rounded figures, None where none are read."""

    numero: int
    identite: str
    role: str
    code_plie: str | None
    code_territoire: str | None
    structure: str | None
    lecture: str | None
    accorde_le: datetime
    accorde_par: str


def normalise_identity(adresse: str) -> str:
    """An e-mail as it is kept and compared: NFKC, no space around, lower case. Raises `Refus`."""
    identite = unicodedata.normalize("NFKC", adresse).strip().lower()
    if len(identite) > LONGUEUR_IDENTITE or not identite.isprintable() or not _ADRESSE.fullmatch(identite):
        raise _not_granted(
            "l’identité doit être l’adresse de courriel avec laquelle la personne se "
            "connecte, par exemple prenom.nom@structure.fr. Corrigez-la.",
            "DRO-021",
        )
    return identite


def read_identity(adresse: str) -> str | None:
    """The identity that a sign-in names, or None when it may not stand for any row.

    An address that only becomes another one once normalised (full-width letters, ligatures) is somebody else's: it must
    not open the rights of the one it looks like.
    """
    if unicodedata.normalize("NFKC", adresse) != adresse:
        return None
    try:
        return normalise_identity(adresse)
    except Refus:
        return None


def rights_of(base: sa.Connection, identite: str) -> tuple[Droit, ...]:
    """The rows of one identity as `read_identity` gives it."""
    return _read(base, t.droits.c.identite == identite)


def list_rights(base: sa.Connection) -> tuple[Droit, ...]:
    """Every row, by identity."""
    return _read(base)


def list_structures(base: sa.Connection, code_plie: str) -> dict[str, tuple[str, ...]]:
    """Structures that run operations of that PLIE, each with the codes of its operations."""
    o = t.operations.c
    requete = sa.select(o.structure_beneficiaire, o.code_operation).where(
        o.code_plie == code_plie, o.structure_beneficiaire.is_not(None)
    )
    structures: dict[str, tuple[str, ...]] = {}
    for structure, operation in base.execute(requete.order_by(o.structure_beneficiaire, o.code_operation)):
        structures[structure] = (*structures.get(structure, ()), operation)
    return structures


def grant(
    base: sa.Connection,
    identite: str,
    role: str,
    code_plie: str | None,
    territoire: str | None,
    structure: str | None,
    par: str,
    lecture: str = "",
) -> Droit:
    """Grant a right; gives its row. `lecture` empty: as the role reads by default. Raises `Refus` when it
    makes no sense or already exists."""
    identite = normalise_identity(identite)
    _check_role(role, code_plie, territoire, structure)
    lue = lecture or LECTURES_PAR_DEFAUT.get(role)
    _check_reading(role, lue)
    if code_plie is not None:
        _check_perimeter(base, code_plie, territoire, structure)
    d = t.droits.c
    valeurs = {"identite": identite, "role": role, "code_plie": code_plie, "code_territoire": territoire}
    valeurs["structure"] = structure
    # IS NOT DISTINCT FROM: an empty part equals an empty part.
    if _read(base, *(d[nom].is_not_distinct_from(valeur) for nom, valeur in valeurs.items())):
        raise _not_granted(
            f"« {identite} » l’a déjà. Il n’y a rien à faire, sauf à changer sa lecture dans la liste.",
            "DRO-027",
        )
    accord = {"lecture": lue, "accorde_le": datetime.now(UTC), "accorde_par": par}
    numero = base.execute(sa.insert(t.droits).values(**valeurs, **accord).returning(d.id)).scalar_one()
    (droit,) = _read(base, d.id == numero)
    _note(base, par, Action.DROIT_ACCORDE, droit)
    return droit


def change_reading(base: sa.Connection, numero: int, lecture: str, par: str) -> Droit:
    """The row, which reads exact or rounded figures from now on; one that already does is left as it is. Raises
    `Refus`."""
    droit = _find(base, numero)
    _check_reading(droit.role, lecture)
    if droit.lecture == lecture:
        return droit
    base.execute(sa.update(t.droits).where(t.droits.c.id == numero).values(lecture=lecture))
    change = replace(droit, lecture=lecture)
    _note(base, par, Action.DROIT_MODIFIE, change)
    return change


def remove(base: sa.Connection, numero: int, par: str) -> Droit:
    """Remove a row; gives what it was. Raises `Refus` for an unknown row or the last administrator."""
    _lock_administrators(base)
    droit = _find(base, numero)
    base.execute(sa.delete(t.droits).where(t.droits.c.id == numero))
    # Counted after the removal, under the lock that writing takes: two administrators cannot remove each other.
    if droit.role == ADMINISTRATION and not _read(base, t.droits.c.role == ADMINISTRATION):
        raise Refus(
            f"Rien n’est retiré : « {droit.identite} » est la dernière personne du rôle administration, et plus "
            "personne ne pourrait accorder de droit. Accordez d’abord ce rôle à quelqu’un d’autre.",
            "DRO-028",
        )
    _note(base, par, Action.DROIT_RETIRE, droit)
    return droit


def remove_identity(base: sa.Connection, identite: str, par: str) -> tuple[Droit, ...]:
    """Remove every row of an identity. Raises `Refus`: nothing must then be committed."""
    lignes = rights_of(base, normalise_identity(identite))
    if not lignes:
        raise Refus(f"Rien n’est retiré : « {identite} » n’a aucun droit. Vérifiez l’adresse dans la liste.", "DRO-029")
    return tuple(remove(base, droit.numero, par) for droit in lignes)


def _check_role(role: str, code_plie: str | None, territoire: str | None, structure: str | None) -> None:
    if role not in ROLES:
        raise _not_granted(f"le rôle « {role} » n’existe pas. Choisissez {', '.join(ROLES)}.", "DRO-020")
    if role == ADMINISTRATION and (code_plie or territoire or structure):
        raise _not_granted(
            "le rôle administration ne lit aucun chiffre, il ne se limite donc pas à un PLIE. Laissez le PLIE vide.",
            "DRO-023",
        )
    if (territoire or structure) and not code_plie:
        raise _not_granted("un territoire ou une structure s’entend dans un PLIE. Choisissez le PLIE.", "DRO-024")
    if (territoire and role not in ROLES_PAR_TERRITOIRE) or (structure and role not in ROLES_PAR_STRUCTURE):
        raise _not_granted(
            f"le rôle « {role} » ne se limite pas ainsi. Un territoire se donne aux "
            "rôles comite et direction, une structure au rôle direction. Donnez tout le PLIE, ou un autre rôle.",
            "DRO-026",
        )
    if territoire and structure:
        raise _not_granted(
            "un droit porte sur un territoire ou sur une structure, pas les deux. Choisissez l’un des deux.",
            "DRO-026",
        )


def _check_reading(role: str, lecture: str | None) -> None:
    if role == ADMINISTRATION:
        if lecture is not None:
            raise _not_granted(
                "le rôle administration ne lit aucun chiffre, exact ou arrondi. N’indiquez pas de lecture.",
                "DRO-030",
            )
    elif lecture not in LECTURES:
        raise _not_granted(f"la lecture « {lecture} » n’existe pas. Choisissez {' ou '.join(LECTURES)}.", "DRO-030")
    elif role not in ROLES_AU_CHOIX and lecture != LECTURES_PAR_DEFAUT[role]:
        raise _not_granted(
            f"le rôle « {role} » lit les listes de parcours, arrondir ses chiffres n’y "
            "protégerait personne. Choisissez la lecture exacte, ou le rôle direction ou comite.",
            "DRO-030",
        )


def _check_perimeter(base: sa.Connection, code_plie: str, territoire: str | None, structure: str | None) -> None:
    connus = set(base.scalars(sa.select(t.plie.c.code_plie)))
    # Before the first import nobody could be given a right otherwise.
    if connus and code_plie not in connus:
        raise _not_granted(
            f"le PLIE « {code_plie} » n’est pas dans la base. Codes connus : {', '.join(sorted(connus))}.",
            "DRO-022",
        )
    z = t.territoires.c
    ici = (z.code_plie == code_plie, z.code_territoire == territoire)
    if territoire and base.execute(sa.select(z.id).where(*ici)).first() is None:
        raise _not_granted(
            f"le territoire « {territoire} » n’est pas dans la feuille Territoires du "
            f"PLIE « {code_plie} ». Choisissez l’un des siens.",
            "DRO-024",
        )
    if structure and structure not in (structures := list_structures(base, code_plie)):
        raise _not_granted(
            f"« {structure} » n’est la structure d’aucune opération du PLIE "
            f"« {code_plie} ». Structures connues : {', '.join(structures) or 'aucune'}.",
            "DRO-025",
        )


def _not_granted(pourquoi: str, code: str) -> Refus:
    return Refus(f"Le droit n’est pas enregistré : {pourquoi}", code)


def _lock_administrators(base: sa.Connection) -> None:
    """PostgreSQL: a second removal waits here and then sees what the first one left. SQLite has one writer anyway."""
    administrateurs = sa.select(t.droits.c.id).where(t.droits.c.role == ADMINISTRATION)
    base.execute(administrateurs.order_by(t.droits.c.id).with_for_update()).all()


def _note(base: sa.Connection, par: str, action: Action, droit: Droit) -> None:
    codes = [droit.code_plie] if droit.code_plie else []
    lecture = f" lecture:{droit.lecture}" if droit.lecture else ""
    record(base, par, ADMINISTRATION, action, codes, f"identite:{droit.identite} role:{droit.role}{lecture}")


def _find(base: sa.Connection, numero: int) -> Droit:
    trouves = _read(base, t.droits.c.id == numero)
    if not trouves:
        raise Refus(
            f"Rien n’est changé : il n’y a pas de droit numéro {numero}. "
            "Quelqu’un l’a peut-être déjà retiré : rechargez la liste.",
            "DRO-029",
        )
    return trouves[0]


def _read(base: sa.Connection, *conditions: sa.ColumnElement[bool]) -> tuple[Droit, ...]:
    d = t.droits.c
    colonnes = (d[champ.name] for champ in fields(Droit) if champ.name in d)
    requete = sa.select(d.id.label("numero"), *colonnes).where(*conditions).order_by(d.identite, d.id)
    return tuple(Droit(**ligne) for ligne in base.execute(requete).mappings())


# Streamlit accepts its cookie for 30 days and one more (1.67).
DUREE = timedelta(days=32)


def close_connexion(base: sa.Connection, empreinte: str) -> None:
    """This sign-in is over, for good; those whose cookie has expired are forgotten. In the caller's transaction."""
    c, maintenant = t.connexions_closes.c, datetime.now(UTC)
    base.execute(sa.delete(t.connexions_closes).where(c.close_le < maintenant - DUREE))
    if not is_closed(base, empreinte):
        base.execute(sa.insert(t.connexions_closes).values(empreinte=empreinte, close_le=maintenant))


def is_closed(base: sa.Connection, empreinte: str) -> bool:
    """True if the person has signed out of this sign-in."""
    c = t.connexions_closes.c
    return base.execute(sa.select(sa.literal(1)).where(c.empreinte == empreinte)).first() is not None
