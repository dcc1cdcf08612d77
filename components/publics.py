"""The publics of the programme on the page « Publics et parité »: age, RSA, minima, DELD, QPV, handicap, diplôme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from charts.barres import barres
from charts.donnees import Point, as_table
from charts.parts import AGES, MASQUEE, OUI_NON, Groupe, parts_empilees
from components.chiffres import chiffre, chiffre_un_an_avant
from components.choix import Perimetre
from components.graphiques import MASQUE_PARTOUT, show_chart, show_missing
from components.parite import join_unbroken
from data_access.tables import NON_RENSEIGNE
from indicators.decoupages import find_decoupage
from indicators.nombres import MOTS_DES_ETATS, write_integer, write_percent, write_value
from indicators.perimetre import Filtres
from indicators.phrases import count
from indicators.resultats import Cellule, Etat, ResultatPublie

EFFECTIF = "participants_accompagnes"
Lecteur = Callable[[str, Filtres], ResultatPublie]
CARACTERISTIQUES = ("rsa", "minima_sociaux", "deld", "qpv", "handicap")
VIDE = "Aucun participant accompagné dans ce périmètre. Élargissez la période."


@dataclass(frozen=True)
class Repartition:
    """The participants cut by one characteristic, and how many they are in all: None where it is masked."""

    code: str
    resultat: ResultatPublie
    total: float | None

    def find(self, valeur: str) -> Cellule | None:
        """The cell of that part; None where nobody is in it."""
        return next((c for c in self.resultat if dict(c.par).get(self.code) == valeur), None)

    def share(self, valeur: str) -> float | None:
        """Share of one part in the whole; None where it cannot be said: masked, or known of nobody."""
        cellule, inconnus = self.find(valeur), self.find(NON_RENSEIGNE)
        tous_inconnus = inconnus is not None and inconnus.valeur == self.total
        if not self.total or (valeur != NON_RENSEIGNE and tous_inconnus):
            return None
        if cellule is None:
            return 0.0
        return None if cellule.valeur is None else cellule.valeur / self.total

    def write(self, valeur: str) -> str:
        """« 151 (49,3 %) »."""
        cellule, part = self.find(valeur), self.share(valeur)
        nombre = _write_count(cellule, self.resultat)
        return nombre if part is None else f"{nombre} ({write_percent(part)})"


def _write_count(cellule: Cellule | None, resultat: ResultatPublie) -> str:
    """A part that is not in a result is empty."""
    return "0" if cellule is None else write_value(cellule, resultat.unite)


def _split(code: str, filtres: Filtres) -> tuple[Repartition, Repartition]:
    """This year and the year before."""
    return _read(chiffre, code, filtres), _read(chiffre_un_an_avant, code, filtres)


def _read(lire: Lecteur, code: str, filtres: Filtres) -> Repartition:
    return Repartition(code, lire(EFFECTIF, filtres.split_by(code)), lire(EFFECTIF, filtres).valeur)


def show_publics(perimetre: Perimetre) -> None:
    """Yes, no and unknown of each characteristic at entry, last year beside."""
    titre = "Situation à l’entrée"
    total = chiffre(EFFECTIF, perimetre.filtres)
    if not total.valeur:
        show_missing(titre, MASQUE_PARTOUT if total.masquees else VIDE)
        return
    reparties = [_split(code, perimetre.filtres) for code in CARACTERISTIQUES]
    groupes = [_group_of(jour, avant) for jour, avant in reparties]
    if all(_is_masked(groupe) for groupe in groupes):
        show_missing(titre, MASQUE_PARTOUT)
        return
    show_chart(
        parts_empilees(groupes, titre, OUI_NON),
        titre,
        "situation",
        pd.DataFrame([_row(jour, avant) for jour, avant in reparties]),
        effectif=f"n = {write_integer(total.valeur)} participants accompagnés",
        note="parts de tous les participants, « non renseigné » compris ; une personne peut être dans plusieurs lignes",
    )


def _group_of(jour: Repartition, avant: Repartition) -> Groupe:
    decoupage = find_decoupage(jour.code)
    parts = [_as_point(c, jour.resultat, decoupage.label(c.at(jour.code))) for c in jour.resultat if c.par]
    return Groupe(decoupage.libelle, _say_yes(jour, avant), gather_masked(parts, jour.total))


def _as_point(cellule: Cellule, resultat: ResultatPublie, nom: str) -> Point:
    return Point(nom, nom, cellule.valeur, write_value(cellule, resultat.unite), nom)


def gather_masked(parts: Sequence[Point], total: float | None) -> tuple[Point, ...]:
    """The visible parts of a known total, and all that is masked as one; unchanged where nothing else is said."""
    vues = tuple(p for p in parts if p.valeur is not None)
    reste = (total or 0.0) - sum(p.valeur or 0.0 for p in vues)
    if len(vues) == len(parts) or reste <= 0 or not any(p.valeur for p in vues):
        return tuple(parts)
    return (*vues, Point(MASQUEE, MASQUEE, reste, MOTS_DES_ETATS[Etat.MASQUE], MASQUEE))


def _say_yes(jour: Repartition, avant: Repartition) -> str:
    """« 151 oui sur 306, soit 49,3 % · 4 non renseignés · 47,0 % l’an dernier »."""
    oui, inconnus, total = jour.find("oui"), jour.find(NON_RENSEIGNE), jour.total
    if total is None or (oui is not None and oui.valeur is None):
        return "oui : masqué" if any(c.valeur for c in jour.resultat if c.par) else "masqué"
    if inconnus is not None and inconnus.valeur == total:
        return f"non renseigné pour les {count(total, 'participant')}"
    nombre = oui.valeur or 0.0 if oui else 0.0
    return join_unbroken(
        f"{write_integer(nombre)} oui sur {write_integer(total)}, soit {write_percent(nombre / total)}",
        _say_unknown(inconnus),
        _last_year(avant, "oui"),
    )


def _say_unknown(inconnus: Cellule | None) -> str:
    if inconnus is not None and inconnus.valeur is None:
        return "le reste masqué"
    return count(inconnus.valeur or 0 if inconnus else 0, "non renseigné")


def _last_year(avant: Repartition, valeur: str) -> str:
    part = avant.share(valeur)
    return "" if part is None else f"{write_percent(part)} l’an dernier"


def _row(jour: Repartition, avant: Repartition) -> dict[str, str]:
    decoupage = find_decoupage(jour.code)
    ligne = {"Situation": decoupage.libelle}
    for valeur, nom in zip(decoupage.valeurs, decoupage.libelles, strict=True):
        ligne[nom] = jour.write(valeur)
        if valeur == "oui":
            ligne["Oui, un an plus tôt"] = avant.write(valeur)
    return ligne


def show_age_by_sex(perimetre: Perimetre) -> None:
    """Age at entry of women, of men and of those whose sexe is not known."""
    titre = "Âge à l’entrée, par sexe"
    decoupe = perimetre.filtres.split_by("sexe", "age")
    ages, sexes = chiffre(EFFECTIF, decoupe), _read(chiffre, "sexe", perimetre.filtres)
    lus = (_ages_of(sexe, ages, sexes.find(sexe)) for sexe in find_decoupage("sexe").valeurs)
    groupes = [groupe for groupe in lus if groupe is not None]
    if all(_is_masked(groupe) for groupe in groupes):
        show_missing(titre, MASQUE_PARTOUT if groupes else VIDE)
        return
    show_chart(
        parts_empilees(groupes, titre, AGES),
        titre,
        "age",
        _age_table(ages, chiffre_un_an_avant(EFFECTIF, decoupe)),
        effectif="n = participants accompagnés de chaque ligne",
        note="parts de chaque sexe",
    )


def _is_masked(groupe: Groupe) -> bool:
    """True when a part of the group has no value: nothing of it is drawn."""
    return any(p.valeur is None for p in groupe.parts)


def _ages_of(sexe: str, ages: ResultatPublie, tous: Cellule | None) -> Groupe | None:
    """The bar of one sexe, `tous` being those who have it; None where nobody does."""
    total = tous.valeur if tous else 0.0
    age = find_decoupage("age")
    points = [_as_point(c, ages, age.label(c.at("age"))) for c in ages if dict(c.par).get("sexe") == sexe]
    if total == 0 or not points:
        return None
    n = "masqué" if total is None else f"n = {write_integer(total)}"
    return Groupe(_name_sexe(sexe), n, gather_masked(points, total))


def _age_table(jour: ResultatPublie, hier: ResultatPublie) -> pd.DataFrame:
    sexe, age = find_decoupage("sexe"), find_decoupage("age")
    return pd.DataFrame(
        {
            "Sexe": _name_sexe(code),
            "Âge": age.label(tranche),
            "Participants": _write_cell(jour, code, tranche),
            "Un an plus tôt": _write_cell(hier, code, tranche),
        }
        for code in sexe.valeurs
        if any(dict(c.par).get("sexe") == code for c in jour)
        for tranche in age.valeurs
    )


def _write_cell(resultat: ResultatPublie, sexe: str, age: str) -> str:
    cellule = next((c for c in resultat if dict(c.par) == {"sexe": sexe, "age": age}), None)
    return _write_count(cellule, resultat)


def _name_sexe(code: str) -> str:
    return "Sexe non renseigné" if code == NON_RENSEIGNE else find_decoupage("sexe").label(code)


def show_diplomas(perimetre: Perimetre) -> None:
    """Level of diploma at entry, last year beside each."""
    titre = "Niveau de diplôme à l’entrée"
    decoupage = find_decoupage("diplome")
    jour, avant = _split("diplome", perimetre.filtres)
    if not any(c.valeur for c in jour.resultat):
        show_missing(titre, MASQUE_PARTOUT if jour.resultat.masquees else VIDE)
        return
    points = [
        _diploma(valeur, nom, jour, avant) for valeur, nom in zip(decoupage.valeurs, decoupage.libelles, strict=True)
    ]
    show_chart(
        barres(points, titre),
        titre,
        "diplome",
        as_table(points, "Niveau (et un an plus tôt)", "Participants"),
        effectif=f"n = {write_integer(jour.total)} participants accompagnés" if jour.total else "",
    )


def _diploma(valeur: str, nom: str, jour: Repartition, avant: Repartition) -> Point:
    cellule, hier = jour.find(valeur), _last_year(avant, valeur)
    return Point(
        code=valeur,
        libelle=f"{nom} ({hier})" if hier else nom,
        valeur=cellule.valeur if cellule else 0.0,
        texte=jour.write(valeur),
    )
