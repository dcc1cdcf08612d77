"""Making people anonymous for good: numbers drawn at random in their place, everywhere, so that figures do not move.

One function (`Correspondance.rewrite`) changes a row, whether it is in a table or in the journal: what the journal says
still leads to what is stored, so an undo, a comparison or a published edition remade goes on as before. Nothing keeps
the link between an old number and the new one, nor what was erased in the files of the database and the published ones.

What goes: the numbers of the participant, of the parcours, of the étapes, the day of birth (the age band stays), the
free texts, the anomalies of these rows. What stays is what the figures count, référent included.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.ages import BORNES_USUELLES, BornesAge
from data_access.base.jours import add_months
from data_access.base.lots import execute_many
from data_access.classeur.anomalies import ENTRE_PARTIES
from data_access.classeur.effacements import ANONYMISATION, NUMEROS, Effacements, new_number
from data_access.colonnes import NON, OUI, Colonne, Effacement, Feuille
from data_access.format import FEUILLES, feuille_of_table
from data_access.imports.derivation import complete_row, is_justified, read_age_bounds, refresh_derived
from data_access.imports.transaction import insert_version
from data_access.rgpd.personnes import FEUILLES_DE_PERSONNES, LOT, Personne, group_by_parcours

_ENFANTS = [origine for origine in FEUILLES if any(colonne.cite == "Parcours" for colonne in origine.colonnes)]
_PLUS_JEUNE, _PLUS_AGE = timedelta(days=6 * 365), timedelta(days=5 * 365)

_Ligne = dict[str, Any]


@dataclass(frozen=True)
class Anonymisation:
    """What an anonymisation has done. `compacte`: nothing of what went stays in the files either."""

    version: int
    personnes: int
    parcours: int
    lignes_du_journal: int
    anomalies: int
    compacte: bool = False


def anonymise(base: sa.Connection, code_plie: str, personnes: Collection[Personne], auteur: str) -> Anonymisation:
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
    return Anonymisation(version, len(personnes), parcours, journal, anomalies)


@dataclass
class Correspondance:
    """Old → new, for the time of one anonymisation. `numeros`: by column; `mots`: texts that keys cannot do without."""

    numeros: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    naissances: dict[tuple[str, date], date | None] = field(default_factory=dict)
    mots: dict[tuple[str, ...], str] = field(default_factory=dict)

    def concerns(self, table: str, ligne: _Ligne) -> bool:
        """True if the row is that of one of these people."""
        return any(ligne.get(nom) in self.numeros[nom] for nom in feuille_of_table(table).numeros)

    def rewrite(self, table: str, ligne: _Ligne) -> _Ligne:
        """The row without what tells whose it is; the same row gives the same one, wherever it is found."""
        if not self.concerns(table, ligne):
            return ligne
        nouvelle = {nom: self.numeros[nom].get(v, v) if nom in self.numeros else v for nom, v in ligne.items()}
        origine = feuille_of_table(table)
        for colonne in origine.colonnes:
            if ligne.get(colonne.nom) is not None:
                nouvelle[colonne.nom] = self._erase(origine, colonne, ligne, nouvelle[colonne.nom])
        return nouvelle

    def _erase(self, origine: Feuille, colonne: Colonne, ligne: _Ligne, valeur: Any) -> Any:
        match colonne.effacement:
            case Effacement.REPONSE:
                return OUI if is_justified(valeur) else NON
            case Effacement.TRANCHE:
                return self.naissances[ligne["id_participant"], _as_day(valeur)]
            case Effacement.VIDE if colonne.nom in origine.cle:
                reste = (_as_text(ligne.get(nom)) for nom in _kept_key(origine))
                return self.mots[origine.table, colonne.nom, ligne["id_parcours"], *reste, valeur]
            case Effacement.VIDE:
                return _neutral(colonne) if colonne.obligatoire else None
        return valeur


def _draw_numbers(base: sa.Connection, code_plie: str, personnes: Iterable[Personne]) -> Correspondance:
    correspondance = Correspondance()
    numeros = correspondance.numeros
    bornes = read_age_bounds(base, code_plie)
    for personne in personnes:
        numeros["id_participant"][personne.numero] = new_number()
        numeros["id_parcours"] |= _in_order(personne.parcours)
        for naissance in personne.naissances:
            correspondance.naissances[personne.numero, naissance] = blur_birth(naissance, personne.entrees, bornes)
    for origine in _ENFANTS:
        propre = origine.numeros[0]
        siens = group_by_parcours(base, code_plie, origine.table, propre) if propre not in NUMEROS else {}
        for parcours in numeros["id_parcours"].keys() & siens.keys():
            numeros[propre] |= _in_order(numero for (numero,) in siens[parcours])
        for colonne in origine.colonnes:
            if colonne.effacement is Effacement.VIDE and colonne.nom in origine.cle:
                lignes = group_by_parcours(base, code_plie, origine.table, *_kept_key(origine), colonne.nom)
                for parcours in numeros["id_parcours"].keys() & lignes.keys():
                    correspondance.mots |= _neutral_words(origine, colonne, parcours, lignes[parcours])
    return correspondance


def _in_order(anciens: Iterable[str]) -> dict[str, str]:
    """New numbers in the order of the old ones: « the greatest id_parcours » of a person stays the same parcours."""
    ranges = sorted(anciens)
    return dict(zip(ranges, sorted(new_number() for _ in ranges), strict=True))


def _kept_key(origine: Feuille) -> list[str]:
    """The parts of the key that stay as they are, but for the numbers."""
    return [nom for nom in origine.cle[1:] if origine.colonne(nom).effacement is Effacement.GARDE]


def _neutral(colonne: Colonne) -> str:
    return f"{colonne.nom.replace('_', ' ')} effacé"


def _neutral_words(
    origine: Feuille, colonne: Colonne, parcours: str, lignes: Iterable[tuple]
) -> dict[tuple[str, ...], str]:
    """The text is a part of the key: two suspensions of one day keep two reasons."""
    par_cle: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for *reste, texte in lignes:
        if texte:
            par_cle[tuple(map(_as_text, reste))].append(texte)
    return {
        (origine.table, colonne.nom, parcours, *reste, texte): f"{_neutral(colonne)} {rang}".removesuffix(" 1")
        for reste, textes in par_cle.items()
        for rang, texte in enumerate(sorted(textes), start=1)
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
    for origine in _ENFANTS:
        _update_children(base, origine, code_plie, correspondance)
    for nom, numeros in reversed(anciens):
        table = t.TABLES[nom]
        execute_many(base, sa.delete(table).where(table.c.id == sa.bindparam("_numero")), numeros)


def _rows_of(base: sa.Connection, nom: str, code_plie: str, correspondance: Correspondance) -> list[_Ligne]:
    table = t.TABLES[nom]
    lignes = base.execute(sa.select(table).where(table.c.code_plie == code_plie).execution_options(yield_per=LOT))
    return [dict(ligne) for ligne in lignes.mappings() if correspondance.concerns(nom, dict(ligne))]


def _update_children(base: sa.Connection, origine: Feuille, code_plie: str, correspondance: Correspondance) -> None:
    table = t.TABLES[origine.table]
    changees = {colonne.nom for colonne in origine.colonnes if colonne.effacement is not Effacement.GARDE}
    changees |= correspondance.numeros.keys() & table.c.keys()
    lignes = _rows_of(base, origine.table, code_plie, correspondance)
    requete = sa.update(table).where(table.c.id == sa.bindparam("_numero"))
    requete = requete.values({nom: sa.bindparam(f"_{nom}") for nom in changees})
    nouvelles = (correspondance.rewrite(origine.table, ligne) for ligne in lignes)
    execute_many(
        base, requete, ({"_numero": ligne["id"]} | {f"_{nom}": ligne[nom] for nom in changees} for ligne in nouvelles)
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
    numeros = {origine.nom: correspondance.numeros[origine.numeros[0]] for origine in FEUILLES if origine.numeros}
    requete = sa.select(a.id, a.feuille, a.cle).where(
        sa.or_(a.code_plie == code_plie, a.code_plie.is_(None)), a.feuille.in_(numeros), a.cle.is_not(None)
    )
    partent = [
        {"_numero": numero} for numero, nom, cle in base.execute(requete) if cle.split(ENTRE_PARTIES)[0] in numeros[nom]
    ]
    execute_many(base, sa.delete(t.anomalies).where(a.id == sa.bindparam("_numero")), partent)
    return len(partent)


def _as_day(valeur: date | str) -> date:
    return valeur if isinstance(valeur, date) else date.fromisoformat(valeur)


def _as_text(valeur: date | str | None) -> str:
    return valeur.isoformat() if isinstance(valeur, date) else valeur or ""


def _as_json(ligne: _Ligne) -> _Ligne:
    return {nom: valeur.isoformat() if isinstance(valeur, date) else valeur for nom, valeur in ligne.items()}


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
