"""What becomes of exits: a solution found before, still at work six months after, left the operation for what."""

from datetime import date

from data_access import tables as t
from data_access.tables import NON_RENSEIGNE
from indicators.catalogue.references import agape, roubaix
from indicators.catalogue.sorties import positives_de_nature
from indicators.declaration import Exemple, Indicateur, Part, Stock, Unite, tables
from indicators.decoupages import SORTIES, SORTIES_OPERATION
from indicators.lignes import Cadre, Lignes

_p, _s = t.parcours.c, t.sejours.c
MOIS_DE_RECUL = 6


def au_delai_echu(cadre: Cadre) -> Lignes:
    """Séjours that end in the period, whose month for recording has fully elapsed on au."""
    return cadre.sorties_operation().where(_s.limite_saisie_le <= cadre.au)


def saisies_a_temps(cadre: Cadre) -> Lignes:
    """Of those, the ones recorded within the month."""
    return au_delai_echu(cadre).where(_s.sortie_saisie_le <= _s.limite_saisie_le)


def vers_l_emploi_suivies(cadre: Cadre) -> Lignes:
    """Exits of the period to a job, at least six months old on au, whose situation six months later is known."""
    assez_anciennes = positives_de_nature("emploi")(cadre).where(_p.fin_le <= cadre.months_before(MOIS_DE_RECUL))
    return assez_anciennes.where(_p.situation_6_mois.in_(("en_emploi", "en_formation", "sans_emploi")))


_FSE = ("parcours", "participations")
_SOLUTIONS = tables("""
    parcours: id_parcours | entree_le  | sortie_le  | solution | solution_depuis
              A           | 2021-01-01 |            | CDI      | 2021-06-30
              B           | 2021-01-01 |            | CDI      | 2021-07-01
              C           | 2021-01-01 | 2021-06-30 | CDI      | 2021-02-01
""")
_SUIVIES = tables("""
    parcours: id_parcours | entree_le  | sortie_le  | type_sortie | situation_6_mois
              A           | 2020-01-01 | 2021-06-30 | cdi         | en_emploi
              B           | 2020-01-01 | 2021-03-31 | cdi         | sans_emploi
              C           | 2020-01-01 | 2021-07-01 | cdi         | en_emploi
              D           | 2020-01-01 | 2021-02-28 | cdi         | inconnue
              E           | 2020-01-01 | 2021-02-28 | cdi         |
              F           | 2020-01-01 | 2021-02-28 | formation   | en_emploi
              G           | 2020-01-01 | 2020-12-31 | cdi         | en_emploi
    regles_de_sortie: type_sortie | categorie | nature
                      cdi         | positive  | emploi
                      formation   | positive  | formation
""")
_SORTIES_D_OPERATION = tables("""
    operations: code_operation | debut      | fin
                O1             | 2021-01-01 | 2021-11-29
                O2             | 2021-01-01 | 2022-12-31
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2021-01-01 |
              B           | 2021-01-01 |
              C           | 2021-01-01 | 2021-12-15
              D           | 2021-01-01 |
    participations: id_parcours | code_operation | entree_le  | sortie_le  | situation_sortie | sortie_saisie_le
                    A           | O1             | 2021-01-01 | 2021-01-31 | recherche        | 2021-02-10
                    A           | O1             | 2021-01-31 | 2021-03-31 | emploi           | 2021-04-30
                    B           | O1             | 2021-01-01 | 2021-03-31 | emploi           | 2021-05-01
                    C           | O2             | 2021-01-01 |            | formation        | 2021-12-16
                    D           | O1             | 2021-01-01 |            |                  |
""")
_TIERS = Exemple(_SORTIES_D_OPERATION, 1 / 3, "A")

