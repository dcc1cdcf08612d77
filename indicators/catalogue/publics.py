"""Who the people accompanied are at entry: the publics of the programme, and what targets on them count."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from data_access.ages import EST_LA_DERNIERE, EST_LA_PREMIERE
from indicators.catalogue.flux import deja_la
from indicators.catalogue.references import QUESTIONNAIRE_DANS_L_APPEL, QUESTIONNAIRE_FSE, agape, roubaix
from indicators.declaration import Citation, Compteur, Exemple, Indicateur, Unite, tables
from indicators.decoupages import PUBLICS
from indicators.lignes import Cadre, Lignes

Trait = Callable[[sa.ColumnElement], sa.ColumnElement[bool]]
"""What is true of the column of a split for those who have a characteristic."""


def people_with(decoupage: str, trait: Trait) -> Compteur:
    """People accompanied in the period, once each, whose most recent parcours has that characteristic."""

    def accompagnes(cadre: Cadre) -> Lignes:
        par = cadre.filtres.par
        connu = cadre if decoupage in par else replace(cadre, filtres=cadre.filtres.split_by(*par, decoupage))
        lignes = connu.people()
        return lignes.where(trait(lignes.colonnes[decoupage]))

    return accompagnes


def present_with(decoupage: str, trait: Trait) -> Compteur:
    """Of those there already on the first day, the ones who have it: where the count of people accompanied starts."""
    return lambda cadre: deja_la(cadre).where(trait(cadre.columns[decoupage]))


_A_L_ENTREE = "La caractéristique est celle de l’entrée dans le parcours ; non renseignée, elle ne compte pas."
_AGE = "L’âge est celui du jour de l’entrée ; les bornes sont celles de chaque PLIE."
_REVENUS = tables("""
    parcours: id_parcours | id_participant | entree_le  | sortie_le  | rsa | minima_sociaux | handicap | statut_emploi
              A1          | A              | 2020-01-01 | 2021-02-28 | non | oui            | oui      | 1c
              A2          | A              | 2021-03-01 |            | oui | non            | non      | non
              B           | B              | 2020-06-01 | 2021-01-01 | oui | oui            | oui      | non
              C           | C              | 2021-12-31 |            |     |                |          |
              D           | D              | 2019-01-01 | 2020-12-31 | oui | oui            | oui      | non
              E           | E              | 2021-05-01 |            | non | oui            | non      | 1d
""")
_QUARTIERS = tables("""
    territoires: code_territoire | nom      | type
                 QP1             | Montanou | qpv
                 QV1             | Barleté  | quartier_de_veille
    parcours: id_parcours | entree_le  | code_quartier | mois_sans_emploi
              A           | 2021-01-01 | QP1           | 12
              B           | 2021-01-01 | QV1           | 11
              C           | 2021-01-01 | AILLEURS      | 36
              D           | 2021-01-01 |               |
""")
_BORNES = tables("""
    plie: nom | date_extraction | bornes_age
          X   | 2021-12-31      | 26;53
    participants: id_participant | date_naissance
                  A              | 1995-03-02
                  B              | 1995-03-01
                  C              | 1968-03-02
                  D              | 1968-03-01
                  E              |
    parcours: id_parcours | entree_le
              A           | 2021-03-01
              B           | 2021-03-01
              C           | 2021-03-01
              D           | 2021-03-01
              E           | 2021-03-01
""")
_SANS_EMPLOI = tables("""
    parcours: id_parcours | entree_le  | mois_sans_emploi
              A           | 2021-01-01 | 12
              B           | 2021-01-01 | 11
              C           | 2021-01-01 |
""")
_NAISSANCES = tables("""
    participants: id_participant | date_naissance
                  A              | 1995-01-01
                  B              | 1996-02-29
                  C              | 1995-03-02
    parcours: id_parcours | entree_le
              A           | 2021-01-01
              B           | 2022-02-28
              C           | 2021-03-01
