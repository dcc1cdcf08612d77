"""Command line: `python -m indicators [CODE...] --plie … --du … --au …` and `python -m indicators objectifs …`."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
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
from indicators.resultats import Cellule, ResultatPublie
from indicators.terminal import check_plie, explain


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures asked for; 0 when published, 1 when refused, 2 when the settings are (message in French
    on standard error)."""
    brut = list(sys.argv[1:] if arguments is None else arguments)
    lire = _objectifs_parser if brut[:1] == ["objectifs"] else _indicateurs_parser
    options = lire().parse_args(brut[1:] if brut[:1] == ["objectifs"] else brut)
    try:
        read_base()
    except Refus as refus:
        print(refus, file=sys.stderr)
        return 2
    try:
        with make_engine(options.base).connect() as base:
            codes = check_plie(base, options.plie)
            lignes = options.publish(base, options, codes)
    except (Refus, sa.exc.SQLAlchemyError, ImportError, ValueError) as erreur:
        print(explain(erreur), file=sys.stderr)
        return 1
    print(json.dumps(lignes, ensure_ascii=False, indent=2) if options.json else _as_text(lignes))
    return 0


def _common(programme: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=programme, allow_abbrev=False)
    parser.add_argument("--base", metavar="URL", help="base (défaut : PLIE_DATABASE_URL, sinon data/plie.db)")
    parser.add_argument("--au", required=True, type=date.fromisoformat, help="dernier jour, AAAA-MM-JJ")
    parser.add_argument("--json", action="store_true", help="sortie JSON")
    parser.add_argument(
        "--role", default=ANIMATION.role, choices=ROLES, help="ce que lit un rôle (comite : petits effectifs arrondis)"
    )
    parser.add_argument("--lecture", default="", choices=LECTURES, help="exacte ou arrondie (défaut : celle du rôle)")
    return parser


def _indicateurs_parser() -> argparse.ArgumentParser:
    parser = _common("python -m indicators")
    parser.add_argument("codes", nargs="*", metavar="CODE", help="indicateurs (défaut : tous)")
    parser.add_argument("--plie", required=True, type=_list, help="codes séparés par des virgules : leur union")
    parser.add_argument("--du", required=True, type=date.fromisoformat, help="premier jour, AAAA-MM-JJ")
    parser.add_argument("--operation", help="code d’une opération")
    parser.add_argument("--territoire", help="code d’un territoire")
    parser.add_argument("--par", type=_list, default=(), help="découpages séparés par des virgules")
    parser.set_defaults(publish=_publish)
    return parser


def _objectifs_parser() -> argparse.ArgumentParser:
    parser = _common("python -m indicators objectifs")
    parser.add_argument("--plie", required=True, type=_list, help="codes séparés par des virgules")
    parser.add_argument("--operation", help="code d’une opération")
    parser.set_defaults(publish=_publish_objectifs)
    return parser


def _list(texte: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mot.strip() for mot in texte.split(",") if mot.strip()))


def _publish(base: sa.Connection, options: argparse.Namespace, plie: tuple[str, ...]) -> list[dict[str, Any]]:
    filtres = Filtres(plie, Periode(options.du, options.au), options.operation, options.territoire, options.par)
    droits = Droits(options.role, lecture=options.lecture)
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
        "du": filtres.periode.du.isoformat(),
        "au": filtres.periode.au.isoformat(),
        "valeur": _number(cellule.valeur),
        "numerateur": _number(cellule.numerateur),
        "denominateur": _number(cellule.denominateur),
        "etat": str(cellule.etat),
        "motif": cellule.motif or None,
    }
    return ligne | ({"hors_total": True} if cellule.hors_total else {})


def _publish_objectifs(base: sa.Connection, options: argparse.Namespace, plie: tuple[str, ...]) -> list[dict[str, Any]]:
    droits = Droits(options.role, lecture=options.lecture)
    tous = [o for code in plie for o in evaluate_objectifs(base, code, options.au, droits, options.operation)]
    return [_objectif(objectif, tous) for objectif in tous]


def _objectif(objectif: ObjectifEvalue, tous: Sequence[ObjectifEvalue]) -> dict[str, Any]:
    projection = objectif.projection
    return {
        "plie": objectif.plie,
        "operation": objectif.operation,
        "indicateur": objectif.indicateur,
        "part": objectif.part or None,
        "libelle": objectif.libelle,
        "nature": objectif.nature,
        "objectif": _number(objectif.objectif),
        "objectif_max": _number(objectif.objectif_max),
        "unite": objectif.unite,
        "realise": _number(objectif.realise),
        "attendu": _number(objectif.attendu),
        "taux": _number(objectif.taux),
        "projection": _number(projection.valeur) if projection else None,
        "projection_basse": _number(projection.basse) if projection else None,
        "projection_haute": _number(projection.haute) if projection else None,
        "statut": str(objectif.statut),
        "depart": _number(objectif.depart),
        "depuis": _number(objectif.depuis),
        "hors_delai": _number(objectif.hors_delai),
        "hors_delai_sur": _number(objectif.hors_delai_sur),
        "etat": None if objectif.etat is None else str(objectif.etat),
        "remarque": " ; ".join(write_remarks(objectif, tous)) or None,
        "debut": objectif.debut.isoformat(),
        "fin": objectif.fin.isoformat(),
        "source": objectif.source,
    }


def _number(valeur: float | None) -> float | int | None:
    """Whole numbers are printed whole."""
    return int(valeur) if valeur is not None and float(valeur).is_integer() else valeur


def _as_text(lignes: list[dict[str, Any]]) -> str:
    return "\n".join(
        " · ".join(f"{nom} : {valeur}" for nom, valeur in ligne.items() if valeur not in (None, {})) for ligne in lignes
    )


if __name__ == "__main__":
    sys.exit(main())
