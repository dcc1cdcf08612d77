"""An indicator is one declaration: what is counted, divided by what, cut how, said where, proved by which examples."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indicators.lignes import Cadre, Lignes


class Unite(StrEnum):
    """Unit of count, as printed."""

    PARCOURS = "parcours"
    PARTICIPANTS = "participants"
    SORTIES = "sorties"
    ETAPES = "étapes"
    CONTACTS = "contacts"
    MOIS = "mois"
    JOURS = "jours"
    PART = "%"
    POINTS = "points"
    ETAPES_PAR_PARTICIPANT = "étapes par participant"
    PARCOURS_PAR_ETP = "parcours par ETP"
    PARCOURS_PAR_REFERENT = "parcours par référent"
    CONTACTS_POUR_50 = "contacts pour 50 participants"
    CONTACTS_PAR_MOIS = "contacts par participant et par mois"
    HEURES = "heures"


class Agregat(StrEnum):
    """How rows become a figure."""

    COMPTE = "compte"
    RAPPORT = "rapport"
    MEDIANE = "mediane"
    MOYENNE = "moyenne"
    MOYENNE_DES_FINS_DE_MOIS = "moyenne_des_fins_de_mois"


class Temporalite(StrEnum):
    """How a target on the figure is prorated: a flow with the days elapsed, a stock or a ratio not at all."""

    FLUX = "flux"
    STOCK = "stock"
    RATIO = "ratio"


class Sens(StrEnum):
    """Which way is better; `NEUTRE` where the texts do not say."""

    HAUT = "haut"
    BAS = "bas"
    NEUTRE = "neutre"


@dataclass(frozen=True)
class Source:
    """Where a rule is written."""

    document: str
    reperes: str


@dataclass(frozen=True)
class Exemple:
    """A worked example: invented rows (text tables, columns split by |), a period, the figure they give.

    `numerateur` and `denominateur` name the rows counted (id_parcours, id_participant or id_etape).
    It runs as a test and is printed on the page « Définitions ».
    """

    titre: str
    tables: dict[str, str]
    du: date
    au: date
    attendu: float | None
    numerateur: frozenset[str] | None = None
    par: tuple[tuple[str, str], ...] = ()
    operation: str | None = None


Compteur = Callable[[Cadre], Lignes]


@dataclass(frozen=True)
class Indicateur:
    """One figure of definitions.md.

    `tables`: sheets without which the figure is « non documenté ». `regles`: needs exit rules.
    `seuils`: one figure per threshold; `seuils_du_plie` when the PLIE may give its own list.
    `ecart`: subtracted from the result (écart à la parité). `facteur`: multiplies it (contacts pour 50).
    `operation_seulement`: means nothing outside an operation. `sans_territoire`: nothing for a part of the territory.
    `montre_par`: splits always published together when none is asked (répartition des publics).
    `caracteristiques`: what the figure itself says of people (codes of splits), whatever it is cut by.
    `colonnes`: columns « table.colonne » without which the figure is « non documenté »: a column that is empty in
    every row of a PLIE was never given. `depart`: for a count that starts with a stock, the rows there already on
    the first day. `dans_le_delai`: for a delay, the code of the share within a threshold, which judges a maximum.
    `exclues`: rows that a ratio leaves out; where they are all there is, the ratio is « non documenté ».
    `selon_regles`: exists without exit rules, yet does not compare with a time when they were not those PLIE's.
    `decoupe_du_numerateur`: splits that cut the numerator of a ratio alone, each part being divided by the whole.
    """

    code: str
    libelle: str
    definition: str
    compte: str
    unite: Unite
    numerateur: Compteur
    decoupages: tuple[str, ...]
    sources: tuple[Source, ...]
    exemples: tuple[Exemple, ...]
    rapporte_a: str | None = None
    denominateur: Compteur | None = None
    agregat: Agregat = Agregat.COMPTE
    temporalite: Temporalite = Temporalite.FLUX
    sens: Sens = Sens.NEUTRE
    reserves: tuple[str, ...] = ()
    tables: tuple[str, ...] = ("parcours",)
    regles: bool = False
    seuils: tuple[int, ...] = ()
    seuils_du_plie: bool = False
    facteur: float = 1.0
    ecart: float = 0.0
    operation_seulement: bool = False
    sans_territoire: bool = False
    montre_par: tuple[str, ...] = ()
    caracteristiques: tuple[str, ...] = ()
    decoupe_du_numerateur: tuple[str, ...] = ()
    stock_mensuel: bool = False
    colonnes: tuple[str, ...] = ()
    depart: Compteur | None = None
    dans_le_delai: str = ""
    exclues: Compteur | None = None
    selon_regles: bool = False
    tout_type_en_decoupage: Compteur | None = field(default=None, repr=False)


class DeclarationRefusee(ValueError):
    """A declaration that the catalogue cannot take: it says which and why."""


def check_declaration(indicateur: Indicateur) -> Indicateur:
    """`indicateur` itself, once it has a source, an example, and a denominator exactly when it says one.

    Raises DeclarationRefusee otherwise.
    """
    manques = [
        (not indicateur.sources, "aucune source"),
        (not indicateur.exemples, "aucun exemple"),
        (bool(indicateur.rapporte_a) != bool(indicateur.denominateur), "rapporte_a et denominateur vont ensemble"),
        ((indicateur.agregat is Agregat.RAPPORT) != bool(indicateur.denominateur), "un rapport a un dénominateur"),
    ]
    for manque, motif in manques:
        if manque:
            raise DeclarationRefusee(f"{indicateur.code} : {motif}.")
    return indicateur
