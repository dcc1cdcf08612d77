"""The journal of accesses as people read it: French words, French time; and as a file (xlsx, csv)."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter

from data_access.journal.acces import MOTS_A_CLE, Action, Evenement
from data_access.moments import french_zone

ACTIONS = {action: action.en_mots for action in Action}
ROLES = {"comite": "comité", "commande": "ligne de commande", "": "–"}
TITRES = ("Date", "Qui", "Rôle", "Action", "PLIE", "Objet")
_MOTS = {
    "anomalies": "anomalies",
    "qualite": "Qualité",
    "synthese": "Synthèse",
    "definitions": "Définitions",
    "etapes": "Étapes",
    "operations": "Opérations",
    "seance": "séance",
    "entrees_sorties": "Entrées et sorties",
    "file_active": "File active",
    "referents": "référents",
    "realisations": "réalisations",
    "classeur_corrige": "rapport de contrôle",
    "participants": "participants",
    "decisions": "décisions",
    "editions": "éditions",
    "oidc": "par le service de connexion",
}
_FORMULES = ("=", "+", "-", "@", "\t", "\r")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LARGEURS = (20, 34, 18, 26, 30, 40)


def write_moment(moment: datetime) -> str:
    """« 21/11/2026 14:05:09 », in France."""
    return f"{moment.astimezone(french_zone()):%d/%m/%Y %H:%M:%S}"


def write_objet(objet: str) -> str:
    """« version 12 », « Qualité, xlsx, référent R01 », « rôle comité, pour anne@plie.fr »."""
    return ", ".join(map(_write_word, objet.split(" "))) if objet else ""


def as_row(evenement: Evenement) -> tuple[str, ...]:
    """The event under `TITRES`."""
    return (
        write_moment(evenement.moment),
        evenement.identite,
        ROLES.get(evenement.role, evenement.role),
        ACTIONS[evenement.action],
        ", ".join(evenement.codes_plie),
        write_objet(evenement.objet),
    )


def write_csv(evenements: Sequence[Evenement]) -> bytes:
    """Semicolons and a mark of encoding, as a French spreadsheet expects; a text is never a formula."""
    sortie = io.StringIO(newline="")
    ecriture = csv.writer(sortie, delimiter=";")
    ecriture.writerow(TITRES)
    ecriture.writerows([f"'{v}" if v.startswith(_FORMULES) else v for v in as_row(e)] for e in evenements)
    return sortie.getvalue().encode("utf-8-sig")


def write_xlsx(evenements: Sequence[Evenement]) -> bytes:
    """One sheet, filters on."""
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, _OPTIONS) as classeur:
        onglet = classeur.add_worksheet("Journal")
        entete = classeur.add_format({"bold": True, "bottom": 1, "bg_color": "#E8E8E8"})
        onglet.freeze_panes(1, 0)
        for rang, (titre, largeur) in enumerate(zip(TITRES, _LARGEURS, strict=True)):
            onglet.set_column(rang, rang, largeur)
            onglet.write_string(0, rang, titre, entete)
        for ligne, evenement in enumerate(evenements, start=1):
            for rang, valeur in enumerate(as_row(evenement)):
                onglet.write_string(ligne, rang, valeur)
        onglet.autofilter(0, 0, max(len(evenements), 1), len(TITRES) - 1)
    return sortie.getvalue()


def _write_word(mot: str) -> str:
    cle, separateur, valeur = mot.partition(":")
    if not separateur:
        return _write_day(mot) or _MOTS.get(mot, mot.replace("_", " "))
    en_francais = _write_day(valeur) if cle == "date" else ROLES.get(valeur, "") if cle == "role" else ""
    return f"{MOTS_A_CLE[cle][1] if cle in MOTS_A_CLE else cle} {en_francais or valeur}"


def _write_day(texte: str) -> str:
    try:
        return f"{date.fromisoformat(texte):%d/%m/%Y}" if len(texte) == 10 else ""
    except ValueError:
        return ""
