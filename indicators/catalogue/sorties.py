"""What exits are worth under the dated rules of each PLIE."""

from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from indicators.catalogue.references import BILAN_NATIONAL_2014, agape, dunkerque, mno, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import PERSONNES, SORTIES
from indicators.lignes import Cadre, Lignes

_p = t.parcours.c


def sorties_hors_regles(cadre: Cadre) -> Lignes:
    """Exits on a day when their PLIE had no exit rule at all in force: no rate can judge them."""
    return cadre.sorties().where(~_under_rules())


def sorties_sous_regles(cadre: Cadre) -> Lignes:
    """All exits of the period but those."""
    return cadre.sorties().where(_under_rules())


def _under_rules() -> sa.ColumnElement[bool]:
    """A rule of the PLIE, whatever its type of exit, is in force on the day of exit.

    What has a category has a rule: only the others, few, have the rules of their PLIE looked up.
    """
    r = t.regles_de_sortie.c
    en_vigueur = (
        sa.select(sa.literal(1))
        .select_from(t.regles_de_sortie)
        .where(
            r.code_plie == _p.code_plie,
            r.depuis <= _p.sortie_le,
            sa.or_(r.jusqua.is_(None), r.jusqua >= _p.sortie_le),
        )
        .correlate(t.parcours)
        .exists()
    )
    return sa.or_(_p.categorie_sortie != "non_documentee", en_vigueur)


def _of_category(cadre: Cadre, categorie: str) -> Lignes:
    return cadre.sorties().where(_p.categorie_sortie == categorie)


def sorties_positives(cadre: Cadre) -> Lignes:
    """Exits that the rule in force on the day of exit calls positive."""
    return _of_category(cadre, "positive")


def sorties_positives_emploi(cadre: Cadre) -> Lignes:
    """Positive exits to a job."""
    return sorties_positives(cadre).where(_p.nature_sortie == "emploi")


def sorties_positives_formation(cadre: Cadre) -> Lignes:
    """Positive exits to a training."""
    return sorties_positives(cadre).where(_p.nature_sortie == "formation")


def sorties_positives_creation(cadre: Cadre) -> Lignes:
    """Positive exits to the creation of a business."""
    return sorties_positives(cadre).where(_p.nature_sortie == "creation")


def sorties_autres(cadre: Cadre) -> Lignes:
    """Neutral or administrative exits."""
    return _of_category(cadre, "autre")


def sorties_negatives(cadre: Cadre) -> Lignes:
    """Exits that the rule calls negative."""
    return _of_category(cadre, "negative")


def sorties_non_documentees(cadre: Cadre) -> Lignes:
    """Exits without type, or of a type that no rule covers that day."""
    return _of_category(cadre, "non_documentee")


def sorties_hors_neutres(cadre: Cadre) -> Lignes:
    """Of the exits under rules, all but the neutral ones."""
    return sorties_sous_regles(cadre).where(_p.categorie_sortie != "autre")


def sorties_au_delai_echu(cadre: Cadre) -> Lignes:
    """Exits whose month for recording has fully elapsed at au."""
    return cadre.sorties().where(_p.limite_saisie_le <= cadre.au)


def sorties_saisies_a_temps(cadre: Cadre) -> Lignes:
    """Of those, the ones recorded within the month."""
    return sorties_au_delai_echu(cadre).where(_p.saisie_le <= _p.limite_saisie_le)


def en_attente_de_validation(cadre: Cadre) -> Lignes:
    """File active with a solution found on au or before."""
    return cadre.file_active().where(_p.solution_depuis <= sa.literal(cadre.au, sa.Date()))


_REGLES = """
type_sortie | categorie   | nature    | depuis     | jusqua
cdi         | positive    | emploi    | 2020-01-01 |
formation   | positive    | formation | 2020-01-01 |
creation    | positive    | creation  | 2020-01-01 |
demenage    | autre       |           | 2020-01-01 |
abandon     | negative    |           | 2020-01-01 |
veille      | a_confirmer |           | 2020-01-01 |
interim     | negative    |           | 2020-01-01 | 2021-06-30
interim     | positive    | emploi    | 2021-07-01 |
"""

_SORTIES = """
id_parcours | entree_le  | sortie_le  | type_sortie | saisie_le
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
"""

_REGLES_DE_JUIN = """
type_sortie | categorie | nature | depuis
cdi         | positive  | emploi | 2021-06-01
interim     | positive  | emploi | 2021-07-01
demenage    | autre     |        | 2021-06-01
"""

