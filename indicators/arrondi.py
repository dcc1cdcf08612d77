"""Small numbers: a cell is exact or rounded.

Which one depends on the reading and on what the figure says of people, never on other figures, dates or
publications: one cell has one answer, everywhere. Rule and sources: definitions.md, « Small numbers ».
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import floor

from data_access.refus import Refus
from data_access.tables import NON_RENSEIGNE
from indicators.declaration import Agregat, Indicateur
from indicators.decoupages import DECOUPAGES, Aspect
from indicators.perimetre import Filtres
from indicators.resultats import Cellule, Etat

VARIABLE = "PLIE_BASE_ARRONDI"
BASES = (5, 10)
DENOMINATEUR_MINIMAL = 25
LIGNES_MINIMALES = 10
CROISEMENTS_PERMIS = 2
_PERIMETRES = frozenset({"plie", "operation", "mois", "seuil"})
"""Splits that only say over which programme, period or threshold: a cell of theirs is the same figure asked there."""


def read_base() -> int:
    """What rounded counts are a multiple of: `PLIE_BASE_ARRONDI`, 5 when it is not set. Raises Refus."""
    brut = os.environ.get(VARIABLE, "").strip()
    if not brut:
        return BASES[0]
    if brut not in map(str, BASES):
        raise Refus(
            f"La base d’arrondi « {brut} » est refusée. Elle est lue dans la variable {VARIABLE}. "
            "Les petits effectifs s’arrondissent à 5 ou à 10 près, jamais moins. "
            "Corrigez ou supprimez cette variable, puis relancez.",
            "ARR-001",
        )
    return int(brut)


def round_count(nombre: float, base: int) -> float | None:
    """0 stays 0, less than the base gives None (« moins de 5 »), else the nearest multiple, halves up."""
    if 0 < nombre < base:
        return None
    return float(floor(nombre / base + 0.5) * base)


def crosses_too_much(indicateur: Indicateur, filtres: Filtres) -> bool:
    """True when one cell of this figure crosses three characteristics of people or more: refused to a rounded
    reading."""
    croisees = {d for d in (*filtres.par, *indicateur.caracteristiques) if _speaks_of(d, Aspect.PERSONNE)}
    return len(croisees) > CROISEMENTS_PERMIS


def is_protected(indicateur: Indicateur, filtres: Filtres, par: Iterable[tuple[str, str]]) -> bool:
    """True for a territory below the PLIE, a characteristic other than sexe, or sexe crossed with another split.

    « Non renseigné » is a lack of data: it protects nothing.
    """
    if filtres.territoire is not None:
        return True
    dits = {d for d, valeur in par if valeur != NON_RENSEIGNE} | set(indicateur.caracteristiques)
    if any(d != "sexe" and (_speaks_of(d, Aspect.LIEU) or _speaks_of(d, Aspect.PERSONNE)) for d in dits):
        return True
    return "sexe" in dits and bool(dits - _PERIMETRES - {"sexe"})


def _speaks_of(decoupage: str, aspect: Aspect) -> bool:
    connu = DECOUPAGES.get(decoupage)
    return connu is not None and connu.aspect is aspect


def protect(indicateur: Indicateur, filtres: Filtres, cellule: Cellule, base: int) -> Cellule:
    """The cell as a rounded reading shows it: nothing exact is left in it where it is protected."""
    if not is_protected(indicateur, filtres, cellule.par):
        return cellule
    nue = Cellule(cellule.par, cellule.etat, hors_total=cellule.hors_total, motif=cellule.motif)
    if cellule.valeur is None:
        return nue
    nue = replace(nue, base=base)
    if indicateur.agregat is Agregat.RAPPORT:
        return _round_ratio(indicateur, cellule, nue)
    if indicateur.agregat in (Agregat.MEDIANE, Agregat.MOYENNE):
        return _keep_summary(cellule, nue)
    return _round_sum(cellule, nue)


def _round_sum(cellule: Cellule, nue: Cellule) -> Cellule:
    """A count, or a sum of quantities (hours), which too few rows would tell."""
    if cellule.effectif is not None and 0 < cellule.effectif < nue.base:
        return replace(nue, etat=Etat.EFFECTIF_FAIBLE)
    arrondi = round_count(cellule.valeur or 0.0, nue.base)
    if arrondi is None:
        return replace(nue, etat=Etat.MOINS_DE_5)
    return replace(nue, etat=Etat.ARRONDI, valeur=arrondi, numerateur=arrondi)


def _round_ratio(indicateur: Indicateur, cellule: Cellule, nue: Cellule) -> Cellule:
    haut = round_count(cellule.numerateur or 0.0, nue.base)
    bas = round_count(cellule.denominateur or 0.0, nue.base)
    if haut is None or bas is None or bas < DENOMINATEUR_MINIMAL:
        return replace(nue, etat=Etat.EFFECTIF_FAIBLE)
    valeur = indicateur.facteur * haut / bas - indicateur.ecart
    return replace(nue, etat=Etat.ARRONDI, valeur=valeur, numerateur=haut, denominateur=bas)


def _keep_summary(cellule: Cellule, nue: Cellule) -> Cellule:
    nombre = cellule.denominateur or 0.0
    if nombre < LIGNES_MINIMALES:
        return replace(nue, etat=Etat.EFFECTIF_FAIBLE)
    return replace(nue, etat=Etat.ARRONDI, valeur=cellule.valeur, denominateur=round_count(nombre, nue.base))


def add_cells(cellules: Sequence[Cellule]) -> Cellule:
    """Counts of parts that bear one name, together; a sum holding a part without number has none, unless that part is
    a small rounded one. ValueError for no cell."""
    if len(cellules) == 1:
        return cellules[0]
    base = max(c.base for c in cellules)
    muettes = [c for c in cellules if c.valeur is None]
    if muettes and (not base or any(c.etat is not Etat.MOINS_DE_5 for c in muettes) or len(muettes) == len(cellules)):
        return muettes[0]
    somme = sum(c.valeur or 0.0 for c in cellules)
    return Cellule((), Etat.ARRONDI if base else Etat.EXACT, somme, somme, base=base)
