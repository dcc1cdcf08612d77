"""What the papers of a meeting should say, asked of `publier` anew: a picture or a card is known by its name only."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa

from data_access.base.jours import add_months
from data_access.tables import NON_RENSEIGNE
from indicators.decoupages import find_decoupage
from indicators.nombres import INSECABLE, write_integer, write_month, write_points, write_short_date, write_value
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier
from indicators.referentiel import list_labels
from indicators.resultats import Cellule, Etat, ResultatPublie

CARTES = {
    "File active": "file_active",
    "Entrées": "entrees",
    "Sorties": "sorties",
    "Sorties positives, toutes sorties": "taux_sorties_positives",
    "Sorties positives, hors neutres": "taux_sorties_positives_hors_neutres",
    "Sorties non documentées": "sorties_non_documentees",
    "Part de femmes": "part_femmes",
    "Par équivalent temps plein": "file_active_par_etp",
    "Ancienneté médiane": "anciennete_mediane",
    "Parcours suspendus": "file_active_suspendus",
    "Sans étape depuis 6 mois": "sans_etape",
    "Saisies dans le mois": "sorties_saisies_a_temps",
    "En attente de validation": "en_attente_de_validation",
    "Durée médiane des parcours": "duree_parcours_mediane",
    "Participants accompagnés": "participants_accompagnes",
    "Écart à la parité": "ecart_parite",
    "Femmes parmi les sorties positives": "part_femmes_sorties_positives",
    "Étapes": "etapes",
    "Participants en étape": "etapes_participants",
    "Étapes par participant": "etapes_par_participant",
    "Sans étape en cours": "sans_etape_en_cours",
    "Délai de la première étape": "delai_premiere_etape",
    "Attente entre deux étapes": "attente_entre_etapes",
    "Heures d’étapes": "heures_etapes",
    "Étapes justifiées": "etapes_justifiees",
    "Toujours en emploi à 6 mois": "maintien_a_6_mois",
    "Sorties d’opération saisies dans le mois": "sorties_operation_saisies_a_temps",
    "Vus en entretien dans le mois": "entretien_du_mois",
    "Contacts par personne et par mois": "contacts_par_participant_et_mois",
    "Délai du premier entretien": "premier_entretien",
}
SEULES = {
    "Étapes seules": "file_active",
    "Entrées, étapes seules": "entrees",
    "Sorties, étapes seules": "sorties",
    "Étapes des parcours d’une seule étape": "etapes",
    "Part de femmes, étapes seules": "part_femmes",
}
"""Cards of the parcours of one étape alone, which stay out of the figure."""
POPULATIONS = {
    "Participants accompagnés": "part_femmes",
    "File active": "part_femmes_file_active",
    "Entrées": "part_femmes_entrees",
    "Sorties": "part_femmes_sorties",
    "Sorties positives": "part_femmes_sorties_positives",
    "Étapes": "part_femmes_etapes",
}


AVANT = "Un an plus tôt"


@dataclass(frozen=True)
class Nombre:
    """A number that a paper must show, or the word in its place. `taille`: of the population it is a part of."""

    valeur: float | None
    mot: str
    taille: float | None = None


@dataclass(frozen=True)
class Carte:
    """What a card must show."""

    cellule: Cellule
    unite: str

    @property
    def valeur(self) -> float | None:
        return self.cellule.valeur


def _at(resultat: ResultatPublie, par: tuple[tuple[str, str], ...]) -> Cellule:
    """The cell of that part; 0 where nobody is in it."""
    absente = Cellule(par, Etat.EXACT, 0.0, 0.0)
    return next((c for c in resultat if c.par == par), absente) if par else resultat.cellule


Tableau = dict[tuple[str, str], Nombre]
"""(line, column) → number."""


@dataclass
class Temoin:
    """Asks the same base as the papers, for the same reader, without ever opening an edition."""

    base: sa.Connection
    code: str
    periode: Periode
    audience: str
    droits: Droits = field(init=False)

    def __post_init__(self) -> None:
        self.droits = Droits(self.audience, (self.code,))
        self.noms = list_labels(self.base, (self.code,))

    def ask(self, code: str, *par: str, sur: Periode | None = None) -> ResultatPublie:
        return publier(self.base, code, Filtres((self.code,), sur or self.periode, par=par), self.droits)

    def card(self, libelle: str) -> tuple[Carte, Carte]:
        """The figure of a card, and that of the year before. KeyError for a card that is not known."""
        code, par = CARTES.get(libelle, ""), ()
        if seuil := re.fullmatch(r"Parcours de (\d+) mois ou plus", libelle):
            code, par = "parcours_longs", (("seuil", seuil[1]),)
        elif libelle in SEULES:
            code, par = SEULES[libelle], (("mode", "etape_seule"),)
        if not code:
            raise KeyError(libelle)
        actuel, avant = (
            self.ask(code, *dict(par), sur=sur) for sur in (self.periode, self.periode.one_year_before())
        )  # fmt: skip
        return Carte(_at(actuel, par), str(actuel.unite)), Carte(_at(avant, par), str(avant.unite))

    def picture(self, sujet: str) -> Tableau:
        """Every number of the picture of that subject. KeyError for one that is not known."""
        (fabrique,) = [f for debut, f in _IMAGES.items() if sujet.startswith(debut)] or [None]
        if fabrique is None:
            raise KeyError(sujet)
        return fabrique(self)

    def table(self, sujet: str) -> Tableau | None:
        """Every number of the table of words of that picture; None where the table is its own numbers."""
        fabriques = [f for debut, f in _TABLEAUX.items() if sujet.startswith(debut)]
        return fabriques[0](self) if fabriques else None

    def name(self, decoupage: str, sans_nom: str) -> Callable[[Cellule], str]:
        """What the PLIE calls the part of a cell."""

        def nommer(cellule: Cellule) -> str:
            code = cellule.at(decoupage)
            if code == NON_RENSEIGNE:
                return sans_nom
            return self.noms[decoupage].get(code) or f"«{INSECABLE}{code}{INSECABLE}»"

        return nommer

    def year(self) -> Periode:
        """The twelve months that a monthly picture covers, or the period when it is longer."""
        debut = add_months(self.periode.au.replace(day=1), -11)
        return Periode(min(debut, self.periode.du), self.periode.au)


def _column(
    resultat: ResultatPublie, colonne: str, nommer: Callable[[Cellule], str], cellules: Iterable[Cellule] | None = None
) -> Tableau:
    """One number a name; cells of one name are one line, unknown as soon as one of them is."""
    par_nom: dict[str, list[Cellule]] = {}
    for cellule in resultat if cellules is None else cellules:
        par_nom.setdefault(nommer(cellule), []).append(cellule)
    return {(nom, colonne): _sum(resultat, siennes) for nom, siennes in par_nom.items()}


def _sum(resultat: ResultatPublie, cellules: Sequence[Cellule]) -> Nombre:
    muettes = [c for c in cellules if c.valeur is None]
    if muettes:
        return Nombre(None, write_value(muettes[0], resultat.unite))
    somme = sum(c.valeur or 0.0 for c in cellules)
    mot = write_value(cellules[0], resultat.unite) if len(cellules) == 1 else ""
    return Nombre(somme, mot, cellules[0].denominateur)


def _one(resultat: ResultatPublie) -> Nombre:
    return _sum(resultat, [resultat.cellule])


def _by(decoupage: str) -> Callable[[Cellule], str]:
    trouve = find_decoupage(decoupage)
    return lambda cellule: trouve.label(cellule.at(decoupage))


def _months(temoin: Temoin, code: str, colonne: str, recul: int = 0) -> Tableau:
    """Twelve months; `recul` years earlier, under the names of this year's months."""
    periode = temoin.year()
    noms = [write_month(c.at("mois")) for c in temoin.ask(code, "mois", sur=periode)]
    sur = periode.one_year_before() if recul else periode
    resultat = temoin.ask(code, "mois", sur=sur)
    return {(nom, colonne): _sum(resultat, [cellule]) for nom, cellule in zip(noms, resultat, strict=True)}