_DONNEES = {"parcours": _SORTIES, "regles_de_sortie": _REGLES}
_ANNEE = (date(2021, 1, 1), date(2021, 12, 31))
_TABLES_DE_SORTIE = (
    agape("l. 407-509, 1556-1636, 3193-3230"),
    roubaix("l. 107-115, 331-334"),
    mno("l. 115"),
    dunkerque("l. 101"),
)
_RESERVE = "Ce que le texte du PLIE ne classe pas est « à confirmer » ; ce qu’il ne prévoit pas est « non documenté »."

_HORS_REGLES = "Les sorties d’un jour où le PLIE n’avait aucune règle en vigueur restent hors des deux taux."


def _counted(
    code: str, libelle: str, definition: str, compte: str, compteur: object, exemple: Exemple, **autres: object
) -> Indicateur:
    return Indicateur(
        code=code,
        libelle=libelle,
        definition=definition,
        compte=compte,
        unite=Unite.SORTIES,
        numerateur=compteur,  # type: ignore[arg-type]
        decoupages=SORTIES,
        sources=_TABLES_DE_SORTIE,
        reserves=(_RESERVE,),
        regles=True,
        exemples=(exemple,),
        **autres,  # type: ignore[arg-type]
    )


INDICATEURS = (
    Indicateur(
        code="sorties_positives",
        libelle="Sorties positives",
        definition="Sorties que la règle du PLIE en vigueur le jour de la sortie classe positives.",
        compte="les sorties de la période classées positives",
        unite=Unite.SORTIES,
        sens=Sens.HAUT,
        numerateur=sorties_positives,
        decoupages=SORTIES,
        sources=_TABLES_DE_SORTIE,
        reserves=(
            _RESERVE,
            "Les textes écrivent « 6 mois » ou « 39 semaines » : ils sont montrés tels quels, jamais convertis.",
        ),
        regles=True,
        exemples=(
            Exemple(
                "La règle change entre deux sorties du même type : chacune suit celle de son jour",
                _DONNEES,
                *_ANNEE,
                4,
                frozenset({"A", "B", "F", "J"}),
            ),
        ),
    ),
    _counted(
        "sorties_positives_emploi",
        "Sorties positives vers l’emploi",
        "Sorties positives de nature emploi.",
        "les sorties positives vers l’emploi",
        sorties_positives_emploi,
        Exemple("Emploi seulement", _DONNEES, *_ANNEE, 2, frozenset({"A", "F"})),
        sens=Sens.HAUT,
    ),
    _counted(
        "sorties_positives_formation",
        "Sorties positives vers une formation",
        "Sorties positives de nature formation.",
        "les sorties positives vers une formation qualifiante",
        sorties_positives_formation,
        Exemple("Formation seulement", _DONNEES, *_ANNEE, 1, frozenset({"B"})),
        sens=Sens.HAUT,
    ),
    _counted(
        "sorties_positives_creation",
        "Sorties positives par création d’entreprise",
        "Sorties positives de nature création.",
        "les sorties positives par création d’entreprise",
        sorties_positives_creation,
        Exemple("Création seulement", _DONNEES, *_ANNEE, 1, frozenset({"J"})),
        sens=Sens.HAUT,
    ),
    _counted(
        "sorties_autres",
        "Sorties neutres ou administratives",
        "Sorties que la règle ne met ni au crédit ni au débit du PLIE : déménagement, décès, maternité…",
        "les sorties de la période classées « autres »",
        sorties_autres,
        Exemple("Déménagement", _DONNEES, *_ANNEE, 1, frozenset({"C"})),
    ),
    _counted(
        "sorties_negatives",
        "Sorties négatives",
        "Sorties que la règle classe négatives : abandon, non-respect du contrat d’engagement.",
        "les sorties de la période classées négatives",
        sorties_negatives,
        Exemple("Le type négatif jusqu’au 30 juin ne l’est plus ensuite", _DONNEES, *_ANNEE, 2, frozenset({"D", "E"})),
        sens=Sens.BAS,
    ),
    Indicateur(
        code="taux_sorties_positives",
        libelle="Taux de sorties positives (toutes sorties)",
        definition="Part des sorties de la période classées positives.",
        compte="les sorties positives de la période",
        rapporte_a="les sorties de la période dont le PLIE avait une règle de sortie en vigueur ce jour-là",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=sorties_positives,
        denominateur=sorties_sous_regles,
        exclues=sorties_hors_regles,
        decoupages=SORTIES,
        sources=(agape("l. 1544 : 50 % = 920 / 1 840"), mno("l. 115, 220")),
        reserves=("Le texte ne dit pas si suspensions et veille entrent au dénominateur.", _RESERVE, _HORS_REGLES),
        regles=True,
        exemples=(
            Exemple("Toutes les sorties au dénominateur, y compris non documentées", _DONNEES, *_ANNEE, 4 / 10),
            Exemple("Aucune sortie : sans objet, jamais 0 %", _DONNEES, date(2022, 1, 1), date(2022, 12, 31), None),
            Exemple(
                "Les règles commencent le 1er juin : les quatre sorties d’avant restent hors du taux",
                _DONNEES | {"regles_de_sortie": _REGLES_DE_JUIN},
                *_ANNEE,
                1 / 6,
            ),
        ),
    ),
    Indicateur(
        code="taux_sorties_positives_hors_neutres",
        libelle="Taux de sorties positives (hors sorties neutres)",
        definition="Part des sorties positives parmi les sorties de la période qui ne sont pas neutres.",
        compte="les sorties positives de la période",
        rapporte_a="les sorties sous une règle de la période moins les sorties neutres ou administratives",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=sorties_positives,
        denominateur=sorties_hors_neutres,
        exclues=sorties_hors_regles,
        decoupages=SORTIES,
        sources=(BILAN_NATIONAL_2014,),
        reserves=(
            "Le chiffre national publié (39 %) se retrouve avec ce dénominateur : 14 446 / 36 802.",
            _HORS_REGLES,
        ),
        regles=True,
        exemples=(Exemple("Le déménagement sort du dénominateur", _DONNEES, *_ANNEE, 4 / 9),),
    ),
    Indicateur(
        code="sorties_non_documentees",
        libelle="Sorties non documentées",
        definition="Sorties sans type, ou d’un type qu’aucune règle du PLIE ne couvre ce jour-là.",
        compte="les sorties de la période sans catégorie connue",
        unite=Unite.SORTIES,
        sens=Sens.BAS,
        numerateur=sorties_non_documentees,
        selon_regles=True,
        decoupages=SORTIES,
        sources=_TABLES_DE_SORTIE,
        exemples=(Exemple("Sans type, ou type sans règle", _DONNEES, *_ANNEE, 2, frozenset({"G", "H"})),),
    ),
    Indicateur(
        code="sorties_hors_regles",
        libelle="Sorties hors règles",
        definition="Sorties d’un jour où le PLIE n’avait aucune règle de sortie en vigueur : hors des deux taux.",
        compte="les sorties de la période d’un jour où le PLIE n’avait aucune règle de sortie en vigueur",
        unite=Unite.SORTIES,
        sens=Sens.BAS,
        numerateur=sorties_hors_regles,
        selon_regles=True,
        decoupages=SORTIES,
        sources=_TABLES_DE_SORTIE,
        exemples=(
            Exemple(
                "Avant la première règle du PLIE",
                _DONNEES | {"regles_de_sortie": _REGLES_DE_JUIN},
                *_ANNEE,
                4,
                frozenset({"A", "B", "C", "D"}),
            ),
        ),
    ),
    Indicateur(
        code="sorties_saisies_a_temps",
        libelle="Sorties saisies à temps",
        definition="Part des sorties saisies dans le mois, parmi celles dont le mois est entièrement écoulé.",
        compte="les sorties saisies au plus tard un mois après la sortie",
        rapporte_a="les sorties de la période dont le mois de saisie est écoulé au dernier jour",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=sorties_saisies_a_temps,
        colonnes=("parcours.saisie_le",),
        denominateur=sorties_au_delai_echu,
        decoupages=SORTIES,
        sources=(agape("l. 7938-7941"),),
        reserves=("Une sortie dont la date de saisie est vide n’est pas réputée saisie à temps.",),
        exemples=(
            Exemple(
                "31 janvier + 1 mois = 28 février ; le mois de la sortie du 15 décembre n’est pas écoulé",
                _DONNEES,
                *_ANNEE,
                7 / 9,
            ),
        ),
    ),
    Indicateur(
        code="en_attente_de_validation",
        libelle="En attente de validation",
        definition="Parcours encore en cours, mais pour lesquels une solution est déjà trouvée.",
        compte="les parcours de la file active qui ont une solution (emploi, formation, création) ce jour-là",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        numerateur=en_attente_de_validation,
        colonnes=("parcours.solution_depuis",),
        decoupages=PERSONNES,
        sources=(agape("l. 4163-4164 : emploi avant sortie prévisible à 6 mois"),),
        exemples=(
            Exemple(
                "La solution commence le jour même ; celui qui est sorti n’attend plus",
                {
                    "parcours": """
                    id_parcours | entree_le  | sortie_le  | solution | solution_depuis
                    A           | 2021-01-01 |            | CDI      | 2021-06-30
                    B           | 2021-01-01 |            | CDI      | 2021-07-01
                    C           | 2021-01-01 | 2021-06-30 | CDI      | 2021-02-01
                    """
                },
                date(2021, 1, 1),
                date(2021, 6, 30),
                1,
                frozenset({"A"}),
            ),
        ),
    ),
)
