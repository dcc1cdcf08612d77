"""Command line: `python -m indicators.masquage audit --plie … --du … --au … [--k 11] [--base URL]`."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from data_access.engine import make_engine
from indicators.masquage.audit import Bilan, audit, count_hidden
from indicators.masquage.decisions import Decision
from indicators.masquage.lecture import Cle, read_as
from indicators.masquage.memoire import memory_of
from indicators.masquage.seuil import VARIABLE, SeuilRefuse, read_threshold
from indicators.perimetre import Droits, Periode
from indicators.publication import ROLES_MASQUES


def main(arguments: Sequence[str] | None = None) -> int:
    """Audits what a masked role can read: 0 when no hidden count can be narrowed, 1 when one can, 2 for a setting."""
    options = _parser().parse_args(arguments)
    ancien = os.environ.get(VARIABLE)
    try:
        if options.k:
            os.environ[VARIABLE] = options.k
        k = read_threshold()
        with make_engine(options.base).connect() as base:
            resultats = [_audit(base, plie, options, k) for plie in options.plie.split(",")]
    except SeuilRefuse as refus:
        print(refus, file=sys.stderr)
        return 2
    finally:
        if ancien is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = ancien
    return int(any(resultats))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indicators.masquage", allow_abbrev=False)
    parser.add_argument("action", choices=["audit"])
    parser.add_argument("--plie", required=True, help="codes séparés par des virgules")
    parser.add_argument("--du", required=True, type=date.fromisoformat, help="premier jour, AAAA-MM-JJ")
    parser.add_argument("--au", required=True, type=date.fromisoformat, help="dernier jour, AAAA-MM-JJ")
    parser.add_argument("--k", help="seuil à essayer (défaut : celui du réglage)")
    parser.add_argument("--role", default="comite", choices=ROLES_MASQUES)
    parser.add_argument("--base", metavar="URL", help="base (défaut : PLIE_DATABASE_URL, sinon data/plie.db)")
    return parser


def _audit(base: sa.Connection, plie: str, options: argparse.Namespace, k: int) -> bool:
    debut = time.perf_counter()
    periode = Periode(options.du, options.au)
    lecture = read_as(base, plie, (periode, periode.one_year_before()), Droits(options.role))
    lu = time.perf_counter()
    bilan = audit(lecture, k)
    resolu = time.perf_counter()
    _print(plie, k, bilan, lu - debut, resolu - lu)
    tables = _decisions_of(base, k, plie)
    comptes = [count_hidden(t, k) for t in tables]
    caches, borne = (sum(c[i] for c in comptes) for i in (0, 1))
    print(
        f"  tableaux canoniques : {len(tables)} ; cases non nulles masquées : {caches}, au moins nécessaires : {borne}"
    )
    return bool(bilan.etroits)


def _decisions_of(base: sa.Connection, k: int, plie: str) -> list[Decision]:
    memoire = memory_of(base).get((k, plie, None), {})
    return [d for d in memoire.values() if isinstance(d, Decision)]


def _print(plie: str, k: int, bilan: Bilan, lecture: float, resolution: float) -> None:
    print(f"{plie}, k = {k} : {bilan.publies} chiffres, {bilan.caches} masqués, {len(bilan.etroits)} trop étroits")
    print(f"  trop étroits seulement si l’on parie que nul zéro n’est masqué : {bilan.paris}")
    print(f"  masqués dans un total montré lui-même inférieur à k : {bilan.sous_le_seuil}")
    print(f"  lecture {lecture:.1f} s, résolution {resolution:.1f} s")
    for cle in bilan.etroits[:40]:
        print(f"  trop étroit : {_name(cle)}")


def _name(cle: Cle) -> str:
    population, periode, lieu, parts = cle
    ou = ", ".join([lieu] * bool(lieu) + [f"{d} = {v}" for d, v in sorted(parts)])
    return f"{population} du {periode.du:%d/%m/%Y} au {periode.au:%d/%m/%Y}" + (f" ({ou})" if ou else "")


if __name__ == "__main__":
    sys.exit(main())
