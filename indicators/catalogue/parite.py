"""Parity on every population of the programme."""

from collections.abc import Mapping
from functools import partial

from indicators.catalogue.references import QUESTIONNAIRE_DANS_L_APPEL, QUESTIONNAIRE_FSE, mno, roubaix
from indicators.catalogue.sorties import sorties_positives
from indicators.declaration import Compteur, Exemple, Indicateur, Part, Rapport, Unite, tables
from indicators.decoupages import ETAPES, PERSONNES, SORTIES
from indicators.lignes import Cadre
from indicators.lignes_des_etapes import etapes


def _of_sex(population: Compteur, *sexes: str) -> Compteur:
    return lambda cadre: population(cadre).only("sexe", *sexes)


_VISER_LA_PARITE = mno("l. 134 : viser la parité")
_RESERVE = "Les personnes dont le sexe n’est pas renseigné sont hors du calcul et indiquées à côté."
_MIXTE = tables("""
    participants: id_participant | sexe
                  A              | F
                  B              | F
                  C              | H
                  D              |
                  E              | H
    parcours: id_parcours | id_participant | entree_le  | sortie_le  | type_sortie
              A           | A              | 2021-01-01 | 2021-12-31 | cdi
              B           | B              | 2020-01-01 |            |
              C           | C              | 2021-06-01 | 2021-12-31 | cdi
              D           | D              | 2021-06-01 | 2021-12-31 | cdi
              E           | E              | 2020-01-01 | 2020-12-31 |
    regles_de_sortie: type_sortie | categorie | nature
                      cdi         | positive  | emploi
    etapes: id_etape | id_parcours | debut      | fin
            1        | A           | 2021-02-01 | 2021-02-02
            2        | A           | 2021-03-01 | 2021-03-02
            3        | C           | 2021-07-01 | 2021-07-02
            4        | D           | 2021-07-01 | 2021-07-02
""")
_DansMixte = partial(Exemple, tables=_MIXTE)


def _part_femmes(
    code: str,
    population: str,
    compteur: Compteur,
    exemples: Mapping[str, Exemple],
    decoupages: tuple[str, ...] = PERSONNES,
    regles: bool = False,
    tables: tuple[str, ...] = ("parcours",),
    libelle_dans_operation: str = "",
) -> Indicateur:
    return Part(
        code,
        f"Part de femmes, {population}",
        f"Part des femmes parmi les femmes et les hommes ({population}).",
        f"les femmes ({population})",
        rapporte_a=f"les femmes et les hommes ({population})",
        numerateur=_of_sex(compteur, "F"),
        denominateur=_of_sex(compteur, "F", "H"),
        decoupages=tuple(d for d in decoupages if d != "sexe"),
        sources=(_VISER_LA_PARITE, roubaix("l. 324"), QUESTIONNAIRE_FSE, QUESTIONNAIRE_DANS_L_APPEL),
        reserves=(_RESERVE,),
        colonnes=("participants.sexe",),
        exemples=exemples,
        regles=regles,
        tables=tables,
        libelle_dans_operation=libelle_dans_operation,
    )


INDICATEURS = (
    _part_femmes(
        "part_femmes",
        "participants accompagnés",
        Cadre.people,
        {"Le sexe non renseigné est hors du calcul": _DansMixte(attendu=2 / 3)},
    ),
    _part_femmes(
        "part_femmes_file_active",
        "file active",
        Cadre.file_active,
        {"Seule B est encore là au soir du 31 décembre": _DansMixte(attendu=1.0)},
    ),
    _part_femmes(
        "part_femmes_entrees",
        "entrées",
        Cadre.entrees,
        {"A et C entrent dans l’année ; D sans sexe": _DansMixte(attendu=1 / 2)},
    ),
    _part_femmes(
        "part_femmes_sorties",
        "sorties",
        Cadre.sorties,
        {"A et C sortent ; D sans sexe": _DansMixte(attendu=1 / 2)},
        SORTIES,
    ),
    _part_femmes(
        "part_femmes_sorties_positives",
        "sorties positives",
        sorties_positives,
        {"Parmi les sorties positives": _DansMixte(attendu=1 / 2)},
        SORTIES,
        regles=True,
        libelle_dans_operation="Femmes parmi les sorties positives du PLIE",
    ),
    _part_femmes(
        "part_femmes_etapes",
        "étapes",
        etapes,
        {"On compte les étapes, pas les personnes": _DansMixte(attendu=2 / 3)},
        ETAPES,
        tables=("parcours", "etapes"),
    ),
    Rapport(
        "ecart_parite",
        "Écart à la parité",
        "Part de femmes parmi les participants accompagnés, moins 50 points.",
        "les femmes accompagnées",
        rapporte_a="les femmes et les hommes accompagnés",
        unite=Unite.POINTS,
        ecart=0.5,
        colonnes=("participants.sexe",),
        numerateur=_of_sex(Cadre.people, "F"),
        denominateur=_of_sex(Cadre.people, "F", "H"),
        decoupages=tuple(d for d in PERSONNES if d != "sexe"),
        sources=(_VISER_LA_PARITE,),
        reserves=(_RESERVE, "L’écart est une fraction : 0,06 se lit + 6 points."),
        exemples={"Deux femmes sur trois": _DansMixte(attendu=2 / 3 - 0.5)},
    ),
)
