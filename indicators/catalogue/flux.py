"""Entries, exits, people accompanied, and how long a finished parcours lasted."""

from datetime import date

from data_access import tables as t
from indicators.catalogue.references import BILAN_NATIONAL_2014, agape
from indicators.comptes import JOURS_PAR_MOIS, days_between
from indicators.declaration import Exemple, Indicateur, Mediane, Moyenne, Unite, tables
from indicators.decoupages import SORTIES
from indicators.lignes import Cadre, Lignes


def deja_la(cadre: Cadre) -> Lignes:
    """Of those present on the first day, the ones who were in the PLIE the evening before: one parcours a person.

    An operation that begins that day takes them over from the one before: they are no newcomers.
    """
    return cadre.accompagnes().where(t.parcours.c.entree_le < cadre.du)


def duree(cadre: Cadre) -> Lignes:
    """Exits of the period, each bearing the days since its entry."""
    return cadre.sorties().measuring(days_between(t.parcours.c.entree_le, t.parcours.c.fin_le))


_FLUX = tables("""
    parcours: id_parcours | id_participant | entree_le  | sortie_le
              A           | A              | 2021-01-01 | 2021-12-31
              B           | B              | 2020-12-31 | 2021-01-01
              C           | C              | 2021-12-31 | 2021-12-31
              D           | D              | 2022-01-01 |
              E1          | E              | 2019-01-01 | 2021-02-28
              E2          | E              | 2021-03-01 |
              F           | F              | 2018-01-01 | 2020-12-31
""")
_FLUX_DANS_UNE_OPERATION = _FLUX | tables("""
    participations: id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-02-01 |
                    E1          | O1             | 2021-01-01 | 2021-02-27
                    C           | O1             | 2021-12-31 | 2021-12-31
""")
_SEJOURS = tables("""
    parcours: id_parcours | entree_le
              A           | 2019-01-01
              B           | 2020-01-01
    participations: id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-01-01 | 2021-03-31
                    A           | O1             | 2021-03-31 |
                    B           | O1             | 2021-01-01 | 2021-03-31
                    B           | O1             | 2021-09-01 |
""")
_FIN_D_OPERATION = tables("""
    operations: code_operation | debut      | fin
                O1             | 2021-01-01 | 2021-12-31
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2021-01-01 | 2021-12-31
              B           | 2021-01-01 | 2022-01-01
              C           | 2021-01-01 |
    participations: id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-01-01 |
                    B           | O1             | 2021-01-01 |
                    C           | O1             | 2021-01-01 | 2022-06-30
""")
_REVENU = tables("""
    parcours: id_parcours | id_participant | entree_le  | sortie_le  | rsa
              A1          | A              | 2021-01-01 | 2021-02-28 | oui
              A2          | A              | 2021-03-01 |            | non
              B           | B              | 2021-01-01 |            |
""")

INDICATEURS = (
    Indicateur(
        "entrees",
        "Entrées",
        "Parcours dont l’entrée tombe dans la période, premier et dernier jours compris.",
        "les parcours entrés dans la période",
        unite=Unite.PARCOURS,
        libelle_dans_operation="Entrées dans l’opération",
        numerateur=Cadre.entrees,
        sources=(BILAN_NATIONAL_2014, agape("l. 399, 1543, 3885")),
        exemples={
            "Le premier et le dernier jour comptent ; une personne revenue est une entrée de plus": Exemple(
                _FLUX, 3, "A C E2"
            ),
            "Dans une opération : le séjour commence dans la période, le parcours peut avoir commencé avant": Exemple(
                _SEJOURS, 3, "A B", operation="O1"
            ),
        },
    ),
    Indicateur(
        "sorties",
        "Sorties",
        "Parcours dont la sortie tombe dans la période, premier et dernier jours compris.",
        "les parcours sortis dans la période",
        unite=Unite.SORTIES,
        libelle_dans_operation="Sorties du PLIE pendant l’opération",
        numerateur=Cadre.sorties,
        decoupages=SORTIES,
        sources=(BILAN_NATIONAL_2014, agape("l. 1544 : 1 840 sorties")),
        exemples={
            "Sorti le premier jour, sorti le dernier jour, entré et sorti le même jour": Exemple(_FLUX, 4, "A B C E1"),
            "La veille du premier jour ne compte pas": Exemple(_FLUX, 3, "A C E1", du=date(2021, 1, 2)),
            "Dans une opération : la participation doit être en cours le jour de la sortie": Exemple(
                _FLUX_DANS_UNE_OPERATION, 2, "A C", operation="O1"
            ),
            "Sorti du PLIE le lendemain du dernier jour de l’opération : pas une sortie dans l’opération": Exemple(
                _FIN_D_OPERATION, 1, "A", au=date(2022, 12, 31), operation="O1"
            ),
        },
    ),
    Indicateur(
        "participants_accompagnes",
        "Participants accompagnés",
        "Personnes ayant eu un parcours en cours au moins un jour de la période, comptées une fois.",
        "les personnes dont un parcours est en cours au moins un jour de la période",
        unite=Unite.PARTICIPANTS,
        libelle_dans_operation="Accompagnés dans l’opération",
        numerateur=Cadre.people,
        depart=deja_la,
        sources=(agape("l. 400, 1545, 3189, 3909"),),
        reserves=("La somme des opérations dépasse le nombre de personnes : une personne peut en suivre plusieurs.",),
        exemples={
            "Une personne revenue dans la période compte une fois": Exemple(_FLUX, 4, "A B C E2"),
            "Sorti le premier jour : accompagné ; sorti la veille : non": Exemple(
                _FLUX, 3, "A B E1", au=date(2021, 1, 31)
            ),
            "La personne revenue garde les caractéristiques de son dernier parcours": Exemple(
                _REVENU, 1, par={"rsa": "non"}
            ),
            "Sorti avec l’opération, le lendemain de son dernier jour : plus accompagné dans l’opération": Exemple(
                _FIN_D_OPERATION, 0, "", du=date(2022, 1, 1), au=date(2022, 12, 31), operation="O1"
            ),
        },
    ),
    Mediane(
        "duree_parcours_mediane",
        "Durée médiane des parcours terminés",
        "Temps entre l’entrée et la sortie, pour les sorties de la période : la moitié a duré plus.",
        "la durée des parcours sortis dans la période, en mois de 30,4375 jours",
        unite=Unite.MOIS,
        facteur=1 / JOURS_PAR_MOIS,
        libelle_dans_operation="Durée médiane dans le PLIE",
        precision_dans_operation="des sortis du PLIE pendant l’opération",
        numerateur=duree,
        decoupages=SORTIES,
        sources=(agape("l. 6036 : durée d’accompagnement"),),
        exemples={"Entré et sorti le même jour : durée 0": Exemple(_FLUX, (1 + 364) / 2 / JOURS_PAR_MOIS)},
    ),
    Moyenne(
        "duree_parcours_moyenne",
        "Durée moyenne des parcours terminés",
        "Moyenne du temps entre l’entrée et la sortie, pour les sorties de la période.",
        "la durée des parcours sortis dans la période, en mois de 30,4375 jours",
        unite=Unite.MOIS,
        facteur=1 / JOURS_PAR_MOIS,
        numerateur=duree,
        decoupages=SORTIES,
        sources=(BILAN_NATIONAL_2014, agape("l. 6036 : durée d’accompagnement")),
        exemples={
            "Aucune sortie dans la période : sans objet": Exemple(
                _FLUX, None, du=date(2023, 1, 1), au=date(2023, 12, 31)
            )
        },
    ),
)
