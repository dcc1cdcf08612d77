"""Places as lines of figures: communes, quartiers, small ones put together; nobody is counted twice, or nowhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from data_access.tables import NON_RENSEIGNE
from indicators.arrondi import add_cells
from indicators.resultats import Cellule, Etat
from sections.cartes import HORS_NEUTRES, TOUTES
from sections.lecture import Lecture, short_name

PRESENTS, ACCOMPAGNES, POSITIVES, FEMMES = (
    "file_active",
    "participants_accompagnes",
    "sorties_positives",
    "part_femmes",
)
COLONNES = {
    PRESENTS: "File active",
    "entrees": "Entrées",
    "sorties": "Sorties",
    ACCOMPAGNES: "Accompagnés",
    TOUTES: "Positives, toutes sorties",
    HORS_NEUTRES: "Positives, hors neutres",
    "sorties_non_documentees": "Non documentées",
    FEMMES: "Part de femmes",
}
TAUX = (TOUTES, HORS_NEUTRES, FEMMES)
SANS_COMMUNE = "Commune non renseignée"
CODES_LUS = (*COLONNES, POSITIVES)
PAR: tuple[tuple[str, ...], ...] = (
    (),
    ("plie", "commune"),
    ("plie", "quartier"),
    ("plie", "commune", "quartier"),
)


@dataclass(frozen=True)
class Ligne:
    """One place: its name, its figures by code, its shares; `codes`: PLIE and territory, for a link."""

    nom: str
    cellules: Mapping[str, Cellule]
    codes: tuple[str, str] | None = None

    def at(self, code: str) -> Cellule:
        """Its figure; where a place has no row, a count is a true 0 and a rate has no object."""
        rien = Cellule((), Etat.SANS_OBJET) if code in TAUX else Cellule((), Etat.EXACT, 0.0, 0.0)
        return self.cellules.get(code, rien)


def name_place(lecture: Lecture, code: str, sans_nom: str) -> str:
    return sans_nom if code == NON_RENSEIGNE else lecture.names("commune").get(code, f"{code} (hors de la liste)")


def read_places(lecture: Lecture, decoupage: str, nommer: Callable[[str], str]) -> list[Ligne]:
    """One line a place that has any figure, the most populous first, the unknown one last."""
    lues: dict[tuple[str, str], dict[str, Cellule]] = {}
    for code in CODES_LUS:
        for cellule in lecture.ask(code, "plie", decoupage):
            if cellule.par:
                lues.setdefault((cellule.at("plie"), cellule.at(decoupage)), {})[code] = cellule
    plies = {p.code_plie: f" – {short_name(p.nom)}" for p in lecture.plie} if lecture.plusieurs else {}
    lignes = [
        Ligne(f"{nommer(lieu)}{plies.get(plie, '')}", cellules, None if lieu == NON_RENSEIGNE else (plie, lieu))
        for (plie, lieu), cellules in lues.items()
    ]
    return sorted(lignes, key=lambda ligne: (ligne.codes is None, -height_of(ligne.at(PRESENTS)), ligne.nom))


def read_communes(lecture: Lecture) -> list[Ligne]:
    """The communes; who gave a quartier and no commune counts in the commune of that quartier, once, as a filter on
    that commune would count."""
    lignes = read_places(lecture, "commune", lambda code: name_place(lecture, code, SANS_COMMUNE))
    parents = {(t.code_plie, t.code_parent) for t in lecture.territoires if t.type != "commune" and t.code_parent}
    avec_quartiers = [ligne for ligne in lignes if ligne.codes in parents]
    if not avec_quartiers:
        return lignes
    entieres = {
        ligne.codes: {code: lecture.ask(code, ou=ligne.codes[1]).cellule for code in CODES_LUS}
        for ligne in avec_quartiers
        if ligne.codes
    }
    reste = [replace(ligne, cellules=entieres.get(ligne.codes, ligne.cellules)) for ligne in lignes if ligne.codes]
    return [*reste, *(replace(ligne, cellules=_nowhere(lecture)) for ligne in lignes[-1:] if not ligne.codes)]


def _nowhere(lecture: Lecture) -> dict[str, Cellule]:
    """Figures of those who gave no commune, nor a quartier of one."""
    communes = {t.code_territoire for t in lecture.territoires if t.type == "commune"}
    situes = {t.code_territoire for t in lecture.territoires if t.code_parent in communes}
    cellules = {}
    for code in CODES_LUS:
        sans = [
            c for c in lecture.ask(code, "plie", "commune", "quartier") if c.par and c.at("commune") == NON_RENSEIGNE
        ]
        siennes = [c for c in sans if c.at("quartier") not in situes]
        if siennes:
            cellules[code] = siennes[0] if len(siennes) == 1 else _add(code, siennes)
    return cellules


def _add(code: str, cellules: Sequence[Cellule]) -> Cellule:
    return _add_rates(cellules) if code in TAUX else add_cells(cellules)


def height_of(cellule: Cellule) -> float:
    """Where a count stands among the others: « moins de 5 » is more than nothing, less than all the rest."""
    return 0.5 if cellule.valeur is None and cellule.base else cellule.valeur or 0.0


def put_small_together(lignes: Sequence[Ligne], seuil: int) -> list[Ligne]:
    """The places with fewer people accompanied than `seuil`, as one line of their sums, before the unknown one."""
    petites = [li for li in lignes if li.codes and height_of(li.at(ACCOMPAGNES)) < seuil]
    if len(petites) < 2:
        return list(lignes)
    sommes = {}
    for code in CODES_LUS:
        presentes = [ligne.cellules[code] for ligne in petites if code in ligne.cellules]
        if presentes:
            sommes[code] = _add(code, presentes)
    ensemble = Ligne(f"{len(petites)} communes de moins de {seuil} accompagnés", sommes)
    gardees = [ligne for ligne in lignes if ligne not in petites]
    connues = [ligne for ligne in gardees if ligne.codes]
    return [*connues, ensemble, *(ligne for ligne in gardees if not ligne.codes)]


def _add_rates(cellules: Sequence[Cellule]) -> Cellule:
    """The rate of several places together, from what each divides; no value where one of them hides it."""
    if any(c.numerateur is None or c.denominateur is None or c.base for c in cellules if c.etat is not Etat.SANS_OBJET):
        return Cellule((), Etat.EFFECTIF_FAIBLE)
    haut, bas = (sum(getattr(c, nom) or 0.0 for c in cellules) for nom in ("numerateur", "denominateur"))
    return Cellule((), Etat.EXACT, haut / bas, haut, bas) if bas else Cellule((), Etat.SANS_OBJET)
