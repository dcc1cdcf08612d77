"""Étapes that are late to come: none running, the first one, the waits between two."""

from datetime import timedelta

from indicators import lignes_des_etapes as rangees
from indicators.catalogue.etapes import TABLES
from indicators.catalogue.references import agape, roubaix
from indicators.declaration import Exemple, Mediane, Part, Stock, Unite, tables
from indicators.decoupages import PERSONNES
from indicators.lignes import Cadre, Lignes

DELAIS = (30, 60, 90)


def sans_etape_en_cours(cadre: Cadre) -> Lignes:
    """File active without counted étape running on au."""
    return cadre.file_active().where(~rangees.has_etape(cadre, cadre.au - timedelta(days=1)))


_TYPES = """types_etape: type_etape | libelle | code_classe | libelle_classe | comptee
                 accueil    | Accueil | 1           | Accueil        | non
                 pmsmp      | PMSMP   | 2           | Mobilisation   | oui
"""
_EN_COURS = tables(f"""
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2021-01-01 |
              B           | 2021-01-01 |
              C           | 2021-01-01 |
              D           | 2021-12-31 |
              E           | 2021-01-01 | 2021-12-31
    {_TYPES}
    etapes: id_etape | id_parcours | type_etape | debut      | fin        | statut
            1        | A           | pmsmp      | 2021-12-01 | 2021-12-31 | realisee
            2        | B           | pmsmp      | 2021-12-01 | 2021-12-30 | realisee
            3        | B           | accueil    | 2021-12-01 |            | en_cours
            4        | C           | pmsmp      | 2021-12-01 |            | prescrite
""")
_PREMIERES = tables(f"""
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2021-01-01 |
              B           | 2021-01-01 |
              C           | 2021-01-01 | 2021-01-20
              D           | 2021-12-01 |
              E           | 2021-12-02 |
              F           | 2020-12-31 |
    {_TYPES}
    etapes: id_etape | id_parcours | type_etape | debut      | fin        | statut
            1        | A           | accueil    | 2021-01-01 |            | en_cours
            2        | A           | pmsmp      | 2021-01-31 | 2021-02-28 | realisee
            3        | A           | pmsmp      | 2021-06-01 |            | en_cours
            4        | B           | pmsmp      | 2021-01-05 |            | abandonnee
            5        | B           | pmsmp      | 2021-02-01 |            | en_cours
            6        | C           | pmsmp      | 2021-01-21 |            | en_cours
            7        | D           | pmsmp      | 2021-12-02 |            | en_cours
            8        | E           | pmsmp      | 2021-12-03 |            | en_cours
""")
_ATTENTES = tables(f"""
    parcours: id_parcours | entree_le
              A           | 2021-01-01
              B           | 2021-01-01
    {_TYPES}
    etapes: id_etape | id_parcours | type_etape | debut      | fin        | statut
            1        | A           | pmsmp      | 2021-01-01 | 2021-06-30 | realisee
            2        | A           | pmsmp      | 2021-02-01 | 2021-02-28 | realisee
            3        | A           | accueil    | 2021-07-02 | 2021-07-09 | realisee
            4        | A           | pmsmp      | 2021-07-11 | 2021-07-31 | realisee
            5        | A           | pmsmp      | 2021-08-01 | 2021-08-31 | realisee
            6        | B           | pmsmp      | 2020-06-01 | 2020-12-31 | realisee
            7        | B           | pmsmp      | 2021-01-02 |            | en_cours
            8        | B           | pmsmp      | 2021-05-01 | 2021-05-31 | realisee
""")
_SOURCES = (agape("l. 3869-3874 : dès l’entrée, limiter autant que possible les périodes d’attente"),)

INDICATEURS = (
    Stock(
        "sans_etape_en_cours",
        "Parcours sans étape en cours",
        "File active qui n’a aucune étape comptée en cours le jour donné.",
        "les parcours de la file active sans étape comptée en cours le jour donné",
        libelle_dans_operation="Présents sans étape en cours",
        numerateur=sans_etape_en_cours,
        tables=TABLES,
        sources=(roubaix("l. 265 : la stratégie pour les participants sans étape"),),
        reserves=("À la différence de « sans étape depuis 6 mois », il suffit qu’aucune ne soit en cours ce jour-là.",),
        exemples={
            "L’étape qui finit ce jour-là court encore ; ni l’accueil ni l’étape prescrite ne comptent": Exemple(
                _EN_COURS, 3, "B C D"
            )
        },
    ),
    Mediane(
        "delai_premiere_etape",
        "Délai médian de la première étape",
        "Jours entre l’entrée et le début de la première étape comptée, pour les parcours entrés dans la période "
        "depuis 90 jours au moins qui ont eu une étape : la moitié a attendu plus.",
        "les jours entre l’entrée et la première étape comptée",
        unite=Unite.JOURS,
        # Entered long enough ago for every threshold.
        libelle_dans_operation="Délai de la première étape, depuis l’entrée dans le PLIE",
        numerateur=lambda cadre: rangees.first_etapes(cadre, DELAIS[-1]),
        dans_le_delai="delai_premiere_etape_respecte",
        tables=TABLES,
        sources=_SOURCES,
        reserves=(
            "Les parcours qui n’ont encore eu aucune étape n’ont pas de délai : ils pèsent sur la part à temps.",
        ),
        exemples={
            "Ni l’accueil, ni l’abandonnée, ni celle d’après la sortie ; entrés en décembre : trop récents": Exemple(
                _PREMIERES, (30 + 31) / 2, "A B"
            )
        },
    ),
    Part(
        "delai_premiere_etape_respecte",
        "Première étape dans le délai",
        "Part des parcours entrés dans la période, depuis assez longtemps pour le délai, dont la première étape "
        "comptée a commencé dans les 30, 60 ou 90 jours.",
        "les parcours dont la première étape a commencé dans le délai",
        rapporte_a="les parcours entrés dans la période depuis au moins ce délai, avec ou sans étape",
        seuils=DELAIS,
        numerateur=lambda cadre: rangees.first_etapes_within(cadre, cadre.seuil or DELAIS[0]),
        denominateur=lambda cadre: rangees.entered(cadre, cadre.seuil or DELAIS[0]),
        decoupages=(*PERSONNES, "seuil"),
        tables=TABLES,
        sources=_SOURCES,
        exemples={
            "Trente jours juste : à temps ; entré le 1er décembre, on en est juge le 31": Exemple(
                _PREMIERES, 2 / 4, par={"seuil": "30"}
            ),
            "À 60 jours, les entrés de décembre ne sont pas jugés": Exemple(_PREMIERES, 2 / 3, par={"seuil": "60"}),
        },
    ),
    Mediane(
        "attente_entre_etapes",
        "Attente médiane entre deux étapes",
        "Jours sans étape comptée entre deux étapes comptées d’un parcours, pour les attentes qui prennent fin "
        "dans la période : la moitié dure plus.",
        "les jours sans étape comptée entre la fin des étapes passées et le début de la suivante",
        unite=Unite.JOURS,
        libelle_dans_operation="Attente entre deux étapes, toutes opérations",
        numerateur=rangees.waits,
        tables=TABLES,
        sources=(agape("l. 3872-3874 : limiter les périodes d’attente entre deux étapes"),),
        reserves=("Une attente qui dure encore n’est pas comptée : voir « sans étape en cours ».",),
        exemples={
            "Deux étapes qui se chevauchent ou se suivent n’attendent pas ; l’accueil ne coupe pas l’attente": Exemple(
                _ATTENTES, (10 + 1) / 2
            )
        },
    ),
)
