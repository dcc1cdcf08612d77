"""What the import computes once so that figures stay simple aggregates.

Two kinds: what one row knows by itself (`complete_row`), and what needs other tables
(`refresh_derived`: sex and age band at entry, category of an exit by the rule in force that day,
effective ends, next parcours of the same person, séjours in operations). Both run inside the transaction of the import.
"""

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.ages import BornesAge, age_bands, bounds_or_usual
from data_access.base.jours import add_months, earliest, month_number
from data_access.base.lots import LOT
from data_access.colonnes import normalise
from data_access.format import STATUTS_ETAPE_COMPTES
from data_access.imports.sejours import refresh_sejours

MOIS_DELD = 12
_SANS_PREUVE = frozenset(
    ["non", "0", "faux", "false", "aucun", "aucune", "neant", "sans", "pas", "absent", "manquant", "manque"]
)
"""First words that say that an étape has no proof."""
_MOTS = re.compile(r"\w+")


def is_justified(justificatif: str | None) -> bool:
    """True when the text says yes or names a proof; « non reçu », « aucun », « - » and an empty cell do not."""
    mots = _MOTS.findall(justificatif or "")
    return bool(mots) and normalise(mots[0]) not in _SANS_PREUVE


def complete_row(table: str, ligne: dict[str, Any]) -> dict[str, Any]:
    """`ligne` (workbook columns) with the derived columns that it can give by itself."""
    completer = _COMPLETERS.get(table)
    return ligne | completer(ligne) if completer else ligne


def _complete_parcours(ligne: dict[str, Any]) -> dict[str, Any]:
    sortie, mois = ligne.get("sortie_le"), ligne.get("mois_sans_emploi")
    return {
        "entree_mois": month_number(ligne["entree_le"]),
        "sortie_mois": month_number(sortie) if sortie else None,
        "fin_le": sortie or t.JAMAIS,
        "limite_saisie_le": add_months(sortie, 1) if sortie else None,
        "deld": None if mois is None else mois >= MOIS_DELD,
        "suivant_le": t.JAMAIS,
    }


def _complete_participation(ligne: dict[str, Any]) -> dict[str, Any]:
    return {"fin_le": ligne.get("sortie_le") or t.JAMAIS}


def _complete_etape(ligne: dict[str, Any]) -> dict[str, Any]:
    return {
        "debut_mois": month_number(ligne["debut"]),
        "fin_le": ligne.get("fin") or t.JAMAIS,
        "compte": ligne["statut"] in STATUTS_ETAPE_COMPTES,
        "justifiee": is_justified(ligne.get("justificatif")),
    }


_COMPLETERS = {
    "parcours": _complete_parcours,
    "participations": _complete_participation,
    "etapes": _complete_etape,
}
_CORRIGEES = {"parcours": "suivant_le", "participations": "fin_le", "etapes": "fin_le"}
"""What `refresh_derived` has the last word on."""


def fill_again(connexion: sa.Connection) -> None:
    """Make right every derived column of what is stored, whatever filled it. The caller holds the imports."""
    for nom in _COMPLETERS:
        _complete_stored(connexion, t.TABLES[nom])
    codes = sa.union(*(sa.select(t.TABLES[nom].c.code_plie) for nom in ("plie", *_COMPLETERS)))
    refresh_derived(connexion, sorted(connexion.execute(codes).scalars()))


def _complete_stored(connexion: sa.Connection, table: sa.Table) -> None:
    """Each lot of rows is read whole before any of it is written."""
    requete, dernier = sa.select(table).order_by(table.c.id).limit(LOT), 0
    while lot := [dict(ligne) for ligne in connexion.execute(requete.where(table.c.id > dernier)).mappings()]:
        dernier = lot[-1]["id"]
        fausses = []
        for ligne in lot:
            justes = _COMPLETERS[table.name](ligne)
            del justes[_CORRIGEES[table.name]]
            if any(ligne[nom] != valeur for nom, valeur in justes.items()):
                fausses.append({"_numero": ligne["id"], **justes})
        if fausses:
            valeurs: dict[str, Any] = {nom: sa.bindparam(nom) for nom in fausses[0] if nom != "_numero"}
            connexion.execute(sa.update(table).where(table.c.id == sa.bindparam("_numero")).values(valeurs), fausses)


