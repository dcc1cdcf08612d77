"""File active and durations."""

from datetime import date
from functools import partial

import sqlalchemy as sa

from data_access import tables as t
from indicators.catalogue.references import BILAN_NATIONAL_2014, agape, mno, roubaix
from indicators.comptes import JOURS_PAR_MOIS, days_between
from indicators.declaration import Agregat, Exemple, Indicateur, Mediane, Moyenne, Rapport, Stock, Unite, tables
from indicators.decoupages import EQUIPE, PERSONNES
from indicators.lignes import Cadre, Lignes, covers


def referents(cadre: Cadre) -> Lignes:
    """Référents in post on au: depuis ≤ au and (jusqua empty or ≥ au). They belong to the PLIE."""
    r, o = t.referents.c, t.operations.c
    conditions = (cadre.of_plie(r.code_plie), covers(r.depuis, r.jusqua, cadre.au))
    colonnes = {"plie": r.code_plie, "referent": r.code_referent}
    if "operation" not in cadre.filtres.par:
        return Lignes(t.referents, conditions, colonnes)
    source = t.referents.join(t.operations, o.code_plie == r.code_plie)
    return Lignes(source, conditions, colonnes | {"operation": o.code_operation})


def etp(cadre: Cadre) -> Lignes:
    """ETP of the référents in post; inside an operation, the operation's own ETP."""
    if not cadre.in_operation:
        return referents(cadre).measuring(t.referents.c.etp)
    o = t.operations.c
    conditions = (cadre.of_plie(o.code_plie), *cadre.of_operation(o.code_operation))
    return Lignes(t.operations, conditions, {"plie": o.code_plie, "operation": o.code_operation}, quantite=o.etp)


def anciennete(cadre: Cadre) -> Lignes:
    """File active, each parcours bearing the days since its entry in the PLIE."""
    jours = days_between(t.parcours.c.entree_le, sa.literal(cadre.au, sa.Date()))
    return cadre.file_active().measuring(jours)


def parcours_longs(cadre: Cadre) -> Lignes:
    """File active with entree_le ≤ D − the threshold."""
    return cadre.file_active().where(t.parcours.c.entree_le <= cadre.months_before(cadre.seuil or 0))


_BORDS = tables("""
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2021-01-01 | 2021-06-30
              B           | 2021-06-30 | 2021-06-30
              C           | 2021-06-30 |
              D           | 2021-07-01 |
              E           | 2020-12-31 | 2021-07-01
""")
_SUIVIS = tables("""
    parcours: id_parcours | entree_le  | sortie_le | code_referent
              A           | 2021-01-01 |           | R1
              B           | 2021-02-01 |           | R1
              C           | 2021-03-01 |           | R2
              D           | 2021-03-01 |           |
""")
_SUIVIS_DANS_UNE_OPERATION = _SUIVIS | tables("""
    participations: id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-01-01 | 2021-03-31
                    B           | O1             | 2021-02-01 | 2021-12-31
                    B           | O1             | 2021-03-01 |
                    C           | O2             | 2021-03-01 |
""")
_SUIVIS_ET_SUSPENDUS = _SUIVIS | tables("""
    suspensions: id_parcours | motif | debut      | fin
                 A           | santé | 2021-06-30 |
                 B           | santé | 2021-05-01 | 2021-06-30
                 C           | santé | 2021-05-01 | 2021-06-29
""")
_EQUIPE = _SUIVIS | tables("""
    referents: code_referent | etp | depuis     | jusqua
               R1            | 1.0 | 2020-01-01 |
               R2            | 0.5 | 2020-01-01 | 2021-06-30
               R3            | 1.0 | 2020-01-01 | 2021-06-29
""")
_REVENU = tables("""
    parcours: id_parcours | id_participant | entree_le  | sortie_le
              A1          | A              | 2019-01-01 | 2020-01-31
              A2          | A              | 2021-02-01 |
""")
_FIN_D_OPERATION = tables("""
    operations: code_operation | debut      | fin
                O1             | 2021-01-01 | 2021-12-31
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2019-01-01 |
              B           | 2021-06-01 | 2022-01-01
    participations: id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-01-01 |
                    B           | O1             | 2021-06-01 | 2022-06-30
""")
_UN_AN = tables("""
    plie: nom | date_extraction | seuils_parcours_longs
          X   | 2021-12-31      | 12
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2020-02-28 |
              B           | 2020-02-29 |
""")
_JUIN = date(2021, 6, 30)
_En2019 = partial(Exemple, du=date(2019, 1, 1), au=date(2019, 12, 31))

