"""A figure of the catalogue recounted over a question, whole or by part of any split."""

from collections.abc import Iterator
from statistics import mean, median

from tests import recompte_rangees as quoi
from tests.recompte import Recompte
from tests.recompte_decoupages import Rangee, part_of
from tests.recompte_du_catalogue import CHIFFRES, FEUILLES, SOUS_LES_REGLES, Chiffre
from tests.recompte_rangees import JAMAIS

Cle = tuple[str, ...]
Part = tuple[tuple[str, str], ...]


def recount_parts(code: str, r: Recompte, par: Cle = ()) -> dict[Part, float]:
    """The figure as it is published: each number under its parts, those of several splits where none is asked."""
    chiffre = CHIFFRES[code]
    if chiffre.montre_par and not par:
        return {part: n for d in chiffre.montre_par for part, n in recount_parts(code, r, (d,)).items()}
    noms = (*par, "seuil") if chiffre.seuils else par
    return {tuple(zip(noms, cle, strict=True)): nombre for cle, nombre in recount(code, r, par).items()}


def recount(code: str, r: Recompte, par: Cle = ()) -> dict[Cle, float]:
    """The figure for each part that has a number; () is the whole. With thresholds, the threshold comes last."""
    chiffre = CHIFFRES[code]
    if not _bears(chiffre, r):
        return {}
    documentes = tuple(plie for plie in r.plie if not _undocumented(code, r, plie))
    if not documentes:
        return {}
    r = r.of(documentes)
    if "mode" in par:
        return dict(_by_mode(code, r, par))
    if chiffre.seuils:
        seuils = r.thresholds() or chiffre.seuils if code == "parcours_longs" else chiffre.seuils
        return {
            (*cle, str(seuil)): valeur for seuil in seuils for cle, valeur in _compute(chiffre, r, par, seuil).items()
        }
    return _compute(chiffre, r, par, 0)


def _bears(chiffre: Chiffre, r: Recompte) -> bool:
    cibles = {o["cible"] for o in r.table("operations") if o["code_operation"] == r.operation}
    if chiffre.sans_territoire and r.territoire or chiffre.operation_seulement and r.operation is None:
        return False
    return cibles != {"soutien_aux_structures"}


def _undocumented(code: str, r: Recompte, plie: str) -> bool:
    if any(code in codes and feuille not in r.tables for feuille, codes in FEUILLES.items()):
        return True
    if code in SOUS_LES_REGLES and not any(
        x["code_plie"] == plie and x["depuis"] <= r.au and (x["jusqua"] or JAMAIS) >= r.du
        for x in r.table("regles_de_sortie")
    ):
        return True
    for colonne in CHIFFRES[code].colonnes:
        table, nom = colonne.split(".")
        lignes = [x for x in r.tables.get(table, []) if x["code_plie"] == plie]
        if lignes and all(x[nom] is None for x in lignes):
            return True
    return False


def _by_mode(code: str, r: Recompte, par: Cle) -> Iterator[tuple[Cle, float]]:
    """Each mode asked as if it were the only one."""
    place, autres = par.index("mode"), tuple(d for d in par if d != "mode")
    for mode in ("complet", "etape_seule"):
        seul = r.of_mode(mode)
        for cle, valeur in recount(code, seul, autres).items():
            if valeur or not _is_empty(CHIFFRES[code], seul):
                yield (*cle[:place], mode, *cle[place:]), valeur


def _is_empty(chiffre: Chiffre, r: Recompte) -> bool:
    """A count of nobody, or a sum over nothing: no such part."""
    if chiffre.genre == "somme":
        return not chiffre.haut(r, 0)
    return chiffre.genre in ("compte", "fins_de_mois")


def _compute(chiffre: Chiffre, r: Recompte, par: Cle, seuil: int) -> dict[Cle, float]:
    hauts = _group(r, _distinct(r, chiffre, chiffre.haut(r, seuil), par), par)
    if not par:
        hauts.setdefault((), [])
    if chiffre.genre == "rapport" and chiffre.bas is not None:
        return _divide(chiffre, r, par, hauts, chiffre.bas(r, seuil))
    resumes = {cle: _summarise(chiffre, r, rangees) for cle, rangees in hauts.items()}
    return {cle: valeur for cle, valeur in resumes.items() if valeur is not None}


def _summarise(chiffre: Chiffre, r: Recompte, rangees: list[Rangee]) -> float | None:
    connues = [x.quantite for x in rangees if x.quantite is not None]
    match chiffre.genre:
        case "mediane" | "moyenne":
            return (median if chiffre.genre == "mediane" else mean)(connues) if connues else None
        case "somme":
            return None if rangees and not connues else sum(connues)
        case "fins_de_mois":
            return len(rangees) / len(quoi.month_ends(r)) if quoi.month_ends(r) else None
    return len(rangees)


def _divide(
    chiffre: Chiffre, r: Recompte, par: Cle, hauts: dict[Cle, list[Rangee]], dessous: list[Rangee]
) -> dict[Cle, float]:
    communs = tuple(d for d in par if d not in chiffre.du_numerateur)
    bas = {
        cle: sum(x.quantite for x in rangees if x.quantite is not None)
        if chiffre.bas is quoi.etp
        else float(len(rangees))
        for cle, rangees in _group(r, dessous, communs).items()
    }
    if communs == par:
        hauts = {cle: hauts.get(cle, []) for cle in {*hauts, *bas}}
    resultat = {}
    for cle, rangees in hauts.items():
        diviseur = bas.get(tuple(p for d, p in zip(par, cle, strict=True) if d in communs))
        if diviseur:
            resultat[cle] = chiffre.facteur * len(rangees) / diviseur - chiffre.ecart
    return resultat


def _distinct(r: Recompte, chiffre: Chiffre, rangees: list[Rangee], par: Cle) -> list[Rangee]:
    """One row for each thing inside a class or a type of étape: that of the most recent parcours."""
    if chiffre.cle is None:
        return rangees
    dans = [d for d in par if d in ("classe", "type_etape")]
    gardees: dict[tuple, Rangee] = {}
    for x in sorted(rangees, key=lambda x: (x.p["entree_le"], x.p["id_parcours"])):
        gardees[(*chiffre.cle(x), *(part_of(r, x, d) for d in dans))] = x
    return list(gardees.values())


def _group(r: Recompte, rangees: list[Rangee], par: Cle) -> dict[Cle, list[Rangee]]:
    groupes: dict[Cle, list[Rangee]] = {}
    for x in rangees:
        groupes.setdefault(tuple(part_of(r, x, d) for d in par), []).append(x)
    return groupes
