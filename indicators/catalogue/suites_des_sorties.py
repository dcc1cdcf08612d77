"""What becomes of people when they leave an operation, and six months after their exit from the PLIE."""

from datetime import date

from data_access import tables as t
from data_access.tables import NON_RENSEIGNE
from indicators.catalogue import sorties
from indicators.catalogue.references import agape, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import SORTIES, SORTIES_OPERATION
from indicators.lignes import Cadre, Lignes

_p, _s = t.parcours.c, t.sejours.c
MOIS_DE_RECUL = 6
CONNUES = ("en_emploi", "en_formation", "sans_emploi")


def sorties_vers_l_emploi_suivies(cadre: Cadre) -> Lignes:
    """Exits of the period to a job, at least six months old on au, whose situation six months later is known."""
    assez_anciennes = sorties.sorties_positives_emploi(cadre).where(_p.fin_le <= cadre.months_before(MOIS_DE_RECUL))
    return assez_anciennes.where(_p.situation_6_mois.in_(CONNUES))


def maintenus(cadre: Cadre) -> Lignes:
    """Of those, the people still in employment."""
    return sorties_vers_l_emploi_suivies(cadre).where(_p.situation_6_mois == "en_emploi")


def sorties_operation(cadre: Cadre) -> Lignes:
    """Séjours that end in the period."""
    return cadre.sorties_operation()


def sorties_operation_au_delai_echu(cadre: Cadre) -> Lignes:
    """Of those, the ones whose month for recording has fully elapsed on au."""
    return cadre.sorties_operation().where(_s.limite_saisie_le <= cadre.au)


def sorties_operation_saisies_a_temps(cadre: Cadre) -> Lignes:
    """Of those, the ones recorded within the month."""
    return sorties_operation_au_delai_echu(cadre).where(_s.sortie_saisie_le <= _s.limite_saisie_le)


_2021 = (date(2021, 1, 1), date(2021, 12, 31))
_FSE = ("parcours", "participations")
_SORTIES_D_OPERATION = {
    "operations": """
    code_operation | debut      | fin
    O1             | 2021-01-01 | 2021-11-29
    O2             | 2021-01-01 | 2022-12-31
    """,
    "parcours": """
    id_parcours | entree_le  | sortie_le
    A           | 2021-01-01 |
    B           | 2021-01-01 |
    C           | 2021-01-01 | 2021-12-15
    D           | 2021-01-01 |
    """,
    "participations": """
    id_parcours | code_operation | entree_le  | sortie_le  | situation_sortie | sortie_saisie_le
    A           | O1             | 2021-01-01 | 2021-01-31 | recherche        | 2021-02-10
    A           | O1             | 2021-01-31 | 2021-03-31 | emploi           | 2021-04-30
    B           | O1             | 2021-01-01 | 2021-03-31 | emploi           | 2021-05-01
    C           | O2             | 2021-01-01 |            | formation        | 2021-12-16
    D           | O1             | 2021-01-01 |            |                  |
    """,
}
_SUIVIES = {
    "parcours": """
    id_parcours | entree_le  | sortie_le  | type_sortie | situation_6_mois
    A           | 2020-01-01 | 2021-06-30 | cdi         | en_emploi
    B           | 2020-01-01 | 2021-03-31 | cdi         | sans_emploi
    C           | 2020-01-01 | 2021-07-01 | cdi         | en_emploi
    D           | 2020-01-01 | 2021-02-28 | cdi         | inconnue
    E           | 2020-01-01 | 2021-02-28 | cdi         |
    F           | 2020-01-01 | 2021-02-28 | formation   | en_emploi
    G           | 2020-01-01 | 2020-12-31 | cdi         | en_emploi
    """,
    "regles_de_sortie": """
    type_sortie | categorie | nature
    cdi         | positive  | emploi
    formation   | positive  | formation
    """,
}

INDICATEURS = (
    Indicateur(
        code="maintien_a_6_mois",
        libelle="Maintien dans l’emploi à 6 mois",
        definition=(
            "Part des sorties positives vers l’emploi de la période, vieilles de six mois au moins, dont la personne "
            "est toujours en emploi six mois après."
        ),
        compte="les sorties vers l’emploi dont la personne est en emploi six mois après",
        rapporte_a="les sorties vers l’emploi de six mois ou plus dont la situation à six mois est connue",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=maintenus,
        colonnes=("parcours.situation_6_mois",),
        denominateur=sorties_vers_l_emploi_suivies,
        decoupages=tuple(d for d in SORTIES if d != "situation_6_mois"),
        sources=(
            roubaix("l. 211 : maintien dans l’emploi à 6 mois"),
            agape("l. 4393-4396, 5008-5011, 5840-5841 : suivi pendant les 6 premiers mois"),
        ),
        reserves=("Une situation inconnue ou jamais demandée n’entre pas dans le calcul.",),
        regles=True,
        exemples=(
            Exemple(
                "Sorti le 30 juin : six mois le 30 décembre ; sorti le 1er juillet : pas encore ; inconnue : hors",
                _SUIVIES,
                date(2021, 1, 1),
                date(2021, 12, 30),
                1 / 2,
                frozenset({"A"}),
            ),
        ),
    ),
    Indicateur(
        code="resultats_immediats",
        libelle="Résultats immédiats à la sortie de l’opération",
        definition="Sorties d’une opération dans la période, selon la situation de la personne à ce moment.",
        compte="les séjours dans une opération terminés pendant la période, avec « non renseignée »",
        unite=Unite.SORTIES,
        numerateur=sorties_operation,
        decoupages=SORTIES_OPERATION,
        montre_par=("situation",),
        tables=_FSE,
        colonnes=("participations.situation_sortie",),
        sources=(agape("l. 7937-7941 : données de sortie et indicateurs de résultats immédiats"),),
        reserves=(
            "Sans opération choisie, les sorties de toutes les opérations : une personne peut compter dans plusieurs.",
            "La situation est celle de la dernière participation du séjour.",
        ),
        exemples=(
            Exemple(
                "Deux participations qui se suivent : un séjour, la situation de la dernière",
                _SORTIES_D_OPERATION,
                *_2021,
                2,
                par=(("situation", "emploi"),),
            ),
            Exemple(
                "Encore là le dernier soir de l’opération : sorti le lendemain, situation inconnue",
                _SORTIES_D_OPERATION,
                *_2021,
                1,
                par=(("situation", NON_RENSEIGNE),),
            ),
        ),
    ),
    Indicateur(
        code="sorties_operation_saisies_a_temps",
        libelle="Sorties d’opération saisies à temps",
        definition="Part des sorties d’opération saisies dans le mois, parmi celles dont le mois est écoulé.",
        compte="les sorties d’opération saisies au plus tard un mois après",
        rapporte_a="les sorties d’opération de la période dont le mois de saisie est écoulé au dernier jour",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=sorties_operation_saisies_a_temps,
        denominateur=sorties_operation_au_delai_echu,
        decoupages=SORTIES_OPERATION,
        tables=_FSE,
        colonnes=("participations.sortie_saisie_le",),
        sources=(agape("l. 7937-7941 : dans le mois suivant la sortie, sinon non prises en compte"),),
        reserves=("Une sortie dont la date de saisie est vide n’est pas réputée saisie à temps.",),
        exemples=(
            Exemple(
                "31 mars + 1 mois = 30 avril : A est à temps, B non ; le mois de C n’est pas écoulé, celui de D si",
                _SORTIES_D_OPERATION,
                *_2021,
                1 / 3,
                frozenset({"A"}),
            ),
        ),
    ),
)
