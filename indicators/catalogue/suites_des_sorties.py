"""What becomes of people after their exit: still in their job six months later."""

from datetime import date

from data_access import tables as t
from indicators.catalogue import sorties
from indicators.catalogue.references import agape, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import SORTIES
from indicators.lignes import Cadre, Lignes

_p = t.parcours.c
MOIS_DE_RECUL = 6
CONNUES = ("en_emploi", "en_formation", "sans_emploi")


def sorties_vers_l_emploi_suivies(cadre: Cadre) -> Lignes:
    """Exits of the period to a job, at least six months old on au, whose situation six months later is known."""
    assez_anciennes = sorties.sorties_positives_emploi(cadre).where(_p.fin_le <= cadre.months_before(MOIS_DE_RECUL))
    return assez_anciennes.where(_p.situation_6_mois.in_(CONNUES))


def maintenus(cadre: Cadre) -> Lignes:
    """Of those, the people still in employment."""
    return sorties_vers_l_emploi_suivies(cadre).where(_p.situation_6_mois == "en_emploi")


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
)