INDICATEURS = (
    Stock(
        "en_attente_de_validation",
        "En attente de validation",
        "Parcours encore en cours, mais pour lesquels une solution est déjà trouvée.",
        "les parcours de la file active qui ont une solution (emploi, formation, création) ce jour-là",
        libelle_dans_operation="Présents en attente de validation",
        numerateur=lambda cadre: cadre.file_active().where(_p.solution_depuis <= cadre.au),
        colonnes=("parcours.solution_depuis",),
        sources=(agape("l. 4163-4164 : emploi avant sortie prévisible à 6 mois"),),
        exemples={
            "La solution commence le jour même ; celui qui est sorti n’attend plus": Exemple(
                _SOLUTIONS, 1, "A", au=date(2021, 6, 30)
            )
        },
    ),
    Part(
        "maintien_a_6_mois",
        "Maintien dans l’emploi à 6 mois",
        "Part des sorties positives vers l’emploi de la période, vieilles de six mois au moins, dont la personne "
        "est toujours en emploi six mois après.",
        "les sorties vers l’emploi dont la personne est en emploi six mois après",
        rapporte_a="les sorties vers l’emploi de six mois ou plus dont la situation à six mois est connue",
        libelle_dans_operation="Sortis du PLIE toujours en emploi à 6 mois",
        numerateur=lambda cadre: vers_l_emploi_suivies(cadre).where(_p.situation_6_mois == "en_emploi"),
        denominateur=vers_l_emploi_suivies,
        colonnes=("parcours.situation_6_mois",),
        decoupages=tuple(d for d in SORTIES if d != "situation_6_mois"),
        regles=True,
        sources=(
            roubaix("l. 211 : maintien dans l’emploi à 6 mois"),
            agape("l. 4393-4396, 5008-5011, 5840-5841 : suivi pendant les 6 premiers mois"),
        ),
        reserves=("Une situation inconnue ou jamais demandée n’entre pas dans le calcul.",),
        exemples={
            "Sorti le 30 juin : six mois le 30 décembre ; sorti le 1er juillet : pas encore ; inconnue : hors": Exemple(
                _SUIVIES, 1 / 2, "A", au=date(2021, 12, 30)
            )
        },
    ),
    Indicateur(
        "resultats_immediats",
        "Résultats immédiats à la sortie de l’opération",
        "Sorties d’une opération dans la période, selon la situation de la personne à ce moment.",
        "les séjours dans une opération terminés pendant la période, avec « non renseignée »",
        unite=Unite.SORTIES,
        numerateur=Cadre.sorties_operation,
        decoupages=SORTIES_OPERATION,
        montre_par=("situation",),
        tables=_FSE,
        colonnes=("participations.situation_sortie",),
        sources=(agape("l. 7937-7941 : données de sortie et indicateurs de résultats immédiats"),),
        reserves=(
            "Sans opération choisie, les sorties de toutes les opérations : une personne peut compter dans plusieurs.",
            "La situation est celle de la dernière participation du séjour.",
        ),
        exemples={
            "Deux participations qui se suivent : un séjour, la situation de la dernière": Exemple(
                _SORTIES_D_OPERATION, 2, par={"situation": "emploi"}
            ),
            "Encore là le dernier soir de l’opération : sorti le lendemain, situation inconnue": Exemple(
                _SORTIES_D_OPERATION, 1, par={"situation": NON_RENSEIGNE}
            ),
        },
    ),
    Part(
        "sorties_operation_saisies_a_temps",
        "Sorties d’opération saisies à temps",
        "Part des sorties d’opération saisies dans le mois, parmi celles dont le mois est écoulé.",
        "les sorties d’opération saisies au plus tard un mois après",
        rapporte_a="les sorties d’opération de la période dont le mois de saisie est écoulé au dernier jour",
        numerateur=saisies_a_temps,
        denominateur=au_delai_echu,
        decoupages=SORTIES_OPERATION,
        tables=_FSE,
        colonnes=("participations.sortie_saisie_le",),
        sources=(agape("l. 7937-7941 : dans le mois suivant la sortie, sinon non prises en compte"),),
        reserves=("Une sortie dont la date de saisie est vide n’est pas réputée saisie à temps.",),
        exemples={
            "31 mars + 1 mois = 30 avril : A est à temps, B non ; le mois de C n’est pas écoulé, celui de D si": _TIERS
        },
    ),
)
