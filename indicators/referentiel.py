"""What filters and screens need to know of the programmes: PLIE, territories, operations, exit rules,
thresholds. No person is read here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from data_access import tables as t
from data_access.ages import age_bands, bounds_or_usual, name_band, rank_band
from data_access.format import SOUTIEN
from data_access.imports.demarrage import sample_fingerprints
from indicators.perimetre import Periode


@dataclass(frozen=True)
class Plie:
    """A PLIE as its sheet describes it."""

    code_plie: str
    nom: str
    structure_porteuse: str | None
    organisme_intermediaire: str | None
    date_extraction: date
    protocole_du: date | None
    protocole_au: date | None
    denominateur_objectif: str | None


@dataclass(frozen=True)
class Operation:
    """An FSE operation of a PLIE."""

    code_plie: str
    code_operation: str
    intitule: str
    cible: str | None
    debut: date
    fin: date
    etp: float | None
    source: str | None
    structure_beneficiaire: str | None = None
    axe: str | None = None


@dataclass(frozen=True)
class Territoire:
    """A commune, a quartier or a grouping; `eligible` is None where the text does not say."""

    code_plie: str
    code_territoire: str
    nom: str
    type: str
    code_parent: str | None
    eligible: bool | None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class RegleDeSortie:
    """What one type of exit is worth, from which day, and where it is written."""

    code_plie: str
    type_sortie: str
    libelle: str
    categorie: str
    nature: str | None
    depuis: date
    jusqua: date | None
    source: str
    sous_categorie: str | None = None
    duree_mois: float | None = None
    fenetre_mois: float | None = None
    heures_min: float | None = None
    semaines_min: float | None = None
    hebdo_min: str | None = None
    validation_commission: str | None = None


SOUTIEN_AUX_STRUCTURES = "Cette opération soutient des structures : elle n’a pas de participants."


def supports_structures(operation: Operation) -> bool:
    """True for an operation that has no participants."""
    return operation.cible == SOUTIEN


M = TypeVar("M")


def _read(
    base: sa.Connection, modele: Callable[..., M], table: sa.Table, ordre: str, *conditions: sa.ColumnElement[bool]
) -> list[M]:
    c = table.c
    requete = sa.select(*(c[champ.name] for champ in fields(modele))).where(*conditions)  # type: ignore[arg-type]
    return [modele(*ligne) for ligne in base.execute(requete.order_by(*(c[nom] for nom in ordre.split()))).all()]


def list_plie(base: sa.Connection) -> list[Plie]:
    """Every PLIE of the database, in the order of their names."""
    return _read(base, Plie, t.plie, "nom")


def list_operations(base: sa.Connection, codes_plie: Sequence[str]) -> list[Operation]:
    """Operations of those PLIE, by PLIE then code."""
    return _read(base, Operation, t.operations, "code_plie code_operation", t.operations.c.code_plie.in_(codes_plie))


def list_territoires(base: sa.Connection, codes_plie: Sequence[str]) -> list[Territoire]:
    """Territories of those PLIE, by name."""
    return _read(base, Territoire, t.territoires, "nom", t.territoires.c.code_plie.in_(codes_plie))


def list_exit_rules(base: sa.Connection, codes_plie: Sequence[str], periode: Periode) -> list[RegleDeSortie]:
    """Rules of those PLIE in force on at least one day of the period, by PLIE, category and name."""
    r = t.regles_de_sortie.c
    en_vigueur = (r.depuis <= periode.au, sa.or_(r.jusqua.is_(None), r.jusqua >= periode.du))
    ordre = "code_plie categorie libelle depuis"
    return _read(base, RegleDeSortie, t.regles_de_sortie, ordre, r.code_plie.in_(codes_plie), *en_vigueur)


def list_invented(base: sa.Connection) -> frozenset[str]:
    """PLIE whose last workbook is one of the samples: their people do not exist, and screens say so."""
    v = t.versions.c
    exemples = sample_fingerprints()
    derniers: dict[str, bool] = {}
    for codes, empreinte in base.execute(sa.select(v.codes_plie, v.empreinte).order_by(v.id)):
        derniers |= dict.fromkeys(codes, empreinte in exemples)
    return frozenset(code for code, invente in derniers.items() if invente)


def lives_someone_in(base: sa.Connection, codes_plie: Sequence[str], code: str) -> bool:
    """True when a parcours bears this commune or quartier, listed by its PLIE or not."""
    p = t.parcours.c
    ici = sa.or_(p.code_commune == code, p.code_quartier == code)
    return base.execute(sa.select(sa.literal(1)).where(p.code_plie.in_(codes_plie), ici).limit(1)).first() is not None


def list_thresholds(base: sa.Connection, codes_plie: Sequence[str]) -> tuple[int, ...]:
    """Months of the « parcours longs » lists of those PLIE (their union); () when none gives a list."""
    p = t.plie.c
    seuils: set[int] = set()
    for texte in base.scalars(sa.select(p.seuils_parcours_longs).where(p.code_plie.in_(codes_plie))):
        seuils |= {int(s) for s in (texte or "").replace(",", ";").split(";") if s.strip().isdigit()}
    return tuple(sorted(seuils))


_MERGED = {t.AUTRES_MOTIFS: "Autres motifs"}


def list_labels(base: sa.Connection, codes_plie: Sequence[str]) -> dict[str, dict[str, str]]:
    """Names of coded parts, by split: commune, quartier, operation, classe, type_etape, type_sortie, plie; of `age`,
    every band of those PLIE in order."""

    def pairs(table: sa.Table, code: str, nom: str) -> dict[str, str]:
        c = table.c
        lignes = base.execute(sa.select(c[code], c[nom]).where(c.code_plie.in_(codes_plie)).distinct())
        return {code: nom for code, nom in lignes}

    noms = pairs(t.territoires, "code_territoire", "nom")
    return {
        "plie": pairs(t.plie, "code_plie", "nom"),
        "commune": noms,
        "quartier": noms,
        "operation": pairs(t.operations, "code_operation", "intitule"),
        "classe": pairs(t.types_etape, "code_classe", "libelle_classe"),
        "type_etape": pairs(t.types_etape, "type_etape", "libelle") | _MERGED,
        "type_sortie": pairs(t.regles_de_sortie, "type_sortie", "libelle") | _MERGED,
        "age": {tranche: name_band(tranche) for tranche in _list_bands(base, codes_plie)},
    }


def _list_bands(base: sa.Connection, codes_plie: Sequence[str]) -> list[str]:
    p = t.plie.c
    textes = base.scalars(sa.select(p.bornes_age).where(p.code_plie.in_(codes_plie)).distinct())
    return sorted({tranche for texte in textes for tranche in age_bands(bounds_or_usual(texte))}, key=rank_band)
