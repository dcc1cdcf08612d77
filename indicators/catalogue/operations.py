"""Who comes into an operation and who leaves it: the operation's clock, beside the PLIE's."""

from datetime import date
from functools import partial

from data_access import tables as t
from indicators.catalogue.references import agape
from indicators.declaration import Exemple, Indicateur, Unite, tables
from indicators.decoupages import PERSONNES, SORTIES_OPERATION
from indicators.lignes import Cadre, Condition


def _began_in_period(cadre: Cadre) -> Condition:
    return t.parcours.c.entree_le.between(cadre.du, cadre.au)


_OPERATIONS = """operations: code_operation | debut      | fin
                O1             | 2021-01-01 | 2021-12-31
                O2             | 2022-01-01 | 2022-12-31
"""
_RECONDUITS = tables(f"""
    {_OPERATIONS}
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2019-03-01 |
              B           | 2021-02-01 | 2021-09-30
              C           | 2021-03-01 | 2022-01-01
              D           | 2021-03-01 |
              E           | 2021-03-01 |
    participations: id_parcours | code_operation | entree_le  | sortie_le  | situation_sortie
                    A           | O1             | 2021-01-01 |            |
                    A           | O2             | 2022-01-01 |            |
                    B           | O1             | 2021-02-01 |            | emploi
                    C           | O1             | 2021-03-01 |            |
                    D           | O1             | 2021-03-01 | 2021-06-30 | recherche
                    D           | O1             | 2021-06-30 | 2021-10-31 | formation
                    E           | O1             | 2021-03-01 | 2021-06-30 | recherche
                    E           | O1             | 2021-07-01 | 2021-08-31 | recherche
""")
_CHEVAUCHEES = tables(f"""
    {_OPERATIONS}
    parcours: id_parcours | entree_le
              A           | 2021-01-01
    participations: id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-01-01 | 2021-06-30
                    A           | O1             | 2021-03-01 | 2021-05-31
""")
_DansO1 = partial(Exemple, operation="O1")
_SOURCE = agape("l. 7919-7941, 8016-8018 : entrées et sorties se saisissent par opération")
_SEJOUR = (
    "Deux participations d’un même parcours qui se chevauchent, ou dont l’une commence le jour où l’autre finit, "
    "sont un seul séjour."
)
_Entrees = partial(
    Indicateur,
    unite=Unite.PARCOURS,
    decoupages=tuple(d for d in PERSONNES if d != "mois"),
    tables=("parcours", "participations"),
    operation_seulement=True,
    sources=(_SOURCE,),
    reserves=(_SEJOUR,),
)
INDICATEURS = (
    _Entrees(
        "entrees_nouvelles",
        "Entrées dans l’opération de nouveaux participants",
        "Séjours commencés dans l’opération pendant la période, pour des parcours commencés eux aussi.",
        "les entrées dans l’opération des parcours entrés dans le PLIE pendant la même période",
        numerateur=lambda cadre: cadre.entrees().where(_began_in_period(cadre)),
        exemples={
            "Entré dans le PLIE et dans l’opération la même année ; E revient le lendemain de sa sortie": _DansO1(
                _RECONDUITS, 5, "B C D E"
            )
        },
    ),
    _Entrees(
        "entrees_reconduites",
        "Entrées dans l’opération de participants déjà dans le PLIE",
        "Séjours commencés dans l’opération pendant la période, pour des parcours commencés avant.",
        "les entrées dans l’opération des parcours entrés dans le PLIE avant la période",
        numerateur=lambda cadre: cadre.entrees().where(~_began_in_period(cadre)),
        exemples={
            "Passé d’une opération à la suivante : reconduit, pas nouveau": Exemple(
                _RECONDUITS, 1, "A", du=date(2022, 1, 1), au=date(2022, 12, 31), operation="O2"
            )
        },
    ),
    Indicateur(
        "sorties_operation",
        "Sorties de l’opération",
        "Séjours terminés dans la période : sortie de l’opération, sortie du PLIE, ou fin de l’opération. "
        "Sans opération choisie, ceux de toutes les opérations.",
        "les séjours dans une opération terminés pendant la période",
        unite=Unite.SORTIES,
        numerateur=Cadre.sorties_operation,
        decoupages=SORTIES_OPERATION,
        tables=("parcours", "participations"),
        sources=(_SOURCE,),
        reserves=(
            _SEJOUR,
            "Qui est encore là le dernier soir de l’opération en sort le lendemain.",
            "Une personne qui quitte deux opérations compte dans chacune.",
        ),
        exemples={
            "Reconduit le jour même : un seul séjour ; le lendemain : deux": _DansO1(_RECONDUITS, 4, "B D E"),
            "Encore là le dernier soir : sorti de l’opération le lendemain": _DansO1(
                _RECONDUITS, 2, "A C", du=date(2022, 1, 1), au=date(2022, 1, 1)
            ),
            "Sans opération choisie : les séjours de toutes les opérations": Exemple(
                _RECONDUITS, 7, au=date(2023, 1, 1)
            ),
            "Deux participations qui se chevauchent : une sortie, à la fin de la dernière": _DansO1(
                _CHEVAUCHEES, 0, du=date(2021, 5, 1), au=date(2021, 6, 29)
            ),
            "La situation est celle de la dernière participation du séjour": _DansO1(
                _RECONDUITS, 1, par={"situation": "formation"}
            ),
        },
    ),
)