def refresh_derived(connexion: sa.Connection, codes_plie: Sequence[str]) -> None:
    """Make right, for these PLIE, every derived column that depends on another table.

    Everything is compared, only the rows that are wrong are written: an import of a few rows costs a reading.
    """
    for code in codes_plie:
        for mise_a_jour in (
            _update_parcours(code, read_age_bounds(connexion, code)),
            _update_suivant(code),
            _update_retours(code),
            _update_fin_participations(code),
            _update_etapes(code),
        ):
            connexion.execute(mise_a_jour)
        refresh_sejours(connexion, code)


def _update_stale(
    table: sa.Table, valeurs: dict[str, sa.ColumnElement], source: sa.FromClause, code_plie: str
) -> sa.Update:
    """Sets the columns `valeurs`, worked out from `source`, in the rows of this PLIE where one of them differs."""
    perimees = (
        sa.select(table.c.id, *(valeur.label(nom) for nom, valeur in valeurs.items()))
        .select_from(source)
        .where(
            table.c.code_plie == code_plie,
            sa.or_(*(table.c[nom].is_distinct_from(valeur) for nom, valeur in valeurs.items())),
        )
        .subquery()
    )
    return sa.update(table).where(table.c.id == perimees.c.id).values({nom: perimees.c[nom] for nom in valeurs})


def _rule_column(colonne: sa.ColumnElement) -> sa.ScalarSelect:
    """`colonne` of the rule of this exit type in force on the day of exit (the latest begun)."""
    r, p = t.regles_de_sortie.c, t.parcours.c
    return (
        sa.select(colonne)
        .where(
            r.code_plie == p.code_plie,
            r.type_sortie == p.type_sortie,
            r.depuis <= p.sortie_le,
            sa.or_(r.jusqua.is_(None), r.jusqua >= p.sortie_le),
        )
        .order_by(r.depuis.desc())
        .limit(1)
        .correlate(t.parcours)
        .scalar_subquery()
    )


def read_age_bounds(connexion: sa.Connection, code_plie: str) -> BornesAge:
    """The ages that separate the bands of this PLIE; the usual ones where it gives none."""
    p = t.plie.c
    return bounds_or_usual(connexion.execute(sa.select(p.bornes_age).where(p.code_plie == code_plie)).scalar())


def _age_band(naissance: sa.Column, jour: sa.Column, bornes: BornesAge) -> sa.Case:
    """The words of the band on that day. Born on 29 February, one turns an age on 1 March of a common year."""

    def year(colonne: sa.Column) -> sa.ColumnElement:
        return sa.extract("year", colonne)

    def day_of_year(colonne: sa.Column) -> sa.ColumnElement:
        return sa.extract("month", colonne) * 100 + sa.extract("day", colonne)

    pas_encore = sa.case((day_of_year(jour) < day_of_year(naissance), 1), else_=0)
    age = year(jour) - year(naissance) - pas_encore
    jeunes, medians, seniors = age_bands(bornes)
    return sa.case(
        (naissance.is_(None), sa.null()), (age < bornes[0], jeunes), (age < bornes[1], medians), else_=seniors
    )


def _shown_type() -> sa.ColumnElement:
    """The type of an exit, hidden when its rule in force that day is flagged (any of its rules when none is)."""
    r, p = t.regles_de_sortie.c, t.parcours.c
    un_jour = (
        sa.select(sa.literal(1))
        .where(r.code_plie == p.code_plie, r.type_sortie == p.type_sortie, r.sensible.is_(True))
        .correlate(t.parcours)
        .exists()
    )
    ce_jour_la = _rule_column(sa.func.coalesce(r.sensible, sa.false()))
    return sa.case((sa.func.coalesce(ce_jour_la, un_jour), t.AUTRES_MOTIFS), else_=p.type_sortie)


