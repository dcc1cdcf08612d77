"""`droits`, `journal`: who may read what (how the first administrator gets in, and the last resort), who did what."""

import argparse
from dataclasses import asdict
from datetime import date

import sqlalchemy as sa

from data_access.commandes.arguments import AUTEUR, CE_PLIE, JSON, ROLE, ReponseDeCommande, argument, command, read_day
from data_access.droits import (
    ADMINISTRATION,
    LECTURES,
    ROLES,
    Droit,
    change_reading,
    grant,
    list_rights,
    remove,
    remove_identity,
)
from data_access.journal.acces import (
    VARIABLE_JOURS,
    Action,
    Evenement,
    FiltreEvenements,
    last_day_to_purge,
    list_events,
    purge,
    retention_days,
)
from data_access.journal.recit import write_moment
from data_access.moments import midnight

_AUCUN_DROIT = "Aucun droit n’est accordé. Le premier : droits accorder IDENTITE --role administration"
_AUCUN_EVENEMENT = "Aucun événement au journal pour cette demande."


@command(
    "droits accorder",
    "donner un rôle à une adresse de courriel",
    argument("identite", metavar="IDENTITE", help="adresse de courriel de connexion"),
    argument("--role", required=True, metavar="ROLE", help=", ".join(ROLES)),
    argument("--plie", metavar="CODE", help="ce PLIE seulement (sinon tous)"),
    argument("--territoire", metavar="CODE", help="ce territoire du PLIE seulement"),
    argument("--structure", metavar="NOM", help="les opérations de cette structure seulement"),
    argument(
        "--lecture",
        default="",
        choices=LECTURES,
        help="petits effectifs exacts ou arrondis (défaut : selon le rôle)",
    ),
    AUTEUR,
    JSON,
)
def answer_grant(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    with engine.begin() as base:
        droit = grant(
            *(base, options.identite, options.role, options.plie, options.territoire, options.structure),
            par=options.auteur,
            lecture=options.lecture,
        )
    return asdict(droit), [f"Droit accordé : {_tell_right(droit)}"]


@command("droits lister", "lister les droits", JSON)
def answer_rights(engine: sa.Engine, _options: argparse.Namespace) -> ReponseDeCommande:
    with engine.connect() as base:
        droits = list_rights(base)
    return [asdict(droit) for droit in droits], map(_tell_right, droits) if droits else [_AUCUN_DROIT]


@command(
    "droits modifier",
    "changer la lecture de droits existants",
    argument("droits", nargs="+", type=int, metavar="N", help="numéro d’un droit (voir lister)"),
    argument("--lecture", required=True, choices=LECTURES, help="petits effectifs exacts ou arrondis"),
    AUTEUR,
    JSON,
)
def answer_change(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    with engine.begin() as base:
        changes = [change_reading(base, numero, options.lecture, options.auteur) for numero in options.droits]
    return [asdict(droit) for droit in changes], (f"Droit : {_tell_right(droit)}" for droit in changes)


@command(
    "droits retirer",
    "retirer des droits",
    argument("droits", nargs="+", metavar="N|IDENTITE", help="numéro d’un droit, ou adresse pour tous"),
    AUTEUR,
    JSON,
)
def answer_removal(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    retires: list[Droit] = []
    with engine.begin() as base:
        for cible in options.droits:
            if cible.isdecimal():
                retires.append(remove(base, int(cible), options.auteur))
            else:
                retires.extend(remove_identity(base, cible, options.auteur))
    return [asdict(droit) for droit in retires], (f"Droit retiré : {_tell_right(droit)}" for droit in retires)


def _tell_right(droit: Droit) -> str:
    """« 3. marie@plie.fr : direction, PLIE AGENAIS, territoire 47001, lecture exacte (accordé le 21/11/2026 par
    anne@plie.fr) »."""
    parties = [droit.role]
    if droit.role != ADMINISTRATION:
        parties.append(f"PLIE {droit.code_plie}" if droit.code_plie else "tous les PLIE")
    if droit.code_territoire:
        parties.append(f"territoire {droit.code_territoire}")
    if droit.structure:
        parties.append(f"structure {droit.structure}")
    if droit.lecture:
        parties.append(f"lecture {droit.lecture}")
    quand = f"accordé le {droit.accorde_le:%d/%m/%Y} par {droit.accorde_par}"
    return f"{droit.numero}. {droit.identite} : {', '.join(parties)} ({quand})"


@command(
    "journal lister",
    "qui a fait quoi, quand, sur quel périmètre",
    argument("--depuis", type=read_day, metavar="JJ/MM/AAAA", help="à partir de ce jour"),
    argument("--jusqua", type=read_day, metavar="JJ/MM/AAAA", help="jusqu’à ce jour, compris"),
    argument("--action", action="append", default=[], choices=list(Action), metavar="ACTION"),
    argument("--identite", default="", metavar="TEXTE", help="l’identité contient ce texte"),
    CE_PLIE,
    JSON,
)
def answer_events(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    filtre = FiltreEvenements(
        depuis=midnight(options.depuis) if options.depuis else None,
        jusqua=midnight(date.fromordinal(options.jusqua.toordinal() + 1)) if options.jusqua else None,
        actions=tuple(map(Action, options.action)),
        identite=options.identite,
        code_plie=options.plie,
    )
    with engine.connect() as base:
        evenements = list_events(base, filtre)
    return [asdict(e) for e in evenements], map(_tell_event, evenements) if evenements else [_AUCUN_EVENEMENT]


@command("journal purger", f"retirer ce qui dépasse la durée de conservation ({VARIABLE_JOURS})", JSON)
def answer_purge(engine: sa.Engine, options: argparse.Namespace) -> ReponseDeCommande:
    jour = last_day_to_purge()
    with engine.begin() as base:
        nombre = purge(base, jour, options.auteur, ROLE)
    donnees = {"retires": nombre, "avant": jour, "jours_gardes": retention_days()}
    return donnees, [f"{nombre} événement(s) d’avant le {jour:%d/%m/%Y} retiré(s) ({retention_days()} jours gardés)"]


def _tell_event(evenement: Evenement) -> str:
    """« 21/11/2026 14:05:09  marie@plie.fr (animation)  import  AGENAIS  version:12 »."""
    qui = f"{evenement.identite} ({evenement.role})" if evenement.role else evenement.identite
    codes = ", ".join(evenement.codes_plie)
    parties = (write_moment(evenement.moment), qui, evenement.action.value, codes, evenement.objet)
    return "  ".join(filter(None, parties))
