"""Making people anonymous for good: numbers drawn at random in their place, everywhere, so that figures do not move.

One function (`Correspondance.rewrite`) changes a row, whether it is in a table or in the journal: what the journal says
still leads to what is stored, so an undo, a comparison or a published edition remade goes on as before. Nothing keeps
the link between an old number and the new one, nor what was erased in the files of the database and the published ones.

What goes: the numbers of the participant, of the parcours, of the étapes, the day of birth (the age band stays), the
free texts, the anomalies of these rows. What stays is what the figures count, référent included.
"""

import logging
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.jours import add_months
from data_access.base.lots import execute_many
from data_access.classeur.effacements import ANONYMISATION, Effacements, new_number
from data_access.format import FEUILLES
from data_access.historique.comite import discard_committee
from data_access.imports.derivation import complete_row, is_justified, read_age_bounds, refresh_derived
from data_access.imports.transaction import insert_version
from data_access.rgpd.personnes import FEUILLES_DE_PERSONNES, LOT, Personne, group_by_parcours
from data_access.vocabulaire import BORNES_USUELLES, BornesAge

_TEXTES = {"parcours": ("prescripteur", "solution")}
_MOTIF_EFFACE = "motif effacé"
_ENTRE_PARTIES = " · "  # between the parts of the key of an anomaly (data_access.classeur.verification)
_ENFANTS = ("participations", "etapes", "suspensions", "contacts")

_Ligne = dict[str, Any]


@dataclass(frozen=True)
class Bilan:
    """What an anonymisation has done. `compacte`: nothing of it stays in the files either (see `compactage`)."""

    version: int
    personnes: int
    parcours: int
    lignes_du_journal: int
    anomalies: int
    compacte: bool = False


def anonymise(base: sa.Connection, code_plie: str, personnes: Collection[Personne], auteur: str) -> Bilan:
    """Make these people of a PLIE anonymous, inside the caller's transaction, which holds the imports.

    The version of the data grows, so that nothing prepared or kept before is used afterwards. Nobody: nothing is done.
    """
    correspondance = _draw_numbers(base, code_plie, personnes)
    effacements = Effacements(base, [code_plie])
    effacements.add(base, code_plie, "id_participant", correspondance.numeros["id_participant"])
    effacements.add(base, code_plie, "id_parcours", correspondance.numeros["id_parcours"])
    _rewrite_tables(base, code_plie, correspondance)
    journal = _rewrite_journal(base, code_plie, correspondance)
    anomalies = _delete_anomalies(base, code_plie, correspondance)
    refresh_derived(base, [code_plie])
    version = insert_version(
        base,
        auteur=auteur,
        classeur=ANONYMISATION,
        empreinte="",
        codes_plie=[code_plie],
        bilan={},
        feuilles_precedentes=[],
    )
    parcours = len(correspondance.numeros["id_parcours"])
    return Bilan(version, len(personnes), parcours, journal, anomalies)


@dataclass
class Correspondance:
    """Old → new, for the time of one anonymisation. `numeros`: by column."""

    numeros: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    naissances: dict[tuple[str, date], date | None] = field(default_factory=dict)
    motifs: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def concerns(self, table: str, ligne: _Ligne) -> bool:
        """True if the row is that of one of these people."""
        colonnes = ("id_participant", "id_parcours", "id_etape")
        return table in FEUILLES_DE_PERSONNES and any(ligne.get(nom) in self.numeros[nom] for nom in colonnes)

    def rewrite(self, table: str, ligne: _Ligne) -> _Ligne:
        """The row without what tells whose it is; the same row gives the same one, wherever it is found."""
        if not self.concerns(table, ligne):
            return ligne
        nouvelle = dict(ligne)
        for nom, numeros in self.numeros.items():
            if nom in ligne:
                nouvelle[nom] = numeros.get(ligne[nom], ligne[nom])
        for nom in _TEXTES.get(table, ()):
            nouvelle[nom] = None
        if table == "participants" and ligne.get("date_naissance"):
            nouvelle["date_naissance"] = self.naissances[ligne["id_participant"], _as_day(ligne["date_naissance"])]
        if ligne.get("justificatif"):
            nouvelle["justificatif"] = "oui" if is_justified(ligne["justificatif"]) else "non"
        if table == "suspensions" and ligne.get("motif"):
            nouvelle["motif"] = self.motifs[ligne["id_parcours"], _as_text(ligne["debut"]), ligne["motif"]]
        return nouvelle


