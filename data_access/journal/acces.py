"""The journal of accesses: who did what, over which perimeter, when. Append only; no person's data in it.

The database itself refuses to change or remove an event (triggers of migration 0003). `purge` is the only way out, for
events older than the retention, and says so in the journal. `objet` is a closed vocabulary, checked before writing: no
free text, no id of a participant. The identities are those of the people who sign in, never of those followed."""

import json
import logging
import os
import re
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from data_access import tables as t
from data_access.refus import Refus

VARIABLE_JOURS = "PLIE_JOURNAL_JOURS"
JOURS_PAR_DEFAUT = 365
JOURS_MIN, JOURS_MAX = 180, 1095
"""CNIL, délibération 2021-122 du 14 octobre 2021: six months to one year; up to three when justified. The triggers of
migration 0003 hold the minimum."""

_LONGUEUR_IDENTITE = 254

NOMS = frozenset(
    (
        *("synthese", "file_active", "entrees_sorties", "publics", "etapes", "objectifs", "territoires"),
        *("operations", "seance", "dossiers", "projection", "portefeuilles", "realisations", "importer", "qualite"),
        *("droits", "definitions", "journal", "conservation", "publications", "editions", "decisions", "profils"),
        *("accueil", "connexion", "adresse_inconnue", "fichier_inconnu", "anomalies", "questionnaires", "parcours"),
        *("participants", "referents", "comparaison", "changements", "pptx", "xlsx", "csv", "pdf", "json", "docx"),
        *("ods", "html", "png", "svg", "zip", "classeur_corrige", "modele", "profil", "dossier_seance", "note"),
        *("definition", "preparation", "modele_presentation", "logo", "copil", "comite_operationnel", "ingenierie"),
        *("commission", "coordination", "autre", "oidc", "entete", "local", "ligne_de_commande", "automatique"),
    )
)
"""The names that an event may bear (pages, lists, files, ways in). A new page or file: add its name here."""


class Action(StrEnum):
    """What may be noted, and nothing else; `en_mots`: as people read it."""

    en_mots: str

    CONNEXION = "connexion", "connexion"
    DECONNEXION = "deconnexion", "déconnexion"
    REFUS = "refus", "refus"
    IMPORT = "import", "chargement"
    ANNULATION = "annulation", "annulation d’un chargement"
    PROFIL = "profil", "profil enregistré"
    EXPORT = "export", "téléchargement"
    LISTE_VUE = "liste_vue", "liste vue"
    PUBLICATION = "publication", "date publiée"
    EDITION = "edition", "édition publiée"
    DECISION = "decision", "décision"
    REALISATION = "realisation", "réalisation saisie"
    DROIT_ACCORDE = "droit_accorde", "droit accordé"
    DROIT_MODIFIE = "droit_modifie", "lecture d’un droit changée"
    DROIT_RETIRE = "droit_retire", "droit retiré"
    PARTICIPANT_EXPORTE = "participant_exporte", "dossier d’une personne"
    PARTICIPANT_EFFACE = "participant_efface", "personne effacée"
    CONSERVATION_PURGE = "conservation_purge", "personnes anonymisées"
    PURGE_JOURNAL = "purge_journal", "journal purgé"

    def __new__(cls, code: str, en_mots: str = "") -> "Action":
        """The code is the value, as it is stored."""
        action = str.__new__(cls, code)
        action._value_, action.en_mots = code, en_mots
        return action


@dataclass(frozen=True)
class Evenement:
    """One event. `moment` is UTC; `codes_plie` empty: no PLIE in particular."""

    moment: datetime
    identite: str
    role: str
    action: Action
    codes_plie: tuple[str, ...]
    objet: str


@dataclass(frozen=True)
class FiltreEvenements:
    """Which events: from `depuis` to `jusqua` (excluded), of these actions (empty: all), whose identity contains
    `identite`, which concern `code_plie`; at most `limite`."""

    depuis: datetime | None = None
    jusqua: datetime | None = None
    actions: tuple[Action, ...] = ()
    identite: str = ""
    code_plie: str | None = None
    limite: int | None = None


def record(
    base: sa.Connection,
    identite: str,
    role: str,
    action: Action | str,
    codes_plie: Collection[str],
    objet: str = "",
    moment: datetime | None = None,
) -> None:
    """Note an event, now or at `moment`, inside the caller's transaction: it stays if and only if what it tells stays.

    `objet`: words separated by a space, each one of `NOMS`, a message code (« DRO-010 »), or `key:value`: `version`,
    `edition`, `decision`, `nombre` with a number, `indicateur` with a code, `date` with a day (ISO), `role`, `lecture`,
    `identite` (rights only), `referent`, `operation`, `territoire` with a code that the PLIE has given. Raises
    `Refus` for anything else, ValueError for an unknown action.
    """
    action = Action(action)
    codes = sorted(set(codes_plie))
    if not all(_is_allowed(base, action, codes, mot) for mot in objet.split(" ") if objet):
        # The message never repeats the object.
        raise Refus(
            f"L’objet de l’événement « {action} » n’est pas un code admis. Rien n’est noté au journal. "
            "Voyez le vocabulaire dans data_access/journal/acces.py.",
            "JRN-001",
        )
    base.execute(
        sa.insert(t.evenements).values(
            moment=moment or datetime.now(UTC),
            identite="".join(c for c in identite if c.isprintable())[:_LONGUEUR_IDENTITE],
            role=role,
            action=action.value,
            codes_plie=codes,
            objet=objet,
        )
    )


