"""Which rows each indicator counts, and which cells of their table a reader learns from its figure.

A figure shows a cell exactly when every count that it would give away is shown: numerator, denominator
and what completes them. Closed by default: an indicator without plan here is masked in every split.
"""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.catalogue import CATALOGUE, etapes, flux, stock, suivi
from indicators.lignes import Cadre, Lignes

STOCK, FLUX, SORTIES, ACCOMPAGNES = "stock", "flux", "sorties", "accompagnes"
ISSUE, ETAPE, SOUS, TERRITOIRE = "issue", "etape", "sous", "territoire"


@dataclass(frozen=True)
class Famille:
    """Rows counted together. `temps`: « jour » for a stock, « flux » when periods add up, « periode » otherwise."""

    lignes: Callable[[Cadre], Lignes]
    temps: str


FAMILLES = {
    STOCK: Famille(stock.file_active, "jour"),
    "entrees": Famille(flux.entrees, "flux"),
    SORTIES: Famille(flux.sorties, "flux"),
    ACCOMPAGNES: Famille(flux.participants_accompagnes, "periode"),
    "contacts": Famille(suivi.contacts, "flux"),
    "diagnostics": Famille(suivi.diagnostics, "flux"),
    "etapes_commencees": Famille(etapes.etapes_commencees, "flux"),
    "etapes": Famille(etapes.etapes, "periode"),
    "etapes_hors": Famille(etapes.etapes_non_comptees, "periode"),
    "participants": Famille(etapes.etapes_participants, "periode"),
    "participants_hors": Famille(
        lambda cadre: etapes.etapes_participants(cadre, etapes.etapes_non_comptees), "periode"
    ),
    "etapes_des_accompagnes": Famille(etapes.etapes_des_accompagnes, "periode"),
}
HORS_TOTAL = {"etapes": "etapes_hors", "participants": "participants_hors"}


@dataclass(frozen=True)
class Part:
    """Parts of one characteristic that a figure adds up. `sous` names the indicator that defines them."""

    dimension: str
    valeurs: tuple[str, ...]
    sous: tuple[str, ...] = ()


@dataclass(frozen=True)
class Besoin:
    """A count that the figure gives away: rows of a family, restricted to parts."""

    famille: str
    parts: tuple[Part, ...] = ()


def _issue(*categories: str) -> Part:
    return Part(ISSUE, categories)


def _nature(nature: str) -> Part:
    return Part("issue_nature", ("positive", nature))


def _sous(*codes: str) -> Part:
    """The rows of those indicators, nested from the narrowest, among the family's."""
    return Part(SOUS, ("0",), codes)


def _sexes(famille: str, *parts: Part) -> tuple[Besoin, ...]:
    return tuple(Besoin(famille, (*parts, Part("sexe", (sexe,)))) for sexe in ("F", "H"))


_A = Besoin(ACCOMPAGNES)
_TOUTES = Besoin(SORTIES)

PLANS: dict[str, tuple[Besoin, ...]] = (
    {
        "file_active": (Besoin(STOCK),),
        "file_active_moyenne": (Besoin(STOCK),),
        "file_active_par_etp": (Besoin(STOCK),),
        "file_active_par_referent": (Besoin(STOCK),),
        "anciennete_mediane": (Besoin(STOCK),),
        "anciennete_moyenne": (Besoin(STOCK),),
        "parcours_longs": (Besoin(STOCK), Besoin(STOCK, (Part("longs", ()),))),
        "entrees": (Besoin(FLUX),),
        "participants_accompagnes": (_A,),
        "repartition_publics": (_A,),
        "sorties": (_TOUTES,),
        "duree_parcours_mediane": (_TOUTES,),
        "duree_parcours_moyenne": (_TOUTES,),
        "sorties_positives": (Besoin(SORTIES, (_issue("positive"),)),),
        "sorties_positives_emploi": (Besoin(SORTIES, (_nature("emploi"),)),),
        "sorties_positives_formation": (Besoin(SORTIES, (_nature("formation"),)),),
        "sorties_positives_creation": (Besoin(SORTIES, (_nature("creation"),)),),
        "sorties_autres": (Besoin(SORTIES, (_issue("autre"),)),),
        "sorties_negatives": (Besoin(SORTIES, (_issue("negative"),)),),
        "sorties_non_documentees": (Besoin(SORTIES, (_issue("non_documentee"),)),),
        "taux_sorties_positives": (_TOUTES, Besoin(SORTIES, (_issue("positive"),))),
        "taux_sorties_positives_hors_neutres": (
            _TOUTES,
            Besoin(SORTIES, (_issue("positive"),)),
            Besoin(SORTIES, (_issue("autre"),)),
        ),
        "sorties_saisies_a_temps": (
            _TOUTES,
            Besoin(SORTIES, (Part(SOUS, ("0",), ("sorties_saisies_a_temps", "sorties_saisies_a_temps/")),)),
            Besoin(SORTIES, (Part(SOUS, ("1",), ("sorties_saisies_a_temps", "sorties_saisies_a_temps/")),)),
        ),
        "part_femmes": _sexes(ACCOMPAGNES),
        "ecart_parite": _sexes(ACCOMPAGNES),
        "part_femmes_file_active": _sexes(STOCK),
        "part_femmes_entrees": _sexes(FLUX),
        "part_femmes_sorties": _sexes(SORTIES),
        "part_femmes_sorties_positives": (_TOUTES, *_sexes(SORTIES, _issue("positive"))),
        "part_femmes_etapes": _sexes("etapes"),
        "etapes": (Besoin("etapes"),),
        "etapes_participants": (Besoin("participants"),),
        "etapes_commencees": (Besoin("etapes_commencees"),),
        "etapes_par_participant": (Besoin("etapes_des_accompagnes"), _A),
        "contacts": (Besoin("contacts"),),
        "contacts_pour_50": (Besoin("contacts"), _A),
        "delai_diagnostic": (Besoin("diagnostics"),),
        "delai_diagnostic_respecte": (Besoin("diagnostics"), Besoin("diagnostics", (Part("longs", ()),))),
    }
    | {
        code: (Besoin(STOCK), Besoin(STOCK, (_sous(*imbriques),)))
        for code, imbriques in {
            "file_active_suspendus": ("file_active_suspendus",),
            "sans_etape": ("sans_etape",),
            "sans_contact": ("sans_contact",),
            "en_attente_de_validation": ("en_attente_de_validation",),
            "contrats_echus": ("contrats_echus", "contrats_a_echeance"),
        }.items()
    }
    | {
        "contrats_a_echeance": (
            Besoin(STOCK),
            Besoin(STOCK, (Part(SOUS, ("0", "1"), ("contrats_echus", "contrats_a_echeance")),)),
        ),
    }
)


def rows_of(code: str, cadre: Cadre) -> Lignes:
    """Rows of an indicator used as a sub-population; « code/ » means its denominator."""
    declaration = CATALOGUE[code.rstrip("/")]
    if not code.endswith("/"):
        return declaration.numerateur(cadre)
    if declaration.denominateur is None:
        raise ValueError(f"{code} n’a pas de dénominateur.")
    return declaration.denominateur(cadre)
