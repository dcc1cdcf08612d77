"""File active and durations."""

from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from indicators.calcul import JOURS_PAR_MOIS, days_between
from indicators.catalogue.references import BILAN_NATIONAL_2014, agape, mno, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import EQUIPE, PERSONNES
from indicators.lignes import Cadre, Lignes


def file_active(cadre: Cadre) -> Lignes:
    """Parcours present on the evening of au."""
    return cadre.file_active()


def file_active_suspendus(cadre: Cadre) -> Lignes:
    """Of the file active, those that a suspension covers on au."""
    return cadre.file_active().where(cadre.is_suspended())


def file_active_avec_referent(cadre: Cadre) -> Lignes:
    """Of the file active, those that have a référent."""
    return cadre.file_active().where(t.parcours.c.code_referent.is_not(None))


def etp(cadre: Cadre) -> Lignes:
    """ETP of the référents in post on au, or of the operation."""
    return cadre.etp()


def referents(cadre: Cadre) -> Lignes:
    """Référents in post on au."""
    return cadre.referents_en_poste()


def anciennete(cadre: Cadre) -> Lignes:
    """File active, each parcours bearing the days since its entry in the PLIE."""
    jours = days_between(t.parcours.c.entree_le, sa.literal(cadre.au, sa.Date()))
    return cadre.file_active().measuring(jours)


def parcours_longs(cadre: Cadre) -> Lignes:
    """File active with entree_le ≤ D − the threshold."""
    return cadre.file_active().where(t.parcours.c.entree_le <= cadre.months_before(cadre.seuil or 0))


_BORDS = """
id_parcours | entree_le  | sortie_le
A           | 2021-01-01 | 2021-06-30
B           | 2021-06-30 | 2021-06-30
C           | 2021-06-30 |
D           | 2021-07-01 |
E           | 2020-12-31 | 2021-07-01
"""

_REFERENTS = """
code_referent | etp | depuis     | jusqua
R1            | 1.0 | 2020-01-01 |
R2            | 0.5 | 2020-01-01 | 2021-06-30
R3            | 1.0 | 2020-01-01 | 2021-06-29
"""

_SUIVIS = """
id_parcours | entree_le  | sortie_le | code_referent
A           | 2021-01-01 |           | R1
B           | 2021-02-01 |           | R1
C           | 2021-03-01 |           | R2
D           | 2021-03-01 |           |
"""

_FIN_D_OPERATION = {
    "operations": """
    code_operation | debut      | fin
    O1             | 2021-01-01 | 2021-12-31
    """,
    "parcours": """
    id_parcours | entree_le  | sortie_le
    A           | 2019-01-01 |
    B           | 2021-06-01 | 2022-01-01
    """,
    "participations": """
    id_parcours | code_operation | entree_le  | sortie_le
    A           | O1             | 2021-01-01 |
    B           | O1             | 2021-06-01 | 2022-06-30
    """,
}

_DERNIER_SOIR = (
    Exemple(
        "Le dernier soir de l’opération, on y est encore",
        _FIN_D_OPERATION,
        date(2021, 1, 1),
        date(2021, 12, 31),
        2,
        frozenset({"A", "B"}),
        operation="O1",
    ),
    Exemple(
        "Le lendemain de son dernier jour, plus personne n’est dans l’opération",
        _FIN_D_OPERATION,
        date(2021, 1, 1),
        date(2022, 1, 1),
        0,
        frozenset(),
        operation="O1",
    ),
)

