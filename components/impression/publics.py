"""The publics of the programme on the page « Publics et parité »: age, RSA, minima, DELD, QPV, handicap, diplôme."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from charts import palette
from charts.barres import barres
from charts.donnees import Point, as_table
from charts.parts import Groupe, color_ages, parts_empilees
from components.cadre.chiffres import chiffre, chiffre_un_an_avant, labels
from components.cadre.choix import Perimetre
from components.impression.graphiques import is_hidden, show_chart, show_missing
from components.impression.parite import join_unbroken
from data_access.tables import NON_RENSEIGNE
from indicators.comparable import is_comparable
from indicators.decoupages import find_decoupage
from indicators.nombres import write_value
from indicators.perimetre import Filtres
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie

EFFECTIF = "participants_accompagnes"
Lecteur = Callable[[str, Filtres], ResultatPublie]
CARACTERISTIQUES = ("rsa", "minima_sociaux", "deld", "qpv", "handicap")
AUCUN = Cellule((), Etat.EXACT, 0.0, 0.0)
VIDE = "Aucun participant accompagné dans ce périmètre. Élargissez la période."


@dataclass(frozen=True)
class Repartition:
    """The participants cut by one characteristic, and how many they are in all."""

    code: str
    resultat: ResultatPublie
    tous: Cellule

    @property
    def total(self) -> float | None:
        """How many they are in all; None where it has no number."""
        return self.tous.valeur

    def find(self, valeur: str) -> Cellule | None:
        """The cell of that part; None where nobody is in it."""
        return next((c for c in self.resultat if dict(c.par).get(self.code) == valeur), None)

    @property
    def inconnue(self) -> bool:
        """True when the characteristic is known of nobody."""
        inconnus = self.find(NON_RENSEIGNE)
        return inconnus is not None and inconnus.valeur is not None and inconnus.valeur == self.total

    def share(self, valeur: str) -> str:
        """« 49,3 % »: share of one part in the whole; nothing where it cannot be said."""
        if valeur != NON_RENSEIGNE and self.inconnue:
            return ""
        return phrases.write_share(self.find(valeur) or AUCUN, self.tous)

    def write(self, valeur: str) -> str:
        """« 151 (49,3 %) »."""
        nombre, part = _write_count(self.find(valeur), self.resultat), self.share(valeur)
        return f"{nombre} ({part})" if part else nombre


def _write_count(cellule: Cellule | None, resultat: ResultatPublie) -> str:
    """A part that is not in a result is empty; nothing is said of a year that does not compare."""
    if cellule is None:
        return "0" if is_comparable(resultat) else "–"
    return write_value(cellule, resultat.unite)


def read_split(code: str, filtres: Filtres) -> tuple[Repartition, Repartition]:
    """This year and the year before."""
    return _read(chiffre, code, filtres), _read(chiffre_un_an_avant, code, filtres)


def _read(lire: Lecteur, code: str, filtres: Filtres) -> Repartition:
    return Repartition(code, lire(EFFECTIF, filtres.split_by(code)), lire(EFFECTIF, filtres).cellule)


def show_publics(perimetre: Perimetre) -> None:
    """Yes, no and unknown of each characteristic at entry, last year beside."""
    titre = "Situation à l’entrée"
    total = chiffre(EFFECTIF, perimetre.filtres)
    if total.valeur == 0 or is_hidden([_as_point(total.cellule, total, titre)]):
        show_missing(titre, VIDE)
        return
    reparties = [read_split(code, perimetre.filtres) for code in CARACTERISTIQUES]
    groupes = [group_of(jour, avant) for jour, avant in reparties]
    show_chart(
        parts_empilees(groupes, titre, palette.OUI_NON),
        titre,
        "situation",
        pd.DataFrame([row_of(jour, avant) for jour, avant in reparties]),
        effectif=phrases.write_size(total, "participant accompagné", "participants accompagnés"),
        note="parts de tous les participants, « non renseigné » compris ; une personne peut être dans plusieurs lignes",
        base=max(jour.resultat.base for jour, _ in reparties),
    )


def group_of(jour: Repartition, avant: Repartition) -> Groupe:
    decoupage = find_decoupage(jour.code)
    parts = [_as_point(c, jour.resultat, decoupage.label(c.at(jour.code))) for c in jour.resultat if c.par]
    return Groupe(decoupage.libelle, _say_yes(jour, avant), tuple(parts))


def _as_point(cellule: Cellule, resultat: ResultatPublie, nom: str) -> Point:
    return Point(nom, nom, cellule.valeur, write_value(cellule, resultat.unite), nom, cellule.base)


def _say_yes(jour: Repartition, avant: Repartition) -> str:
    """« 151 oui sur 306, soit 49,3 % · 4 non renseignés · 47,0 % l’an dernier »."""
    if jour.inconnue:
        return f"non renseigné pour les {phrases.count(jour.total or 0, 'participant')}"
    unite, part = jour.resultat.unite, jour.share("oui")
    oui = f"{_write_count(jour.find('oui'), jour.resultat)} oui sur {write_value(jour.tous, unite)}"
    return join_unbroken(f"{oui}, soit {part}" if part else oui, _say_unknown(jour), _last_year(avant, "oui"))


def _say_unknown(jour: Repartition) -> str:
    inconnus = jour.find(NON_RENSEIGNE)
    if inconnus is not None and inconnus.base:
        return f"{write_value(inconnus, jour.resultat.unite)} non renseignés"
    return phrases.count(inconnus.valeur or 0 if inconnus else 0, "non renseigné")


def _last_year(avant: Repartition, valeur: str) -> str:
    part = avant.share(valeur)
    return f"{part} l’an dernier" if part else ""


def row_of(jour: Repartition, avant: Repartition) -> dict[str, str]:
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
    tranches = labels(perimetre.codes)["age"]
    ages, sexes = chiffre(EFFECTIF, decoupe), _read(chiffre, "sexe", perimetre.filtres)
    lus = (_ages_of(sexe, ages, sexes.find(sexe)) for sexe in find_decoupage("sexe").valeurs)
    groupes = [groupe for groupe in lus if groupe is not None]
    if not groupes:
        show_missing(titre, VIDE)
        return
    show_chart(
        parts_empilees(groupes, titre, color_ages(tuple(tranches.values()))),
        titre,
        "age",
        _age_table(ages, chiffre_un_an_avant(EFFECTIF, decoupe), tranches),
        effectif="n = participants accompagnés de chaque ligne",
        note="parts de chaque sexe",
        base=ages.base,
    )


def _ages_of(sexe: str, ages: ResultatPublie, tous: Cellule | None) -> Groupe | None:
    """The bar of one sexe, `tous` being those who have it; None where nobody does."""
    age = find_decoupage("age")
    points = [_as_point(c, ages, age.label(c.at("age"))) for c in ages if dict(c.par).get("sexe") == sexe]
    if tous is None or tous.valeur == 0 or not points:
        return None
    n = phrases.write_n(tous, "")
    return Groupe(_name_sexe(sexe), n, tuple(points))


def _age_table(jour: ResultatPublie, hier: ResultatPublie, tranches: dict[str, str]) -> pd.DataFrame:
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
        for tranche in (*tranches, NON_RENSEIGNE)
    )


def _write_cell(resultat: ResultatPublie, sexe: str, age: str) -> str:
    cellule = next((c for c in resultat if dict(c.par) == {"sexe": sexe, "age": age}), None)
    return _write_count(cellule, resultat)


def _name_sexe(code: str) -> str:
    return "Sexe non renseigné" if code == NON_RENSEIGNE else find_decoupage("sexe").label(code)


def show_diplomas(perimetre: Perimetre) -> None:
    """Level of diploma at entry, last year beside each."""
    show_distribution(perimetre, "diplome", "Niveau")


def show_distribution(perimetre: Perimetre, code: str, quoi: str) -> None:
    """Accompanied people in each part of one characteristic, last year beside."""
    decoupage = find_decoupage(code)
    titre = decoupage.libelle if "entrée" in decoupage.libelle else f"{decoupage.libelle} à l’entrée"
    jour, avant = read_split(code, perimetre.filtres)
    if not any(c.valeur or c.base for c in jour.resultat):
        show_missing(titre, VIDE)
        return
    points = [
        _part_of(valeur, nom, jour, avant) for valeur, nom in zip(decoupage.valeurs, decoupage.libelles, strict=True)
    ]
    show_chart(
        barres(points, titre),
        titre,
        code,
        as_table(points, f"{quoi} (et un an plus tôt)", "Participants"),
        effectif=phrases.write_size(
            replace(jour.resultat, cellules=(jour.tous,)), "participant accompagné", "participants accompagnés"
        ),
        base=jour.resultat.base,
    )


def _part_of(valeur: str, nom: str, jour: Repartition, avant: Repartition) -> Point:
    cellule, hier = jour.find(valeur), _last_year(avant, valeur)
    return Point(
        code=valeur,
        libelle=f"{nom} ({hier})" if hier else nom,
        valeur=cellule.valeur if cellule else 0.0,
        texte=jour.write(valeur),
        base=cellule.base if cellule else 0,
    )
