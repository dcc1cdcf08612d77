"""From what a reader asks (filters, splits, indicator) to the cells of the canonical tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from data_access.tables import NON_RENSEIGNE
from indicators.declaration import Indicateur
from indicators.decoupages import DECOUPAGES
from indicators.masquage.arbre import Chemin
from indicators.masquage.comptages import RESTE, Carte, Dimension
from indicators.masquage.decisions import Question
from indicators.masquage.familles import ETAPE, ISSUE, SORTIES, SOUS, TERRITOIRE, Besoin, Part

_NEUTRES = ("plie", "operation", "mois", "seuil", "mode", "referent")
_ISSUES, _ETAPES = ("categorie", "nature", "type_sortie"), ("classe", "type_etape")
"""Levels of the two trees, from the top."""
_ETAPES_DISTINCTES = ("participants", "participants_hors")


class Incalculable(Exception):
    """The question has no cell in the canonical tables: it is masked."""


@dataclass(frozen=True)
class Issues:
    """The exits of a PLIE as a tree category → nature → type, and the étape types by class."""

    issues: frozenset[Chemin]
    etapes: frozenset[Chemin]

    def may_hold(self, parts: Mapping[str, str]) -> bool:
        """False for a type beside a class or a result that is not its own."""
        return all(
            niveaux[-1] not in parts or _find_nodes(arbre, _rank(parts, niveaux))
            for arbre, niveaux in ((self.issues, _ISSUES), (self.etapes, _ETAPES))
        )


def ask(
    besoin: Besoin,
    parts: Mapping[str, str],
    territoire: str | None,
    carte: Carte,
    arbres: Issues,
    seuils: tuple[str, ...],
) -> Question:
    """The cells that one count of the figure gives away. Raises Incalculable when no table holds them."""
    question: Question = {}
    lieu = _place(parts, territoire, carte)
    if lieu:
        question[Dimension(TERRITOIRE)] = (lieu,)
    issue = {c: parts[c] for c in _ISSUES if c in parts}
    if besoin.famille == SORTIES and issue or any(p.dimension.startswith(ISSUE) for p in besoin.parts):
        question[Dimension(ISSUE)] = _issue(issue, besoin.parts, arbres.issues)
    elif "nature" in parts:
        question[Dimension("nature")] = ((parts["nature"],),)
    etape = {c: parts[c] for c in _ETAPES if c in parts}
    if etape:
        question |= _etape(besoin.famille, etape, arbres.etapes)
    for nom in parts:
        if nom not in _NEUTRES and DECOUPAGES[nom].colonne and nom not in ("commune", "quartier", *_ISSUES, *_ETAPES):
            question[Dimension(nom)] = ((parts[nom],),)
    for part in besoin.parts:
        _add_part(question, part, parts, seuils)
    return question


def _add_part(question: Question, part: Part, parts: Mapping[str, str], seuils: tuple[str, ...]) -> None:
    if part.dimension == "longs":
        rang = next((i for i, s in enumerate(seuils) if s.endswith(f"@{parts.get('seuil')}")), None)
        if rang is None:
            raise Incalculable
        question[Dimension(SOUS, seuils)] = tuple((str(i),) for i in range(rang + 1))
    elif part.dimension == SOUS:
        question[Dimension(SOUS, part.sous)] = tuple((v,) for v in part.valeurs)
    elif not part.dimension.startswith(ISSUE):
        if part.dimension in parts and (parts[part.dimension],) != part.valeurs:
            raise Incalculable
        question[Dimension(part.dimension)] = tuple((v,) for v in part.valeurs)


def _place(parts: Mapping[str, str], territoire: str | None, carte: Carte) -> Chemin:
    lieu: Chemin = carte.chemins.get(territoire, (territoire,)) if territoire else ()
    for niveau in ("commune", "quartier"):
        if niveau in parts:
            lieu = _narrow(lieu, parts[niveau], niveau, carte, "commune" in parts)
    return lieu


def _narrow(lieu: Chemin, code: str, niveau: str, carte: Carte, avec_commune: bool) -> Chemin:
    if code == NON_RENSEIGNE:
        if niveau == "quartier" and avec_commune and lieu:
            return (*lieu, RESTE) if lieu[-1] in carte.parents else lieu
        if niveau == "commune" and not lieu:
            return (NON_RENSEIGNE,)
        raise Incalculable
    chemin = carte.chemins.get(code, (code,))
    courte, longue = sorted((lieu, chemin), key=len)
    if longue[: len(courte)] != courte:
        raise Incalculable
    return longue


def _issue(voulu: Mapping[str, str], besoins: tuple[Part, ...], issues: frozenset[Chemin]) -> tuple[Chemin, ...]:
    exige = dict(_rank(voulu, _ISSUES))
    for part in besoins:
        if part.dimension.startswith(ISSUE):
            for rang, valeur in enumerate(part.valeurs):
                if exige.setdefault(rang, valeur) != valeur:
                    raise Incalculable
    noeuds = _find_nodes(issues, tuple(exige.items()))
    # A part that nobody has yet: its place in the tree is enough when it is named from the top.
    if not noeuds and set(exige) == set(range(len(exige))):
        return (tuple(exige[rang] for rang in range(len(exige))),)
    return noeuds


def _rank(parts: Mapping[str, str], niveaux: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """The names asked for, each with its level in the tree."""
    return tuple((rang, parts[niveau]) for rang, niveau in enumerate(niveaux) if niveau in parts)


@lru_cache(maxsize=4096)
def _find_nodes(arbre: frozenset[Chemin], exige: tuple[tuple[int, str], ...]) -> tuple[Chemin, ...]:
    """The nodes of a tree, as deep as the deepest level named, that have those names at those levels."""
    longueur = max(rang for rang, _ in exige) + 1
    return tuple(sorted({chemin[:longueur] for chemin in arbre if all(chemin[rang] == nom for rang, nom in exige)}))


def _etape(famille: str, voulu: Mapping[str, str], etapes: frozenset[Chemin]) -> Question:
    if famille in _ETAPES_DISTINCTES:
        if (voulu.get("classe", ""), voulu.get("type_etape", "")) in etapes:
            # The type says the class.
            voulu = {"type_etape": voulu["type_etape"]}
        return {Dimension(nom): ((valeur,),) for nom, valeur in voulu.items()}
    return {Dimension(ETAPE): _find_nodes(etapes, _rank(voulu, _ETAPES))}


def is_neutral(decoupage: str) -> bool:
    """Splits that are no characteristic of people: PLIE, operation, month, mode, threshold, référent."""
    return decoupage in _NEUTRES


def thresholds_of(indicateur: Indicateur, seuils: tuple[int, ...]) -> tuple[str, ...]:
    """The nested thresholds of an indicator, narrowest first: « parcours_longs@30 », « …@24 », « …@12 »."""
    croissant = indicateur.code != "parcours_longs"
    return tuple(f"{indicateur.code}@{s}" for s in sorted(seuils, reverse=not croissant))