def _flow(temoin: Temoin) -> Tableau:
    veille = temoin.periode.du - timedelta(days=1)
    return {
        (f"Au {write_short_date(veille)}", "Parcours"): _one(temoin.ask("file_active", sur=Periode(veille, veille))),
        ("Entrées", "Parcours"): _one(temoin.ask("entrees")),
        ("Sorties", "Parcours"): _one(temoin.ask("sorties")),
        (f"Au {write_short_date(temoin.periode.au)}", "Parcours"): _one(temoin.ask("file_active")),
    }


def _counted(resultat: ResultatPublie) -> list[Cellule]:
    return [cellule for cellule in resultat if cellule.par and not cellule.hors_total]


def _operations(temoin: Temoin) -> Tableau:
    """Those that follow people: an operation that supports structures has no bar."""
    noms, resultat = temoin.noms["operation"], temoin.ask("file_active", "operation")
    suivies = [c for c in resultat if c.etat is not Etat.SANS_OBJET]
    return _column(resultat, "File active", lambda c: f"{c.at('operation')} · {noms[c.at('operation')]}", suivies)


def _stock(temoin: Temoin) -> Tableau:
    seule = _months(temoin, "file_active", "File active")
    return seule | _months(temoin, "file_active", "Cette année") | _months(temoin, "file_active", AVANT, 1)


