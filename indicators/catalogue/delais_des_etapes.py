"""Étapes that are late to come: none running, the first one, the waits between two."""

from datetime import date, timedelta

from indicators import lignes_des_etapes as quand
from indicators.catalogue.references import agape, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import PERSONNES
from indicators.lignes import Cadre, Lignes

DELAIS = (30, 60, 90)


def sans_etape_en_cours(cadre: Cadre) -> Lignes:
    """File active without counted étape running on au."""
    return cadre.file_active().where(~cadre.has_counted_etape(cadre.au - timedelta(days=1)))


def delai_premiere_etape(cadre: Cadre) -> Lignes:
    """Parcours entered in the period, long enough ago for every threshold, that have had an étape."""
    return quand.first_etapes(cadre, DELAIS[-1])


def entres_depuis_le_seuil(cadre: Cadre) -> Lignes:
    """Parcours entered in the period, at least as many days ago as the threshold."""
    return quand.entered(cadre, cadre.seuil or DELAIS[0])


def premieres_etapes_a_temps(cadre: Cadre) -> Lignes:
    """Those of them whose first étape began within the threshold."""
    return quand.first_etapes_within(cadre, cadre.seuil or DELAIS[0])


def attente_entre_etapes(cadre: Cadre) -> Lignes:
    """Waits that end in the period."""
    return quand.waits(cadre)


_TABLES = ("parcours", "etapes")
_SOURCES = (agape("l. 3869-3874 : dès l’entrée, limiter autant que possible les périodes d’attente"),)
_ANNEE = (date(2021, 1, 1), date(2021, 12, 31))
_TYPES = """
type_etape | libelle | code_classe | libelle_classe | comptee
accueil    | Accueil | 1           | Accueil        | non
pmsmp      | PMSMP   | 2           | Mobilisation   | oui
"""
_EN_COURS = {
    "parcours": """
    id_parcours | entree_le  | sortie_le
    A           | 2021-01-01 |
    B           | 2021-01-01 |
    C           | 2021-01-01 |
    D           | 2021-12-31 |
    E           | 2021-01-01 | 2021-12-31
    """,
    "types_etape": _TYPES,
    "etapes": """
    id_etape | id_parcours | type_etape | debut      | fin        | statut
    1        | A           | pmsmp      | 2021-12-01 | 2021-12-31 | realisee
    2        | B           | pmsmp      | 2021-12-01 | 2021-12-30 | realisee
    3        | B           | accueil    | 2021-12-01 |            | en_cours
    4        | C           | pmsmp      | 2021-12-01 |            | prescrite
    """,
}
_PREMIERES = {
    "parcours": """
    id_parcours | entree_le  | sortie_le
    A           | 2021-01-01 |
    B           | 2021-01-01 |
    C           | 2021-01-01 | 2021-01-20
    D           | 2021-12-01 |
    E           | 2021-12-02 |
    F           | 2020-12-31 |
    """,
    "types_etape": _TYPES,
    "etapes": """
    id_etape | id_parcours | type_etape | debut      | fin        | statut
    1        | A           | accueil    | 2021-01-01 |            | en_cours
    2        | A           | pmsmp      | 2021-01-31 | 2021-02-28 | realisee
    3        | A           | pmsmp      | 2021-06-01 |            | en_cours
    4        | B           | pmsmp      | 2021-01-05 |            | abandonnee
    5        | B           | pmsmp      | 2021-02-01 |            | en_cours
    6        | C           | pmsmp      | 2021-01-21 |            | en_cours
    7        | D           | pmsmp      | 2021-12-02 |            | en_cours
    8        | E           | pmsmp      | 2021-12-03 |            | en_cours
    """,
}
_ATTENTES = {
    "parcours": """
    id_parcours | entree_le
    A           | 2021-01-01
    B           | 2021-01-01
    """,
    "types_etape": _TYPES,
    "etapes": """
    id_etape | id_parcours | type_etape | debut      | fin        | statut
    1        | A           | pmsmp      | 2021-01-01 | 2021-06-30 | realisee
    2        | A           | pmsmp      | 2021-02-01 | 2021-02-28 | realisee
    3        | A           | accueil    | 2021-07-02 | 2021-07-09 | realisee
    4        | A           | pmsmp      | 2021-07-11 | 2021-07-31 | realisee
    5        | A           | pmsmp      | 2021-08-01 | 2021-08-31 | realisee
    6        | B           | pmsmp      | 2020-06-01 | 2020-12-31 | realisee
    7        | B           | pmsmp      | 2021-01-02 |            | en_cours
    8        | B           | pmsmp      | 2021-05-01 | 2021-05-31 | realisee
    """,
}

