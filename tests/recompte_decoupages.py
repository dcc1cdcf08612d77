"""The splits, read on one counted row: what `tests.recompte` says of a parcours, and of what hangs on it."""

from dataclasses import dataclass

from tests.recompte import NR, Ligne, Recompte


@dataclass(frozen=True)
class Rangee:
    """One thing counted: of which parcours, which étape, contact or last participation, bearing which quantity."""

    p: Ligne
    e: Ligne | None = None
    contact: Ligne | None = None
    participation: Ligne | None = None
    quantite: float | None = 1.0


# Said again here, from definitions.md, and not read from the code under test.
_DITES_PAR_UNE_COLONNE = {
    "rsa": "rsa",
    "minima_sociaux": "minima_sociaux",
    "handicap": "handicap",
    "diplome": "niveau_diplome",
    "emploi": "statut_emploi",
    "logement": "sans_domicile",
    "monoparental": "monoparental",
    "parent_ne_etranger": "parent_ne_etranger",
}
"""Characteristics of people, each with the column of « Parcours » that says it as it is."""
PERSONNELS = {*_DITES_PAR_UNE_COLONNE, "age", "deld", "qpv"}
LIEUX = {"commune", "quartier"}
_COLONNES = _DITES_PAR_UNE_COLONNE | {
    "plie": "code_plie",
    "commune": "code_commune",
    "quartier": "code_quartier",
    "referent": "code_referent",
    "mode": "mode",
    "situation_6_mois": "situation_6_mois",
}
_PAR_PARCOURS = ("sexe", "age", "deld", "qpv", "categorie", "nature")
_DE_LA_QUESTION = ("mois", "operation", "seuil")
"""Asked one by one: a month, an operation, a threshold."""
DECOUPAGES = (
    *_COLONNES,
    *_PAR_PARCOURS,
    *("type_sortie", "classe", "type_etape", "situation", "nature_contact"),
    *_DE_LA_QUESTION,
)


def part_of(r: Recompte, x: Rangee, decoupage: str) -> str:
    """The part of that split in which a row is."""
    match decoupage:
        case "classe" | "type_etape":
            genre = r.type_of(x.e) if x.e else {}
            if decoupage == "classe":
                return genre["code_classe"]
            return "autres motifs" if genre["sensible"] else genre["type_etape"]
        case "situation":
            return (x.participation and x.participation["situation_sortie"]) or NR
        case "nature_contact":
            return x.contact["nature"] if x.contact else NR
        case "type_sortie":
            return _shown_exit(r, x.p)
    if decoupage in _COLONNES:
        brut = x.p[_COLONNES[decoupage]]
        return NR if brut is None else ("oui" if brut else "non") if isinstance(brut, bool) else brut
    return r.part(x.p, decoupage)


def _shown_exit(r: Recompte, p: Ligne) -> str:
    if p["type_sortie"] is None:
        return NR
    du_jour = r.regle(p)
    memes = [
        regle
        for regle in r.table("regles_de_sortie")
        if (regle["code_plie"], regle["type_sortie"]) == (p["code_plie"], p["type_sortie"])
    ]
    sensible = du_jour["sensible"] if du_jour else any(regle["sensible"] for regle in memes)
    return "autres motifs" if sensible else p["type_sortie"]
