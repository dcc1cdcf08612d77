"""What was chosen in the filters, as plain values: read from a link, checked, turned into a perimeter.

No widget here: everything can be tested without a screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from components.cadre.offre import Programmes, with_descendants
from data_access.base.jours import add_months
from data_access.seances.publications import Publication
from indicators.perimetre import Filtres, Limite, Periode
from indicators.referentiel import Operation, Plie, Territoire

ANNEE, DOUZE_MOIS, PRECEDENTE, PROTOCOLE, LIBRE = "annee", "12_mois", "annee_precedente", "protocole", "libre"
PERIODES = {
    ANNEE: "Année en cours",
    DOUZE_MOIS: "12 derniers mois",
    PRECEDENTE: "Année précédente",
    PROTOCOLE: "Depuis le début du protocole",
    LIBRE: "Libre",
}
PREMIER_JOUR = date(2000, 1, 1)
_SANS_PLIE = "un PLIE absent de vos droits, de la base ou des chiffres publiés"
_SANS_DATE = "une date illisible"
_HORS_DES_DATES = "une date d’avant ou d’après celles que le filtre propose"
_SANS_PROTOCOLE = "la période du protocole, dont les dates ne sont pas connues"


@dataclass(frozen=True)
class Choix:
    """The filters as chosen. `du` and `au` count for the free period only."""

    plie: tuple[str, ...] = ()
    territoire: str | None = None
    operation: str | None = None
    periode: str = ANNEE
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True)
class Perimetre:
    """What the page is about: the filters for `publier`, and what its first lines say.

    `publications`: those that the committee reads, empty for the others. `partiel`: only a part of the PLIE is open to
    the reader. `objectifs_fermes`: its targets are not, since each commits more than that part.
    """

    filtres: Filtres
    plie: tuple[Plie, ...]
    territoire: Territoire | None
    operation: Operation | None
    date_donnees: date
    dates_differentes: bool
    tous: bool
    publications: tuple[Publication, ...] = ()
    partiel: bool = False
    objectifs_fermes: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the PLIE."""
        return self.filtres.plie

    @property
    def filtres_sans_operation(self) -> Filtres:
        """The filters over all the operations; the chosen one stays where only a part of the PLIE is open."""
        return self.filtres if self.partiel else replace(self.filtres, operation=None)

    @property
    def periode(self) -> Periode:
        """The chosen period."""
        return self.filtres.periode


def default_choix(programmes: Programmes) -> Choix:
    """The first PLIE by name, its whole territory (or the first part of it that is open), the current year."""
    return keep_open(Choix(plie=tuple(p.code_plie for p in programmes.plie[:1])), programmes)


def read_choix(parametres: Mapping[str, Sequence[str]], programmes: Programmes) -> tuple[Choix, tuple[str, ...]]:
    """The choice that a link carries, and what was ignored in it, in French."""
    lus = {nom: next(iter(parametres.get(nom, ())), None) for nom in ("territoire", "operation", "periode", "du", "au")}
    du, au = _as_date(lus["du"]), _as_date(lus["au"])
    illisibles = (_SANS_DATE,) if (lus["du"] and du is None) or (lus["au"] and au is None) else ()
    plie = tuple(dict.fromkeys(parametres.get("plie", ()))) or default_choix(programmes).plie
    choix = Choix(plie, lus["territoire"], lus["operation"], lus["periode"] or ANNEE, du, au)
    valide, ignores = keep_valid(choix, programmes)
    return valide, (*illisibles, *ignores)


def keep_valid(choix: Choix, programmes: Programmes) -> tuple[Choix, tuple[str, ...]]:
    """`choix` without what is not there or not open: PLIE, territory, operation, period; and what was dropped.

    Free days are brought inside those that the widget offers.
    """
    notes = []
    connus = {p.code_plie for p in programmes.plie}
    plie = tuple(code for code in choix.plie if code in connus)
    if plie != choix.plie:
        notes.append(_SANS_PLIE)
        choix = replace(choix, plie=plie or default_choix(programmes).plie)
    if choix.territoire and choix.territoire not in {z.code_territoire for z in territoires_of(choix, programmes)}:
        notes.append("un territoire étranger au PLIE choisi")
        choix = replace(choix, territoire=None)
    if choix.operation and choix.operation not in {o.code_operation for o in operations_of(choix, programmes)}:
        notes.append("une opération étrangère au PLIE choisi")
        choix = replace(choix, operation=None)
    if choix.periode not in periodes_of(choix, programmes):
        notes.append(_SANS_PROTOCOLE if choix.periode == PROTOCOLE else "une période inconnue")
        choix = replace(choix, periode=ANNEE)
    borne = replace(choix, du=_bring_inside(choix.du, programmes), au=_bring_inside(choix.au, programmes))
    if choix.periode == LIBRE and borne != choix:
        notes.append(_HORS_DES_DATES)
    choix = borne
    ouvert = keep_open(choix, programmes)
    if ouvert != choix and (len(choix.plie) > 1 or choix.territoire or choix.operation):
        notes.append("plus que la partie ouverte par vos droits")
    return ouvert, tuple(notes)


def as_parametres(choix: Choix) -> dict[str, list[str]]:
    """The choice as it is written in a link: codes only, never names."""
    libre = choix.periode == LIBRE
    brut: dict[str, list[str | None]] = {
        "plie": list(choix.plie),
        "territoire": [choix.territoire],
        "operation": [choix.operation],
        "periode": [choix.periode],
        "du": [choix.du.isoformat() if libre and choix.du else None],
        "au": [choix.au.isoformat() if libre and choix.au else None],
    }
    ecrits = {nom: [v for v in valeurs if v] for nom, valeurs in brut.items()}
    return {nom: valeurs for nom, valeurs in ecrits.items() if valeurs}