def _draw_numbers(base: sa.Connection, code_plie: str, personnes: Iterable[Personne]) -> Correspondance:
    correspondance = Correspondance()
    numeros = correspondance.numeros
    bornes = read_age_bounds(base, code_plie)
    for personne in personnes:
        numeros["id_participant"][personne.numero] = new_number()
        numeros["id_parcours"] |= _in_order(personne.parcours)
        for naissance in personne.naissances:
            correspondance.naissances[personne.numero, naissance] = blur_birth(naissance, personne.entrees, bornes)
    etapes = group_by_parcours(base, code_plie, "etapes", "id_etape")
    suspensions = group_by_parcours(base, code_plie, "suspensions", "debut", "motif")
    for parcours in numeros["id_parcours"]:
        numeros["id_etape"] |= _in_order(numero for (numero,) in etapes.get(parcours, ()))
        correspondance.motifs |= _neutral_reasons(parcours, suspensions.get(parcours, ()))
    return correspondance


def _in_order(anciens: Iterable[str]) -> dict[str, str]:
    """New numbers in the order of the old ones: « the greatest id_parcours » of a person stays the same parcours."""
    ranges = sorted(anciens)
    return dict(zip(ranges, sorted(new_number() for _ in ranges), strict=True))


def _neutral_reasons(parcours: str, suspensions: Iterable[tuple]) -> dict[tuple[str, str, str], str]:
    """The reason is a part of the key: two suspensions of one day keep two reasons."""
    par_jour: dict[str, list[str]] = defaultdict(list)
    for debut, motif in suspensions:
        if motif:
            par_jour[debut].append(motif)
    return {
        (parcours, debut, motif): f"{_MOTIF_EFFACE} {rang}" if rang > 1 else _MOTIF_EFFACE
        for debut, motifs in par_jour.items()
        for rang, motif in enumerate(sorted(motifs), start=1)
    }


def _rewrite_tables(base: sa.Connection, code_plie: str, correspondance: Correspondance) -> None:
    """New participants and parcours first, then what hangs from them, then the old ones go: no key ever dangles."""
    anciens = []
    for nom in ("participants", "parcours"):
        lignes = _rows_of(base, nom, code_plie, correspondance)
        anciens.append((nom, [{"_numero": ligne["id"]} for ligne in lignes]))
        nouvelles = [complete_row(nom, correspondance.rewrite(nom, ligne)) for ligne in lignes]
        for ligne in nouvelles:
            del ligne["id"]
        # Their rank would otherwise be that of the workbook.
        secrets.SystemRandom().shuffle(nouvelles)
        execute_many(base, sa.insert(t.TABLES[nom]), nouvelles)
    for nom in _ENFANTS:
        _update_children(base, nom, code_plie, correspondance)
    for nom, numeros in reversed(anciens):
        table = t.TABLES[nom]
        execute_many(base, sa.delete(table).where(table.c.id == sa.bindparam("_numero")), numeros)


def _rows_of(base: sa.Connection, nom: str, code_plie: str, correspondance: Correspondance) -> list[_Ligne]:
    table = t.TABLES[nom]
    lignes = base.execute(sa.select(table).where(table.c.code_plie == code_plie).execution_options(yield_per=LOT))
    return [dict(ligne) for ligne in lignes.mappings() if correspondance.concerns(nom, dict(ligne))]


def _update_children(base: sa.Connection, nom: str, code_plie: str, correspondance: Correspondance) -> None:
    table = t.TABLES[nom]
    changees = [
        colonne.name
        for colonne in table.c
        if colonne.name in ("id_participant", "id_parcours", "id_etape", "motif", "justificatif")
    ]
    lignes = _rows_of(base, nom, code_plie, correspondance)
    requete = sa.update(table).where(table.c.id == sa.bindparam("_numero"))
    requete = requete.values({colonne: sa.bindparam(f"_{colonne}") for colonne in changees})
    nouvelles = ((ligne["id"], correspondance.rewrite(nom, ligne)) for ligne in lignes)
    execute_many(
        base,
        requete,
        ({"_numero": numero} | {f"_{colonne}": ligne[colonne] for colonne in changees} for numero, ligne in nouvelles),
    )


def _rewrite_journal(base: sa.Connection, code_plie: str, correspondance: Correspondance) -> int:
    """Give how many rows of the journal were rewritten."""
    j = t.journal
    requete = (
        sa.update(j)
        .where(j.c.id == sa.bindparam("_numero"))
        .values(avant=sa.bindparam("_avant", type_=j.c.avant.type), apres=sa.bindparam("_apres", type_=j.c.apres.type))
    )
    nombre = 0
    for lot in _journal_by_lots(base, code_plie):
        changees = []
        for numero, table, *etats in lot:
            if any(ligne and correspondance.concerns(table, ligne) for ligne in etats):
                avant, apres = (ligne and _as_json(correspondance.rewrite(table, ligne)) for ligne in etats)
                changees.append({"_numero": numero, "_avant": avant, "_apres": apres})
        if changees:
            base.execute(requete, changees)
        nombre += len(changees)
    return nombre


