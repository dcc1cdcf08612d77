"""What an import would change, sheet by sheet: rows compared by key, or as a multiset without one.

And the loud stop: an import that would make many stored parcours vanish is likely a truncated export.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from data_access.classeur.anomalies import Anomalie
from data_access.classeur.controles import DISPARITION
from data_access.classeur.conversion import FeuilleLue, Valeurs, key_getter
from data_access.classeur.etat import EtatFinal, LigneEnregistree
from data_access.classeur.verification import ClasseurVerifie
from data_access.colonnes import Feuille
from data_access.format import feuille


@dataclass(frozen=True)
class Bilan:
    """Rows of one sheet: added, changed, removed, unchanged, rejected."""

    ajoutes: int = 0
    modifies: int = 0
    retires: int = 0
    inchanges: int = 0
    rejetes: int = 0


@dataclass
class Difference:
    """What changes in one sheet. A changed row keeps its number in the table."""

    feuille: Feuille
    ajouts: list[Valeurs] = field(default_factory=list)
    modifications: list[tuple[int, Valeurs, Valeurs]] = field(default_factory=list)
    retraits: list[LigneEnregistree] = field(default_factory=list)
    inchanges: int = 0
    rejetes: int = 0

    @property
    def changes_something(self) -> bool:
        """True when at least one row is added, changed or removed."""
        return bool(self.ajouts or self.modifications or self.retraits)

    def bilan(self) -> Bilan:
        """The difference in numbers."""
        return Bilan(len(self.ajouts), len(self.modifications), len(self.retraits), self.inchanges, self.rejetes)


def compare(verifie: ClasseurVerifie) -> dict[str, Difference]:
    """Differences of the sheets of the workbook, then of the absent sheets that lose rows with them."""
    etat = verifie.etat
    if etat is None:
        return {nom: Difference(lue.feuille, rejetes=lue.rejets) for nom, lue in verifie.feuilles.items()}
    differences = {
        nom: _compare_by_key(lue, etat) if lue.feuille.cle else _compare_as_multiset(lue, etat)
        for nom, lue in verifie.feuilles.items()
    }
    for nom, partent in etat.vanished_in_absent_sheets().items():
        differences[nom] = Difference(feuille(nom), retraits=partent)
    return differences


def _compare_by_key(lue: FeuilleLue, etat: EtatFinal) -> Difference:
    difference = Difference(lue.feuille, rejetes=lue.rejets)
    enregistrees = etat.stored(lue.feuille.nom)
    if not enregistrees:
        difference.ajouts = list(lue.lignes.values())
        return difference
    cle_de = key_getter(lue.feuille)
    par_cle = {cle_de(ligne[1]): ligne for ligne in enregistrees}
    for valeurs in lue.lignes.values():
        ancienne = par_cle.get(cle_de(valeurs))
        if ancienne is None:
            difference.ajouts.append(valeurs)
        elif ancienne[1] == valeurs:
            difference.inchanges += 1
        else:
            difference.modifications.append((ancienne[0], ancienne[1], valeurs))
    difference.retraits = etat.removed(lue.feuille.nom)
    return difference


def _compare_as_multiset(lue: FeuilleLue, etat: EtatFinal) -> Difference:
    difference = Difference(lue.feuille, rejetes=lue.rejets)
    gardees = {numero for numero, _ in etat.kept(lue.feuille.nom)}
    enregistrees = etat.stored(lue.feuille.nom)
    restantes = _numbers_by_content(ligne for ligne in enregistrees if ligne[0] not in gardees)
    for valeurs in lue.lignes.values():
        numeros = restantes.get(valeurs)
        if numeros:
            numeros.pop()
            difference.inchanges += 1
        else:
            difference.ajouts.append(valeurs)
    difference.retraits = [(numero, valeurs) for valeurs, numeros in restantes.items() for numero in numeros]
    return difference


def _numbers_by_content(lignes: Iterable[LigneEnregistree]) -> dict[Valeurs, list[int]]:
    numeros: dict[Valeurs, list[int]] = defaultdict(list)
    for numero, valeurs in lignes:
        numeros[valeurs].append(numero)
    return numeros


SEUIL_ALERTE = 0.10
"""Above this share of the stored parcours of one PLIE, someone must confirm."""

_PARCOURS = "Parcours"


@dataclass(frozen=True)
class Disparition:
    """Parcours of one PLIE that would vanish, of those that are stored."""

    code_plie: str
    nombre: int
    total: int

    @property
    def part(self) -> float:
        """Share of the stored parcours, 0 to 1."""
        return self.nombre / self.total if self.total else 0.0


def vanishing_parcours(differences: dict[str, Difference], enregistres: dict[str, int]) -> list[Disparition]:
    """By PLIE that would lose at least one, how many of its stored parcours would vanish."""
    difference = differences.get(_PARCOURS)
    if difference is None:
        return []
    nombres = Counter(valeurs[0] for _, valeurs in difference.retraits)
    return [Disparition(code, nombres[code], enregistres.get(code, 0)) for code in sorted(nombres)]


def list_alarming(disparitions: list[Disparition]) -> list[Disparition]:
    """Those above `SEUIL_ALERTE`, the gravest first."""
    alarmantes = (d for d in disparitions if d.nombre > SEUIL_ALERTE * d.total)
    return sorted(alarmantes, key=lambda d: (-d.part, d.code_plie))


def in_words(alarmantes: list[Disparition]) -> Anomalie | None:
    """The blocking anomaly that asks for a confirmation; None when nothing is alarming."""
    if not alarmantes:
        return None
    detail = ", ".join(
        f"{d.nombre} des {d.total} parcours enregistrés du PLIE « {d.code_plie} » ({_in_percent(d.part)})"
        for d in alarmantes
    )
    code = alarmantes[0].code_plie if len(alarmantes) == 1 else None
    return Anomalie(DISPARITION, _PARCOURS, detail=detail, code_plie=code)


def _in_percent(part: float) -> str:
    return f"{100 * part:.0f}\u00a0%" if part >= 0.1 else f"{100 * part:.1f}\u00a0%".replace(".", ",")
