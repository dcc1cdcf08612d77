"""Command line: `python -m indicators [CODE...] --plie … --du … --au …` and `python -m indicators objectifs …`."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from data_access.base.moteur import make_engine
from data_access.refus import Refus
from indicators.acces import LECTURES, ROLES
from indicators.arrondi import crosses_too_much, read_base
from indicators.catalogue import CATALOGUE
from indicators.decoupages import find_decoupage, is_decoupage
from indicators.objectifs import ObjectifEvalue, evaluate_objectifs
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.phrases.cibles import write_remarks
from indicators.publication import publier
from indicators.referentiel import list_plie
from indicators.resultats import Cellule, ResultatPublie


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures asked for; 0 when published, 1 when refused, 2 when the settings are (message in French
    on standard error)."""
    brut = list(sys.argv[1:] if arguments is None else arguments)
    objectifs = brut[:1] == ["objectifs"]
    options = _parser(objectifs).parse_args(brut[1:] if objectifs else brut)
    try:
        read_base()
    except Refus as refus:
        print(refus, file=sys.stderr)
        return 2
    try:
        with make_engine(options.base).connect() as base:
            _check_plie(base, options.plie)
            droits = Droits(options.role, lecture=options.lecture)
            lignes = (_publish_objectifs if objectifs else _publish)(base, options, droits)
    except (sa.exc.SQLAlchemyError, ImportError):
        print(_SANS_BASE, file=sys.stderr)
        return 1
    except (Refus, ValueError) as erreur:
        print(erreur, file=sys.stderr)
        return 1
    print(json.dumps(lignes, ensure_ascii=False, indent=2) if options.json else _as_text(lignes))
    return 0


_SANS_BASE = "La base ne répond pas, ou n’a pas encore de données. Chargez un classeur, ou vérifiez --base. [BAS-001]"


def _parser(objectifs: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indicators objectifs" if objectifs else "python -m indicators", allow_abbrev=False
    )
    parser.add_argument("--base", metavar="URL", help="base (défaut : PLIE_DATABASE_URL, sinon data/plie.db)")
    parser.add_argument("--au", required=True, type=date.fromisoformat, help="dernier jour, AAAA-MM-JJ")
    parser.add_argument("--json", action="store_true", help="sortie JSON")
    parser.add_argument(
        "--role", default=ANIMATION.role, choices=ROLES, help="ce que lit un rôle (comite : petits effectifs arrondis)"
    )
    parser.add_argument("--lecture", default="", choices=LECTURES, help="exacte ou arrondie (défaut : celle du rôle)")
    union = "" if objectifs else " : leur union"
    parser.add_argument("--plie", required=True, type=_list, help=f"codes séparés par des virgules{union}")
    parser.add_argument("--operation", help="code d’une opération")
    if not objectifs:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="indicateurs (défaut : tous)")
        parser.add_argument("--du", required=True, type=date.fromisoformat, help="premier jour, AAAA-MM-JJ")
        parser.add_argument("--territoire", help="code d’un territoire")
        parser.add_argument("--par", type=_list, default=(), help="découpages séparés par des virgules")
    return parser


def _list(texte: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mot.strip() for mot in texte.split(",") if mot.strip()))


def _check_plie(base: sa.Connection, codes: Sequence[str]) -> None:
    connus = {plie.code_plie for plie in list_plie(base)}
    if inconnus := [code for code in codes if code not in connus]:
        raise Refus(
            f"Le PLIE « {inconnus[0]} » n’est pas dans la base. "
            f"PLIE chargés : {', '.join(sorted(connus)) or 'aucun'}. "
            "Vérifiez le code, ou chargez son classeur.",
            "DRO-004",
        )


def _publish(base: sa.Connection, options: argparse.Namespace, droits: Droits) -> list[dict[str, Any]]:
    filtres = Filtres(options.plie, Periode(options.du, options.au), options.operation, options.territoire, options.par)
    lignes = []
    for code in options.codes or _cut_by(filtres, droits):
        resultat = publier(base, code, filtres, droits)
        lignes += [_line(resultat, cellule) for cellule in resultat]
    return lignes


def _cut_by(filtres: Filtres, droits: Droits) -> list[str]:
    """Codes of the indicators that allow those splits for that reader: all of them without split."""
    voulus = [nom for nom in filtres.par if is_decoupage(nom)]
    return [
        code
        for code, indicateur in CATALOGUE.items()
        if all(find_decoupage(nom, indicateur.decoupages).code in indicateur.decoupages for nom in voulus)
        and not (droits.arrondit and crosses_too_much(indicateur, filtres))
    ]


def _line(resultat: ResultatPublie, cellule: Cellule) -> dict[str, Any]:
    filtres = resultat.filtres
    ligne = {
        "indicateur": resultat.indicateur,
        "plie": ",".join(filtres.plie),
        "operation": filtres.operation,
        "territoire": filtres.territoire,
        "par": dict(cellule.par),
        "du": filtres.periode.du,
        "au": filtres.periode.au,
        "valeur": cellule.valeur,
        "numerateur": cellule.numerateur,
        "denominateur": cellule.denominateur,
        "etat": cellule.etat,
        "motif": cellule.motif,
    } | ({"hors_total": True} if cellule.hors_total else {})
    return {nom: _plain(valeur) for nom, valeur in ligne.items()}


def _publish_objectifs(base: sa.Connection, options: argparse.Namespace, droits: Droits) -> list[dict[str, Any]]:
    tous = [o for code in options.plie for o in evaluate_objectifs(base, code, options.au, droits, options.operation)]
    return [_objectif(objectif, tous) for objectif in tous]


_CHAMPS = (
    *("plie", "operation", "indicateur", "part", "libelle", "nature", "objectif", "objectif_max", "unite", "realise"),
    *("attendu", "taux", "projection", "projection_basse", "projection_haute", "statut", "depart", "depuis"),
    *("hors_delai", "hors_delai_sur", "etat", "remarque", "debut", "fin", "source"),
)


def _objectif(objectif: ObjectifEvalue, tous: Sequence[ObjectifEvalue]) -> dict[str, Any]:
    projection = objectif.projection
    ecrits = {
        "projection": projection and projection.valeur,
        "projection_basse": projection and projection.basse,
        "projection_haute": projection and projection.haute,
        "remarque": " ; ".join(write_remarks(objectif, tous)),
    }
    return {nom: _plain(ecrits[nom] if nom in ecrits else getattr(objectif, nom)) for nom in _CHAMPS}


def _plain(valeur: Any) -> Any:
    """As JSON prints it: whole numbers whole, days as AAAA-MM-JJ, null for an empty text."""
    if isinstance(valeur, float) and valeur.is_integer():
        return int(valeur)
    return str(valeur) if isinstance(valeur, date | StrEnum) else (None if valeur == "" else valeur)


def _as_text(lignes: list[dict[str, Any]]) -> str:
    return "\n".join(
        " · ".join(f"{nom} : {valeur}" for nom, valeur in ligne.items() if valeur not in (None, {})) for ligne in lignes
    )


if __name__ == "__main__":
    sys.exit(main())
