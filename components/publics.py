"""The publics of the programme on the page « Publics et parité »: age, RSA, minima, DELD, QPV, handicap, diplôme."""

import pandas as pd

from charts.barres import barres
from charts.donnees import Point, as_table
from charts.parts import AGES, OUI_NON, Groupe, parts_empilees
from components.chiffres import chiffre, chiffre_un_an_avant
from components.choix import Perimetre
from components.graphiques import MASQUE_PARTOUT, show_chart, show_missing
from components.parite import join_unbroken
from data_access.tables import NON_RENSEIGNE
from indicators.decoupages import find_decoupage
from indicators.nombres import write_integer, write_percent, write_value
from indicators.perimetre import Filtres
from indicators.phrases import count
from indicators.resultats import Cellule, ResultatPublie

EFFECTIF = "participants_accompagnes"
CARACTERISTIQUES = ("rsa", "minima_sociaux", "deld", "qpv", "handicap")
VIDE = "Aucun participant accompagné dans ce périmètre. Élargissez la période."


def show_publics(perimetre: Perimetre) -> None:
    """Yes, no and unknown of each characteristic at entry, last year beside."""
    titre = "Situation à l’entrée"
    total = chiffre(EFFECTIF, perimetre.filtres)
    groupes = [_group_of(code, perimetre.filtres) for code in CARACTERISTIQUES]
    masque = total.masquees or (total.valeur and all(_is_masked(groupe) for groupe in groupes))
    if masque or not total.valeur:
        show_missing(titre, MASQUE_PARTOUT if masque else VIDE)
        return
    show_chart(
        parts_empilees(groupes, titre, OUI_NON),
        titre,
        "situation",
        pd.DataFrame([_row(code, perimetre.filtres) for code in CARACTERISTIQUES]),
        effectif=f"n = {write_integer(total.valeur)} participants accompagnés",
        note="parts de tous les participants, « non renseigné » compris ; une personne peut être dans plusieurs lignes",
    )


def _group_of(code: str, filtres: Filtres) -> Groupe:
    decoupage = find_decoupage(code)
    resultat, avant = _split(code, filtres)
    parts = tuple(_as_point(c, resultat, decoupage.label(c.at(code))) for c in resultat if c.par)
    return Groupe(decoupage.libelle, _say_yes(code, resultat, avant), parts)


def _split(code: str, filtres: Filtres) -> tuple[ResultatPublie, ResultatPublie]:
    decoupe = filtres.split_by(code)
    return chiffre(EFFECTIF, decoupe), chiffre_un_an_avant(EFFECTIF, decoupe)


def _as_point(cellule: Cellule, resultat: ResultatPublie, nom: str) -> Point:
    return Point(nom, nom, cellule.valeur, write_value(cellule, resultat.unite), nom)


def _say_yes(code: str, resultat: ResultatPublie, avant: ResultatPublie) -> str:
    """« 151 oui sur 306, soit 49,3 % · 4 non renseignés · 47,0 % l’an dernier »."""
    oui, total = find_part(resultat, code, "oui"), _whole(resultat)
    if total is None:
        return "masqué"
    inconnus = find_part(resultat, code, NON_RENSEIGNE)
    if inconnus is not None and inconnus.valeur == total:
        return f"non renseigné pour les {count(total, 'participant')}"
    nombre = oui.valeur or 0.0 if oui else 0.0
    morceaux = [f"{write_integer(nombre)} oui sur {write_integer(total)}, soit {write_percent(nombre / total)}"]
    morceaux.append(count(inconnus.valeur or 0 if inconnus else 0, "non renseigné"))
    return join_unbroken(*morceaux, _last_year(code, "oui", avant))


def find_part(resultat: ResultatPublie, code: str, valeur: str) -> Cellule | None:
    """The cell of that part; None where nobody is in it."""
    return next((c for c in resultat if dict(c.par).get(code) == valeur), None)


def _whole(resultat: ResultatPublie) -> float | None:
    """Sum of the parts; None when one is masked or all are empty: a share would then say too much, or nothing."""
    valeurs = [c.valeur for c in resultat]
    return None if any(v is None for v in valeurs) else sum(v for v in valeurs if v is not None) or None


def _last_year(code: str, valeur: str, avant: ResultatPublie) -> str:
    part = share_of(avant, code, valeur)
    return "" if part is None else f"{write_percent(part)} l’an dernier"


def share_of(resultat: ResultatPublie, code: str, valeur: str) -> float | None:
    """Share of one part in the whole; None where it cannot be said: masked, or known of nobody."""
    total, cellule = _whole(resultat), find_part(resultat, code, valeur)
    inconnus = find_part(resultat, code, NON_RENSEIGNE)
    if valeur != NON_RENSEIGNE and inconnus is not None and inconnus.valeur == total:
        return None
    return None if total is None else (cellule.valeur or 0.0 if cellule else 0.0) / total