def _parity(temoin: Temoin) -> Tableau:
    avant = temoin.periode.one_year_before()
    tableau = {(nom, "Part de femmes"): _one(temoin.ask(code)) for nom, code in POPULATIONS.items()}
    return tableau | {(nom, AVANT): _one(temoin.ask(code, sur=avant)) for nom, code in POPULATIONS.items()}


def _table_of_parity(temoin: Temoin) -> Tableau:
    """Women, women and men of each population: what its part is made of."""
    tableau = _parity(temoin)
    for nom, code in POPULATIONS.items():
        cellule = temoin.ask(code).cellule
        if cellule.valeur is not None:
            for colonne, nombre in (("Femmes", cellule.numerateur), ("Femmes et hommes", cellule.denominateur)):
                tableau[nom, colonne] = Nombre(nombre, write_integer(nombre or 0))
            tableau[nom, "Écart à la parité"] = Nombre(cellule.valeur - 0.5, write_points(cellule.valeur - 0.5))
    return tableau


def _situations(*codes: str, avant: bool = False) -> Callable[[Temoin], Tableau]:
    """Each part of each characteristic; `avant`: those who said yes, a year earlier, too."""

    def fabriquer(temoin: Temoin) -> Tableau:
        tableau: Tableau = {}
        for code in codes:
            nom = find_decoupage(code).libelle
            par_part = _column(temoin.ask("participants_accompagnes", code), "", _by(code))
            tableau |= {(nom, part): nombre for (part, _), nombre in par_part.items()}
            if avant:
                resultat = temoin.ask("participants_accompagnes", code, sur=temoin.periode.one_year_before())
                tableau[nom, "Oui, un an plus tôt"] = _column(resultat, "", _by(code)).get(
                    ("Oui", ""), Nombre(0.0, "0")
                )
        return tableau

    return fabriquer


def _distribution(code: str) -> Callable[[Temoin], Tableau]:
    """Each part of one characteristic, this year and the year before."""

    def fabriquer(temoin: Temoin) -> Tableau:
        avant = temoin.ask("participants_accompagnes", code, sur=temoin.periode.one_year_before())
        actuel = temoin.ask("participants_accompagnes", code)
        return _column(actuel, "Cette année", _by(code)) | _column(avant, AVANT, _by(code))

    return fabriquer


def _table_before_exits(temoin: Temoin) -> Tableau:
    nommer = temoin.name("classe", "Sans classe")
    positives = [c for c in temoin.ask("etapes_avant_sortie", "categorie", "classe") if c.at("categorie") == "positive"]
    toutes = temoin.ask("etapes_avant_sortie", "classe")
    return _column(toutes, "Sorties positives", nommer, positives) | _column(toutes, "Toutes les sorties", nommer)


def _before_exits(temoin: Temoin) -> Tableau:
    toutes = {c.at("classe"): c for c in temoin.ask("etapes_avant_sortie", "classe")}
    resultat = temoin.ask("etapes_avant_sortie", "categorie", "classe")
    nommer = temoin.name("classe", "Sans classe")

    def compare(cellule: Cellule) -> str:
        ensemble = write_value(toutes[cellule.at("classe")], resultat.unite)
        return f"{nommer(cellule)} (toutes sorties{INSECABLE}: {ensemble})"

    return _column(resultat, "Sorties positives", compare, [c for c in resultat if c.at("categorie") == "positive"])


def _ages(temoin: Temoin) -> Tableau:
    noms = {"Non renseigné": "Sexe non renseigné"}
    ages = _sexes_and_ages(temoin, temoin.periode)
    return {(noms.get(sexe, sexe), age): nombre for (sexe, age), nombre in ages.items()}


def _sexes_and_ages(temoin: Temoin, sur: Periode) -> Tableau:
    resultat = temoin.ask("participants_accompagnes", "sexe", "age", sur=sur)
    nommer = _by("sexe"), _by("age")
    return {(nommer[0](c), nommer[1](c)): _sum(resultat, [c]) for c in resultat if c.par}


