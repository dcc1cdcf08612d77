"""Profiles kept in the database by PLIE and name, to be used again next month, and exchanged as JSON.

JSON is written to be read by a person, and read back strictly: an unknown word is refused, nothing runs.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from data_access.classeur import controles as c
from data_access.classeur.anomalies import ClasseurRefuseError, refuse
from data_access.colonnes import LONGUEUR_CODE
from data_access.format import feuille
from data_access.profils.contenu import TEXTE_ATTENDU, ColonneVisee, Profil, RegleDeColonne
from data_access.tables import profils as table

VERSION = 1
POIDS_MAX = 1_000_000
Objet = dict[str, Any]
_LECTEUR = TypeAdapter(Profil)


@dataclass(frozen=True)
class ProfilEnregistre:
    """A stored profile, without its content."""

    code_plie: str
    logiciel: str
    nom: str
    modifie_le: datetime
    auteur: str


def save_profil(engine: sa.Engine, profil: Profil, auteur: str) -> None:
    """Store `profil`, in place of the one of the same PLIE and name. Raises `ClasseurRefuseError` if it cannot work."""
    check_profil(profil)
    with engine.begin() as base:
        base.execute(sa.delete(table).where(_is(profil.code_plie, profil.nom)))
        base.execute(
            sa.insert(table).values(
                code_plie=profil.code_plie,
                logiciel=profil.logiciel,
                nom=profil.nom,
                contenu=profil_to_dict(profil),
                modifie_le=datetime.now(UTC),
                auteur=auteur,
            )
        )


def list_profils(base: sa.Connection, codes_plie: Collection[str] | None = None) -> list[ProfilEnregistre]:
    """The stored profiles of these PLIE (None for all), by PLIE and name."""
    c = table.c
    requete = sa.select(c.code_plie, c.logiciel, c.nom, c.modifie_le, c.auteur).order_by(c.code_plie, c.nom)
    if codes_plie is not None:
        requete = requete.where(c.code_plie.in_(codes_plie))
    return [ProfilEnregistre(*ligne) for ligne in base.execute(requete)]


def read_profil(base: sa.Connection, code_plie: str, nom: str) -> Profil | None:
    """The profile of that name; None if there is none."""
    contenu = base.execute(sa.select(table.c.contenu).where(_is(code_plie, nom))).scalar()
    return None if contenu is None else profil_from_dict(contenu)


def _is(code_plie: str, nom: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.code_plie == code_plie, table.c.nom == nom)


def profil_to_dict(profil: Profil) -> Objet:
    """`profil` as plain values; what is left to its default is not written."""
    feuilles = []
    for source in profil.feuilles:
        cibles = [_cible_to_dict(cible) for cible in source.cibles]
        feuilles.append(_filled(nom=source.nom, ligne_entete=source.ligne_entete, cibles=cibles))
    entete = {"version": VERSION, "nom": profil.nom, "code_plie": profil.code_plie, "logiciel": profil.logiciel}
    lecture = _filled(encodage=profil.encodage, separateur=profil.separateur)
    return entete | lecture | {"decimale": profil.decimale} | _filled(plie=profil.plie) | {"feuilles": feuilles}


def _filled(**champs: Any) -> Objet:
    return {nom: valeur for nom, valeur in champs.items() if valeur not in (None, False, {}, (), [])}


def _cible_to_dict(cible: ColonneVisee) -> Objet:
    filtres = [_filled(**asdict(filtre)) for filtre in cible.filtres]
    colonnes = {nom: _regle_to_dict(regle) for nom, regle in cible.colonnes.items()}
    options = _filled(regrouper=cible.regrouper, garder_le_reste=cible.garder_le_reste, filtres=filtres)
    return {"feuille": cible.feuille} | options | {"colonnes": colonnes}


def _regle_to_dict(regle: RegleDeColonne) -> Objet:
    objet: Objet = {"constante": regle.constante} if regle.constante is not None else {"sources": list(regle.sources)}
    if len(regle.sources) > 1 and not regle.oui_si_remplies:
        objet["separateur"] = regle.separateur
    if regle.valeurs:
        objet |= {"valeurs": dict(regle.valeurs), "sinon": regle.sinon.value}
    return objet | _filled(
        oui_si_remplies=regle.oui_si_remplies, format_date=regle.format_date, recopier=regle.recopier
    )


def profil_to_json(profil: Profil) -> str:
    """`profil` as a JSON text."""
    return json.dumps(profil_to_dict(profil), ensure_ascii=False, indent=1) + "\n"


def profil_from_json(texte: str | bytes) -> Profil:
    """The profile that a JSON text holds; raises `ClasseurRefuseError` (PRF-007) with the place of the fault."""
    if len(texte) > POIDS_MAX:
        raise _refusal("il pèse plus de 1 Mo")
    try:
        objet = json.loads(texte)
    except (ValueError, RecursionError):
        raise _refusal("ce n’est pas du JSON") from None
    return profil_from_dict(objet)


def profil_from_dict(objet: Any) -> Profil:
    """As `profil_from_json`, from plain values."""
    if not isinstance(objet, dict):
        raise _refusal("profil : un objet était attendu")
    if type(objet.get("version")) is not int or objet["version"] != VERSION:
        raise _refusal(f"sa version n’est pas {VERSION}")
    try:
        profil = _LECTEUR.validate_json(json.dumps({nom: v for nom, v in objet.items() if nom != "version"}))
    except ValidationError as fautes:
        raise _refusal(_in_french(fautes.errors()[0])) from None
    check_profil(profil)
    return profil


def _in_french(faute: ErrorDetails) -> str:
    """Where the first fault is, and what is wrong."""
    lieu = _place(faute["loc"])
    parent, nom = _place(faute["loc"][:-1]), str(faute["loc"][-1])[:LONGUEUR_CODE] if faute["loc"] else ""
    match faute["type"]:
        case "missing":
            return f"{parent} : il manque « {nom} »"
        case "unexpected_keyword_argument":
            return f"{parent} : « {nom} » n’est pas prévu"
        case "bool_type":
            return f"{parent} : « {nom} » vaut true ou false"
        case "int_type" | "int_from_float" | "greater_than_equal":
            return f"{parent} : « {nom} » n’est pas un numéro de ligne"
        case "too_short":
            return f"{parent} : « {nom} » est vide"
        case "string_type":
            return f"{lieu} : {TEXTE_ATTENDU}"
        case "tuple_type":
            return f"{lieu} : une liste était attendue"
        case "literal_error" | "enum":
            choix = faute["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return f"{lieu} : la valeur n’est pas dans la liste ({choix})"
        case "refus":
            return f"{lieu} : {faute['msg']}"
    return f"{lieu} : un objet était attendu"


def _place(etapes: tuple[int | str, ...]) -> str:
    """« feuilles[0], cibles[1], « sexe » »."""
    mots: list[str] = []
    for etape in etapes:
        mot = "".join(filter(str.isprintable, str(etape)))[:LONGUEUR_CODE]
        if isinstance(etape, int):
            mots[-1] += f"[{mot}]"
        elif mots and mots[-1] == "colonnes":
            mots[-1] = f"« {mot} »"
        elif etape != "[key]":
            mots.append(mot)
    return ", ".join(mots) or "profil"


def check_profil(profil: Profil) -> None:
    """Refuse a profile that feeds nothing, feeds a sheet twice, or leaves a required column without a rule."""
    cibles = [cible.feuille for _, cible in profil.targets()]
    if not cibles:
        raise _refusal("il ne remplit aucune feuille")
    for nom in cibles:
        if cibles.count(nom) > 1:
            raise _refusal(f"la feuille « {nom} » est remplie deux fois")
    for _, cible in profil.targets():
        origine = feuille(cible.feuille)
        requises = set(origine.cle) if cible.garder_le_reste else {k.nom for k in origine.colonnes if k.obligatoire}
        if manquent := sorted(requises - {"code_plie"} - cible.colonnes.keys()):
            raise _refusal(f"feuille « {cible.feuille} », rien ne remplit « {' », « '.join(manquent)} »")


def _refusal(detail: str) -> ClasseurRefuseError:
    return refuse(c.PROFIL_ILLISIBLE, detail)
