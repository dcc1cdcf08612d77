"""A profile as tables, and back."""

from dataclasses import replace

import pandas as pd

from data_access.profils.contenu import ColonneVisee, FeuilleSource, Profil, RegleDeColonne, Sinon
from data_access.profils.correspondances import References
from pages.animation.importer import correspondances as c

PARTICIPANTS = ColonneVisee(
    "Participants",
    {
        "id_participant": RegleDeColonne(sources=("N° dossier",)),
        "sexe": RegleDeColonne(sources=("Civilité",), valeurs={"Madame": "F"}),
        "date_naissance": RegleDeColonne(sources=("Jour", "Mois"), separateur="/", format_date="JJ/MM/AAAA"),
    },
)
PROFIL = Profil("Mensuel", "T", "Outil", (FeuilleSource("*", (PARTICIPANTS, ColonneVisee("Parcours", {}))),))


def _table(**changements: dict[str, str]) -> pd.DataFrame:
    table = c.table_of_columns(PROFIL, None)
    for nom, valeurs in changements.items():
        for colonne, valeur in valeurs.items():
            table.loc[(table[c.FEUILLE] == "Participants") & (table[c.COLONNE] == nom), colonne] = valeur
    return table


def _rules(**changements: dict[str, str]) -> dict[str, RegleDeColonne]:
    profil = c.correct_columns(PROFIL, c.read_corrections(_table(**changements)))
    return next(cible for _, cible in profil.targets() if cible.feuille == "Participants").colonnes


def test_what_is_not_touched_stays_whole() -> None:
    assert _rules() == PARTICIPANTS.colonnes


def test_another_source_forgets_the_values_of_the_first() -> None:
    assert _rules(sexe={c.SOURCE: "Genre"})["sexe"] == RegleDeColonne(sources=("Genre",))


def test_fixed_value_wins_and_empty_removes() -> None:
    assert _rules(sexe={c.FIXE: "F"})["sexe"] == RegleDeColonne(constante="F")
    assert "sexe" not in _rules(sexe={c.SOURCE: ""})


def test_date_format_alone_keeps_the_joined_sources() -> None:
    regle = _rules(date_naissance={c.DATE: "AAAA-MM-JJ"})["date_naissance"]
    assert regle == replace(PARTICIPANTS.colonnes["date_naissance"], format_date="AAAA-MM-JJ")


def test_sheet_left_aside() -> None:
    assert [cible.feuille for _, cible in c.keep_sheets(PROFIL, ["Parcours"]).targets()] == ["Parcours"]
    assert c.keep_sheets(PROFIL, []).feuilles == ()


def test_values_not_known_yet_are_shown_then_kept_once_named() -> None:
    regle = PARTICIPANTS.colonnes["sexe"]
    table = c.table_of_values(regle, {"Madame": 8, "Monsieur": 3})
    assert list(table[c.VALEUR]) == ["F", ""]
    sans = c.correct_values(PROFIL, "Participants", "sexe", table, Sinon.VIDE, regle.valeurs)
    table.loc[1, c.VALEUR] = "H"
    avec = c.correct_values(PROFIL, "Participants", "sexe", table, Sinon.VIDE, regle.valeurs)
    regles = [next(profil.targets())[1].colonnes["sexe"] for profil in (sans, avec)]
    assert [r.valeurs for r in regles] == [{"Madame": "F"}, {"Madame": "F", "Monsieur": "H"}]
    assert regles[0].sinon is Sinon.VIDE


def test_required_column_without_source_is_told() -> None:
    table = c.table_of_columns(PROFIL, None)
    avis = table[(table[c.FEUILLE] == "Parcours") & (table[c.COLONNE] == "id_parcours")][c.AVIS]
    assert list(avis) == ["obligatoire, à remplir"]


def test_values_offered() -> None:
    assert list(c.list_allowed(PARTICIPANTS, "sexe", References())) == ["F", "H"]
    parcours = ColonneVisee("Parcours", {})
    assert list(c.list_allowed(parcours, "rsa", References())) == ["oui", "non"]
    assert c.list_allowed(parcours, "type_sortie", References({"type_sortie": {"CDI": "CDI"}})) == {"CDI": "CDI"}
    assert c.list_allowed(parcours, "prescripteur", References()) == {}
