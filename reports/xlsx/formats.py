"""How numbers are shown in the workbook: true numbers, so the reader's Excel writes them in its own language."""

from indicators.declaration import Unite

ENTIER = "#,##0"
DECIMAL = "#,##0.0"
POURCENT = '0.0"\u00a0"%'
POINTS = '+0.0" points";\u22120.0" points";0.0" point"'
MOIS = '#,##0.0" mois"'
JOURS = '#,##0.0" jours"'
DATE = "dd/mm/yyyy"

_PAR_UNITE = {
    Unite.PART: POURCENT,
    Unite.POINTS: POINTS,
    Unite.MOIS: MOIS,
    Unite.JOURS: JOURS,
    Unite.ETAPES_PAR_PARTICIPANT: DECIMAL,
    Unite.PARCOURS_PAR_ETP: DECIMAL,
    Unite.PARCOURS_PAR_REFERENT: DECIMAL,
    Unite.CONTACTS_POUR_50: DECIMAL,
}


def format_of(unite: str) -> str:
    """Number format of a unit of the catalogue; a plain integer for any other."""
    return _PAR_UNITE.get(unite, ENTIER)  # type: ignore[call-overload]


def cell_value(valeur: float, unite: str) -> float:
    """The number to write: a gap between shares is kept in points, since no format multiplies without « % »."""
    return 100 * valeur if unite == Unite.POINTS else valeur


def format_of_target(valeur: float, est_taux: bool) -> str:
    """A rate in %, a whole number without decimals, a mean with one; like `write_number`."""
    if est_taux:
        return POURCENT
    return ENTIER if float(valeur).is_integer() or abs(valeur) >= 1000 else DECIMAL
