"""Étapes of the parcours: what is done, how much, who has none, and the exits that they came before."""

from datetime import date
from functools import partial

from data_access import tables as t
from indicators import lignes_des_etapes as rangees
from indicators.catalogue.references import agape, mno, roubaix
from indicators.declaration import Exemple, Indicateur, Part, Rapport, Stock, Unite, tables
from indicators.decoupages import ETAPES, SORTIES
from indicators.lignes import Cadre, Lignes

MOIS_SANS_ETAPE = 6
TABLES = ("parcours", "etapes")


def sans_etape(cadre: Cadre) -> Lignes:
    """File active for 6 months or more, without counted étape in the last 6 months."""
    limite = cadre.months_before(MOIS_SANS_ETAPE)
    return cadre.file_active().where(t.parcours.c.entree_le <= limite, ~rangees.has_etape(cadre, limite))


_TYPES = """types_etape: type_etape | libelle   | code_classe | libelle_classe | comptee
                 accueil    | Accueil   | 1           | Accueil        | non
                 pmsmp      | PMSMP     | 2           | Mobilisation   | oui
                 aci        | ACI       | 6           | Emploi         | oui
"""
_DONNEES = tables(f"""
    parcours: id_parcours | id_participant | entree_le  | sortie_le
              A           | A              | 2020-01-01 |
              B           | B              | 2020-06-01 | 2021-03-31
              C           | C              | 2021-01-01 |
    {_TYPES}
    etapes: id_etape | id_parcours | type_etape | debut      | fin        | statut
            1        | A           | pmsmp      | 2020-12-01 | 2021-01-01 | realisee
            2        | A           | aci        | 2020-12-01 | 2020-12-31 | realisee
            3        | B           | aci        | 2021-02-01 |            | en_cours
            4        | B           | pmsmp      | 2021-02-01 | 2021-06-30 | abandonnee
            5        | C           | accueil    | 2021-01-01 |            | en_cours
            6        | C           | pmsmp      | 2021-12-31 |            | prescrite
            7        | C           | aci        | 2021-12-31 |            | en_cours
""")
_FINIES = tables("""
    parcours: id_parcours | entree_le
              A           | 2020-12-30
              B           | 2020-12-31
              C           | 2020-01-01
              D           | 2020-01-01
    etapes: id_etape | id_parcours | debut      | fin
            1        | C           | 2020-12-01 | 2020-12-30
            2        | D           | 2020-12-01 | 2020-12-31
""")
_FAITES = tables(f"""
    parcours: id_parcours | entree_le
              A           | 2020-01-01
    {_TYPES}
    etapes: id_etape | id_parcours | type_etape | debut      | fin        | statut     | heures | justificatif
            1        | A           | pmsmp      | 2020-12-01 | 2021-01-01 | realisee   | 70.5   | oui
            2        | A           | pmsmp      | 2021-02-01 | 2021-02-28 | realisee   |        | émargement
            3        | A           | aci        | 2021-03-01 |            | en_cours   | 100    | manquant
            4        | A           | aci        | 2021-03-01 | 2021-04-01 | abandonnee | 35     | oui
            5        | A           | accueil    | 2021-03-01 | 2021-03-01 | realisee   | 2      | oui
            6        | A           | aci        | 2020-01-01 | 2020-12-31 | realisee   | 910    | oui
""")
_SORTIES = tables(f"""
    parcours: id_parcours | entree_le  | sortie_le  | type_sortie
              A           | 2020-01-01 | 2021-06-30 | cdi
              B           | 2020-01-01 | 2021-07-31 | cdi
              C           | 2020-01-01 | 2021-08-31 | abandon
              D           | 2020-01-01 | 2021-09-30 | cdi
    regles_de_sortie: type_sortie | categorie | nature
                      cdi         | positive  | emploi
                      abandon     | negative  |
    {_TYPES}
    etapes: id_etape | id_parcours | type_etape | debut      | fin        | statut
            1        | A           | pmsmp      | 2020-02-01 | 2020-02-28 | realisee
            2        | A           | pmsmp      | 2020-03-01 | 2020-03-31 | realisee
            3        | A           | aci        | 2021-01-01 |            | en_cours
            4        | B           | aci        | 2021-08-01 |            | en_cours
            5        | C           | pmsmp      | 2021-08-31 |            | en_cours
            6        | D           | accueil    | 2020-02-01 |            | en_cours
""")
_Etapes = partial(
    Indicateur, decoupages=ETAPES, tables=TABLES, sources=(agape("l. 3887, 3926-4190"), roubaix("l. 322"))
)