INDICATEURS = (
    Stock(
        "file_active",
        "File active",
        "Parcours en cours au soir du jour donné : entrés ce jour ou avant, et pas encore sortis.",
        "les parcours entrés au plus tard le jour donné et non sortis au soir de ce jour",
        libelle_dans_operation="Présents dans l’opération",
        numerateur=Cadre.file_active,
        stock_mensuel=True,
        sources=(BILAN_NATIONAL_2014, agape("l. 400-402"), mno("l. 188")),
        reserves=("L’entrée en « étape seule » est comptée à part, jamais ajoutée (Grand Périgueux, Haut Périgord).",),
        exemples={
            "Sorti le jour même : plus dans la file active ce soir-là": Exemple(_BORDS, 2, "C E", au=_JUIN),
            "La veille de sa sortie, on y est encore": Exemple(_BORDS, 2, "A E", au=date(2021, 6, 29)),
            "Une personne revenue a deux parcours, un seul en cours": Exemple(_REVENU, 1, "A2"),
            "Dans une opération, le séjour compte ; deux participations qui se chevauchent, un seul séjour": Exemple(
                _SUIVIS_DANS_UNE_OPERATION, 1, "B", au=_JUIN, operation="O1"
            ),
            "Le dernier soir de l’opération, on y est encore": Exemple(_FIN_D_OPERATION, 2, "A B", operation="O1"),
            "Le lendemain de son dernier jour, plus personne n’est dans l’opération": Exemple(
                _FIN_D_OPERATION, 0, "", au=date(2022, 1, 1), operation="O1"
            ),
        },
    ),
    Stock(
        "file_active_suspendus",
        "Parcours suspendus",
        "Part de la file active dont le parcours est suspendu ce jour-là.",
        "les parcours de la file active qu’une suspension couvre le jour donné",
        libelle_dans_operation="Présents dont le parcours est suspendu",
        precision_dans_operation="compris dans les présents",
        numerateur=lambda cadre: cadre.file_active().where(cadre.is_suspended()),
        tables=("parcours", "suspensions"),
        sources=(agape("l. 500-501, 1634-1636, 3227-3230"),),
        exemples={
            "Premier et dernier jour de la suspension compris": Exemple(_SUIVIS_ET_SUSPENDUS, 2, "A B", au=_JUIN)
        },
    ),
    Rapport(
        "file_active_par_etp",
        "File active par ETP",
        "File active rapportée aux équivalents temps plein des référents en poste.",
        "les parcours de la file active",
        rapporte_a="la somme des ETP des référents en poste ce jour-là (ou les ETP de l’opération)",
        unite=Unite.PARCOURS_PAR_ETP,
        libelle_dans_operation="Présents par ETP de l’opération",
        numerateur=Cadre.file_active,
        denominateur=etp,
        decoupages=EQUIPE,
        tables=("parcours", "referents"),
        sans_territoire=True,
        sources=(agape("l. 1088-1089 : 80 par ETP"), mno("l. 188 : 50 par ETP")),
        exemples={
            "Le dernier jour en poste compte": Exemple(_EQUIPE, 4 / 1.5, au=_JUIN),
            "Aucun référent en poste : sans objet, jamais 0": _En2019(_EQUIPE, None),
        },
    ),
    Rapport(
        "file_active_par_referent",
        "File active par référent",
        "Parcours de la file active ayant un référent, rapportés au nombre de référents en poste.",
        "les parcours de la file active qui ont un référent",
        rapporte_a="le nombre de référents en poste ce jour-là",
        unite=Unite.PARCOURS_PAR_REFERENT,
        numerateur=lambda cadre: cadre.file_active().where(t.parcours.c.code_referent.is_not(None)),
        denominateur=referents,
        colonnes=("parcours.code_referent",),
        decoupages=(*EQUIPE, "referent"),
        tables=("parcours", "referents"),
        sans_territoire=True,
        sources=(agape("l. 400 : 80 par référent"),),
        exemples={"Un parcours sans référent ne compte pas": Exemple(_EQUIPE, 3 / 2, "A B C", au=_JUIN)},
    ),
    Indicateur(
        "file_active_moyenne",
        "File active moyenne",
        "Moyenne des files actives au dernier jour de chaque mois entier de la période.",
        "les parcours de la file active à la fin de chaque mois entièrement compris dans la période",
        unite=Unite.PARCOURS,
        agregat=Agregat.MOYENNE_DES_FINS_DE_MOIS,
        numerateur=Cadre.file_active,
        decoupages=tuple(d for d in PERSONNES if d != "mois"),
        sources=(agape("l. 1549-1550 : capacité moyenne annuelle"),),
        exemples={
            "Le mois entamé ne compte pas": Exemple(_BORDS, (2 + 2) / 2, du=date(2021, 5, 1), au=date(2021, 7, 15))
        },
    ),
    Mediane(
        "anciennete_mediane",
        "Ancienneté médiane dans le PLIE",
        "Pour la file active, temps écoulé depuis l’entrée : la moitié des parcours est plus ancienne.",
        "le temps écoulé depuis l’entrée des parcours de la file active, en mois de 30,4375 jours",
        unite=Unite.MOIS,
        facteur=1 / JOURS_PAR_MOIS,
        libelle_dans_operation="Ancienneté médiane dans le PLIE",
        precision_dans_operation="des présents dans l’opération",
        numerateur=anciennete,
        sources=(agape("l. 5832-5835"),),
        exemples={
            "Effectif pair : milieu des deux valeurs centrales": Exemple(
                _BORDS, (0 + 181) / 2 / JOURS_PAR_MOIS, au=_JUIN
            ),
            "Dans une opération, l’ancienneté reste celle du PLIE": Exemple(
                _FIN_D_OPERATION, (1095 + 213) / 2 / JOURS_PAR_MOIS, operation="O1"
            ),
        },
    ),
    Moyenne(
        "anciennete_moyenne",
        "Ancienneté moyenne dans le PLIE",
        "Pour la file active, moyenne du temps écoulé depuis l’entrée.",
        "le temps écoulé depuis l’entrée des parcours de la file active, en mois de 30,4375 jours",
        unite=Unite.MOIS,
        facteur=1 / JOURS_PAR_MOIS,
        numerateur=anciennete,
        sources=(agape("l. 5832-5835"),),
        exemples={"Personne dans la file active : sans objet": _En2019(_BORDS, None)},
    ),
    Stock(
        "parcours_longs",
        "Parcours longs",
        "Parcours de la file active entrés depuis au moins le nombre de mois du seuil du PLIE.",
        "les parcours de la file active dont l’entrée remonte au seuil ou plus loin",
        libelle_dans_operation="Présents dans l’opération, par ancienneté dans le PLIE",
        numerateur=parcours_longs,
        decoupages=(*PERSONNES, "seuil"),
        seuils=(12, 24, 30),
        seuils_du_plie=True,
        sources=(agape("l. 5832-5835 : 12 et 24 mois"), roubaix("l. 268 : plus de 30 mois")),
        exemples={
            "Le jour anniversaire du seuil compte ; fin février d’une année commune": Exemple(
                _UN_AN, 1, "A", au=date(2021, 2, 28)
            ),
            "Dans une opération qui vient de commencer : long dans le PLIE": Exemple(
                _FIN_D_OPERATION, 1, par={"seuil": "24"}, operation="O1"
            ),
        },
    ),
)
