"""A made-up programme of any size: N parcours over ten PLIE, six étapes each, seven years of history."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data_access import tables as t
from data_access.imports.derivation import complete_row, refresh_derived

PLIE = tuple(f"PLIE{n:02d}" for n in range(10))
DEBUT, FIN = date(2015, 1, 1), date(2021, 9, 30)
OPERATIONS = tuple(f"OP{n:02d}" for n in range(12))
COMMUNES = tuple(f"C{n:02d}" for n in range(40))
TYPES = tuple(f"T{n:02d}" for n in range(20))
TYPES_SORTIE = ("cdi", "cdd", "formation", "demenage", "abandon", None)
_JOURS = (FIN - DEBUT).days
_LOT = 20_000


def fill(engine: sa.Engine, nombre: int) -> None:
    """Fills empty tables with `nombre` parcours (one person in 25 comes back)."""
    hasard = random.Random(2021)
    with engine.begin() as base:
        for code in PLIE:
            _insert(base, "plie", [_plie(code)])
            _insert(base, "operations", [_operation(code, o) for o in OPERATIONS])
            _insert(base, "territoires", [_territoire(code, c) for c in COMMUNES])
            _insert(base, "types_etape", [_type_etape(code, n, x) for n, x in enumerate(TYPES)])
            _insert(base, "regles_de_sortie", _regles(code))
            _insert(base, "objectifs", _objectifs(code))
            _insert(base, "realisations", _realisations(code))
            _insert(base, "referents", [_referent(code, n) for n in range(max(4, nombre // 1000))])
            _fill_people(base, code, nombre // len(PLIE), nombre, hasard)
        base.execute(
            sa.insert(t.feuilles_chargees), [{"code_plie": c, "nom_table": nom} for c in PLIE for nom in t.TABLES]
        )
        refresh_derived(base, PLIE)


def _insert(base: sa.Connection, table: str, lignes: list[dict[str, Any]]) -> None:
    for debut in range(0, len(lignes), _LOT):
        base.execute(sa.insert(t.TABLES[table]), [complete_row(table, x) for x in lignes[debut : debut + _LOT]])


def _row(table: str, code: str, **valeurs: Any) -> dict[str, Any]:
    return dict.fromkeys(t.workbook_columns(t.TABLES[table])) | {"code_plie": code} | valeurs


def _plie(code: str) -> dict[str, Any]:
    return _row(
        "plie",
        code,
        nom=code,
        date_extraction=FIN,
        protocole_du=DEBUT,
        protocole_au=date(2021, 12, 31),
        organisme_intermediaire="OI",
    )


def _operation(code: str, operation: str) -> dict[str, Any]:
    fin = date(2021, 12, 31)
    return _row("operations", code, code_operation=operation, intitule=operation, debut=DEBUT, fin=fin, etp=2.0)


def _territoire(code: str, commune: str) -> dict[str, Any]:
    return _row("territoires", code, code_territoire=commune, nom=commune, type="commune", eligible=True)


def _type_etape(code: str, numero: int, nom: str) -> dict[str, Any]:
    classe = f"K{numero % 6}"
    return _row(
        "types_etape",
        code,
        type_etape=nom,
        libelle=nom,
        code_classe=classe,
        libelle_classe=classe,
        comptee=numero > 0,
    )


def _regles(code: str) -> list[dict[str, Any]]:
    categories = [("cdi", "positive", "emploi"), ("cdd", "positive", "emploi"), ("formation", "positive", "formation")]
    categories += [("demenage", "autre", None), ("abandon", "negative", None)]
    return [
        _row(
            "regles_de_sortie",
            code,
            type_sortie=nom,
            libelle=nom,
            categorie=categorie,
            nature=nature,
            depuis=DEBUT,
            source="banc",
        )
        for nom, categorie, nature in categories
    ]


def _referent(code: str, numero: int) -> dict[str, Any]:
    return _row("referents", code, code_referent=f"R{numero}", etp=1.0, depuis=DEBUT)


def _objectifs(code: str) -> list[dict[str, Any]]:
    """Four targets of the protocol, and two for each operation: people, and hours that are declared."""
    protocole = [("entrees", 4000), ("participants_accompagnes", 5000), ("sorties_positives", 2000)]
    lignes = [_objectif(code, None, indicateur, "fixe", valeur) for indicateur, valeur in protocole]
    lignes.append(_objectif(code, None, "taux_sorties_positives", "taux", 0.5))
    for operation in OPERATIONS:
        lignes.append(_objectif(code, operation, "participants_accompagnes", "fixe", 100))
        lignes.append(_objectif(code, operation, "heures", "fixe", 1000))
    return lignes


def _objectif(code: str, operation: str | None, indicateur: str, nature: str, valeur: float) -> dict[str, Any]:
    return _row(
        "objectifs",
        code,
        code_operation=operation,
        code_indicateur=indicateur,
        libelle=indicateur,
        nature=nature,
        valeur=valeur,
        debut=date(2021, 1, 1) if operation else DEBUT,
        fin=date(2021, 12, 31),
    )


def _realisations(code: str) -> list[dict[str, Any]]:
    return [
        _row(
            "realisations",
            code,
            code_operation=operation,
            code_indicateur="heures",
            realise_le=date(2021, mois, 28),
            valeur=80.0,
        )
        for operation in OPERATIONS
        for mois in range(1, 10)
    ]


def _fill_people(base: sa.Connection, code: str, nombre: int, total: int, hasard: random.Random) -> None:
    tous = list(_parcours(code, nombre, total, hasard))
    personnes = {p["id_participant"] for p in tous}
    _insert(base, "participants", [_personne(code, x, hasard) for x in sorted(personnes)])
    _insert(base, "parcours", tous)
    _insert(base, "participations", [_participation(code, p, hasard) for p in tous])
    _insert(base, "etapes", [_etape(code, p, n, hasard) for p in tous for n in range(6)])
    _insert(base, "contacts", [_contact(code, p, hasard) for p in tous for _ in range(2)])
    _insert(base, "suspensions", [_suspension(code, p) for p in tous[::20]])


def _personne(code: str, numero: str, hasard: random.Random) -> dict[str, Any]:
    naissance = date(1960, 1, 1) + timedelta(days=hasard.randrange(14_000))
    sexe = hasard.choice(("F", "F", "H", "H", "H", "F", None))
    return _row("participants", code, id_participant=numero, sexe=sexe, date_naissance=naissance)


def _parcours(code: str, nombre: int, total: int, hasard: random.Random) -> Iterator[dict[str, Any]]:
    for rang in range(nombre):
        entree = DEBUT + timedelta(days=hasard.randrange(_JOURS))
        sortie: date | None = entree + timedelta(days=int(hasard.lognormvariate(6.3, 0.6)))
        sortie = sortie if sortie and sortie <= FIN else None
        revient = sortie is not None and rang % 25 == 0
        yield _un_parcours(code, f"{rang:06d}-1", f"I{rang:06d}", entree, sortie, total, hasard)
        if revient and sortie and sortie + timedelta(days=200) < FIN:
            yield _un_parcours(code, f"{rang:06d}-2", f"I{rang:06d}", sortie + timedelta(days=200), None, total, hasard)


def _un_parcours(
    code: str, ident: str, personne: str, entree: date, sortie: date | None, total: int, hasard: random.Random
) -> dict[str, Any]:
    oui_non = (True, False, None)
    return _row(
        "parcours",
        code,
        id_parcours=ident,
        id_participant=personne,
        mode="etape_seule" if hasard.random() < 0.04 else "complet",
        entree_le=entree,
        sortie_le=sortie,
        type_sortie=hasard.choice(TYPES_SORTIE) if sortie else None,
        saisie_le=sortie + timedelta(days=hasard.randrange(45)) if sortie else None,
        code_referent=f"R{hasard.randrange(max(4, total // 1000))}",
        code_commune=hasard.choice(COMMUNES),
        rsa=hasard.choice(oui_non),
        minima_sociaux=hasard.choice(oui_non),
        mois_sans_emploi=hasard.randrange(60),
        handicap=hasard.choice(oui_non),
        niveau_diplome=hasard.choice(("2a", "2b", "2c", "2d", None)),
        contrat_jusquau=entree + timedelta(days=365),
        solution_depuis=entree + timedelta(days=700) if hasard.random() < 0.05 else None,
        prescription_le=entree - timedelta(days=20),
        diagnostic_le=entree - timedelta(days=hasard.randrange(20)),
    )


def _participation(code: str, p: dict[str, Any], hasard: random.Random) -> dict[str, Any]:
    operation = hasard.choice(OPERATIONS)
    return _row(
        "participations", code, id_parcours=p["id_parcours"], code_operation=operation, entree_le=p["entree_le"]
    )


def _etape(code: str, p: dict[str, Any], numero: int, hasard: random.Random) -> dict[str, Any]:
    debut = p["entree_le"] + timedelta(days=hasard.randrange(700))
    fin = debut + timedelta(days=hasard.randrange(120)) if hasard.random() < 0.9 else None
    return _row(
        "etapes",
        code,
        id_etape=f"{p['id_parcours']}-{numero}",
        id_parcours=p["id_parcours"],
        type_etape=hasard.choice(TYPES),
        code_operation=hasard.choice((*OPERATIONS, None)),
        debut=debut,
        fin=fin,
        statut=hasard.choice(("realisee", "realisee", "en_cours", "prescrite", "abandonnee")),
    )


def _contact(code: str, p: dict[str, Any], hasard: random.Random) -> dict[str, Any]:
    jour = p["entree_le"] + timedelta(days=hasard.randrange(700))
    return _row("contacts", code, id_parcours=p["id_parcours"], contact_le=jour, nature="entretien")


def _suspension(code: str, p: dict[str, Any]) -> dict[str, Any]:
    debut = p["entree_le"] + timedelta(days=60)
    return _row("suspensions", code, id_parcours=p["id_parcours"], motif="santé", debut=debut, fin=None)