def build_perimetre(choix: Choix, programmes: Programmes) -> Perimetre:
    """The perimeter of a valid choice with at least one PLIE."""
    plie = plie_of(choix, programmes)
    au = date_of_data(plie)
    filtres = Filtres(choix.plie, resolve_periode(choix, plie), choix.operation, choix.territoire)
    territoires = {z.code_territoire: z for z in territoires_of(choix, programmes)}
    operations = {o.code_operation: o for o in operations_of(choix, programmes)}
    return Perimetre(
        filtres=filtres,
        plie=plie,
        territoire=territoires.get(choix.territoire or ""),
        operation=operations.get(choix.operation or ""),
        date_donnees=au,
        dates_differentes=len({p.date_extraction for p in plie}) > 1,
        tous=len(plie) == len(programmes.plie) > 1,
        publications=tuple(p for p in programmes.publications if p.code_plie in choix.plie),
        partiel=any(limite.plie in choix.plie for limite in programmes.limites),
        objectifs_fermes=not opens_targets(choix, programmes),
    )


def resolve_periode(choix: Choix, plie: Sequence[Plie]) -> Periode:
    """The days that the chosen period means, up to the date of the data."""
    au = date_of_data(plie)
    if choix.periode == DOUZE_MOIS:
        return Periode(add_months(au.replace(day=1), -11), au)
    if choix.periode == PRECEDENTE:
        return Periode(date(au.year - 1, 1, 1), date(au.year - 1, 12, 31))
    debut = protocol_start(plie)
    if choix.periode == PROTOCOLE and debut is not None:
        return Periode(min(debut, au), au)
    if choix.periode == LIBRE:
        bornes = sorted((choix.du or date(au.year, 1, 1), choix.au or au))
        return Periode(*bornes)
    return Periode(date(au.year, 1, 1), au)


def periodes_of(choix: Choix, programmes: Programmes) -> dict[str, str]:
    """Periods offered: the protocol's only where its first day is known."""
    fermees = {PROTOCOLE} if protocol_start(plie_of(choix, programmes)) is None else set()
    return {code: nom for code, nom in PERIODES.items() if code not in fermees}


def plie_of(choix: Choix, programmes: Programmes) -> tuple[Plie, ...]:
    """The chosen PLIE, in the order of the menu."""
    return tuple(p for p in programmes.plie if p.code_plie in choix.plie)


def operations_of(choix: Choix, programmes: Programmes) -> tuple[Operation, ...]:
    """Operations of the chosen PLIE."""
    return tuple(o for o in programmes.operations if o.code_plie in choix.plie)


def territoires_of(choix: Choix, programmes: Programmes) -> tuple[Territoire, ...]:
    """Territories of the chosen PLIE, each once: groupings, then communes, then quartiers."""
    rangs = {"commune": 1, "quartier": 2, "qpv": 2}
    uniques = {z.code_territoire: z for z in programmes.territoires if z.code_plie in choix.plie}
    return tuple(sorted(uniques.values(), key=lambda z: (rangs.get(z.type, 0), z.nom)))


def keep_open(choix: Choix, programmes: Programmes) -> Choix:
    """The choice itself when the rights open it, else the nearest one that is: fewer PLIE, then the first open part.

    A PLIE open in part is read alone: chosen last it stays alone, else it leaves the others together.
    """
    bornes = {limite.plie for limite in programmes.limites}
    if len(choix.plie) > 1 and not bornes.isdisjoint(choix.plie):
        entiers = tuple(code for code in choix.plie if code not in bornes)
        choix = replace(choix, plie=choix.plie[-1:] if choix.plie[-1] in bornes else entiers)
    siennes = programmes.limits_of(choix.plie) if len(choix.plie) == 1 else []
    if not siennes or any(_is_within(choix, limite, programmes) for limite in siennes):
        return choix
    premiere = siennes[0]
    return replace(choix, territoire=premiere.territoire, operation=next(iter(premiere.operations or ()), None))


def _is_within(choix: Choix, limite: Limite, programmes: Programmes) -> bool:
    ouverts = with_descendants(programmes.territoires, limite.plie, limite.territoire)
    return (limite.territoire is None or choix.territoire in ouverts) and (
        limite.operations is None or choix.operation in limite.operations
    )


def opens_targets(choix: Choix, programmes: Programmes) -> bool:
    """True when the targets of the choice may be read: each commits a whole operation, or the whole PLIE."""
    return all(
        any(
            limite.territoire is None and (limite.operations is None or choix.operation in limite.operations)
            for limite in programmes.limits_of((code,))
        )
        for code in {limite.plie for limite in programmes.limits_of(choix.plie)}
    )


def last_day_offered(programmes: Programmes) -> date:
    """The latest date of the data among the PLIE offered: no free day goes beyond. ValueError without PLIE."""
    return max(p.date_extraction for p in programmes.plie)


def date_of_data(plie: Sequence[Plie]) -> date:
    """The earliest date of extraction: up to that day every chosen PLIE has its data."""
    return min(p.date_extraction for p in plie)


def protocol_start(plie: Sequence[Plie]) -> date | None:
    """First day of the earliest protocol, None where no text gives it."""
    return min((p.protocole_du for p in plie if p.protocole_du), default=None)


def _as_date(texte: str | None) -> date | None:
    try:
        return date.fromisoformat(texte or "")
    except ValueError:
        return None


def _bring_inside(jour: date | None, programmes: Programmes) -> date | None:
    if jour is None or not programmes.plie:
        return jour
    return min(max(jour, PREMIER_JOUR), max(PREMIER_JOUR, last_day_offered(programmes)))