INDICATEURS = (
    Indicateur(
        code="sans_etape_en_cours",
        libelle="Parcours sans étape en cours",
        definition="File active qui n’a aucune étape comptée en cours le jour donné.",
        compte="les parcours de la file active sans étape comptée en cours le jour donné",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        sens=Sens.BAS,
        numerateur=sans_etape_en_cours,
        decoupages=PERSONNES,
        tables=_TABLES,
        sources=(roubaix("l. 265 : la stratégie pour les participants sans étape"),),
        reserves=("À la différence de « sans étape depuis 6 mois », il suffit qu’aucune ne soit en cours ce jour-là.",),
        exemples=(
            Exemple(
                "L’étape qui finit ce jour-là court encore ; ni l’accueil ni l’étape prescrite ne comptent",
                _EN_COURS,
                *_ANNEE,
                3,
                frozenset({"B", "C", "D"}),
            ),
        ),
    ),
    Indicateur(
        code="delai_premiere_etape",
        libelle="Délai médian de la première étape",
        definition=(
            "Jours entre l’entrée et le début de la première étape comptée, pour les parcours entrés dans la période "
            "depuis 90 jours au moins qui ont eu une étape : la moitié a attendu plus."
        ),
        compte="les jours entre l’entrée et la première étape comptée",
        unite=Unite.JOURS,
        agregat=Agregat.MEDIANE,
        temporalite=Temporalite.RATIO,
        sens=Sens.BAS,
        numerateur=delai_premiere_etape,
        dans_le_delai="delai_premiere_etape_respecte",
        decoupages=PERSONNES,
        tables=_TABLES,
        sources=_SOURCES,
        reserves=(
            "Les parcours qui n’ont encore eu aucune étape n’ont pas de délai : ils pèsent sur la part à temps.",
        ),
        exemples=(
            Exemple(
                "Ni l’accueil, ni l’abandonnée, ni celle d’après la sortie ; entrés en décembre : trop récents",
                _PREMIERES,
                *_ANNEE,
                (30 + 31) / 2,
                frozenset({"A", "B"}),
            ),
        ),
    ),
    Indicateur(
        code="delai_premiere_etape_respecte",
        libelle="Première étape dans le délai",
        definition=(
            "Part des parcours entrés dans la période, depuis assez longtemps pour le délai, dont la première étape "
            "comptée a commencé dans les 30, 60 ou 90 jours."
        ),
        compte="les parcours dont la première étape a commencé dans le délai",
        rapporte_a="les parcours entrés dans la période depuis au moins ce délai, avec ou sans étape",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        seuils=DELAIS,
        numerateur=premieres_etapes_a_temps,
        denominateur=entres_depuis_le_seuil,
        decoupages=(*PERSONNES, "seuil"),
        tables=_TABLES,
        sources=_SOURCES,
        exemples=(
            Exemple(
                "Trente jours juste : à temps ; entré le 1er décembre, on en est juge le 31",
                _PREMIERES,
                *_ANNEE,
                2 / 4,
                par=(("seuil", "30"),),
            ),
            Exemple(
                "À 60 jours, les entrés de décembre ne sont pas jugés",
                _PREMIERES,
                *_ANNEE,
                2 / 3,
                par=(("seuil", "60"),),
            ),
        ),
    ),
    Indicateur(
        code="attente_entre_etapes",
        libelle="Attente médiane entre deux étapes",
        definition=(
            "Jours sans étape comptée entre deux étapes comptées d’un parcours, pour les attentes qui prennent fin "
            "dans la période : la moitié dure plus."
        ),
        compte="les jours sans étape comptée entre la fin des étapes passées et le début de la suivante",
        unite=Unite.JOURS,
        agregat=Agregat.MEDIANE,
        temporalite=Temporalite.RATIO,
        sens=Sens.BAS,
        numerateur=attente_entre_etapes,
        decoupages=PERSONNES,
        tables=_TABLES,
        sources=(agape("l. 3872-3874 : limiter les périodes d’attente entre deux étapes"),),
        reserves=("Une attente qui dure encore n’est pas comptée : voir « sans étape en cours ».",),
        exemples=(
            Exemple(
                "Deux étapes qui se chevauchent ou se suivent n’attendent pas ; l’accueil ne coupe pas l’attente",
                _ATTENTES,
                *_ANNEE,
                (10 + 1) / 2,
            ),
        ),
    ),
)
