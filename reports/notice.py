"""What every paper says of itself: which meeting, over what, at which date, for whom, what is rounded in it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from indicators.decoupages import find_decoupage, is_decoupage
from indicators.nombres import MOTS_DES_ETATS, write_date, write_month, write_short_date
from indicators.resultats import Etat
from seances.preparation import INSTANCES, write_audience
from sections.contenu import Edition, Section, Suivi
from sections.images import Forme, Image, Tableau

_FUSEAU = "Europe/Paris"
INVENTEES = "Données inventées : ce PLIE est un exemple, aucune personne réelle n’y figure."
SANS_GRAPHIQUE = "Pas de graphique : aucun de ses nombres ne peut être montré."
PUBLIE, ARRONDI = "publié", "arrondi"


def name_instance(edition: Edition) -> str:
    """« Comité de pilotage »; the word itself for a body that no longer exists."""
    instance = INSTANCES.get(edition.instance)
    return instance.nom if instance else edition.instance


def name_edition(edition: Edition) -> str:
    """« Édition n° 3 », or « Aperçu » while it is not published."""
    return "Aperçu" if edition.numero is None else f"Édition n°\u00a0{edition.numero}"


def moment_of(edition: Edition) -> datetime:
    """When it was published, else its last day: the date of its files, so that two of one edition are the same file."""
    moment = edition.publie_le or datetime(edition.au.year, edition.au.month, edition.au.day, tzinfo=UTC)
    moment = moment.replace(microsecond=0)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def write_day(moment: datetime) -> str:
    """« 8 octobre 2021 », the day in France of a moment kept in universal time."""
    try:
        return write_date(moment.astimezone(ZoneInfo(_FUSEAU)).date())
    except ZoneInfoNotFoundError:  # a machine without the table of time zones
        return write_date(moment.date())


def write_reading(edition: Edition) -> str:
    """What is rounded and why; for exact papers, whom not to give them to."""
    base = edition.arrondi_a
    if base is None:
        return "Édition publiée quand les petits effectifs étaient masqués : « masqué » ne veut pas dire zéro."
    if not base:
        return (
            "Effectifs exacts : ce document montre de petits effectifs. Il est réservé à ses lecteurs, "
            "ne le diffusez pas."
        )
    return (
        "Les totaux du programme et des opérations sont exacts. Par commune, par quartier ou par caractéristique des "
        f"personnes, les effectifs sont arrondis à {base} près (« ≈ »), « moins de {base} » remplace 1 à {base - 1}, "
        "et les taux se calculent sur les effectifs arrondis."
    )


def list_facts(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The perimeter, the dates and the version, each with its name."""
    faits = [
        ("PLIE", edition.plie),
        ("Instance", name_instance(edition)),
        ("Périmètre", edition.perimetre),
        ("Période", f"du {write_date(edition.du)} au {write_date(edition.au)}"),
        ("Données arrêtées au", write_date(edition.date_donnees)),
        ("Édition", _write_publication(edition)),
        ("Version des données", _write_version(edition)),
        ("Lecteurs", write_audience(edition.audience, edition.arrondit)),
    ]
    return tuple(faits)


def _write_publication(edition: Edition) -> str:
    if edition.numero is None or edition.publie_le is None:
        return "aperçu, pas encore publié : les chiffres peuvent changer"
    return f"n°\u00a0{edition.numero}, publiée le {write_day(edition.publie_le)}{edition.signature}"


def _write_version(edition: Edition) -> str:
    if edition.version_le is None:
        return f"n°\u00a0{edition.version}"
    return f"n°\u00a0{edition.version}, chargée le {write_day(edition.version_le)}"


def write_parts(par: Iterable[tuple[str, str]]) -> str:
    """« Sexe : Femmes ; Âge à l’entrée : 26 à 49 ans »; « ensemble » without split."""
    return " ; ".join(_write_part(nom, valeur) for nom, valeur in par) or "ensemble"


def _write_part(nom: str, valeur: str) -> str:
    if not is_decoupage(nom):
        return f"{nom} : {valeur}"
    decoupage = find_decoupage(nom)
    try:
        return f"{decoupage.libelle} : {write_month(valeur) if decoupage.code == 'mois' else decoupage.label(valeur)}"
    except ValueError:  # a month that is not one, in a very old edition
        return f"{decoupage.libelle} : {valeur}"


def word_of(etat: Etat) -> str:
    """« publié », « arrondi », « moins de 5 », « sans objet », « non documenté »."""
    return ARRONDI if etat is Etat.ARRONDI else MOTS_DES_ETATS.get(etat, PUBLIE)


def has_native_chart(image: Image) -> bool:
    """False where the table stands for the picture in a file of Office: nothing to draw, or a map."""
    return image.dessinable and image.genre is not Forme.CARTE


COLONNES_D_UNE_PAGE = 9


def fit_to_page(tableau: Tableau) -> Tableau:
    """The table itself, or its essential columns where they would run into one another on a sheet of paper."""
    return tableau if len(tableau.entete) <= COLONNES_D_UNE_PAGE else tableau.shortened(len(tableau.lignes))


def table_of(image: Image) -> Tableau:
    """The table of a picture in words: its own, else its numbers as they are printed."""
    if image.tableau is not None:
        return image.tableau
    colonnes = (image.categories, *(serie.textes for serie in image.series))
    return Tableau((image.entete, *(serie.nom for serie in image.series)), tuple(zip(*colonnes, strict=True)))


def write_precision(image: Image) -> str:
    """« Types de sortie · n = 187 sorties · … »: what stands under the message of a picture."""
    return " · ".join(mot for mot in (image.sujet, image.effectif, image.remarque) if mot)


def write_due(suivi: Suivi) -> str:
    """When a decision is due."""
    return write_short_date(suivi.echeance) if suivi.echeance else "sans date"


def keep_messages(edition: Edition) -> list[Section]:
    """Sections with something to remember: neither a question without answer, nor what another one has said."""
    gardees: dict[str, Section] = {}
    for section in edition.sections:
        if section.message and not section.message.endswith("?"):
            gardees.setdefault(section.message, section)
    return list(gardees.values())