INDICATEURS = (
    _Etapes(
        "etapes",
        "Étapes",
        "Étapes en cours ou réalisées, actives au moins un jour de la période.",
        "les étapes en cours ou réalisées actives dans la période, hors types non comptés",
        unite=Unite.ETAPES,
        numerateur=rangees.etapes,
        tout_type_en_decoupage=rangees.etapes_non_comptees,
        reserves=(
            "Les étapes prescrites ou abandonnées ne comptent pas.",
            "Une étape restée ouverte, ou fermée après la sortie, s’arrête avec son parcours.",
        ),
        exemples={
            "Finie le premier jour : active ; finie la veille : non ; prescrite ou abandonnée : jamais": Exemple(
                _DONNEES, 3, "1 3 7"
            ),
            "L’étape ouverte s’arrête avec son parcours": Exemple(
                _DONNEES, 0, du=date(2021, 4, 1), au=date(2021, 6, 30)
            ),
            "Par classe": Exemple(_DONNEES, 2, par={"classe": "6"}),
        },
    ),
    _Etapes(
        "etapes_participants",
        "Participants en étape",
        "Personnes ayant au moins une étape comptée active dans la période.",
        "les personnes ayant une étape comptée active dans la période",
        unite=Unite.PARTICIPANTS,
        numerateur=lambda cadre: rangees.people_of(cadre, rangees.etapes(cadre)),
        tout_type_en_decoupage=lambda cadre: rangees.people_of(cadre, rangees.etapes_non_comptees(cadre)),
        reserves=("Par classe ou par type, une personne compte dans chacun : la somme dépasse le total.",),
        exemples={"Une fois chacun": Exemple(_DONNEES, 3, "A B C")},
    ),
    _Etapes(
        "etapes_commencees",
        "Étapes commencées",
        "Étapes comptées dont le premier jour tombe dans la période.",
        "les étapes comptées commencées dans la période",
        unite=Unite.ETAPES,
        numerateur=rangees.etapes_commencees,
        exemples={"Commencée avant la période : non": Exemple(_DONNEES, 2, "3 7")},
    ),
    Rapport(
        "etapes_par_participant",
        "Étapes par participant",
        "Étapes comptées actives dans la période, rapportées aux participants accompagnés.",
        "les étapes comptées actives dans la période",
        rapporte_a="les participants accompagnés du même périmètre",
        unite=Unite.ETAPES_PAR_PARTICIPANT,
        numerateur=rangees.etapes_des_accompagnes,
        denominateur=Cadre.people,
        tables=TABLES,
        sources=(agape("l. 3910-3912 : 1,5, hors étape d’accompagnement"),),
        reserves=("Dans une opération : les étapes de toute opération des parcours qui y sont accompagnés.",),
        exemples={"Trois étapes pour trois personnes": Exemple(_DONNEES, 1.0)},
    ),
    Stock(
        "sans_etape",
        "Parcours sans étape depuis 6 mois",
        "File active entrée depuis 6 mois au moins, sans étape comptée dans les 6 derniers mois.",
        "les parcours de la file active sans étape comptée depuis 6 mois",
        libelle_dans_operation="Présents sans étape depuis 6 mois",
        precision_dans_operation="présents au dernier jour",
        numerateur=sans_etape,
        tables=TABLES,
        sources=(agape("l. 5834-5835, 5984-5985"),),
        exemples={
            "Entré depuis 6 mois jour pour jour ; l’étape finie ce jour-là ne couvre pas la fenêtre": Exemple(
                _FINIES, 2, "A C", au=date(2021, 6, 30)
            )
        },
    ),
)

