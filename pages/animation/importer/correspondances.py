"""A profile as tables that a person corrects, and back: which column feeds which, which value is which of ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data_access.colonnes import Colonne, Genre
from data_access.format import feuille as sheet_of_format
from data_access.profils.contenu import ColonneVisee, FeuilleSource, Profil, RegleDeColonne, Sinon, find_colonne
from data_access.profils.correspondances import References, propose_values
from data_access.profils.proposition import SEUR, Proposition, PropositionColonne

RIEN = ""
JOINTES = " + "
FEUILLE, COLONNE, SOURCE, FIXE, DATE, AVIS = (
    "Notre feuille",
    "Notre colonne",
    "Colonne de l’export",
    "Valeur fixe",
    "Format de date",
    "Avis",
)
VALEUR_SOURCE, VALEUR, LIGNES = "Valeur de l’export", "Notre valeur", "Lignes"
OUI_NON = ("oui", "non")


@dataclass(frozen=True)
class Correction:
    """What the table says of one of our columns."""

    source: str
    fixe: str
    format_date: str


def table_of_columns(profil: Profil, proposition: Proposition | None) -> pd.DataFrame:
    """Every column of the sheets that the profile feeds, filled or not, with what must be checked."""
    notes = {(c.feuille, c.colonne): c for c in proposition.colonnes} if proposition else {}
    return pd.DataFrame(
        [
            _row(cible, colonne, notes.get((cible.feuille, colonne.nom)), proposition is not None)
            for _, cible in profil.targets()
            for colonne in sheet_of_format(cible.feuille).colonnes
            if colonne.nom != "code_plie"
        ],
        columns=[FEUILLE, COLONNE, SOURCE, FIXE, DATE, AVIS],
    )


def _row(cible: ColonneVisee, colonne: Colonne, note: PropositionColonne | None, proposee: bool) -> dict[str, str]:
    regle = cible.colonnes.get(colonne.nom, RegleDeColonne())
    return {
        FEUILLE: cible.feuille,
        COLONNE: colonne.nom,
        SOURCE: JOINTES.join(regle.sources),
        FIXE: regle.constante or RIEN,
        DATE: regle.format_date or RIEN,
        AVIS: _opinion(cible, colonne, note, proposee),
    }


def _opinion(cible: ColonneVisee, colonne: Colonne, note: PropositionColonne | None, proposee: bool) -> str:
    """« sûr », « à vérifier ; peut-être aussi… », « obligatoire, à remplir »."""
    if colonne.nom not in cible.colonnes:
        return "obligatoire, à remplir" if colonne.obligatoire and not cible.garder_le_reste else RIEN
    if note is None:
        return RIEN if proposee else "d’après le profil"
    if not note.a_verifier:
        return "sûr"
    autres = f" ; peut-être aussi {', '.join(note.autres)}" if note.autres else ""
    doute = "" if note.confiance >= SEUR else f" ({round(100 * note.confiance)} %)"
    return f"à vérifier{doute}{autres}"


def read_corrections(table: pd.DataFrame) -> dict[tuple[str, str], Correction]:
    """The table, as it was corrected, by sheet and column of ours."""
    return {
        (ligne[FEUILLE], ligne[COLONNE]): Correction(ligne[SOURCE] or RIEN, ligne[FIXE] or RIEN, ligne[DATE] or RIEN)
        for ligne in table.fillna(RIEN).to_dict("records")
    }


def correct_columns(profil: Profil, corrections: Mapping[tuple[str, str], Correction]) -> Profil:
    """The profile with the sources, fixed values and date formats of the table; what was not touched stays whole."""

    def correct(cible: ColonneVisee) -> ColonneVisee:
        regles = {
            colonne.nom: regle
            for colonne in sheet_of_format(cible.feuille).colonnes
            if (regle := _correct_rule(cible.colonnes.get(colonne.nom), corrections.get((cible.feuille, colonne.nom))))
        }
        return replace(cible, colonnes=regles)

    return _map_targets(profil, correct)


def _correct_rule(regle: RegleDeColonne | None, correction: Correction | None) -> RegleDeColonne | None:
    if correction is None:
        return regle
    if correction.fixe:
        return RegleDeColonne(constante=correction.fixe)
    if not correction.source:
        return None
    format_date = correction.format_date or None
    if regle is not None and JOINTES.join(regle.sources) == correction.source:
        return replace(regle, format_date=format_date)
    return RegleDeColonne(sources=(correction.source,), format_date=format_date)


def keep_sheets(profil: Profil, feuilles: Sequence[str]) -> Profil:
    """The profile without the sheets of ours that were left aside."""
    sources = (
        replace(source, cibles=tuple(cible for cible in source.cibles if cible.feuille in feuilles))
        for source in profil.feuilles
    )
    return replace(profil, feuilles=tuple(source for source in sources if source.cibles))


def list_allowed(cible: ColonneVisee, nom: str, references: References) -> dict[str, str]:
    """Values that this column of ours may take, with their wording; none when it is free."""
    colonne = find_colonne(cible, nom)
    if colonne.genre is Genre.LISTE:
        return dict.fromkeys(colonne.valeurs, RIEN)
    if colonne.genre is Genre.BOOLEEN:
        return dict.fromkeys(OUI_NON, RIEN)
    return references.of(nom)


def is_read_from(regle: RegleDeColonne, colonnes: Sequence[str]) -> bool:
    """True when the rule reads one column of the file, value by value."""
    return len(regle.sources) == 1 and not regle.oui_si_remplies and regle.sources[0] in colonnes


def with_proposed_values(
    cible: ColonneVisee, nom: str, regle: RegleDeColonne, lues: Sequence[object], references: References
) -> RegleDeColonne:
    """The rule with values proposed, when its column has just been chosen and needs some."""
    if regle.valeurs:
        return regle
    proposees = propose_values(find_colonne(cible, nom), lues, references.of(nom))
    return replace(regle, valeurs={p.valeur_source: p.valeur for p in proposees if p.valeur is not None})


def table_of_values(regle: RegleDeColonne, nombres: Mapping[str, int]) -> pd.DataFrame:
    """The values of the extract in one column, the most frequent first, with ours: those not known yet are empty."""
    lues = sorted({**dict.fromkeys(regle.valeurs, 0), **nombres}.items(), key=lambda paire: -paire[1])
    return pd.DataFrame(
        [{VALEUR_SOURCE: texte, VALEUR: regle.valeurs.get(texte, RIEN), LIGNES: nombre} for texte, nombre in lues],
        columns=[VALEUR_SOURCE, VALEUR, LIGNES],
    )


def correct_values(
    profil: Profil, feuille: str, nom: str, table: pd.DataFrame, sinon: Sinon, connues: Mapping[str, str]
) -> Profil:
    """The profile with the values of one column as corrected; one left empty stays unknown."""
    valeurs = {
        str(ligne[VALEUR_SOURCE]): str(ligne[VALEUR] or RIEN)
        for ligne in table.fillna(RIEN).to_dict("records")
        if ligne[VALEUR] or ligne[VALEUR_SOURCE] in connues
    }

    def correct(cible: ColonneVisee) -> ColonneVisee:
        if cible.feuille != feuille or nom not in cible.colonnes:
            return cible
        regle = replace(cible.colonnes[nom], valeurs=valeurs, sinon=sinon)
        return replace(cible, colonnes={**cible.colonnes, nom: regle})

    return _map_targets(profil, correct)


def _map_targets(profil: Profil, correct: Callable[[ColonneVisee], ColonneVisee]) -> Profil:
    sources: tuple[FeuilleSource, ...] = tuple(
        replace(source, cibles=tuple(correct(cible) for cible in source.cibles)) for source in profil.feuilles
    )
    return replace(profil, feuilles=sources)