def _table_of_ages(temoin: Temoin) -> Tableau:
    """One line a sexe and a band of age, under both names."""
    periodes = {"Participants": temoin.periode, AVANT: temoin.periode.one_year_before()}
    return {
        (" · ".join(cle), colonne): nombre
        for colonne, sur in periodes.items()
        for cle, nombre in _sexes_and_ages(temoin, sur).items()
    }


def _classes_by_sex(temoin: Temoin) -> Tableau:
    resultat = temoin.ask("etapes", "classe", "sexe")
    classe, sexe = temoin.name("classe", "Sans classe"), _by("sexe")
    paires: dict[tuple[str, str], list[Cellule]] = {}
    for cellule in _counted(resultat):
        paires.setdefault((classe(cellule), sexe(cellule)), []).append(cellule)
    return {paire: _sum(resultat, cellules) for paire, cellules in paires.items()}


def _etapes(decoupage: str, sans_nom: str) -> Callable[[Temoin], Tableau]:
    def fabriquer(temoin: Temoin) -> Tableau:
        resultat = temoin.ask("etapes", decoupage)
        return _column(resultat, "Étapes", temoin.name(decoupage, sans_nom), _counted(resultat))

    return fabriquer


_IMAGES: dict[str, Callable[[Temoin], Tableau]] = {
    "File active : ": _flow,
    "File active à la fin de chaque mois": _stock,
    "File active par opération": _operations,
    "Parcours longs": lambda t: _column(
        t.ask("parcours_longs"), "Parcours (part de la file active)", lambda c: f"{c.at('seuil')} mois ou plus"
    ),
    "Entrées et sorties de chaque mois": lambda t: _months(t, "entrees", "Entrées") | _months(t, "sorties", "Sorties"),
    "Sorties par catégorie": lambda t: _column(t.ask("sorties", "categorie"), "Sorties", _by("categorie")),
    "Sorties positives par nature": lambda t: _column(
        t.ask("sorties_positives", "nature"), "Sorties positives", _by("nature")
    ),
    "Types de sortie": lambda t: _column(
        t.ask("sorties", "type_sortie"), "Sorties", t.name("type_sortie", "Sans type de sortie")
    ),
    "Part de femmes dans chaque population": _parity,
    "Situation à l’entrée": _situations("rsa", "minima_sociaux", "deld", "qpv", "handicap"),
    "Logement et ménage à l’entrée": _situations("logement", "monoparental", "parent_ne_etranger"),
    "Situation d’emploi à l’entrée": lambda t: _column(
        t.ask("participants_accompagnes", "emploi"), "Participants", _by("emploi")
    ),
    "Situation à la sortie des opérations": lambda t: _column(
        t.ask("resultats_immediats"), "Sorties d’opération", _by("situation")
    ),
    "Première étape après l’entrée": lambda t: _column(
        t.ask("delai_premiere_etape_respecte"),
        "Parcours entrés dont la première étape a commencé",
        lambda c: f"En {c.at('seuil')} jours",
    ),
    "Étapes qui ont précédé les sorties positives": _before_exits,
    "Âge à l’entrée, par sexe": _ages,
    "Niveau de diplôme à l’entrée": lambda t: _column(
        t.ask("participants_accompagnes", "diplome"), "Participants", _by("diplome")
    ),
    "Étapes par classe": _etapes("classe", "Sans classe"),
    "Femmes et hommes dans chaque classe": _classes_by_sex,
    "Types d’étape": _etapes("type_etape", "Sans type d’étape"),
}
_TABLEAUX: dict[str, Callable[[Temoin], Tableau]] = {
    "Part de femmes dans chaque population": _table_of_parity,
    "Situation à l’entrée": _situations("rsa", "minima_sociaux", "deld", "qpv", "handicap", avant=True),
    "Logement et ménage à l’entrée": _situations("logement", "monoparental", "parent_ne_etranger", avant=True),
    "Situation d’emploi à l’entrée": _distribution("emploi"),
    "Niveau de diplôme à l’entrée": _distribution("diplome"),
    "Âge à l’entrée, par sexe": _table_of_ages,
    "Étapes qui ont précédé les sorties positives": _table_before_exits,
    "Types de sortie": _IMAGES["Types de sortie"],
    "Types d’étape": _IMAGES["Types d’étape"],
}
