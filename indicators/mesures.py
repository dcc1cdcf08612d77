"""What is realised of a target: the figure of the catalogue restricted to it, or the declared rows.

Rules: definitions.md, « Targets (objectifs) »: realised, expected to date, delay with a maximum, period.
"""

from dataclasses import dataclass, fields, replace
from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from data_access.colonnes import normalise
from data_access.refus import Refus
from data_access.vocabulaire import read_part
from indicators.catalogue import CATALOGUE
from indicators.declaration import Agregat, Indicateur, Unite
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier_declaration
from indicators.resultats import Cellule, Etat

_SANS_RYTHME = ("maximum", "taux", "moyenne")


@dataclass(frozen=True, kw_only=True)
class Objectif:
    """A target as its text gives it. `operation` is None for the protocol. `valeur_texte`: the number that the text
    prints. `part`: those of whom the figure is restricted to, as the text says it."""

    plie: str
    operation: str | None
    indicateur: str
    libelle: str
    nature: str
    valeur_texte: float | None
    valeur_max: float | None = None
    unite: str | None
    debut: date
    fin: date
    source: str | None
    part: str = ""

    @property
    def declaration(self) -> Indicateur | None:
        """The declaration of the figure; None for what is declared in « Realisations »."""
        return CATALOGUE.get(self.indicateur)

    @property
    def calcule(self) -> bool:
        """True when the realised value is an indicator of the catalogue, False when it is declared."""
        return self.declaration is not None

    @property
    def est_taux(self) -> bool:
        """True when the value is a fraction, to be printed in %."""
        return self.nature == "taux" or (self.declaration is not None and self.declaration.unite == Unite.PART)

    @property
    def est_maximum(self) -> bool:
        """True for a ceiling, not to be exceeded: a maximum, or a rate or an average whose unit says so."""
        dit = "maximum" in (self.unite or "").lower()
        return self.nature == "maximum" or (self.nature in ("taux", "moyenne") and dit)

    @property
    def a_un_rythme(self) -> bool:
        """True for a count: it grows with the days. A rate, an average, a stock or a ceiling has no rhythm."""
        return self.nature not in _SANS_RYTHME and (self.declaration is None or self.declaration.grandit)

    @property
    def delai(self) -> Indicateur | None:
        """The share within the delay, when the target is a maximum delay of the catalogue; else None."""
        code = self.declaration.dans_le_delai if self.declaration and self.est_maximum else ""
        return CATALOGUE[code] if code else None


@dataclass(frozen=True, kw_only=True)
class Mesure:
    """What is realised. `variance`: of the flow. `depart`: those there already before the period. `depuis`: what was
    realised after its end. `hors_delai` out of `hors_delai_sur`: for a maximum delay. `etat` and `base`: how the
    figure was published (`indicators.resultats`)."""

    realise: float | None = None
    variance: float = 0.0
    depart: float = 0.0
    depuis: float | None = None
    hors_delai: float | None = None
    hors_delai_sur: float | None = None
    etat: Etat | None = None
    base: int = 0


_AUTREMENT_NOMMEES = {
    "plie": "code_plie",
    "operation": "code_operation",
    "indicateur": "code_indicateur",
    "valeur_texte": "valeur",
}


def list_targets(base: sa.Connection, code_plie: str, operation: str | None) -> list[Objectif]:
    """The targets of the PLIE, the protocol's first; or those of one of its operations."""
    o = t.objectifs.c
    colonnes = [o[_AUTREMENT_NOMMEES.get(c.name, c.name)].label(c.name) for c in fields(Objectif)]
    requete = sa.select(*colonnes).where(o.code_plie == code_plie).order_by(o.code_operation.nulls_first(), o.id)
    if operation is not None:
        requete = requete.where(o.code_operation == operation)
    return [Objectif(**{**ligne, "part": ligne["part"] or ""}) for ligne in base.execute(requete).mappings()]


def measure(base: sa.Connection, objectif: Objectif, au: date, droits: Droits) -> Mesure:
    """What is realised from the target's first day to `au`, or to its last day when that comes first; nothing
    before its first day."""
    if au < objectif.debut:
        return Mesure()
    fin = min(au, objectif.fin)
    mesure = _measure_until(base, objectif, fin, droits)
    if au <= objectif.fin or not objectif.a_un_rythme or mesure.realise is None:
        return mesure
    jusqu_ici = _measure_until(base, objectif, au, droits).realise
    # The difference, not the figure of the days since: someone accompanied before and after counts once.
    return mesure if jusqu_ici is None else replace(mesure, depuis=jusqu_ici - mesure.realise)


def _measure_until(base: sa.Connection, objectif: Objectif, au: date, droits: Droits) -> Mesure:
    periode = Periode(objectif.debut, au)
    if objectif.declaration is None:
        return _declared(base, objectif, periode)
    return _published(base, objectif, objectif.declaration, periode, droits)


def _declared(base: sa.Connection, objectif: Objectif, periode: Periode) -> Mesure:
    if objectif.part:  # Declared rows say nothing of people.
        return Mesure()
    z = t.realisations.c
    nombre, somme, carres = base.execute(
        sa.select(sa.func.count(), sa.func.sum(z.valeur), sa.func.sum(z.valeur * z.valeur)).where(
            z.code_plie == objectif.plie,
            z.code_operation == objectif.operation,
            z.code_indicateur == objectif.indicateur,
            z.realise_le.between(periode.du, periode.au),
        )
    ).one()
    return Mesure(realise=float(somme), variance=float(carres), etat=Etat.EXACT) if nombre else Mesure()


def _published(
    base: sa.Connection, objectif: Objectif, indicateur: Indicateur, periode: Periode, droits: Droits
) -> Mesure:
    cellule = _ask(base, objectif, indicateur, periode, droits)
    if cellule is None:
        return Mesure()
    mesure = Mesure(realise=cellule.valeur, etat=cellule.etat, base=cellule.base)
    if indicateur.depart is not None and objectif.a_un_rythme:
        mesure = replace(mesure, depart=_count_before(base, objectif, indicateur, droits))
    if objectif.delai is not None and objectif.valeur_texte is not None:
        return _judge_delay(base, objectif, objectif.delai, periode, droits, mesure)
    return replace(mesure, variance=max((mesure.realise or 0.0) - mesure.depart, 0.0))


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
    au_seuil = replace(part, seuils=(int(objectif.valeur_texte or 0),), seuils_du_plie=False)
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
    filtres = Filtres((objectif.plie,), periode, objectif.operation, par=tuple(d for d, _ in parts))
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
