"""What exits are worth under the dated rules of each PLIE."""

from datetime import date
from functools import partial

import sqlalchemy as sa

from data_access import tables as t
from indicators.catalogue.references import BILAN_NATIONAL_2014, agape, dunkerque, mno, roubaix
from indicators.declaration import Compteur, Exemple, Indicateur, Part, Unite, tables
from indicators.decoupages import SORTIES
from indicators.lignes import Cadre, Lignes, covers

_p = t.parcours.c


def _under_rules() -> sa.ColumnElement[bool]:
    """A rule of the PLIE, whatever its type of exit, is in force on the day of exit.

    What has a category has a rule: only the others, few, have the rules of their PLIE looked up.
    """
    r = t.regles_de_sortie.c
    regles = sa.select(sa.literal(1)).where(r.code_plie == _p.code_plie, covers(r.depuis, r.jusqua, _p.sortie_le))
    return sa.or_(_p.categorie_sortie != "non_documentee", regles.correlate(t.parcours).exists())


def sorties_hors_regles(cadre: Cadre) -> Lignes:
    """Exits on a day when their PLIE had no exit rule at all in force: no rate can judge them."""
    return cadre.sorties().where(~_under_rules())


def sorties_sous_regles(cadre: Cadre) -> Lignes:
    """All exits of the period but those."""
    return cadre.sorties().where(_under_rules())


def sorties_de_categorie(categorie: str) -> Compteur:
    """Exits that the rule in force that day calls so; `non_documentee`: without type, or that no rule covers."""
    return lambda cadre: cadre.sorties().only("categorie", categorie)


sorties_positives = sorties_de_categorie("positive")


def positives_de_nature(nature: str) -> Compteur:
    """Positive exits to a job, to a training, to a business."""
    return lambda cadre: sorties_positives(cadre).only("nature", nature)


def au_delai_echu(cadre: Cadre) -> Lignes:
    """Exits whose month for recording has fully elapsed at au."""
    return cadre.sorties().where(_p.limite_saisie_le <= cadre.au)


_DONNEES = tables("""
    parcours: id_parcours | entree_le  | sortie_le  | type_sortie | saisie_le
              A           | 2020-01-01 | 2021-01-31 | cdi         | 2021-02-28
              B           | 2020-01-01 | 2021-03-01 | formation   | 2021-04-02
              C           | 2020-01-01 | 2021-04-01 | demenage    |
              D           | 2020-01-01 | 2021-05-01 | abandon     | 2021-05-01
              E           | 2020-01-01 | 2021-06-30 | interim     | 2021-07-30
              F           | 2020-01-01 | 2021-07-01 | interim     | 2021-07-02
              G           | 2020-01-01 | 2021-08-01 |             | 2021-08-02
              H           | 2020-01-01 | 2021-09-01 | inconnu     | 2021-09-02
              I           | 2020-01-01 | 2021-12-15 | veille      | 2021-12-16
              J           | 2020-01-01 | 2021-10-01 | creation    | 2021-10-02
    regles_de_sortie: type_sortie | categorie   | nature    | depuis     | jusqua
                      cdi         | positive    | emploi    | 2020-01-01 |
                      formation   | positive    | formation | 2020-01-01 |
                      creation    | positive    | creation  | 2020-01-01 |
                      demenage    | autre       |           | 2020-01-01 |
                      abandon     | negative    |           | 2020-01-01 |
                      veille      | a_confirmer |           | 2020-01-01 |
                      interim     | negative    |           | 2020-01-01 | 2021-06-30
                      interim     | positive    | emploi    | 2021-07-01 |
""")
_REGLES_DE_JUIN = _DONNEES | tables("""
    regles_de_sortie: type_sortie | categorie | nature | depuis
                      cdi         | positive  | emploi | 2021-06-01
                      interim     | positive  | emploi | 2021-07-01
                      demenage    | autre     |        | 2021-06-01
""")
_TABLES_DE_SORTIE = (
    agape("l. 407-509, 1556-1636, 3193-3230"),
    roubaix("l. 107-115, 331-334"),
    mno("l. 115"),
    dunkerque("l. 101"),
)
_RESERVE = "Ce que le texte du PLIE ne classe pas est « à confirmer » ; ce qu’il ne prévoit pas est « non documenté »."
_HORS_REGLES = "Les sorties d’un jour où le PLIE n’avait aucune règle en vigueur restent hors des deux taux."

_Sorties = partial(Indicateur, unite=Unite.SORTIES, decoupages=SORTIES, sources=_TABLES_DE_SORTIE)
_Classees = partial(_Sorties, regles=True, reserves=(_RESERVE,))
_Taux = partial(Part, numerateur=sorties_positives, exclues=sorties_hors_regles, decoupages=SORTIES, regles=True)

