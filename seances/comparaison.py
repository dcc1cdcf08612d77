"""Comparing two editions: each figure then and now, and why. The parts add up to the difference, exactly.

The old data are written again, then each cause is added in turn (`historique.causes`) and every figure is asked again:
a part is what the figure gains or loses at that step. For the animation team alone: nothing is masked.
"""

from dataclasses import dataclass, field
from datetime import date

from data_access.base.moteur import Base
from data_access.historique.causes import Cause, open_states
from data_access.historique.instantane import open_past
from data_access.refus import Refus
from indicators.catalogue import CATALOGUE
from indicators.contexte import read_contexte
from indicators.lignes import IDENTIFIANT, Cadre, Lignes
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from seances.edition import Progres
from sections.contenu import Edition, Figure, ReponseFigee
from sections.lecture import as_figure, filtres_of

DEFINITIONS, PERIODE = "definitions", "periode"
LIBELLES = {
    DEFINITIONS: "Définitions changées",
    Cause.REGLES: "Règles et référentiels changés",
    Cause.RETRAITS: "Lignes retirées",
    Cause.CORRECTIONS: "Corrections",
    Cause.TARDIVES: "Saisies tardives",
    Cause.NOUVEAUX: "Événements nouveaux",
    PERIODE: "Autre premier jour de période",
}
EXPLICATIONS = {
    DEFINITIONS: "le chiffre n’est plus calculé comme il l’était",
    Cause.REGLES: "règles de sortie, types d’étape, opérations, objectifs, territoires, référents",
    Cause.RETRAITS: "lignes présentes la première fois, absentes ensuite",
    Cause.CORRECTIONS: "valeurs modifiées après la première édition",
    Cause.TARDIVES: "événements d’avant la première édition, enregistrés après",
    Cause.NOUVEAUX: "événements survenus après la première édition",
    PERIODE: "la période ne commence pas le même jour",
}


@dataclass(frozen=True)
class PartDEcart:
    """What one cause adds to a figure, and the rows that come into it or leave it (ids, for the team)."""

    cause: str
    valeur: float
    entrent: tuple[str, ...] = ()
    sortent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ecart:
    """A figure in both editions. `parts` is empty when one of the two has no value; `total` = their sum."""

    indicateur: str
    libelle: str
    unite: str
    avant: ReponseFigee
    apres: ReponseFigee
    parts: tuple[PartDEcart, ...] = ()

    @property
    def total(self) -> float | None:
        """Now minus then; None when one of the two has no value."""
        return sum(part.valeur for part in self.parts) if self.parts else None


@dataclass(frozen=True)
class Comparaison:
    """Every figure that both editions hold, and how many rows each cause changes."""

    ecarts: tuple[Ecart, ...]
    changements: dict[str, int]


_Numeros = frozenset[tuple[str, str]]


@dataclass
class _Releve:
    """A figure at one step: its value, its rows. Those of the numerator and those of what it divides are told apart:
    a corrected exit that becomes positive enters the numerator of a rate without entering its denominator."""

    valeur: float | None
    lignes: _Numeros = field(default_factory=frozenset)


@dataclass(frozen=True)
class _Pas:
    cause: str
    releves: dict[str, _Releve]


def compare_editions(base: Base, ancienne: Edition, nouvelle: Edition, progres: Progres | None = None) -> Comparaison:
    """Why the figures of the second edition are not those of the first.

    Raises Refus when they are not of one PLIE and perimeter, or not in order, and when the data of
    the past cannot be written again.
    """
    _check(ancienne, nouvelle)
    codes = _common(ancienne, nouvelle)
    changements: dict[str, int] = {}
    pas: list[_Pas] = []
    etats = open_states(base, ancienne.code_plie, ancienne.version, nouvelle.version, ancienne.au)
    for etat, passe in etats:
        if progres:
            ou = LIBELLES.get(etat.cause or "", "Données de la première édition")
            progres((len(pas) + 1) / (len(LIBELLES) + 1), ou)
        if etat.cause:
            changements[str(etat.cause)] = etat.changements
        au = nouvelle.au if etat.cause is Cause.NOUVEAUX else ancienne.au
        pas.append(_Pas(str(etat.cause or DEFINITIONS), _read(passe, ancienne, codes, _from(ancienne.du, au))))
        avancee = _read(passe, nouvelle, codes, _from(ancienne.du, nouvelle.au))
        derniere = _read(passe, nouvelle, codes, Periode(nouvelle.du, nouvelle.au))
    if pas[-1].cause != Cause.NOUVEAUX and nouvelle.au != ancienne.au:
        pas.append(_Pas(Cause.NOUVEAUX, avancee))
    if nouvelle.du != ancienne.du:
        pas.append(_Pas(PERIODE, derniere))
    return Comparaison(tuple(_explain(code, ancienne, nouvelle, pas) for code in codes), changements)


def _from(du: date, au: date) -> Periode:
    return Periode(du, max(du, au))


def _check(ancienne: Edition, nouvelle: Edition) -> None:
    memes = ("code_plie", "operation", "territoire")
    if any(getattr(ancienne, nom) != getattr(nouvelle, nom) for nom in memes):
        raise Refus(
            "Ces deux éditions ne portent pas sur le même périmètre : leurs chiffres ne se comparent pas. "
            "Choisissez deux éditions du même PLIE, de la même opération et du même territoire.",
            "EDI-006",
        )
    if ancienne.version > nouvelle.version:
        raise Refus("La première édition a des données plus récentes que la seconde. Inversez-les.", "EDI-007")