def _row(code: str, filtres: Filtres) -> dict[str, str]:
    decoupage = find_decoupage(code)
    resultat, avant = _split(code, filtres)
    ligne = {"Situation": decoupage.libelle}
    for valeur, nom in zip(decoupage.valeurs, decoupage.libelles, strict=True):
        ligne[nom] = _count_and_share(resultat, code, valeur)
        if valeur == "oui":
            ligne["Oui, un an plus tôt"] = _count_and_share(avant, code, valeur)
    return ligne


def _count_and_share(resultat: ResultatPublie, code: str, valeur: str) -> str:
    cellule, part = find_part(resultat, code, valeur), share_of(resultat, code, valeur)
    nombre = "0" if cellule is None else write_value(cellule, resultat.unite)
    return nombre if part is None else f"{nombre} ({write_percent(part)})"


def show_age_by_sex(perimetre: Perimetre) -> None:
    """Age at entry of women, of men and of those whose sexe is not known."""
    titre = "Âge à l’entrée, par sexe"
    resultat = chiffre(EFFECTIF, perimetre.filtres.split_by("sexe", "age"))
    groupes = [_ages_of(sexe, resultat) for sexe in find_decoupage("sexe").valeurs]
    groupes = [g for g in groupes if g.parts]
    if all(_is_masked(groupe) for groupe in groupes):
        show_missing(titre, MASQUE_PARTOUT if groupes else VIDE)
        return
    show_chart(
        parts_empilees(groupes, titre, AGES),
        titre,
        "age",
        _age_table(groupes, perimetre.filtres),
        effectif="n = participants accompagnés de chaque ligne",
        note="parts de chaque sexe",
    )


def _is_masked(groupe: Groupe) -> bool:
    """True when a part of the group has no value: nothing of it is drawn."""
    return any(p.valeur is None for p in groupe.parts)


def _ages_of(sexe: str, resultat: ResultatPublie) -> Groupe:
    age, nom = find_decoupage("age"), find_decoupage("sexe").label(sexe)
    cellules = [c for c in resultat if dict(c.par).get("sexe") == sexe]
    nom = "Sexe non renseigné" if sexe == NON_RENSEIGNE else nom
    points = tuple(_as_point(c, resultat, age.label(c.at("age"))) for c in cellules)
    masque = any(p.valeur is None for p in points)
    total = "masqué" if masque else f"n = {write_integer(sum(p.valeur or 0 for p in points))}"
    return Groupe(nom, total, points)


def _age_table(groupes: list[Groupe], filtres: Filtres) -> pd.DataFrame:
    avant = chiffre_un_an_avant(EFFECTIF, filtres.split_by("sexe", "age"))
    passes = {g.libelle: g for g in (_ages_of(s, avant) for s in find_decoupage("sexe").valeurs)}
    lignes = []
    for groupe in groupes:
        hier = {p.serie: p.texte for p in passes[groupe.libelle].parts}
        jour = {p.serie: p.texte for p in groupe.parts}
        lignes += [
            {
                "Sexe": groupe.libelle,
                "Âge": age,
                "Participants": jour.get(age, "0"),
                "Un an plus tôt": hier.get(age, "0"),
            }
            for age in AGES
        ]
    return pd.DataFrame(lignes)


def show_diplomas(perimetre: Perimetre) -> None:
    """Level of diploma at entry, last year beside each."""
    titre = "Niveau de diplôme à l’entrée"
    decoupage = find_decoupage("diplome")
    resultat, avant = _split("diplome", perimetre.filtres)
    total = _whole(resultat)
    if not any(c.valeur for c in resultat):
        show_missing(titre, MASQUE_PARTOUT if resultat.masquees else VIDE)
        return
    points = [
        _diploma(valeur, nom, resultat, avant)
        for valeur, nom in zip(decoupage.valeurs, decoupage.libelles, strict=True)
    ]
    show_chart(
        barres(points, titre),
        titre,
        "diplome",
        as_table(points, "Niveau (et un an plus tôt)", "Participants"),
        effectif=f"n = {write_integer(total)} participants accompagnés" if total else "",
    )


def _diploma(valeur: str, nom: str, resultat: ResultatPublie, avant: ResultatPublie) -> Point:
    cellule = find_part(resultat, "diplome", valeur)
    hier = _last_year("diplome", valeur, avant)
    return Point(
        code=valeur,
        libelle=f"{nom} ({hier})" if hier else nom,
        valeur=cellule.valeur if cellule else 0.0,
        texte=_count_and_share(resultat, "diplome", valeur),
    )