INDICATEURS = (
    Indicateur(
        code="file_active",
        libelle="File active",
        definition="Parcours en cours au soir du jour donné : entrés ce jour ou avant, et pas encore sortis.",
        compte="les parcours entrés au plus tard le jour donné et non sortis au soir de ce jour",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        stock_mensuel=True,
        numerateur=file_active,
        decoupages=PERSONNES,
        sources=(BILAN_NATIONAL_2014, agape("l. 400-402"), mno("l. 188")),
        reserves=("L’entrée en « étape seule » est comptée à part, jamais ajoutée (Grand Périgueux, Haut Périgord).",),
        exemples=(
            Exemple(
                "Sorti le jour même : plus dans la file active ce soir-là",
                {"parcours": _BORDS},
                date(2021, 1, 1),
                date(2021, 6, 30),
                2,
                frozenset({"C", "E"}),
            ),
            Exemple(
                "La veille de sa sortie, on y est encore",
                {"parcours": _BORDS},
                date(2021, 1, 1),
                date(2021, 6, 29),
                2,
                frozenset({"A", "E"}),
            ),
            Exemple(
                "Une personne revenue a deux parcours, un seul en cours",
                {
                    "parcours": """
                    id_parcours | id_participant | entree_le  | sortie_le
                    A1          | A              | 2019-01-01 | 2020-01-31
                    A2          | A              | 2021-02-01 |
                    """
                },
                date(2021, 1, 1),
                date(2021, 12, 31),
                1,
                frozenset({"A2"}),
            ),
            Exemple(
                "Dans une opération, le séjour compte ; deux participations qui se chevauchent, un seul séjour",
                {
                    "parcours": _SUIVIS,
                    "participations": """
                    id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-01-01 | 2021-03-31
                    B           | O1             | 2021-02-01 | 2021-12-31
                    B           | O1             | 2021-03-01 |
                    C           | O2             | 2021-03-01 |
                    """,
                },
                date(2021, 1, 1),
                date(2021, 6, 30),
                1,
                frozenset({"B"}),
                operation="O1",
            ),
            *_DERNIER_SOIR,
        ),
    ),
    Indicateur(
        code="file_active_suspendus",
        libelle="Parcours suspendus",
        definition="Part de la file active dont le parcours est suspendu ce jour-là.",
        compte="les parcours de la file active qu’une suspension couvre le jour donné",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        numerateur=file_active_suspendus,
        decoupages=PERSONNES,
        tables=("parcours", "suspensions"),
        sources=(agape("l. 500-501, 1634-1636, 3227-3230"),),
        exemples=(
            Exemple(
                "Premier et dernier jour de la suspension compris",
                {
                    "parcours": _SUIVIS,
                    "suspensions": """
                    id_parcours | motif | debut      | fin
                    A           | santé | 2021-06-30 |
                    B           | santé | 2021-05-01 | 2021-06-30
                    C           | santé | 2021-05-01 | 2021-06-29
                    """,
                },
                date(2021, 1, 1),
                date(2021, 6, 30),
                2,
                frozenset({"A", "B"}),
            ),
        ),
    ),
    Indicateur(
        code="file_active_par_etp",
        libelle="File active par ETP",
        definition="File active rapportée aux équivalents temps plein des référents en poste.",
        compte="les parcours de la file active",
        rapporte_a="la somme des ETP des référents en poste ce jour-là (ou les ETP de l’opération)",
        unite=Unite.PARCOURS_PAR_ETP,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.NEUTRE,
        numerateur=file_active,
        denominateur=etp,
        decoupages=EQUIPE,
        tables=("parcours", "referents"),
        sans_territoire=True,
        sources=(agape("l. 1088-1089 : 80 par ETP"), mno("l. 188 : 50 par ETP")),
        exemples=(
            Exemple(
                "Le dernier jour en poste compte",
                {"parcours": _SUIVIS, "referents": _REFERENTS},
                date(2021, 1, 1),
                date(2021, 6, 30),
                4 / 1.5,
            ),
            Exemple(
                "Aucun référent en poste : sans objet, jamais 0",
                {"parcours": _SUIVIS, "referents": _REFERENTS},
                date(2019, 1, 1),
                date(2019, 12, 31),
                None,
            ),
        ),
    ),
    Indicateur(
        code="file_active_par_referent",
        libelle="File active par référent",
        definition="Parcours de la file active ayant un référent, rapportés au nombre de référents en poste.",
        compte="les parcours de la file active qui ont un référent",
        rapporte_a="le nombre de référents en poste ce jour-là",
        unite=Unite.PARCOURS_PAR_REFERENT,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        numerateur=file_active_avec_referent,
        colonnes=("parcours.code_referent",),
        denominateur=referents,
        decoupages=(*EQUIPE, "referent"),
        tables=("parcours", "referents"),
        sans_territoire=True,
        sources=(agape("l. 400 : 80 par référent"),),
        exemples=(
            Exemple(
                "Un parcours sans référent ne compte pas",
                {"parcours": _SUIVIS, "referents": _REFERENTS},
                date(2021, 1, 1),
                date(2021, 6, 30),
                3 / 2,
                frozenset({"A", "B", "C"}),
            ),
        ),
    ),
    Indicateur(
        code="file_active_moyenne",
        libelle="File active moyenne",
        definition="Moyenne des files actives au dernier jour de chaque mois entier de la période.",
        compte="les parcours de la file active à la fin de chaque mois entièrement compris dans la période",
        unite=Unite.PARCOURS,
        agregat=Agregat.MOYENNE_DES_FINS_DE_MOIS,
        temporalite=Temporalite.STOCK,
        numerateur=file_active,
        decoupages=tuple(d for d in PERSONNES if d != "mois"),
        sources=(agape("l. 1549-1550 : capacité moyenne annuelle"),),
        exemples=(
            Exemple(
                "Le mois entamé ne compte pas",
                {"parcours": _BORDS},
                date(2021, 5, 1),
                date(2021, 7, 15),
                (2 + 2) / 2,
            ),
        ),
    ),
    Indicateur(
        code="anciennete_mediane",
        libelle="Ancienneté médiane dans le PLIE",
        definition="Pour la file active, temps écoulé depuis l’entrée : la moitié des parcours est plus ancienne.",
        compte="le temps écoulé depuis l’entrée des parcours de la file active, en mois de 30,4375 jours",
        unite=Unite.MOIS,
        agregat=Agregat.MEDIANE,
        temporalite=Temporalite.RATIO,
        facteur=1 / JOURS_PAR_MOIS,
        numerateur=anciennete,
        decoupages=PERSONNES,
        sources=(agape("l. 5832-5835"),),
        exemples=(
            Exemple(
                "Effectif pair : milieu des deux valeurs centrales",
                {"parcours": _BORDS},
                date(2021, 1, 1),
                date(2021, 6, 30),
                (0 + 181) / 2 / JOURS_PAR_MOIS,
            ),
            Exemple(
                "Dans une opération, l’ancienneté reste celle du PLIE",
                _FIN_D_OPERATION,
                date(2021, 1, 1),
                date(2021, 12, 31),
                (1095 + 213) / 2 / JOURS_PAR_MOIS,
                operation="O1",
            ),
        ),
    ),
    Indicateur(
        code="anciennete_moyenne",
        libelle="Ancienneté moyenne dans le PLIE",
        definition="Pour la file active, moyenne du temps écoulé depuis l’entrée.",
        compte="le temps écoulé depuis l’entrée des parcours de la file active, en mois de 30,4375 jours",
        unite=Unite.MOIS,
        agregat=Agregat.MOYENNE,
        temporalite=Temporalite.RATIO,
        facteur=1 / JOURS_PAR_MOIS,
        numerateur=anciennete,
        decoupages=PERSONNES,
        sources=(agape("l. 5832-5835"),),
        exemples=(
            Exemple(
                "Personne dans la file active : sans objet",
                {"parcours": _BORDS},
                date(2019, 1, 1),
                date(2019, 12, 31),
                None,
            ),
        ),
    ),
    Indicateur(
        code="parcours_longs",
        libelle="Parcours longs",
        definition="Parcours de la file active entrés depuis au moins le nombre de mois du seuil du PLIE.",
        compte="les parcours de la file active dont l’entrée remonte au seuil ou plus loin",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        sens=Sens.BAS,
        numerateur=parcours_longs,
        decoupages=(*PERSONNES, "seuil"),
        seuils=(12, 24, 30),
        seuils_du_plie=True,
        sources=(agape("l. 5832-5835 : 12 et 24 mois"), roubaix("l. 268 : plus de 30 mois")),
        exemples=(
            Exemple(
                "Le jour anniversaire du seuil compte ; fin février d’une année commune",
                {
                    "plie": """
                    nom | date_extraction | seuils_parcours_longs
                    X   | 2021-12-31      | 12
                    """,
                    "parcours": """
                    id_parcours | entree_le  | sortie_le
                    A           | 2020-02-28 |
                    B           | 2020-02-29 |
                    """,
                },
                date(2021, 1, 1),
                date(2021, 2, 28),
                1,
                frozenset({"A"}),
            ),
            Exemple(
                "Dans une opération qui vient de commencer : long dans le PLIE",
                _FIN_D_OPERATION,
                date(2021, 1, 1),
                date(2021, 12, 31),
                1,
                par=(("seuil", "24"),),
                operation="O1",
            ),
        ),
    ),
)
