"""Who the people are: parity on every population, and the publics of the programme."""

from datetime import date

from indicators.catalogue import flux, stock
from indicators.catalogue import sorties as resultats
from indicators.catalogue.references import QUESTIONNAIRE_DANS_L_APPEL, QUESTIONNAIRE_FSE, agape, mno, roubaix
from indicators.declaration import Agregat, Compteur, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import ETAPES, PERSONNES, PUBLICS, SORTIES
from indicators.lignes import Cadre, Lignes


def etapes_actives(cadre: Cadre) -> Lignes:
    """Counted étapes active in the period."""
    return cadre.etapes_actives()


def _women(population: Compteur) -> Compteur:
    def femmes(cadre: Cadre) -> Lignes:
        lignes = population(cadre)
        return lignes.where(lignes.colonnes["sexe"] == "F")

    return femmes


def _of_known_sex(population: Compteur) -> Compteur:
    def sexe_connu(cadre: Cadre) -> Lignes:
        lignes = population(cadre)
        return lignes.where(lignes.colonnes["sexe"].in_(("F", "H")))

    return sexe_connu


_SOURCES = (mno("l. 134 : viser la parité"), roubaix("l. 324"), QUESTIONNAIRE_FSE, QUESTIONNAIRE_DANS_L_APPEL)
_RESERVE = "Les personnes dont le sexe n’est pas renseigné sont hors du calcul et indiquées à côté."

_MIXTE = {
    "participants": """
    id_participant | sexe
    A              | F
    B              | F
    C              | H
    D              |
    E              | H
    """,
    "parcours": """
    id_parcours | id_participant | entree_le  | sortie_le  | type_sortie
    A           | A              | 2021-01-01 | 2021-12-31 | cdi
    B           | B              | 2020-01-01 |            |
    C           | C              | 2021-06-01 | 2021-12-31 | cdi
    D           | D              | 2021-06-01 | 2021-12-31 | cdi
    E           | E              | 2020-01-01 | 2020-12-31 |
    """,
    "regles_de_sortie": """
    type_sortie | categorie | nature
    cdi         | positive  | emploi
    """,
    "etapes": """
    id_etape | id_parcours | debut      | fin
    1        | A           | 2021-02-01 | 2021-02-02
    2        | A           | 2021-03-01 | 2021-03-02
    3        | C           | 2021-07-01 | 2021-07-02
    4        | D           | 2021-07-01 | 2021-07-02
    """,
}
_ANNEE = (date(2021, 1, 1), date(2021, 12, 31))


def _part_femmes(
    code: str,
    population: str,
    compteur: Compteur,
    attendu: float,
    titre: str,
    decoupages: tuple[str, ...] = PERSONNES,
    **autres: object,
) -> Indicateur:
    return Indicateur(
        code=code,
        libelle=f"Part de femmes, {population}",
        definition=f"Part des femmes parmi les femmes et les hommes ({population}).",
        compte=f"les femmes ({population})",
        rapporte_a=f"les femmes et les hommes ({population})",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        numerateur=_women(compteur),
        denominateur=_of_known_sex(compteur),
        decoupages=tuple(d for d in decoupages if d != "sexe"),
        sources=_SOURCES,
        reserves=(_RESERVE,),
        colonnes=("participants.sexe",),
        exemples=(Exemple(titre, _MIXTE, *_ANNEE, attendu),),
        **autres,  # type: ignore[arg-type]
    )


INDICATEURS = (
    _part_femmes(
        "part_femmes",
        "participants accompagnés",
        flux.participants_accompagnes,
        2 / 3,
        "Le sexe non renseigné est hors du calcul",
        sens=Sens.NEUTRE,
    ),
    _part_femmes(
        "part_femmes_file_active", "file active", stock.file_active, 1.0, "Seule B est encore là au soir du 31 décembre"
    ),
    _part_femmes("part_femmes_entrees", "entrées", flux.entrees, 1 / 2, "A et C entrent dans l’année ; D sans sexe"),
    _part_femmes(
        "part_femmes_sorties", "sorties", flux.sorties, 1 / 2, "A et C sortent ; D sans sexe", decoupages=SORTIES
    ),
    _part_femmes(
        "part_femmes_sorties_positives",
        "sorties positives",
        resultats.sorties_positives,
        1 / 2,
        "Parmi les sorties positives",
        decoupages=SORTIES,
        regles=True,
    ),
    _part_femmes(
        "part_femmes_etapes",
        "étapes",
        etapes_actives,
        2 / 3,
        "On compte les étapes, pas les personnes",
        decoupages=ETAPES,
        tables=("parcours", "etapes"),
    ),
    Indicateur(
        code="ecart_parite",
        libelle="Écart à la parité",
        definition="Part de femmes parmi les participants accompagnés, moins 50 points.",
        compte="les femmes accompagnées",
        rapporte_a="les femmes et les hommes accompagnés",
        unite=Unite.POINTS,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        ecart=0.5,
        colonnes=("participants.sexe",),
        numerateur=_women(flux.participants_accompagnes),
        denominateur=_of_known_sex(flux.participants_accompagnes),
        decoupages=tuple(d for d in PERSONNES if d != "sexe"),
        sources=(mno("l. 134 : viser la parité"),),
        reserves=(_RESERVE, "L’écart est une fraction : 0,06 se lit + 6 points."),
        exemples=(Exemple("Deux femmes sur trois", _MIXTE, *_ANNEE, 2 / 3 - 0.5),),
    ),
    Indicateur(
        code="repartition_publics",
        libelle="Répartition des publics",
        definition=(
            "Participants accompagnés selon leurs caractéristiques à l’entrée : RSA, minima sociaux, DELD "
            "(12 mois sans emploi ou plus), QPV, handicap, âge, diplôme."
        ),
        compte="les participants accompagnés, une fois chacun, avec « non renseigné »",
        unite=Unite.PARTICIPANTS,
        numerateur=flux.participants_accompagnes,
        decoupages=PERSONNES,
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
        exemples=(
            Exemple(
                "12 mois sans emploi : longue durée ; vide : non renseigné",
                {
                    "parcours": """
                    id_parcours | entree_le  | mois_sans_emploi
                    A           | 2021-01-01 | 12
                    B           | 2021-01-01 | 11
                    C           | 2021-01-01 |
                    """
                },
                *_ANNEE,
                1,
                par=(("deld", "oui"),),
            ),
            Exemple(
                "26 ans le jour de l’entrée : 26-49 ans ; né un 29 février, 26 ans le 1er mars",
                {
                    "participants": """
                    id_participant | date_naissance
                    A              | 1995-01-01
                    B              | 1996-02-29
                    C              | 1995-03-02
                    """,
                    "parcours": """
                    id_parcours | entree_le
                    A           | 2021-01-01
                    B           | 2022-02-28
                    C           | 2021-03-01
                    """,
                },
                date(2021, 1, 1),
                date(2022, 12, 31),
                2,
                par=(("age", "moins de 26 ans"),),
            ),
        ),
    ),
)
