"""An indicator is one declaration: what is counted, divided by what, cut how, said where, proved by which examples."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial

from indicators.decoupages import PERSONNES
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


@dataclass(frozen=True)
class Citation:
    """Where a rule is written."""

    document: str
    reperes: str


_ENTETE = re.compile(r"(\w+): ")


def tables(texte: str) -> dict[str, str]:
    """Text tables by name: « parcours: id_parcours | entree_le », then one line a row, columns split by |."""
    trouvees: dict[str, str] = {}
    for ligne in filter(None, map(str.strip, texte.splitlines())):
        if entete := _ENTETE.match(ligne):
            nom = entete[1]
            trouvees[nom] = ligne[entete.end() :]
        else:
            trouvees[nom] += f"\n{ligne}"
    return trouvees


@dataclass(frozen=True)
class Exemple:
    """A worked example: invented rows (`tables`), a period, the figure they give.

    `attendu`: None for « sans objet ». `lignes` names the rows counted, « A C » (id_parcours, id_participant or
    id_etape), nothing for none; None where they are not said. `par`: the part that is expected.
    It runs as a test and is printed on the page « Définitions ».
    """

    tables: Mapping[str, str]
    attendu: float | None
    lignes: str | None = None
    du: date = date(2021, 1, 1)
    au: date = date(2021, 12, 31)
    par: Mapping[str, str] = field(default_factory=dict)
    operation: str | None = None


Compteur = Callable[[Cadre], Lignes]


@dataclass(frozen=True)
class Indicateur:
    """One figure of definitions.md. It has a source, an example, and a denominator exactly when it says one: ValueError
    otherwise.

    `exemples`: what each of them shows → the example.
    `tables`: sheets without which the figure is « non documenté ». `colonnes`: columns « table.colonne » without which
    it is so too: a column that is empty in every row of a PLIE was never given. `regles`: needs exit rules.
    `selon_regles`: exists without exit rules, yet does not compare with a time when they were not those PLIE's.
    `stock`: counted on the evening of the last day; a count that is not one grows with the days of its period.
    `stock_mensuel`: followed month by month by adding entries and taking departures away.
    `depart`: for a count that starts with a stock, the rows there already on the first day.
    `seuils`: one figure per threshold; `seuils_du_plie` when the PLIE may give its own list.
    `dans_le_delai`: for a delay, the code of the share within a threshold, which judges a maximum.
    `ecart`: subtracted from the result (écart à la parité). `facteur`: multiplies it (contacts pour 50).
    `exclues`: rows that a ratio leaves out; where they are all there is, the ratio is « non documenté ».
    `decoupe_du_numerateur`: splits that cut the numerator of a ratio alone, each part being divided by the whole.
    `tout_type_en_decoupage`: rows listed beside the others when étapes are cut by type, never totalled.
    `operation_seulement`: means nothing outside an operation. `sans_territoire`: nothing for a part of the territory.
    `montre_par`: splits always published together when none is asked (répartition des publics).
    `libelle_dans_operation`, `precision_dans_operation`: what is said of it inside an operation, where another clock
    runs (`indicators.horloges`).
    `caracteristiques`: what the figure itself says of people (codes of splits), whatever it is cut by.
    """

    code: str
    libelle: str
    definition: str
    compte: str
    unite: Unite
    numerateur: Compteur
    sources: tuple[Citation, ...]
    exemples: Mapping[str, Exemple]
    decoupages: tuple[str, ...] = PERSONNES
    libelle_dans_operation: str = ""
    precision_dans_operation: str = ""
    rapporte_a: str | None = None
    denominateur: Compteur | None = None
    agregat: Agregat = Agregat.COMPTE
    stock: bool = False
    reserves: tuple[str, ...] = ()
    tables: tuple[str, ...] = ("parcours",)
    colonnes: tuple[str, ...] = ()
    regles: bool = False
    selon_regles: bool = False
    seuils: tuple[int, ...] = ()
    seuils_du_plie: bool = False
    dans_le_delai: str = ""
    facteur: float = 1.0
    ecart: float = 0.0
    operation_seulement: bool = False
    sans_territoire: bool = False
    montre_par: tuple[str, ...] = ()
    caracteristiques: tuple[str, ...] = ()
    decoupe_du_numerateur: tuple[str, ...] = ()
    stock_mensuel: bool = False
    depart: Compteur | None = None
    exclues: Compteur | None = None
    tout_type_en_decoupage: Compteur | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        manques = [
            (not self.sources, "aucune source"),
            (not self.exemples, "aucun exemple"),
            (bool(self.rapporte_a) != bool(self.denominateur), "rapporte_a et denominateur vont ensemble"),
            ((self.agregat is Agregat.RAPPORT) != bool(self.denominateur), "un rapport a un dénominateur"),
        ]
        if motifs := [motif for manque, motif in manques if manque]:
            raise ValueError(f"{self.code} : {', '.join(motifs)}.")

    @property
    def grandit(self) -> bool:
        """True for a count that grows with the days of its period: a target on it is prorated."""
        return self.agregat is Agregat.COMPTE and not self.stock


# The usual shapes, so that a declaration says only what is its own.
Stock = partial(Indicateur, unite=Unite.PARCOURS, stock=True)
Part = partial(Indicateur, unite=Unite.PART, agregat=Agregat.RAPPORT)
Rapport = partial(Indicateur, agregat=Agregat.RAPPORT)
Mediane = partial(Indicateur, agregat=Agregat.MEDIANE)
Moyenne = partial(Indicateur, agregat=Agregat.MOYENNE)
