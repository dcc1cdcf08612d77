"""How long people's data are kept after the programme, who is past it, and making them anonymous.

« Les données enregistrées dans le système d’information "Ma démarche FSE" seront conservées jusqu’au 31 décembre
2033 » (notice of the FSE questionnaire, programme 2014-2020). `PLIE_CONSERVATION` replaces it: a day (AAAA-MM-JJ) for
that same programme, or a number of years after the end of the protocol, for every programme.

The programme of a person is that of their last day of follow-up: the protocol of the PLIE if that day is in it or after
it; else what came before its first day. The programme 2014-2020 ends with the spending that it may bear, on 31 December
2023 (règlement UE 1303/2013, article 65). A programme with no known end has no limit: the list says how many people.
"""

import logging
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.jours import add_months
from data_access.historique.comite import discard_committee
from data_access.imports.transaction import begin_import
from data_access.journal.acces import Action, record
from data_access.refus import Refus
from data_access.rgpd.anonymisation import Anonymisation, anonymise
from data_access.rgpd.personnes import Personne, list_codes, list_people

VARIABLE = "PLIE_CONSERVATION"
JOUR_PAR_DEFAUT = date(2033, 12, 31)
FIN_2014_2020 = date(2023, 12, 31)
_ANNEES_MAX = 30
_PATIENCE_MS = 10_000
_journal = logging.getLogger("plie.effacement")


@dataclass(frozen=True)
class RegleDeConservation:
    """Until when: a day for the programme 2014-2020, or years after any programme."""

    jour: date | None = None
    annees: int | None = None

    def limit_of(self, fin: date | None, protocole: tuple[date | None, date | None]) -> date | None:
        """Last day on which the data of a person followed until `fin` may be kept; None: not known."""
        programme = _end_of_programme(fin, protocole)
        if programme is None:
            return None
        if self.annees is not None:
            return add_months(programme, 12 * self.annees)
        return self.jour if programme <= FIN_2014_2020 else None

    def in_words(self) -> str:
        """The rule, in French."""
        if self.annees is not None:
            ans = "an" if self.annees == 1 else "ans"
            return f"{self.annees} {ans} après la fin du protocole de la dernière journée de suivi"
        return (
            f"jusqu’au {self.jour:%d/%m/%Y} pour le programme 2014-2020 (dernier suivi dans un protocole fini au plus "
            f"tard le {FIN_2014_2020:%d/%m/%Y}) ; aucune limite connue pour les programmes suivants"
        )


@dataclass(frozen=True)
class Conservation:
    """One PLIE: people of whom something is kept, past their limit, without a known one, and the next limit.

    `hors_tables`: among those past, the ones that only the journal of imports still has.
    """

    code_plie: str
    nom: str
    personnes: int
    depassees: int
    hors_tables: int
    sans_limite: int
    echeance: date | None
    a_l_echeance: int


def read_rule() -> RegleDeConservation:
    """The rule in force. Raises `Refus`."""
    texte = os.environ.get(VARIABLE, "").strip()
    if not texte:
        return RegleDeConservation(jour=JOUR_PAR_DEFAUT)
    if re.fullmatch(r"[0-9]{1,2}", texte) and 1 <= int(texte) <= _ANNEES_MAX:
        return RegleDeConservation(annees=int(texte))
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", texte):
            return RegleDeConservation(jour=date.fromisoformat(texte))
    except ValueError:
        pass
    raise Refus(
        f"Le réglage {VARIABLE} n’est ni un jour (AAAA-MM-JJ) ni un nombre d’années (1 à {_ANNEES_MAX}). "
        "Rien n’est listé ni anonymisé. Corrigez-le, ou retirez-le pour garder les données du programme 2014-2020 "
        f"jusqu’au {JOUR_PAR_DEFAUT:%d/%m/%Y}.",
        "CSV-001",
    )


def list_retention(
    base: sa.Connection, codes_plie: Iterable[str] | None = None, aujourdhui: date | None = None
) -> list[Conservation]:
    """Each PLIE (all by default) on that day. Raises `Refus`."""
    regle = read_rule()
    noms = {code: nom for code, nom in base.execute(sa.select(t.plie.c.code_plie, t.plie.c.nom))}
    codes = list_codes(base) if codes_plie is None else sorted(codes_plie)
    return [_summarise(base, code, noms.get(code, code), regle, aujourdhui or date.today()) for code in codes]


def purge_past(
    engine: sa.Engine, code_plie: str, identite: str, role: str, aujourdhui: date | None = None
) -> Anonymisation | None:
    """Make anonymous everyone of a PLIE past the limit, noted in the journal of accesses; None if there is nobody.

    Raises `Refus`.
    """
    regle, jour = read_rule(), aujourdhui or date.today()
    with begin_import(engine) as base:
        limites = _limits(base, code_plie, regle)
        personnes = [personne for personne, limite in limites if limite is not None and limite < jour]
        if not personnes:
            return None
        bilan = anonymise(base, code_plie, personnes, identite)
        record(base, identite, role, Action.CONSERVATION_PURGE, [code_plie], f"nombre:{bilan.personnes}")
    return replace(bilan, compacte=compact(engine))


def _limits(base: sa.Connection, code_plie: str, regle: RegleDeConservation) -> list[tuple[Personne, date | None]]:
    """Everyone of a PLIE, with the last day on which their data may be kept."""
    p = t.plie.c
    ligne = base.execute(sa.select(p.protocole_du, p.protocole_au).where(p.code_plie == code_plie)).first()
    protocole = (ligne[0], ligne[1]) if ligne else (None, None)
    return [(personne, regle.limit_of(personne.fin, protocole)) for personne in list_people(base, code_plie).values()]


def _summarise(
    base: sa.Connection, code_plie: str, nom: str, regle: RegleDeConservation, aujourdhui: date
) -> Conservation:
    limites = _limits(base, code_plie, regle)
    depassees = [personne for personne, limite in limites if limite is not None and limite < aujourdhui]
    nombres = Counter(limite for _, limite in limites)
    echeance = min((limite for limite in nombres if limite is not None and limite >= aujourdhui), default=None)
    return Conservation(
        code_plie=code_plie,
        nom=nom,
        personnes=len(limites),
        depassees=len(depassees),
        hors_tables=sum(not personne.presente for personne in depassees),
        sans_limite=nombres[None],
        echeance=echeance,
        a_l_echeance=nombres[echeance] if echeance else 0,
    )


def _end_of_programme(fin: date | None, protocole: tuple[date | None, date | None]) -> date | None:
    du, au = protocole
    if fin is None:
        return au
    if du is not None and fin < du:
        return du - timedelta(days=1)
    if au is not None:
        return au
    return FIN_2014_2020 if fin <= FIN_2014_2020 else None


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