INDICATEURS = (
    _Sorties(
        "sorties_positives",
        "Sorties positives",
        "Sorties que la règle du PLIE en vigueur le jour de la sortie classe positives.",
        "les sorties de la période classées positives",
        libelle_dans_operation="Sorties positives du PLIE",
        numerateur=sorties_positives,
        regles=True,
        reserves=(
            _RESERVE,
            "Les textes écrivent « 6 mois » ou « 39 semaines » : ils sont montrés tels quels, jamais convertis.",
        ),
        exemples={
            "La règle change entre deux sorties du même type : chacune suit celle de son jour": Exemple(
                _DONNEES, 4, "A B F J"
            )
        },
    ),
    _Classees(
        "sorties_positives_emploi",
        "Sorties positives vers l’emploi",
        "Sorties positives de nature emploi.",
        "les sorties positives vers l’emploi",
        numerateur=positives_de_nature("emploi"),
        exemples={"Emploi seulement": Exemple(_DONNEES, 2, "A F")},
    ),
    _Classees(
        "sorties_positives_formation",
        "Sorties positives vers une formation",
        "Sorties positives de nature formation.",
        "les sorties positives vers une formation qualifiante",
        numerateur=positives_de_nature("formation"),
        exemples={"Formation seulement": Exemple(_DONNEES, 1, "B")},
    ),
    _Classees(
        "sorties_positives_creation",
        "Sorties positives par création d’entreprise",
        "Sorties positives de nature création.",
        "les sorties positives par création d’entreprise",
        numerateur=positives_de_nature("creation"),
        exemples={"Création seulement": Exemple(_DONNEES, 1, "J")},
    ),
    _Classees(
        "sorties_autres",
        "Sorties neutres ou administratives",
        "Sorties que la règle ne met ni au crédit ni au débit du PLIE : déménagement, décès, maternité…",
        "les sorties de la période classées « autres »",
        numerateur=sorties_de_categorie("autre"),
        exemples={"Déménagement": Exemple(_DONNEES, 1, "C")},
    ),
    _Classees(
        "sorties_negatives",
        "Sorties négatives",
        "Sorties que la règle classe négatives : abandon, non-respect du contrat d’engagement.",
        "les sorties de la période classées négatives",
        numerateur=sorties_de_categorie("negative"),
        exemples={"Le type négatif jusqu’au 30 juin ne l’est plus ensuite": Exemple(_DONNEES, 2, "D E")},
    ),
    _Taux(
        "taux_sorties_positives",
        "Taux de sorties positives (toutes sorties)",
        "Part des sorties de la période classées positives.",
        "les sorties positives de la période",
        rapporte_a="les sorties de la période dont le PLIE avait une règle de sortie en vigueur ce jour-là",
        libelle_dans_operation="Sorties positives du PLIE, toutes sorties",
        denominateur=sorties_sous_regles,
        sources=(agape("l. 1544 : 50 % = 920 / 1 840"), mno("l. 115, 220")),
        reserves=("Le texte ne dit pas si suspensions et veille entrent au dénominateur.", _RESERVE, _HORS_REGLES),
        exemples={
            "Toutes les sorties au dénominateur, y compris non documentées": Exemple(_DONNEES, 4 / 10),
            "Aucune sortie : sans objet, jamais 0 %": Exemple(
                _DONNEES, None, du=date(2022, 1, 1), au=date(2022, 12, 31)
            ),
            "Les règles commencent le 1er juin : les quatre sorties d’avant restent hors du taux": Exemple(
                _REGLES_DE_JUIN, 1 / 6
            ),
        },
    ),
    _Taux(
        "taux_sorties_positives_hors_neutres",
        "Taux de sorties positives (hors sorties neutres)",
        "Part des sorties positives parmi les sorties de la période qui ne sont pas neutres.",
        "les sorties positives de la période",
        rapporte_a="les sorties sous une règle de la période moins les sorties neutres ou administratives",
        libelle_dans_operation="Sorties positives du PLIE, hors neutres",
        denominateur=lambda cadre: sorties_sous_regles(cadre).where(_p.categorie_sortie != "autre"),
        sources=(BILAN_NATIONAL_2014,),
        reserves=(
            "Le chiffre national publié (39 %) se retrouve avec ce dénominateur : 14 446 / 36 802.",
            _HORS_REGLES,
        ),
        exemples={"Le déménagement sort du dénominateur": Exemple(_DONNEES, 4 / 9)},
    ),
    _Sorties(
        "sorties_non_documentees",
        "Sorties non documentées",
        "Sorties sans type, ou d’un type qu’aucune règle du PLIE ne couvre ce jour-là.",
        "les sorties de la période sans catégorie connue",
        libelle_dans_operation="Sorties du PLIE non documentées",
        numerateur=sorties_de_categorie("non_documentee"),
        selon_regles=True,
        exemples={"Sans type, ou type sans règle": Exemple(_DONNEES, 2, "G H")},
    ),
    _Sorties(
        "sorties_hors_regles",
        "Sorties hors règles",
        "Sorties d’un jour où le PLIE n’avait aucune règle de sortie en vigueur : hors des deux taux.",
        "les sorties de la période d’un jour où le PLIE n’avait aucune règle de sortie en vigueur",
        numerateur=sorties_hors_regles,
        selon_regles=True,
        exemples={"Avant la première règle du PLIE": Exemple(_REGLES_DE_JUIN, 4, "A B C D")},
    ),
    Part(
        "sorties_saisies_a_temps",
        "Sorties saisies à temps",
        "Part des sorties saisies dans le mois, parmi celles dont le mois est entièrement écoulé.",
        "les sorties saisies au plus tard un mois après la sortie",
        rapporte_a="les sorties de la période dont le mois de saisie est écoulé au dernier jour",
        libelle_dans_operation="Sorties du PLIE saisies dans le mois",
        numerateur=lambda cadre: au_delai_echu(cadre).where(_p.saisie_le <= _p.limite_saisie_le),
        denominateur=au_delai_echu,
        colonnes=("parcours.saisie_le",),
        decoupages=SORTIES,
        sources=(agape("l. 7938-7941"),),
        reserves=("Une sortie dont la date de saisie est vide n’est pas réputée saisie à temps.",),
        exemples={
            "31 janvier + 1 mois = 28 février ; le mois de la sortie du 15 décembre n’est pas écoulé": Exemple(
                _DONNEES, 7 / 9
            )
        },
    ),
)
