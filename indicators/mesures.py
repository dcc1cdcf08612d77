"""What is realised of a target: the figure of the catalogue restricted to it, or the declared rows.

Rules: definitions.md, « Targets (objectifs) »: realised, expected to date, delay with a maximum, period.
"""

from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from data_access.colonnes import normalise
from data_access.refus import Refus
from data_access.vocabulaire import read_part
from indicators.catalogue import CATALOGUE
from indicators.declaration import Agregat, Indicateur
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier_declaration
from indicators.resultats import Cellule, Etat

_SANS_RYTHME = ("maximum", "taux", "moyenne")


def is_maximum(nature: str, unite: str | None) -> bool:
    """True for a ceiling: a maximum, or a rate or an average whose unit says so."""
    return nature == "maximum" or (nature in ("taux", "moyenne") and "maximum" in (unite or "").lower())


@dataclass(frozen=True)
class Objectif:
    """A row of the sheet « Objectifs »."""

    code_plie: str
    code_operation: str | None
    code_indicateur: str
    part: str | None
    libelle: str
    nature: str
    valeur: float | None
    valeur_max: float | None
    unite: str | None
    debut: date
    fin: date
    source: str | None

    @property
    def indicateur(self) -> Indicateur | None:
        """The declaration of the figure; None for what is declared in « Realisations »."""
        return CATALOGUE.get(self.code_indicateur)

    @property
    def est_maximum(self) -> bool:
        """True when the number is a ceiling, not to be exceeded."""
        return is_maximum(self.nature, self.unite)

    @property
    def a_un_rythme(self) -> bool:
        """True for a count: it grows with the days. A rate, an average, a stock or a ceiling has no rhythm."""
        if self.nature in _SANS_RYTHME:
            return False
        return self.indicateur is None or self.indicateur.grandit

    @property
    def delai(self) -> Indicateur | None:
        """The share within the delay, when the target is a maximum delay of the catalogue; else None."""
        code = self.indicateur.dans_le_delai if self.indicateur and self.est_maximum else ""
        return CATALOGUE[code] if code else None


@dataclass(frozen=True)
class Mesure:
    """What is realised. `variance`: of the flow. `depart`: those there already before the period. `depuis`: what was
    realised after its end. `hors_delai` out of `hors_delai_sur`: for a maximum delay. `etat` and `base`: how the
    figure was published (`indicators.resultats`)."""

    valeur: float | None = None
    variance: float = 0.0
    depart: float = 0.0
    depuis: float | None = None
    hors_delai: float | None = None
    hors_delai_sur: float | None = None
    etat: Etat | None = None
    base: int = 0


def measure(base: sa.Connection, objectif: Objectif, au: date, droits: Droits) -> Mesure:
    """What is realised from the target's first day to `au`, or to its last day when that comes first; nothing
    before its first day."""
    if au < objectif.debut:
        return Mesure()
    fin = min(au, objectif.fin)
    mesure = _measure_until(base, objectif, fin, droits)
    if au <= objectif.fin or not objectif.a_un_rythme or mesure.valeur is None:
        return mesure
    jusqu_ici = _measure_until(base, objectif, au, droits).valeur
    # The difference, not the figure of the days since: someone accompanied before and after counts once.
    return mesure if jusqu_ici is None else replace(mesure, depuis=jusqu_ici - mesure.valeur)


def _measure_until(base: sa.Connection, objectif: Objectif, au: date, droits: Droits) -> Mesure:
    periode = Periode(objectif.debut, au)
    if objectif.indicateur is None:
        return _declared(base, objectif, periode)
    return _published(base, objectif, objectif.indicateur, periode, droits)


def _declared(base: sa.Connection, objectif: Objectif, periode: Periode) -> Mesure:
    if objectif.part:  # Declared rows say nothing of people.
        return Mesure()
    z = t.realisations.c
    nombre, somme, carres = base.execute(
        sa.select(sa.func.count(), sa.func.sum(z.valeur), sa.func.sum(z.valeur * z.valeur)).where(
            z.code_plie == objectif.code_plie,
            z.code_operation == objectif.code_operation,
            z.code_indicateur == objectif.code_indicateur,
            z.realise_le.between(periode.du, periode.au),
        )
    ).one()
    return Mesure(float(somme), float(carres), etat=Etat.EXACT) if nombre else Mesure()


def _published(
    base: sa.Connection, objectif: Objectif, indicateur: Indicateur, periode: Periode, droits: Droits
) -> Mesure:
    cellule = _ask(base, objectif, indicateur, periode, droits)
    if cellule is None:
        return Mesure()
    mesure = Mesure(cellule.valeur, etat=cellule.etat, base=cellule.base)
    if indicateur.depart is not None and objectif.a_un_rythme:
        mesure = replace(mesure, depart=_count_before(base, objectif, indicateur, droits))
    if objectif.delai is not None and objectif.valeur is not None:
        return _judge_delay(base, objectif, objectif.delai, periode, droits, mesure)
    return replace(mesure, variance=max((mesure.valeur or 0.0) - mesure.depart, 0.0))


def _count_before(base: sa.Connection, objectif: Objectif, indicateur: Indicateur, droits: Droits) -> float:
    """Those there already on the first day. A number too small to be shown counts for none."""
    if indicateur.depart is None:
        return 0.0
    au_depart = replace(indicateur, numerateur=indicateur.depart)
    cellule = _ask(base, objectif, au_depart, Periode(objectif.debut, objectif.debut), droits)
    return (cellule.valeur or 0.0) if cellule else 0.0


def _judge_delay(
    base: sa.Connection, objectif: Objectif, part: Indicateur, periode: Periode, droits: Droits, mesure: Mesure
) -> Mesure:
    au_seuil = replace(part, seuils=(int(objectif.valeur or 0),), seuils_du_plie=False)
    cellule = _ask(base, objectif, au_seuil, periode, droits)
    if cellule is None or cellule.numerateur is None or not cellule.denominateur or cellule.valeur is None:
        return Mesure(etat=mesure.etat if cellule is None else cellule.etat)
    hors = cellule.denominateur - cellule.numerateur
    return replace(mesure, hors_delai=hors, hors_delai_sur=cellule.denominateur)


def _ask(
    base: sa.Connection, objectif: Objectif, indicateur: Indicateur, periode: Periode, droits: Droits
) -> Cellule | None:
    """The only cell that the target is about; None when it names no cell, or several."""
    parts = read_part(objectif.part)
    if parts is None:
        return None
    filtres = Filtres((objectif.code_plie,), periode, objectif.code_operation, par=tuple(d for d, _ in parts))
    try:
        cellules = publier_declaration(base, indicateur, filtres, droits).cellules
    except Refus:
        if parts:  # The figure is not cut by that part, or by so many.
            return None
        raise
    trouvees = [c for c in cellules if not c.hors_total and _is_part(c, parts)]
    if len(trouvees) == 1:
        return trouvees[0]
    if parts and not trouvees and indicateur.agregat is Agregat.COMPTE and _is_documented(cellules):
        return Cellule((), Etat.EXACT, 0.0, 0.0)
    return None


def _is_part(cellule: Cellule, parts: tuple[tuple[str, str], ...]) -> bool:
    siennes = {nom: normalise(valeur) for nom, valeur in cellule.par}
    return all(siennes.get(nom) == normalise(valeur) for nom, valeur in parts)


def _is_documented(cellules: tuple[Cellule, ...]) -> bool:
    return all(c.etat is not Etat.NON_DOCUMENTE for c in cellules)
