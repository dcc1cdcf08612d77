"""What the FSE entry questionnaire asks of people: employment, housing, household."""

from collections.abc import Mapping

from indicators.catalogue.references import QUESTIONNAIRE_FSE, agape
from indicators.declaration import Citation, Exemple, Indicateur, Unite, tables
from indicators.lignes import Cadre

_RETOURS = tables("""
    parcours: id_parcours | id_participant | entree_le  | sortie_le  | statut_emploi
              A1          | A              | 2020-01-01 | 2021-02-28 | non
              A2          | A              | 2021-03-01 |            | 1d
              B           | B              | 2021-01-01 |            | non
              C           | C              | 2021-01-01 |            |
""")
_DOMICILES = tables("""
    parcours: id_parcours | entree_le  | sans_domicile
              A           | 2021-01-01 | oui
              B           | 2021-01-01 | nsp
              C           | 2021-01-01 |
""")
_MENAGES = tables("""
    parcours: id_parcours | entree_le  | monoparental | parent_ne_etranger
              A           | 2021-01-01 | oui          | nsp
              B           | 2021-01-01 | non          | oui
              C           | 2021-01-01 |              |
""")


def _questionnaire(
    code: str,
    libelle: str,
    quoi: str,
    montre_par: tuple[str, ...],
    source: Citation,
    reserve: str,
    exemples: Mapping[str, Exemple],
    colonnes: tuple[str, ...] = (),
) -> Indicateur:
    """Those accompanied by their answers to a question."""
    return Indicateur(
        code,
        libelle,
        f"Participants accompagnés {quoi}, d’après le questionnaire FSE d’entrée.",
        f"les participants accompagnés {quoi}, une fois chacun, avec « non renseigné »",
        unite=Unite.PARTICIPANTS,
        numerateur=Cadre.people,
        montre_par=montre_par,
        colonnes=colonnes,
        sources=(QUESTIONNAIRE_FSE, source),
        reserves=(reserve,),
        exemples=exemples,
    )


INDICATEURS = (
    _questionnaire(
        "situation_emploi",
        "Situation d’emploi à l’entrée",
        "selon leur statut d’emploi à l’entrée",
        ("emploi",),
        agape("l. 7962-7964, 8103-8122"),
        "La question porte sur l’emploi occupé à l’entrée ; la durée sans emploi est comptée à part (DELD).",
        {"Sans réponse : non renseigné, jamais sans emploi": Exemple(_RETOURS, 1, par={"emploi": "non"})},
        ("parcours.statut_emploi",),
    ),
    _questionnaire(
        "logement",
        "Logement à l’entrée",
        "selon qu’ils sont sans domicile fixe ou confrontés à l’exclusion de leur logement",
        ("logement",),
        agape("l. 8160-8164"),
        "Réponse déclarative : chacun peut ne pas se prononcer.",
        {
            "« Ne se prononce pas » est une réponse, vide n’en est pas une": Exemple(
                _DOMICILES, 1, par={"logement": "nsp"}
            )
        },
        ("parcours.sans_domicile",),
    ),
    _questionnaire(
        "menage",
        "Ménage",
        "selon que leur famille est monoparentale et qu’un de leurs parents est né à l’étranger",
        ("monoparental", "parent_ne_etranger"),
        agape("l. 4326-4328, 7962-7964, 8167-8171"),
        "Le questionnaire FSE ne demande pas la monoparentalité : elle vient du logiciel du PLIE.",
        {"Une famille monoparentale, un refus de répondre, un vide": Exemple(_MENAGES, 1, par={"monoparental": "oui"})},
    ),
)