""")


def _participants(
    code: str,
    libelle: str,
    qui: str,
    decoupage: str,
    colonne: str,
    sources: tuple[Citation, ...],
    exemples: Mapping[str, Exemple],
    trait: Trait = lambda colonne: colonne.is_(sa.true()),
    reserve: str = _A_L_ENTREE,
) -> Indicateur:
    """Those accompanied who have it. The count of a characteristic that a target may be on."""
    return Indicateur(
        code,
        libelle,
        f"Participants accompagnés dans la période {qui}, comptés une fois.",
        f"les participants accompagnés {qui}",
        unite=Unite.PARTICIPANTS,
        numerateur=people_with(decoupage, trait),
        depart=present_with(decoupage, trait),
        caracteristiques=(decoupage,),
        colonnes=(colonne,),
        sources=sources,
        reserves=(reserve,),
        exemples=exemples,
    )


INDICATEURS = (
    Indicateur(
        "repartition_publics",
        "Répartition des publics",
        "Participants accompagnés selon leurs caractéristiques à l’entrée : RSA, minima sociaux, DELD "
        "(12 mois sans emploi ou plus), QPV, handicap, âge, diplôme.",
        "les participants accompagnés, une fois chacun, avec « non renseigné »",
        unite=Unite.PARTICIPANTS,
        numerateur=Cadre.people,
        montre_par=PUBLICS,
        sources=(
            QUESTIONNAIRE_FSE,
            QUESTIONNAIRE_DANS_L_APPEL,
            agape("l. 3894, 4742 : typologie du public"),
            roubaix("l. 319-321"),
        ),
        reserves=(
            "QPV : le quartier de résidence à l’entrée est de type QPV ; sans quartier connu, non renseigné.",
            "Âge, RSA et durée sans emploi sont ceux de l’entrée dans le parcours.",
        ),
        exemples={
            "12 mois sans emploi : longue durée ; vide : non renseigné": Exemple(_SANS_EMPLOI, 1, par={"deld": "oui"}),
            "26 ans le jour de l’entrée : 26-49 ans ; né un 29 février, 26 ans le 1er mars": Exemple(
                _NAISSANCES, 2, au=date(2022, 12, 31), par={"age": "moins de 26 ans"}
            ),
        },
    ),
    _participants(
        "participants_rsa",
        "Participants bénéficiaires du RSA",
        "qui perçoivent le RSA",
        "rsa",
        "parcours.rsa",
        (roubaix("l. 320 : nombre d’allocataires du RSA"), agape("l. 342-345, 1500, 3269")),
        {
            "La personne revenue compte avec son dernier parcours ; sorti la veille : non ; vide : non": Exemple(
                _REVENUS, 2, "A2 B"
            )
        },
    ),
    _participants(
        "participants_minima",
        "Participants bénéficiaires d’un minimum social",
        "qui perçoivent un minimum social",
        "minima_sociaux",
        "parcours.minima_sociaux",
        (agape("l. 4326-4328, 5906-5908"), QUESTIONNAIRE_FSE),
        {"Oui au premier parcours, non au dernier : non": Exemple(_REVENUS, 2, "B E")},
    ),
    _participants(
        "participants_deld",
        "Participants demandeurs d’emploi de longue durée",
        "sans emploi depuis 12 mois ou plus",
        "deld",
        "parcours.mois_sans_emploi",
        (roubaix("l. 319 : demandeurs d’emploi de longue durée"), agape("l. 336, 1499, 3268")),
        {"12 mois juste comptent, 11 non": Exemple(_QUARTIERS, 2, "A C")},
    ),
    _participants(
        "participants_qpv",
        "Participants résidant en quartier prioritaire",
        "qui résident dans un quartier prioritaire (QPV)",
        "qpv",
        "parcours.code_quartier",
        (roubaix("l. 321 : nombre de résidants en NQPV"), agape("l. 354, 1501, 3270")),
        {"Ni la veille active, ni un quartier inconnu de la liste": Exemple(_QUARTIERS, 1, "A")},
        reserve="QPV : le quartier de résidence à l’entrée est de type QPV ; sans quartier connu, il ne compte pas.",
    ),
    _participants(
        "participants_handicap",
        "Participants dont le handicap est reconnu",
        "dont le handicap est reconnu",
        "handicap",
        "parcours.handicap",
        (agape("l. 4326-4328, 5917-5919, 6801-6803"), QUESTIONNAIRE_FSE),
        {"Reconnu au premier parcours seulement : non": Exemple(_REVENUS, 1, "B")},
    ),
    _participants(
        "participants_sans_emploi",
        "Participants sans emploi à l’entrée",
        "qui n’occupaient aucun emploi à l’entrée",
        "emploi",
        "parcours.statut_emploi",
        (roubaix("l. 319 : nombre de demandeurs d’emploi"), Citation(QUESTIONNAIRE_FSE.document, "l. 8103-8122")),
        {"Un emploi aidé est un emploi ; sans réponse : non": Exemple(_REVENUS, 2, "A2 B")},
        lambda statut: statut == "non",
    ),
    _participants(
        "participants_seniors",
        "Participants seniors",
        "de la tranche d’âge la plus élevée du PLIE à l’entrée (50 ans et plus, sauf bornes du PLIE)",
        "age",
        "participants.date_naissance",
        (agape("l. 351, 1229, 2555, 3272 ; 5910 : plus de 52 ans"),),
        {"Le PLIE dit 53 ans : 53 ans le jour de l’entrée, oui ; le lendemain, non": Exemple(_BORNES, 1, "D")},
        lambda tranche: tranche.like(EST_LA_DERNIERE),
        _AGE,
    ),
    _participants(
        "participants_jeunes",
        "Participants jeunes",
        "de la tranche d’âge la moins élevée du PLIE à l’entrée (moins de 26 ans, sauf bornes du PLIE)",
        "age",
        "participants.date_naissance",
        (agape("l. 303, 3273, 5921-5922"),),
        {"26 ans le jour de l’entrée : non": Exemple(_BORNES, 1, "A")},
        lambda tranche: tranche.like(EST_LA_PREMIERE),
        _AGE,
    ),
)