def _journal_by_lots(base: sa.Connection, code_plie: str) -> Iterator[list[sa.Row]]:
    """The rows of people of a PLIE; each lot is read whole before any of it is written."""
    j = t.journal.c
    requete = sa.select(j.id, j.nom_table, j.avant, j.apres).order_by(j.id).limit(LOT)
    requete = requete.where(j.code_plie == code_plie, j.nom_table.in_(FEUILLES_DE_PERSONNES))
    dernier = 0
    while lot := list(base.execute(requete.where(j.id > dernier))):
        yield lot
        dernier = lot[-1].id


def _delete_anomalies(base: sa.Connection, code_plie: str, correspondance: Correspondance) -> int:
    """An anomaly names its row by its numbers and its place in the workbook, and nobody can correct it any more."""
    a = t.anomalies.c
    feuilles = {f.nom: f for f in FEUILLES if f.table in FEUILLES_DE_PERSONNES}
    colonnes = {
        nom: next(k.nom for k in f.colonnes if k.nom in ("id_etape", "id_parcours", "id_participant"))
        for nom, f in feuilles.items()
    }
    requete = sa.select(a.id, a.feuille, a.cle).where(
        sa.or_(a.code_plie == code_plie, a.code_plie.is_(None)), a.feuille.in_(feuilles), a.cle.is_not(None)
    )
    partent = [
        {"_numero": numero}
        for numero, nom, cle in base.execute(requete)
        if cle.split(_ENTRE_PARTIES)[0] in correspondance.numeros[colonnes[nom]]
    ]
    execute_many(base, sa.delete(t.anomalies).where(a.id == sa.bindparam("_numero")), partent)
    return len(partent)


def _as_day(valeur: date | str) -> date:
    return valeur if isinstance(valeur, date) else date.fromisoformat(valeur)


def _as_text(valeur: date | str) -> str:
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def _as_json(ligne: _Ligne) -> _Ligne:
    return {nom: valeur.isoformat() if isinstance(valeur, date) else valeur for nom, valeur in ligne.items()}


_PLUS_JEUNE, _PLUS_AGE = timedelta(days=6 * 365), timedelta(days=5 * 365)


def blur_birth(naissance: date, entrees: Collection[date], bornes: BornesAge = BORNES_USUELLES) -> date | None:
    """A date that depends only on the bands of age on the days of `entrees`, and on those days.

    The middle of all the births that would give the same bands; None when nobody asks for an age. Where that span is
    so short that its middle falls outside (births of a 29 February), the date stays.
    """
    if not entrees:
        return None
    seuils = sorted({add_months(entree, -12 * age) + timedelta(days=1) for entree in entrees for age in bornes})
    apres = [seuil for seuil in seuils if seuil > naissance]
    avant = [seuil for seuil in seuils if seuil <= naissance]
    if not apres:
        milieu = avant[-1] + _PLUS_JEUNE
    elif not avant:
        milieu = apres[0] - _PLUS_AGE
    else:
        milieu = avant[-1] + (apres[0] - avant[-1]) // 2
    return milieu if _bands(milieu, entrees, bornes) == _bands(naissance, entrees, bornes) else naissance


def _bands(naissance: date, entrees: Collection[date], bornes: BornesAge) -> list[bool]:
    ages = [
        jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
        for jour in sorted(entrees)
    ]
    return [age < borne for age in ages for borne in bornes]


_PATIENCE_MS = 10_000
_journal = logging.getLogger("plie.effacement")


def compact(engine: sa.Engine) -> bool:
    """Write the database again without what was erased, and drop the published databases; False if it was busy.

    What was erased is already out of every reading: this is about the bytes that a file keeps after a deletion.
    """
    discard_committee(engine)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as base:
            if base.dialect.name == "sqlite":
                base.exec_driver_sql("VACUUM")
                occupe = base.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
                return occupe is not None and occupe[0] == 0
            base.exec_driver_sql(f"SET lock_timeout = {_PATIENCE_MS}")
            for table in t.metadata.sorted_tables:
                base.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table.name}")
    except sa.exc.OperationalError as erreur:
        _journal.warning("EFF-001 %s", type(erreur).__name__)
        return False
    return True
