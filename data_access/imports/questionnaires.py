"""FSE entry questionnaires, operation by operation: an incomplete participant is not eligible.

« Sans objet » (the operation helps structures, or nobody took part) is apart from « manquant ».
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from data_access.format import SOUTIEN


@dataclass(frozen=True)
class QuestionnairesDOperation:
    """Participants of one operation: questionnaire complete, incomplete, or nothing noted."""

    code_plie: str
    code_operation: str
    intitule: str
    aide_aux_personnes: bool
    complets: int = 0
    incomplets: int = 0
    non_renseignes: int = 0

    @property
    def participants(self) -> int:
        """All of them."""
        return self.complets + self.non_eligibles

    @property
    def non_eligibles(self) -> int:
        """Those whose questionnaire is not noted complete."""
        return self.incomplets + self.non_renseignes

    @property
    def is_sans_objet(self) -> bool:
        """True when there is no questionnaire to expect."""
        return not self.aide_aux_personnes or not self.participants


@dataclass(frozen=True)
class Questionnaires:
    """By operation, and people counted once over all of them. `sans_source`: PLIE that never gave the sheet."""

    operations: tuple[QuestionnairesDOperation, ...]
    participants: int
    non_eligibles: int
    sans_source: tuple[str, ...]


def count_questionnaires(
    base: sa.Connection, codes_plie: Collection[str], du: date, au: date, code_operation: str | None = None
) -> Questionnaires:
    """Of the participations present on a day from `du` to `au`; several of one person count as the least complete."""
    personnes: dict[tuple[str, str], dict[str, int]] = {}
    for code, operation, participant, rang in base.execute(_worst_by_person(codes_plie, du, au, code_operation)):
        personnes.setdefault((code, operation), {})[participant] = rang
    o = t.operations.c
    requete = sa.select(o.code_plie, o.code_operation, o.intitule, o.cible).where(
        o.code_plie.in_(codes_plie), o.debut <= au, o.fin >= du
    )
    if code_operation is not None:
        requete = requete.where(o.code_operation == code_operation)
    operations = tuple(
        _of_operation(code, operation, intitule, cible, personnes.get((code, operation), {}))
        for code, operation, intitule, cible in base.execute(requete.order_by(o.code_plie, o.code_operation))
    )
    # A structure that is helped has no questionnaire: its operation makes nobody ineligible.
    attendues = {(q.code_plie, q.code_operation) for q in operations if q.aide_aux_personnes}
    rangs: dict[tuple[str, str], int] = {}
    for (code, operation), rang_par_personne in personnes.items():
        if (code, operation) in attendues:
            for participant, rang in rang_par_personne.items():
                rangs[code, participant] = max(rang, rangs.get((code, participant), 0))
    return Questionnaires(
        operations, len(rangs), sum(rang > 0 for rang in rangs.values()), _without_source(base, codes_plie)
    )


def _worst_by_person(codes_plie: Collection[str], du: date, au: date, code_operation: str | None) -> sa.Select:
    """0: complete, 1: incomplete, 2: nothing noted."""
    x, p = t.participations.c, t.parcours.c
    rang = sa.func.max(
        sa.case((x.questionnaire_complet.is_(True), 0), (x.questionnaire_complet.is_(False), 1), else_=2)
    )
    requete = (
        sa.select(x.code_plie, x.code_operation, p.id_participant, rang)
        .select_from(
            t.participations.join(t.parcours, sa.and_(p.code_plie == x.code_plie, p.id_parcours == x.id_parcours))
        )
        .where(x.code_plie.in_(codes_plie), x.entree_le <= au, x.fin_le >= du)
        .group_by(x.code_plie, x.code_operation, p.id_participant)
    )
    return requete if code_operation is None else requete.where(x.code_operation == code_operation)


def _of_operation(
    code: str, operation: str, intitule: str, cible: str | None, rangs: dict[str, int]
) -> QuestionnairesDOperation:
    nombres = [list(rangs.values()).count(rang) for rang in (0, 1, 2)]
    return QuestionnairesDOperation(code, operation, intitule, cible != SOUTIEN, *nombres)


def _without_source(base: sa.Connection, codes_plie: Collection[str]) -> tuple[str, ...]:
    f = t.feuilles_chargees.c
    requete = sa.select(f.code_plie).where(f.nom_table == "participations", f.code_plie.in_(codes_plie))
    return tuple(sorted(set(codes_plie) - set(base.execute(requete).scalars())))
