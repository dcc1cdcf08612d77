"""What the papers of a meeting should say, asked of `publier` anew: a picture or a card is known by its name only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa

from data_access.base.jours import add_months
from data_access.tables import NON_RENSEIGNE
from indicators.decoupages import find_decoupage
from indicators.nombres import INSECABLE, write_month, write_short_date, write_value
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
POPULATIONS = {
    "Participants accompagnés": "part_femmes",
    "File active": "part_femmes_file_active",
    "Entrées": "part_femmes_entrees",
    "Sorties": "part_femmes_sorties",
    "Sorties positives": "part_femmes_sorties_positives",
    "Étapes": "part_femmes_etapes",
}


@dataclass(frozen=True)
class Nombre:
    """A number that a paper must show, or the word in its place. `taille`: of the population it is a part of."""

    valeur: float | None
    mot: str
    taille: float | None = None


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

    def card(self, libelle: str) -> tuple[ResultatPublie, ResultatPublie]:
        """The figure of a card, and that of the year before. KeyError for a card that is not known."""
        code = CARTES[libelle]
        return self.ask(code), self.ask(code, sur=self.periode.one_year_before())

    def picture(self, sujet: str) -> Tableau:
        """Every number of the picture of that subject. KeyError for one that is not known."""
        (fabrique,) = [f for debut, f in _IMAGES.items() if sujet.startswith(debut)] or [None]
        if fabrique is None:
            raise KeyError(sujet)
        return fabrique(self)

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
    return seule | _months(temoin, "file_active", "cette année") | _months(temoin, "file_active", "un an plus tôt", 1)


def _parity(temoin: Temoin) -> Tableau:
    return {(nom, "Part de femmes"): _one(temoin.ask(code)) for nom, code in POPULATIONS.items()}


def _situations(*codes: str) -> Callable[[Temoin], Tableau]:
    def fabriquer(temoin: Temoin) -> Tableau:
        tableau: Tableau = {}
        for code in codes:
            resultat = temoin.ask("participants_accompagnes", code)
            par_part = _column(resultat, "", _by(code))
            tableau |= {(find_decoupage(code).libelle, part): nombre for (part, _), nombre in par_part.items()}
        return tableau

    return fabriquer


def _before_exits(temoin: Temoin) -> Tableau:
    toutes = {c.at("classe"): c for c in temoin.ask("etapes_avant_sortie", "classe")}
    resultat = temoin.ask("etapes_avant_sortie", "categorie", "classe")
    nommer = temoin.name("classe", "Sans classe")

    def compare(cellule: Cellule) -> str:
        ensemble = write_value(toutes[cellule.at("classe")], resultat.unite)
        return f"{nommer(cellule)} (toutes sorties{INSECABLE}: {ensemble})"

    return _column(resultat, "Sorties positives", compare, [c for c in resultat if c.at("categorie") == "positive"])


def _ages(temoin: Temoin) -> Tableau:
    resultat = temoin.ask("participants_accompagnes", "sexe", "age")
    nommer = _by("sexe"), _by("age")
    return {(nommer[0](c), nommer[1](c)): _sum(resultat, [c]) for c in resultat if c.par}


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
    "Parcours longs": lambda t: _column(t.ask("parcours_longs"), "Parcours", lambda c: f"{c.at('seuil')} mois ou plus"),
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
        t.ask("delai_premiere_etape_respecte"), "Première étape commencée", lambda c: f"En {c.at('seuil')} jours"
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
