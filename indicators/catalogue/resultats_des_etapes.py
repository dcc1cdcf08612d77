"""What étapes amount to: hours, proofs, and the exits that they came before."""

from datetime import date

from data_access import tables as t
from indicators import lignes_des_etapes as quand
from indicators.catalogue import etapes, flux
from indicators.catalogue.references import agape, mno, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import ETAPES, SORTIES
from indicators.lignes import Cadre, Lignes


def heures_etapes(cadre: Cadre) -> Lignes:
    """Counted étapes active in the period, each bearing its hours."""
    return cadre.etapes_actives().measuring(t.etapes.c.heures)


def etapes_justifiees(cadre: Cadre) -> Lignes:
    """Counted étapes active in the period that have their proof."""
    return cadre.etapes_actives().where(t.etapes.c.justifiee.is_(True))


def sorties_apres_etape(cadre: Cadre) -> Lignes:
    """Exits of the period preceded by a counted étape."""
    return quand.exits_after_etapes(cadre)


_ANNEE = (date(2021, 1, 1), date(2021, 12, 31))
_TABLES = ("parcours", "etapes")
_TYPES = """
type_etape | libelle | code_classe | libelle_classe | comptee
accueil    | Accueil | 1           | Accueil        | non
pmsmp      | PMSMP   | 2           | Mobilisation   | oui
aci        | ACI     | 6           | Emploi         | oui
"""
_FAITES = {
    "parcours": """
    id_parcours | entree_le
    A           | 2020-01-01
    """,
    "types_etape": _TYPES,
    "etapes": """
    id_etape | id_parcours | type_etape | debut      | fin        | statut     | heures | justificatif
    1        | A           | pmsmp      | 2020-12-01 | 2021-01-01 | realisee   | 70.5   | oui
    2        | A           | pmsmp      | 2021-02-01 | 2021-02-28 | realisee   |        | émargement
    3        | A           | aci        | 2021-03-01 |            | en_cours   | 100    | manquant
    4        | A           | aci        | 2021-03-01 | 2021-04-01 | abandonnee | 35     | oui
    5        | A           | accueil    | 2021-03-01 | 2021-03-01 | realisee   | 2      | oui
    6        | A           | aci        | 2020-01-01 | 2020-12-31 | realisee   | 910    | oui
    """,
}
_SORTIES = {
    "parcours": """
    id_parcours | entree_le  | sortie_le  | type_sortie
    A           | 2020-01-01 | 2021-06-30 | cdi
    B           | 2020-01-01 | 2021-07-31 | cdi
    C           | 2020-01-01 | 2021-08-31 | abandon
    D           | 2020-01-01 | 2021-09-30 | cdi
    """,
    "regles_de_sortie": """
    type_sortie | categorie | nature
    cdi         | positive  | emploi
    abandon     | negative  |
    """,
    "types_etape": _TYPES,
    "etapes": """
    id_etape | id_parcours | type_etape | debut      | fin        | statut
    1        | A           | pmsmp      | 2020-02-01 | 2020-02-28 | realisee
    2        | A           | pmsmp      | 2020-03-01 | 2020-03-31 | realisee
    3        | A           | aci        | 2021-01-01 |            | en_cours
    4        | B           | aci        | 2021-08-01 |            | en_cours
    5        | C           | pmsmp      | 2021-08-31 |            | en_cours
    6        | D           | accueil    | 2020-02-01 |            | en_cours
    """,
}

INDICATEURS = (
    Indicateur(
        code="heures_etapes",
        libelle="Heures d’étapes",
        definition="Somme des heures des étapes comptées, actives au moins un jour de la période.",
        compte="les heures des étapes comptées actives dans la période",
        unite=Unite.HEURES,
        numerateur=heures_etapes,
        colonnes=("etapes.heures",),
        decoupages=ETAPES,
        tables=_TABLES,
        sources=(mno("l. 265-266 : volumes horaires mobilisés"),),
        reserves=(
            "Toutes les heures de l’étape comptent, même celles d’avant ou d’après la période.",
            "Une étape sans heures saisies n’ajoute rien ; là où aucune n’en a, le chiffre est non documenté.",
        ),
        exemples=(
            Exemple("L’étape abandonnée et l’accueil n’ajoutent rien", _FAITES, *_ANNEE, 170.5),
            Exemple("Par classe", _FAITES, *_ANNEE, 100, par=(("classe", "6"),)),
            Exemple("Aucune étape sur la période : zéro heure", _FAITES, date(2019, 1, 1), date(2019, 12, 31), 0),
        ),
    ),
    Indicateur(
        code="etapes_justifiees",
        libelle="Étapes justifiées",
        definition="Part des étapes comptées, actives dans la période, dont le justificatif est au dossier.",
        compte="les étapes comptées actives dans la période qui ont un justificatif",
        rapporte_a="les étapes comptées actives dans la période",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=etapes_justifiees,
        colonnes=("etapes.justificatif",),
        denominateur=etapes.etapes,
        decoupages=ETAPES,
        tables=_TABLES,
        sources=(
            agape("l. 3914-3931 : une étape se valide avec sa pièce justificative"),
            roubaix("l. 281 : justificatifs d’étapes"),
        ),
        reserves=("Le nom d’une pièce (« émargement ») vaut oui ; vide, « aucun » ou « manquant » valent non.",),
        exemples=(
            Exemple("« émargement » justifie, « manquant » non", _FAITES, *_ANNEE, 2 / 3, frozenset({"1", "2"})),
        ),
    ),
    Indicateur(
        code="etapes_avant_sortie",
        libelle="Sorties précédées d’une étape",
        definition=(
            "Part des sorties de la période qu’une étape comptée a précédées ; par classe, part de celles qui ont eu "
            "une étape de cette classe."
        ),
        compte="les sorties de la période précédées d’une étape comptée",
        rapporte_a="les sorties de la période",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        numerateur=sorties_apres_etape,
        denominateur=flux.sorties,
        decoupages=(*SORTIES, "classe"),
        decoupe_du_numerateur=("classe",),
        tables=_TABLES,
        sources=(agape("l. 5829-5831 : évaluer l’efficacité des étapes"),),
        reserves=(
            "Ce n’est pas une cause : l’étape vient avant la sortie, rien ne dit qu’elle y mène.",
            "Une sortie peut suivre des étapes de plusieurs classes : les parts ne s’ajoutent pas.",
        ),
        exemples=(
            Exemple(
                "Deux étapes d’une classe comptent une fois ; ni l’accueil, ni l’étape d’après la sortie",
                _SORTIES,
                *_ANNEE,
                2 / 4,
                frozenset({"A", "C"}),
            ),
            Exemple(
                "Parmi les sorties positives, celles qui ont eu une étape de mobilisation",
                _SORTIES,
                *_ANNEE,
                1 / 3,
                par=(("categorie", "positive"), ("classe", "2")),
            ),
        ),
    ),
)