RESULTATS = (
    Indicateur(
        "heures_etapes",
        "Heures d’étapes",
        "Somme des heures des étapes comptées, actives au moins un jour de la période.",
        "les heures des étapes comptées actives dans la période",
        unite=Unite.HEURES,
        libelle_dans_operation="Heures d’étapes de l’opération",
        numerateur=lambda cadre: rangees.etapes(cadre).measuring(t.etapes.c.heures),
        colonnes=("etapes.heures",),
        decoupages=ETAPES,
        tables=TABLES,
        sources=(mno("l. 265-266 : volumes horaires mobilisés"),),
        reserves=(
            "Toutes les heures de l’étape comptent, même celles d’avant ou d’après la période.",
            "Une étape sans heures saisies n’ajoute rien ; là où aucune n’en a, le chiffre est non documenté.",
        ),
        exemples={
            "L’étape abandonnée et l’accueil n’ajoutent rien": Exemple(_FAITES, 170.5),
            "Par classe": Exemple(_FAITES, 100, par={"classe": "6"}),
            "Aucune étape sur la période : zéro heure": Exemple(_FAITES, 0, du=date(2019, 1, 1), au=date(2019, 12, 31)),
        },
    ),
    Part(
        "etapes_justifiees",
        "Étapes justifiées",
        "Part des étapes comptées, actives dans la période, dont le justificatif est au dossier.",
        "les étapes comptées actives dans la période qui ont un justificatif",
        rapporte_a="les étapes comptées actives dans la période",
        libelle_dans_operation="Étapes de l’opération justifiées",
        numerateur=lambda cadre: rangees.etapes(cadre).where(t.etapes.c.justifiee.is_(True)),
        denominateur=rangees.etapes,
        colonnes=("etapes.justificatif",),
        decoupages=ETAPES,
        tables=TABLES,
        sources=(
            agape("l. 3914-3931 : une étape se valide avec sa pièce justificative"),
            roubaix("l. 281 : justificatifs d’étapes"),
        ),
        reserves=("Le nom d’une pièce (« émargement ») vaut oui ; vide, « aucun » ou « manquant » valent non.",),
        exemples={"« émargement » justifie, « manquant » non": Exemple(_FAITES, 2 / 3, "1 2")},
    ),
    Part(
        "etapes_avant_sortie",
        "Sorties précédées d’une étape",
        "Part des sorties de la période qu’une étape comptée a précédées ; par classe, part de celles qui ont eu "
        "une étape de cette classe.",
        "les sorties de la période précédées d’une étape comptée",
        rapporte_a="les sorties de la période",
        numerateur=rangees.exits_after_etapes,
        denominateur=Cadre.sorties,
        decoupages=(*SORTIES, "classe"),
        decoupe_du_numerateur=("classe",),
        tables=TABLES,
        sources=(agape("l. 5829-5831 : évaluer l’efficacité des étapes"),),
        reserves=(
            "Ce n’est pas une cause : l’étape vient avant la sortie, rien ne dit qu’elle y mène.",
            "Une sortie peut suivre des étapes de plusieurs classes : les parts ne s’ajoutent pas.",
        ),
        exemples={
            "Deux étapes d’une classe comptent une fois ; ni l’accueil, ni l’étape d’après la sortie": Exemple(
                _SORTIES, 2 / 4, "A C"
            ),
            "Parmi les sorties positives, celles qui ont eu une étape de mobilisation": Exemple(
                _SORTIES, 1 / 3, par={"categorie": "positive", "classe": "2"}
            ),
        },
    ),
)