def list_events(base: sa.Connection, filtre: FiltreEvenements | None = None) -> list[Evenement]:
    """The events, the last one first."""
    filtre = filtre or FiltreEvenements()
    e = t.evenements.c
    requete = sa.select(e.moment, e.identite, e.role, e.action, e.codes_plie, e.objet)
    requete = requete.order_by(e.moment.desc(), e.id.desc()).limit(filtre.limite)
    if filtre.depuis:
        requete = requete.where(e.moment >= filtre.depuis)
    if filtre.jusqua:
        requete = requete.where(e.moment < filtre.jusqua)
    if filtre.actions:
        requete = requete.where(e.action.in_([action.value for action in filtre.actions]))
    if filtre.identite:
        requete = requete.where(e.identite.icontains(filtre.identite, autoescape=True))
    if filtre.code_plie:
        requete = requete.where(sa.cast(e.codes_plie, sa.Text).contains(json.dumps(filtre.code_plie), autoescape=True))
    return [
        Evenement(moment, identite, role, Action(action), tuple(codes), objet)
        for moment, identite, role, action, codes, objet in base.execute(requete)
    ]


def retention_days() -> int:
    """How many days an event is kept. Raises `Refus`."""
    texte = os.environ.get(VARIABLE_JOURS, "").strip()
    if not texte:
        return JOURS_PAR_DEFAUT
    if not re.fullmatch(r"[0-9]{1,4}", texte) or not JOURS_MIN <= int(texte) <= JOURS_MAX:
        raise Refus(
            f"Le réglage {VARIABLE_JOURS} n’est pas un nombre de jours de {JOURS_MIN} à {JOURS_MAX}. "
            f"Le journal n’est pas purgé. Corrigez-le, ou retirez-le pour garder {JOURS_PAR_DEFAUT} jours.",
            "JRN-002",
        )
    return int(texte)


def last_day_to_purge(aujourdhui: date | None = None) -> date:
    """Events before this day are older than the retention. Raises `Refus`."""
    return (aujourdhui or datetime.now(UTC).date()) - timedelta(days=retention_days())


def purge(base: sa.Connection, before: date, identite: str, role: str) -> int:
    """Remove the events before that day (UTC) and note it in the journal; gives how many.

    Nothing older: nothing is noted. The database refuses a day less than six months ago
    (`sqlalchemy.exc.DatabaseError`).
    """
    e = t.evenements.c
    anciens = e.moment < datetime(before.year, before.month, before.day, tzinfo=UTC)
    nombre = base.execute(sa.select(sa.func.count()).select_from(t.evenements).where(anciens)).scalar() or 0
    if nombre:
        record(base, identite, role, Action.PURGE_JOURNAL, (), before.isoformat())
        base.execute(sa.delete(t.evenements).where(anciens))
    return nombre


def _is_allowed(base: sa.Connection, action: Action, codes: list[str], mot: str) -> bool:
    if action is Action.PURGE_JOURNAL:
        return bool(_JOUR.fullmatch(mot))
    cle, separateur, valeur = mot.partition(":")
    if not separateur:
        return mot in NOMS or bool(_MESSAGE.fullmatch(mot))
    if cle not in MOTS_A_CLE or (cle == "identite" and action not in _SUR_UN_DROIT):
        return False
    admis, _ = MOTS_A_CLE[cle]
    return _is_stored(base, admis, codes, valeur) if isinstance(admis, sa.Column) else bool(admis.fullmatch(valeur))


def _is_stored(base: sa.Connection, colonne: sa.Column, codes: list[str], valeur: str) -> bool:
    """A code that a PLIE has given in its lists: what else it could be needs no guess."""
    table = colonne.table
    requete = sa.select(sa.literal(1)).where(colonne == valeur)
    if codes:
        requete = requete.where(table.c.code_plie.in_(codes))
    return base.execute(requete.limit(1)).first() is not None


_MESSAGE = re.compile(r"[A-Z]{3}-[0-9]{3}")
_JOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERO = re.compile(r"[0-9]{1,9}")
_SUR_UN_DROIT = (Action.DROIT_ACCORDE, Action.DROIT_MODIFIE, Action.DROIT_RETIRE)
MOTS_A_CLE: dict[str, tuple[re.Pattern[str] | sa.Column, str]] = {
    "version": (_NUMERO, "version"),
    "edition": (_NUMERO, "édition"),
    "decision": (_NUMERO, "décision"),
    "nombre": (_NUMERO, "nombre :"),
    "date": (_JOUR, "au"),
    "indicateur": (re.compile(r"[a-z_]{2,64}"), "indicateur"),
    "role": (re.compile(r"comite|direction|animation|administration"), "rôle"),
    "lecture": (re.compile(r"exacte|arrondie"), "lecture"),
    "identite": (re.compile(r"[^\s:]{1,254}"), "pour"),
    "referent": (t.referents.c.code_referent, "référent"),
    "operation": (t.operations.c.code_operation, "opération"),
    "territoire": (t.territoires.c.code_territoire, "territoire"),
}
"""What may follow each key, a pattern or a code that a PLIE has given; the key in French."""

_journal = logging.getLogger("plie.entretien")
_verrou = threading.Lock()
_faits: dict[str, date] = {}


def purge_once_a_day(engine: sa.Engine, aujourdhui: date | None = None) -> None:
    """Purge the journal if this process has not done it today. Never raises: a page must open whatever happens here."""
    jour = aujourdhui or datetime.now(UTC).date()
    adresse = engine.url.render_as_string(hide_password=True)
    with _verrou:
        if _faits.get(adresse) == jour:
            return
        # Noted before it is done: nobody else waits, and what fails today is tried again tomorrow.
        _faits[adresse] = jour
    try:
        with engine.begin() as base:
            purge(base, last_day_to_purge(jour), "automatique", "")
    except Refus as refus:
        _journal.error("%s", refus)
    except sa.exc.SQLAlchemyError as erreur:
        _journal.warning("JRN-003 %s", type(erreur).__name__)
