"""What an import would change, sheet by sheet: rows compared by key, or as a multiset without one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

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

    def as_dict(self) -> dict[str, int]:
        """The five numbers by name."""
        return asdict(self)


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