def _common(ancienne: Edition, nouvelle: Edition) -> list[str]:
    """Figures without split that both hold over their own period, in the order of the catalogue."""
    dans = [set(_answers(edition)) for edition in (ancienne, nouvelle)]
    return [code for code in CATALOGUE if all(code in codes for codes in dans)]


def _answers(edition: Edition) -> dict[str, ReponseFigee]:
    """The answer to each question without split over the edition's own period."""
    return {
        f.question.indicateur: f.cellules[0]
        for f in edition.figures
        if not f.question.par and (f.question.du, f.question.au) == (edition.du, edition.au) and len(f.cellules) == 1
    }


def _read(base: Base, edition: Edition, codes: list[str], periode: Periode) -> dict[str, _Releve]:
    filtres = Filtres((edition.code_plie,), periode, edition.operation, edition.territoire)
    return {code: _read_one(base, code, filtres) for code in codes}


def _read_one(base: Base, code: str, filtres: Filtres) -> _Releve:
    try:
        valeur = publier(base, code, filtres, ANIMATION).valeur
    except Refus:
        return _Releve(None)
    contexte, indicateur = read_contexte(base, filtres.plie), CATALOGUE[code]
    territoires = contexte.with_descendants(filtres.territoire)
    cadre = Cadre(filtres, territoires, retours_le_meme_jour=contexte.retours_le_meme_jour)
    lignes = _ids(base, indicateur.numerateur(cadre), "numerateur")
    if indicateur.denominateur is not None:
        lignes |= _ids(base, indicateur.denominateur(cadre), "denominateur")
    return _Releve(valeur, lignes)


def _ids(base: Base, lignes: Lignes, ou: str) -> _Numeros:
    if IDENTIFIANT not in lignes.colonnes:
        return frozenset()
    return frozenset((numero, ou) for numero in base.scalars(lignes.select(lignes.colonnes[IDENTIFIANT])))


def _explain(code: str, ancienne: Edition, nouvelle: Edition, pas: list[_Pas]) -> Ecart:
    avant, apres = _answers(ancienne)[code], _answers(nouvelle)[code]
    indicateur = CATALOGUE[code]
    return Ecart(code, indicateur.libelle, str(indicateur.unite), avant, apres, _split(code, avant, apres, pas))


def _split(code: str, avant: ReponseFigee, apres: ReponseFigee, pas: list[_Pas]) -> tuple[PartDEcart, ...]:
    """A step without value (nothing to divide, say) leaves its part to the next one that has one."""
    depart = avant.valeur if avant.valeur is not None else pas[0].releves[code].valeur
    arrivee = apres.valeur if apres.valeur is not None else pas[-1].releves[code].valeur
    if depart is None or arrivee is None:
        return ()
    parts, courante, lignes = [], depart, pas[0].releves[code].lignes
    for un in pas:
        releve = un.releves[code]
        suivante = releve.valeur if releve.valeur is not None else courante
        parts.append(_part(un.cause, suivante - courante, lignes, releve.lignes))
        courante, lignes = suivante, releve.lignes
    parts.append(PartDEcart(DEFINITIONS, arrivee - courante))
    return _add_up(parts)


def _part(cause: str, valeur: float, avant: _Numeros, apres: _Numeros) -> PartDEcart:
    entrent, sortent = ({numero for numero, _ in lignes} for lignes in (apres - avant, avant - apres))
    return PartDEcart(cause, valeur, tuple(sorted(entrent)), tuple(sorted(sortent)))


def _add_up(parts: list[PartDEcart]) -> tuple[PartDEcart, ...]:
    """One part a cause, in the order in which screens list them; those that move nothing are left out."""
    reunies = []
    for cause in LIBELLES:
        siennes = [part for part in parts if part.cause == cause]
        valeur = sum(part.valeur for part in siennes)
        entrent = tuple(x for part in siennes for x in part.entrent)
        sortent = tuple(x for part in siennes for x in part.sortent)
        if valeur or entrent or sortent:
            reunies.append(PartDEcart(str(cause), valeur, entrent, sortent))
    return tuple(reunies) or (PartDEcart(DEFINITIONS, 0.0),)


@dataclass(frozen=True)
class Divergence:
    """A figure that is not found again: as it was published, and as it is computed today (None = refused)."""

    avant: Figure
    apres: Figure | None


def recompute(base: Base, edition: Edition) -> list[Divergence]:
    """Figures of the edition that its own data, read with today's definitions, no longer give; [] when all hold.

    Raises Refus when the data of that version cannot be written again.
    """
    with open_past(base, edition.code_plie, edition.version) as passe:
        refaites = [ask_again(passe, edition, figure) for figure in edition.figures]
    return [
        Divergence(avant, apres)
        for avant, apres in zip(edition.figures, refaites, strict=True)
        if not _same(avant, apres)
    ]


def ask_again(base: Base, edition: Edition, figure: Figure) -> Figure | None:
    """The same question, to these data, for the same audience; None when it is refused today."""
    droits = Droits(edition.audience, (edition.code_plie,), lecture=edition.lecture)
    question = figure.question
    try:
        resultat = publier(base, question.indicateur, filtres_of(question, edition.code_plie), droits)
    except Refus:
        return None
    return as_figure(question, resultat)


def _same(avant: Figure, apres: Figure | None) -> bool:
    return apres is not None and set(avant.cellules) == set(apres.cellules)
