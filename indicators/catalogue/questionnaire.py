"""What the FSE entry questionnaire asks of people: employment, housing, household."""

from datetime import date

from indicators.catalogue import flux
from indicators.catalogue.references import QUESTIONNAIRE_FSE, agape
from indicators.declaration import Exemple, Indicateur, Source, Unite
from indicators.decoupages import PERSONNES

_ANNEE = (date(2021, 1, 1), date(2021, 12, 31))
_EMPLOIS = {
    "parcours": """
    id_parcours | id_participant | entree_le  | sortie_le  | statut_emploi
    A1          | A              | 2020-01-01 | 2021-02-28 | non
    A2          | A              | 2021-03-01 |            | 1d
    B           | B              | 2021-01-01 |            | non
    C           | C              | 2021-01-01 |            |
    """
}


def _questionnaire(
    code: str,
    libelle: str,
    quoi: str,
    montre_par: tuple[str, ...],
    colonnes: tuple[str, ...],
    source: Source,
    exemple: Exemple,
    reserve: str,
) -> Indicateur:
    return Indicateur(
        code=code,
        libelle=libelle,
        definition=f"Participants accompagnés {quoi}, d’après le questionnaire FSE d’entrée.",
        compte=f"les participants accompagnés {quoi}, une fois chacun, avec « non renseigné »",
        unite=Unite.PARTICIPANTS,
        numerateur=flux.participants_accompagnes,
        decoupages=PERSONNES,
        montre_par=montre_par,
        colonnes=colonnes,
        sources=(QUESTIONNAIRE_FSE, source),
        reserves=(reserve,),
        exemples=(exemple,),
    )


INDICATEURS = (
    _questionnaire(
        "situation_emploi",
        "Situation d’emploi à l’entrée",
        "selon leur statut d’emploi à l’entrée",
        ("emploi",),
        ("parcours.statut_emploi",),
        agape("l. 7962-7964, 8103-8122"),
        Exemple("Sans réponse : non renseigné, jamais sans emploi", _EMPLOIS, *_ANNEE, 1, par=(("emploi", "non"),)),
        "La question porte sur l’emploi occupé à l’entrée ; la durée sans emploi est comptée à part (DELD).",
    ),
    _questionnaire(
        "logement",
        "Logement à l’entrée",
        "selon qu’ils sont sans domicile fixe ou confrontés à l’exclusion de leur logement",
        ("logement",),
        ("parcours.sans_domicile",),
        agape("l. 8160-8164"),
        Exemple(
            "« Ne se prononce pas » est une réponse, vide n’en est pas une",
            {
                "parcours": """
                id_parcours | entree_le  | sans_domicile
                A           | 2021-01-01 | oui
                B           | 2021-01-01 | nsp
                C           | 2021-01-01 |
                """
            },
            *_ANNEE,
            1,
            par=(("logement", "nsp"),),
        ),
        "Réponse déclarative : chacun peut ne pas se prononcer.",
    ),
    _questionnaire(
        "menage",
        "Ménage",
        "selon que leur famille est monoparentale et qu’un de leurs parents est né à l’étranger",
        ("monoparental", "parent_ne_etranger"),
        (),
        agape("l. 4326-4328, 7962-7964, 8167-8171"),
        Exemple(
            "Une famille monoparentale, un refus de répondre, un vide",
            {
                "parcours": """
                id_parcours | entree_le  | monoparental | parent_ne_etranger
                A           | 2021-01-01 | oui          | nsp
                B           | 2021-01-01 | non          | oui
                C           | 2021-01-01 |              |
                """
            },
            *_ANNEE,
            1,
            par=(("monoparental", "oui"),),
        ),
        "Le questionnaire FSE ne demande pas la monoparentalité : elle vient du logiciel du PLIE.",
    ),
)
