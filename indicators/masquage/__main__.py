"""Command line: `python -m indicators.masquage audit --plie tous [--k 5,11] [--catalogue] [--base URL]`."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from data_access.engine import make_engine
from indicators.acces import ROLES_MASQUES, PublicationRefusee
from indicators.masquage.audit import Bilan, audit, name_cle
from indicators.masquage.decisions import Decision
from indicators.masquage.lecture import Etendue, read_as
from indicators.masquage.memoire import memory_of
from indicators.masquage.optimum import measure
from indicators.masquage.periodes import list_offered
from indicators.masquage.seuil import VARIABLE, SeuilRefuse, read_threshold
from indicators.perimetre import Droits, Periode
from indicators.referentiel import list_plie
from indicators.terminal import check_plie, explain

TOUS = "tous"
_MONTRES = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Audits what a masked role can read: 0 when no small count can be deduced, 1 when one can, 2 for a setting, a
    PLIE or a base that cannot be read (said in French on standard error)."""
    options = _parser().parse_args(arguments)
    ancien = os.environ.get(VARIABLE)
    sur = True
    try:
        with make_engine(options.base).connect() as base:
            for k in options.k.split(",") if options.k else [ancien or ""]:
                os.environ[VARIABLE] = k
                seuil = read_threshold()
                for plie in _choose_plie(base, options.plie):
                    sur &= _audit(base, plie, options, seuil)
    except (SeuilRefuse, PublicationRefusee, sa.exc.SQLAlchemyError, ImportError) as erreur:
        print(explain(erreur), file=sys.stderr)
        return 2
    finally:
        if ancien is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = ancien
    return int(not sur)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indicators.masquage", allow_abbrev=False)
    parser.add_argument("action", choices=["audit"])
    parser.add_argument("--plie", default=TOUS, help=f"codes séparés par des virgules, ou « {TOUS} » (défaut)")
    parser.add_argument("--du", type=date.fromisoformat, help="premier jour (défaut : les périodes offertes au comité)")
    parser.add_argument("--au", type=date.fromisoformat, help="dernier jour, avec --du")
    parser.add_argument("--k", help="seuils à essayer, séparés par des virgules (défaut : celui du réglage)")
    parser.add_argument("--catalogue", action="store_true", help="tous les découpages et toutes leurs paires")
    parser.add_argument("--role", default="comite", choices=ROLES_MASQUES)
    parser.add_argument("--base", metavar="URL", help="base (défaut : PLIE_DATABASE_URL, sinon data/plie.db)")
    return parser


def _choose_plie(base: sa.Connection, demande: str) -> tuple[str, ...]:
    if demande != TOUS:
        return check_plie(base, demande.split(","))
    return tuple(sorted(plie.code_plie for plie in list_plie(base)))


def list_periodes(base: sa.Connection, plie: str) -> tuple[Periode, ...]:
    """The periods that the committee is offered at the last published date, or at the date of the data."""
    p, u = t.plie.c, t.publications.c
    extrait_le, protocole_du = base.execute(
        sa.select(p.date_extraction, p.protocole_du).where(p.code_plie == plie)
    ).one()
    publie_le = base.scalar(sa.select(u.au).where(u.code_plie == plie).order_by(u.id.desc()).limit(1))
    return list_offered(publie_le or extrait_le, protocole_du)


def _audit(base: sa.Connection, plie: str, options: argparse.Namespace, k: int) -> bool:
    debut = time.perf_counter()
    periodes = list_periodes(base, plie)
    if options.du and options.au:
        une = Periode(options.du, options.au)
        periodes = (une, une.one_year_before())
    lecture = read_as(base, plie, Etendue(periodes, options.catalogue), Droits(options.role))
    lu = time.perf_counter()
    bilan = audit(lecture, k)
    _print(plie, k, bilan, lu - debut, time.perf_counter() - lu)
    _print_cost(_decisions_of(base, k, plie), k)
    return bilan.sur


def _decisions_of(base: sa.Connection, k: int, plie: str) -> list[Decision]:
    memoire = memory_of(base).get((k, plie, None), {})
    return [d for d in memoire.values() if isinstance(d, Decision)]


def _print(plie: str, k: int, bilan: Bilan, lecture: float, resolution: float) -> None:
    print(
        f"{plie}, k = {k} : {bilan.appels} questions, {bilan.cellules} cases dont {bilan.masques} masquées ; "
        f"{len(bilan.etroits)} petits nombres à déduire, {len(bilan.petits)} compléments",
        flush=True,
    )
    print(f"  petits nombres dans un total montré inférieur à k, ou qui en sont le tout : {bilan.inevitables}")
    print(f"  lecture {lecture:.1f} s, résolution {resolution:.1f} s ({bilan.inconnus} inconnues)")
    for ligne in [f"à déduire : {name_cle(c)}" for c in (*bilan.etroits, *bilan.petits)][:_MONTRES]:
        print(f"  {ligne}")
    for ligne in bilan.incoherences[:_MONTRES]:
        print(f"  incohérence : {ligne}")


def _print_cost(tables: Sequence[Decision], k: int) -> None:
    couts = [c for c in (measure(table, k) for table in tables) if c.optimum is not None]
    caches, optimum = sum(c.caches for c in couts), sum(c.optimum or 0 for c in couts)
    print(f"  {len(tables)} tableaux ; dans {len(couts)} résolus, {caches} cases masquées pour un optimum de {optimum}")


if __name__ == "__main__":
    sys.exit(main())
