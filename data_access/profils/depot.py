"""Profiles kept in the database by PLIE and name, to be used again next month, and exchanged as JSON.

JSON is written to be read by a person, and read back strictly: an unknown word is refused, nothing runs.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from data_access.classeur import controles as c
from data_access.classeur.anomalies import ClasseurRefuseError, refuse
from data_access.colonnes import LONGUEUR_CODE
from data_access.format import FEUILLES, feuille
from data_access.profils.contenu import Cible, FeuilleSource, Filtre, Profil, Regle, Sinon
from data_access.profils.dates import is_date_format
from data_access.profils.texte import ENCODAGES, SEPARATEURS
from data_access.tables import profils as table


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


def delete_profil(engine: sa.Engine, code_plie: str, nom: str) -> None:
    """Forget a profile; what was loaded with it stays."""
    with engine.begin() as base:
        base.execute(sa.delete(table).where(_is(code_plie, nom)))


def _is(code_plie: str, nom: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.code_plie == code_plie, table.c.nom == nom)


VERSION = 1
POIDS_MAX = 1_000_000
_TEXTE_MAX = 500
_FEUILLES = {f.nom for f in FEUILLES} - {"PLIE"}
_PLIE = {colonne.nom for colonne in feuille("PLIE").colonnes} - {"code_plie", "date_extraction"}
_CHAMPS_D_UNE_REGLE = {
    *("sources", "constante", "separateur", "valeurs", "sinon"),
    *("oui_si_remplies", "format_date", "recopier"),
}
Objet = dict[str, Any]


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


def _cible_to_dict(cible: Cible) -> Objet:
    filtres = [
        _filled(colonne=f.colonne, garder=list(f.garder), exclure=list(f.exclure), remplie=f.remplie)
        for f in cible.filtres
    ]
    colonnes = {nom: _regle_to_dict(regle) for nom, regle in cible.colonnes.items()}
    options = _filled(regrouper=cible.regrouper, garder_le_reste=cible.garder_le_reste, filtres=filtres)
    return {"feuille": cible.feuille} | options | {"colonnes": colonnes}


def _regle_to_dict(regle: Regle) -> Objet:
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
    champs = _object(
        objet, "profil", {"version", "nom", "code_plie", "logiciel", "feuilles"},
        {"encodage", "separateur", "decimale", "plie"},
    )  # fmt: skip
    if type(champs["version"]) is not int or champs["version"] != VERSION:
        raise _refusal(f"sa version n’est pas {VERSION}")
    code_plie = _text(champs["code_plie"], "code_plie")
    if len(code_plie) > LONGUEUR_CODE:
        raise _refusal(f"« code_plie » dépasse {LONGUEUR_CODE} caractères")
    profil = Profil(
        nom=_text(champs["nom"], "nom"),
        code_plie=code_plie,
        logiciel=_text(champs["logiciel"], "logiciel"),
        feuilles=tuple(_read_source(f, f"feuilles[{i}]") for i, f in enumerate(_list(champs["feuilles"], "feuilles"))),
        encodage=_choice(champs.get("encodage"), (None, *ENCODAGES), "encodage"),
        separateur=_choice(champs.get("separateur"), (None, *SEPARATEURS), "separateur"),
        decimale=_choice(champs.get("decimale", ","), (",", "."), "decimale"),
        plie=_text_map(champs.get("plie", {}), "plie", _PLIE),
    )
    check_profil(profil)
    return profil


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


def _read_source(objet: Any, ou: str) -> FeuilleSource:
    champs = _object(objet, ou, {"nom", "cibles"}, {"ligne_entete"})
    ligne = champs.get("ligne_entete")
    if ligne is not None and (type(ligne) is not int or ligne < 1):
        raise _refusal(f"{ou} : « ligne_entete » n’est pas un numéro de ligne")
    cibles = tuple(_read_cible(v, f"{ou}, cibles[{i}]") for i, v in enumerate(_list(champs["cibles"], ou)))
    return FeuilleSource(_text(champs["nom"], ou), cibles, ligne)


def _read_cible(objet: Any, ou: str) -> Cible:
    champs = _object(objet, ou, {"feuille", "colonnes"}, {"regrouper", "garder_le_reste", "filtres"})
    nom = _choice(champs["feuille"], tuple(sorted(_FEUILLES)), f"{ou}, feuille")
    connues = {colonne.nom for colonne in feuille(nom).colonnes} - {"code_plie"}
    colonnes = _object(champs["colonnes"], f"{ou}, colonnes", set(), connues)
    return Cible(
        nom,
        {colonne: _read_regle(regle, f"{ou}, « {colonne} »") for colonne, regle in colonnes.items()},
        _flag(champs, "regrouper", ou),
        _flag(champs, "garder_le_reste", ou),
        tuple(_read_filtre(f, f"{ou}, filtres") for f in _list(champs.get("filtres", []), ou)),
    )


def _read_regle(objet: Any, ou: str) -> Regle:
    champs = _object(objet, ou, set(), _CHAMPS_D_UNE_REGLE)
    if ("sources" in champs) == ("constante" in champs):
        raise _refusal(f"{ou} : il faut soit « sources », soit « constante »")
    sources = _texts(champs.get("sources", []), ou)
    if "sources" in champs and not sources:
        raise _refusal(f"{ou} : « sources » est vide")
    format_date = champs.get("format_date")
    if format_date is not None and not (isinstance(format_date, str) and is_date_format(format_date)):
        raise _refusal(f"{ou} : « format_date » s’écrit par exemple JJ/MM/AAAA")
    return Regle(
        sources=sources,
        constante=_text(champs["constante"], ou) if "constante" in champs else None,
        separateur=_text(champs.get("separateur", "-"), ou, vide=True),
        oui_si_remplies=_flag(champs, "oui_si_remplies", ou),
        valeurs=_text_map(champs.get("valeurs", {}), f"{ou}, valeurs"),
        sinon=Sinon(_choice(champs.get("sinon", Sinon.REJETER.value), tuple(s.value for s in Sinon), f"{ou}, sinon")),
        format_date=format_date,
        recopier=_flag(champs, "recopier", ou),
    )


def _read_filtre(objet: Any, ou: str) -> Filtre:
    champs = _object(objet, ou, {"colonne"}, {"garder", "exclure", "remplie"})
    return Filtre(
        _text(champs["colonne"], ou),
        _texts(champs.get("garder", []), ou),
        _texts(champs.get("exclure", []), ou),
        _flag(champs, "remplie", ou),
    )


def _refusal(detail: str) -> ClasseurRefuseError:
    return refuse(c.PROFIL_ILLISIBLE, detail)


def _object(valeur: Any, ou: str, requis: set[str], facultatifs: set[str]) -> Objet:
    if not isinstance(valeur, dict):
        raise _refusal(f"{ou} : un objet était attendu")
    if manquent := sorted(requis - valeur.keys()):
        raise _refusal(f"{ou} : il manque « {manquent[0]} »")
    if inconnus := sorted(valeur.keys() - requis - facultatifs):
        raise _refusal(f"{ou} : « {inconnus[0][:LONGUEUR_CODE]} » n’est pas prévu")
    return valeur


def _list(valeur: Any, ou: str) -> list[Any]:
    if not isinstance(valeur, list):
        raise _refusal(f"{ou} : une liste était attendue")
    return valeur


def _text(valeur: Any, ou: str, vide: bool = False) -> str:
    if not isinstance(valeur, str) or len(valeur) > _TEXTE_MAX or not (vide or valeur.strip()):
        raise _refusal(f"{ou} : un texte de {_TEXTE_MAX} caractères au plus était attendu")
    if not valeur.isprintable():
        raise _refusal(f"{ou} : le texte contient un caractère invisible")
    return valeur


def _texts(valeur: Any, ou: str) -> tuple[str, ...]:
    return tuple(_text(texte, ou) for texte in _list(valeur, ou))


def _text_map(valeur: Any, ou: str, connus: set[str] | None = None) -> dict[str, str]:
    libres = set(valeur) if isinstance(valeur, dict) else set()
    champs = _object(valeur, ou, set(), libres if connus is None else connus)
    return {_text(cle, ou): _text(texte, ou, vide=True) for cle, texte in champs.items()}


def _flag(champs: Objet, nom: str, ou: str) -> bool:
    valeur = champs.get(nom, False)
    if not isinstance(valeur, bool):
        raise _refusal(f"{ou} : « {nom} » vaut true ou false")
    return valeur


def _choice(valeur: Any, choix: tuple[Any, ...], ou: str) -> Any:
    if isinstance(valeur, bool) or not isinstance(valeur, (str, type(None))) or valeur not in choix:
        admis = ", ".join(str(v) for v in choix if v is not None)
        raise _refusal(f"{ou} : la valeur n’est pas dans la liste ({admis})")
    return valeur