def _update_parcours(code_plie: str, bornes: BornesAge) -> sa.Update:
    p, q, r, z = t.parcours.c, t.participants.c, t.regles_de_sortie.c, t.territoires.c
    sortie_connue = p.sortie_le.is_not(None)
    valeurs: dict[str, sa.ColumnElement] = {
        "sexe": q.sexe,
        "tranche_age": _age_band(q.date_naissance, p.entree_le, bornes),
        "qpv": z.type == "qpv",
        "categorie_sortie": sa.case((sortie_connue, sa.func.coalesce(_rule_column(r.categorie), "non_documentee"))),
        "nature_sortie": sa.case((sortie_connue, _rule_column(r.nature))),
        "type_sortie_montre": sa.case((sortie_connue, _shown_type())),
    }
    personne = sa.and_(q.code_plie == p.code_plie, q.id_participant == p.id_participant)
    quartier = sa.and_(z.code_plie == p.code_plie, z.code_territoire == p.code_quartier)
    source = t.parcours.join(t.participants, personne).outerjoin(t.territoires, quartier)
    return _update_stale(t.parcours, valeurs, source, code_plie)


def _update_suivant(code_plie: str) -> sa.Update:
    """Entry of the same person's next parcours of the same mode (definitions.md, « Split of distinct people »)."""
    p = t.parcours.c
    entree_suivante = sa.func.lead(p.entree_le).over(
        partition_by=(p.id_participant, p.mode), order_by=(p.entree_le, p.id_parcours)
    )
    suite = (
        sa.select(p.id, sa.func.coalesce(entree_suivante, sa.literal(t.JAMAIS, sa.Date())).label("suivant_le"))
        .where(p.code_plie == code_plie)
        .subquery()
    )
    return (
        sa.update(t.parcours)
        .where(p.id == suite.c.id, p.suivant_le != suite.c.suivant_le)
        .values(suivant_le=suite.c.suivant_le)
    )


def _update_retours(code_plie: str) -> sa.Update:
    """Notes whether two parcours of one person begin on the same day (one of them then lasts no day more)."""
    p = t.parcours.c
    doubles = (
        sa.select(sa.literal(1))
        .select_from(t.parcours)
        .where(p.code_plie == code_plie)
        .group_by(p.id_participant, p.entree_le)
        .having(sa.func.count() > 1)
        .exists()
    )
    return sa.update(t.plie).where(t.plie.c.code_plie == code_plie).values(retours_le_meme_jour=doubles)


def _with_parcours(enfant: sa.Table) -> sa.Join:
    p, e = t.parcours.c, enfant.c
    return enfant.join(t.parcours, sa.and_(p.code_plie == e.code_plie, p.id_parcours == e.id_parcours))


def _update_fin_participations(code_plie: str) -> sa.Update:
    """A participation ends at the latest with its parcours."""
    fin = sa.func.coalesce(t.participations.c.sortie_le, sa.literal(t.JAMAIS, sa.Date()))
    valeurs = {"fin_le": earliest(fin, t.parcours.c.fin_le)}
    return _update_stale(t.participations, valeurs, _with_parcours(t.participations), code_plie)


def _update_etapes(code_plie: str) -> sa.Update:
    """An étape left open, or closed after the exit, ends with its parcours."""
    e, p, ty = t.etapes.c, t.parcours.c, t.types_etape.c
    fin = sa.func.coalesce(e.fin, sa.literal(t.JAMAIS, sa.Date()))
    valeurs: dict[str, sa.ColumnElement] = {
        "fin_le": earliest(fin, p.fin_le),
        **{nom: p[nom] for nom in t.HERITEES},
        "comptee": ty.comptee,
        "code_classe": ty.code_classe,
        "type_etape_montre": sa.case((ty.sensible.is_(True), t.AUTRES_MOTIFS), else_=e.type_etape),
    }
    meme_type = sa.and_(ty.code_plie == e.code_plie, ty.type_etape == e.type_etape)
    return _update_stale(t.etapes, valeurs, _with_parcours(t.etapes).outerjoin(t.types_etape, meme_type), code_plie)
