"""Étapes of the parcours: what is done, how much, and who has none."""

from datetime import date
from functools import partial

from data_access import tables as t
from indicators.catalogue import flux
from indicators.catalogue.references import agape, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import ETAPES, PERSONNES
from indicators.lignes import Cadre, Lignes

MOIS_SANS_ETAPE = 6


def etapes(cadre: Cadre, toutes: bool = False) -> Lignes:
    """Étapes active in the period."""
    return cadre.etapes_actives(toutes)


def etapes_non_comptees(cadre: Cadre) -> Lignes:
    """Étapes of the types that are listed but never totalled."""
    lignes = cadre.etapes_actives(toutes=True)
    return lignes.where(lignes.colonnes["comptee"].is_(False))


def etapes_participants(cadre: Cadre, compteur: object = etapes) -> Lignes:
    """People who have such an étape."""
    return cadre.people_of_etapes(compteur(cadre))  # type: ignore[operator]


def etapes_commencees(cadre: Cadre) -> Lignes:
    """Étapes that begin in the period."""
    return cadre.etapes_commencees()


def etapes_des_accompagnes(cadre: Cadre) -> Lignes:
    """Étapes of the people accompanied, whatever the operation that bears them."""
    return cadre.etapes_of_people()


def sans_etape(cadre: Cadre) -> Lignes:
    """File active for 6 months or more, without counted étape in the last 6 months."""
    limite = cadre.months_before(MOIS_SANS_ETAPE)
    anciens = cadre.file_active().where(t.parcours.c.entree_le <= limite)
    return anciens.where(~cadre.has_counted_etape(limite))


_PARCOURS = """
id_parcours | id_participant | entree_le  | sortie_le
A           | A              | 2020-01-01 |
B           | B              | 2020-06-01 | 2021-03-31
C           | C              | 2021-01-01 |
"""

_ETAPES = {
    "parcours": _PARCOURS,
    "types_etape": """
    type_etape | libelle   | code_classe | libelle_classe | comptee
    accueil    | Accueil   | 1           | Accueil        | non
    pmsmp      | PMSMP     | 2           | Mobilisation   | oui
    aci        | ACI       | 6           | Emploi         | oui
    """,
    "etapes": """
    id_etape | id_parcours | type_etape | debut      | fin        | statut
    1        | A           | pmsmp      | 2020-12-01 | 2021-01-01 | realisee
    2        | A           | aci        | 2020-12-01 | 2020-12-31 | realisee
    3        | B           | aci        | 2021-02-01 |            | en_cours
    4        | B           | pmsmp      | 2021-02-01 | 2021-06-30 | abandonnee
    5        | C           | accueil    | 2021-01-01 |            | en_cours
    6        | C           | pmsmp      | 2021-12-31 |            | prescrite
    7        | C           | aci        | 2021-12-31 |            | en_cours
    """,
}
_ANNEE = (date(2021, 1, 1), date(2021, 12, 31))
_SOURCES = (agape("l. 3887, 3926-4190"), roubaix("l. 322"))

INDICATEURS = (
    Indicateur(
        code="etapes",
        libelle="Étapes",
        definition="Étapes en cours ou réalisées, actives au moins un jour de la période.",
        compte="les étapes en cours ou réalisées actives dans la période, hors types non comptés",
        unite=Unite.ETAPES,
        numerateur=etapes,
        tout_type_en_decoupage=etapes_non_comptees,
        decoupages=ETAPES,
        tables=("parcours", "etapes"),
        sources=_SOURCES,
        reserves=(
            "Les étapes prescrites ou abandonnées ne comptent pas.",
            "Une étape restée ouverte, ou fermée après la sortie, s’arrête avec son parcours.",
        ),
        exemples=(
            Exemple(
                "Finie le premier jour : active ; finie la veille : non ; prescrite ou abandonnée : jamais",
                _ETAPES,
                *_ANNEE,
                3,
                frozenset({"1", "3", "7"}),
            ),
            Exemple(
                "L’étape ouverte s’arrête avec son parcours",
                _ETAPES,
                date(2021, 4, 1),
                date(2021, 6, 30),
                0,
            ),
            Exemple("Par classe", _ETAPES, *_ANNEE, 2, par=(("classe", "6"),)),
        ),
    ),
    Indicateur(
        code="etapes_participants",
        libelle="Participants en étape",
        definition="Personnes ayant au moins une étape comptée active dans la période.",
        compte="les personnes ayant une étape comptée active dans la période",
        unite=Unite.PARTICIPANTS,
        numerateur=etapes_participants,
        tout_type_en_decoupage=partial(etapes_participants, compteur=etapes_non_comptees),
        decoupages=ETAPES,
        tables=("parcours", "etapes"),
        sources=_SOURCES,
        reserves=("Par classe ou par type, une personne compte dans chacun : la somme dépasse le total.",),
        exemples=(Exemple("Une fois chacun", _ETAPES, *_ANNEE, 3, frozenset({"A", "B", "C"})),),
    ),
    Indicateur(
        code="etapes_commencees",
        libelle="Étapes commencées",
        definition="Étapes comptées dont le premier jour tombe dans la période.",
        compte="les étapes comptées commencées dans la période",
        unite=Unite.ETAPES,
        numerateur=etapes_commencees,
        decoupages=ETAPES,
        tables=("parcours", "etapes"),
        sources=_SOURCES,
        exemples=(Exemple("Commencée avant la période : non", _ETAPES, *_ANNEE, 2, frozenset({"3", "7"})),),
    ),
    Indicateur(
        code="etapes_par_participant",
        libelle="Étapes par participant",
        definition="Étapes comptées actives dans la période, rapportées aux participants accompagnés.",
        compte="les étapes comptées actives dans la période",
        rapporte_a="les participants accompagnés du même périmètre",
        unite=Unite.ETAPES_PAR_PARTICIPANT,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=etapes_des_accompagnes,
        denominateur=flux.participants_accompagnes,
        decoupages=PERSONNES,
        tables=("parcours", "etapes"),
        sources=(agape("l. 3910-3912 : 1,5, hors étape d’accompagnement"),),
        reserves=("Dans une opération : les étapes de toute opération des parcours qui y sont accompagnés.",),
        exemples=(Exemple("Trois étapes pour trois personnes", _ETAPES, *_ANNEE, 1.0),),
    ),
    Indicateur(
        code="sans_etape",
        libelle="Parcours sans étape depuis 6 mois",
        definition="File active entrée depuis 6 mois au moins, sans étape comptée dans les 6 derniers mois.",
        compte="les parcours de la file active sans étape comptée depuis 6 mois",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        sens=Sens.BAS,
        numerateur=sans_etape,
        decoupages=PERSONNES,
        tables=("parcours", "etapes"),
        sources=(agape("l. 5834-5835, 5984-5985"),),
        exemples=(
            Exemple(
                "Entré depuis 6 mois jour pour jour ; l’étape finie ce jour-là ne couvre pas la fenêtre",
                {
                    "parcours": """
                    id_parcours | entree_le
                    A           | 2020-12-30
                    B           | 2020-12-31
                    C           | 2020-01-01
                    D           | 2020-01-01
                    """,
                    "etapes": """
                    id_etape | id_parcours | debut      | fin
                    1        | C           | 2020-12-01 | 2020-12-30
                    2        | D           | 2020-12-01 | 2020-12-31
                    """,
                },
                date(2021, 1, 1),
                date(2021, 6, 30),
                2,
                frozenset({"A", "C"}),
            ),
        ),
    ),
)
