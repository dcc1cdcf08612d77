"""One participant, by number (RGPD, articles 15 and 17): all that is stored about them, and making them anonymous.

Their file is written as JSON for a machine, as a workbook for people.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import xlsxwriter

from data_access import tables as t
from data_access.base.libelles import read_labels
from data_access.classeur.anomalies import ENTRE_PARTIES
from data_access.classeur.effacements import is_anonymous
from data_access.colonnes import NON, OUI, Feuille, Genre
from data_access.format import FEUILLES, feuille_of_table
from data_access.imports.transaction import begin_import
from data_access.journal.acces import Action, record
from data_access.refus import Refus
from data_access.rgpd.anonymisation import Anonymisation, anonymise
from data_access.rgpd.conservation import compact
from data_access.rgpd.personnes import FEUILLES_DE_PERSONNES, Personne, journal_rows, list_people

_PERSONNELLES = [origine for origine in FEUILLES if origine.numeros]

Cellule = dict[str, str]
"""One value: `colonne` (its code), `sens`, `valeur` in French, `libelle` of the code when there is one."""
_Dire = Callable[[Feuille, Mapping[str, Any]], list[Cellule]]
EXTENSIONS = (".json", ".xlsx")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LARGEUR = 28


@dataclass
class DossierPersonnel:
    """All that is stored about one person, ready to be read by them.

    `feuilles`: the rows kept now, by sheet. `historique`: each change that an import made, the oldest first.
    `anomalies`: what the checks said of these rows.
    """

    code_plie: str
    plie: str
    participant: str
    exporte_le: datetime
    feuilles: dict[str, list[list[Cellule]]] = field(default_factory=dict)
    historique: list[dict[str, Any]] = field(default_factory=list)
    anomalies: list[dict[str, str]] = field(default_factory=list)


def find_person(base: sa.Connection, code_plie: str, numero: str) -> Personne:
    """The person of that number, in the tables or only in the journal. Raises `Refus`."""
    personne = None if is_anonymous(numero) else list_people(base, code_plie).get(numero)
    if personne is None:
        # A row that was always refused is in no table, but the list of anomalies names it.
        a = t.anomalies.c
        refusee = sa.select(a.id).where(a.feuille == "Participants", a.cle == numero, a.code_plie == code_plie)
        if is_anonymous(numero) or base.execute(refusee.limit(1)).first() is None:
            # The message never repeats the number.
            raise Refus(
                f"Aucune donnée n’est enregistrée sous ce numéro pour le PLIE « {code_plie} ». Rien n’est fait. "
                "Vérifiez le numéro dans le logiciel de suivi, et le code du PLIE ; une personne déjà anonymisée ne se "
                "retrouve plus.",
                "PAR-001",
            )
        personne = Personne(numero)
    return personne


def export_person(engine: sa.Engine, code_plie: str, numero: str, identite: str, role: str) -> DossierPersonnel:
    """The file of one person, noted in the journal of accesses without their number.

    Raises `Refus`.
    """
    with engine.begin() as base:
        personne = find_person(base, code_plie, numero)
        nom = base.execute(sa.select(t.plie.c.nom).where(t.plie.c.code_plie == code_plie)).scalar() or code_plie
        dossier = DossierPersonnel(code_plie, nom, numero, datetime.now(UTC))
        say, numeros = _row_teller(base, code_plie), _numbers(base, code_plie, personne)
        for origine in _PERSONNELLES:
            lignes = _stored(base, code_plie, origine, personne)
            dossier.feuilles[origine.nom] = [say(origine, ligne) for ligne in lignes]
        dossier.historique = list(_history(base, code_plie, numeros, say))
        dossier.anomalies = list(_anomalies(base, code_plie, numeros))
        record(base, identite, role, Action.PARTICIPANT_EXPORTE, [code_plie])
    return dossier


def erase_person(engine: sa.Engine, code_plie: str, numero: str, identite: str, role: str) -> Anonymisation:
    """Make one person anonymous everywhere, noted without their number.

    Raises `Refus`.
    """
    with begin_import(engine) as base:
        personne = find_person(base, code_plie, numero)
        bilan = anonymise(base, code_plie, [personne], identite)
        record(base, identite, role, Action.PARTICIPANT_EFFACE, [code_plie])
    return replace(bilan, compacte=compact(engine))


def _stored(base: sa.Connection, code_plie: str, origine: Feuille, personne: Personne) -> Sequence[Mapping[str, Any]]:
    table = t.TABLES[origine.table]
    if "id_participant" in origine.numeros:
        sienne = table.c.id_participant == personne.numero
    else:
        sienne = table.c.id_parcours.in_(sorted(personne.parcours))
    requete = sa.select(table).where(table.c.code_plie == code_plie, sienne).order_by(table.c.id)
    return [dict(ligne) for ligne in base.execute(requete).mappings()]


def _numbers(base: sa.Connection, code_plie: str, personne: Personne) -> dict[str, set[str]]:
    """By column, the numbers that make a row of the journal, or an anomaly, theirs."""
    e = t.etapes.c
    siennes = sa.select(e.id_etape).where(e.code_plie == code_plie, e.id_parcours.in_(sorted(personne.parcours)))
    return {
        "id_participant": {personne.numero},
        "id_parcours": set(personne.parcours),
        "id_etape": set(base.execute(siennes).scalars()),
    }


def _history(base: sa.Connection, code_plie: str, numeros: dict[str, set[str]], say: _Dire) -> Iterable[dict[str, Any]]:
    for ligne in journal_rows(base, code_plie, FEUILLES_DE_PERSONNES):
        avant, apres = ligne.avant, ligne.apres
        if any(etat and _is_theirs(etat, numeros) for etat in (avant, apres)):
            origine = feuille_of_table(ligne.nom_table)
            yield {
                "version": ligne.version,
                "date": f"{ligne.moment:%d/%m/%Y}",
                "classeur": ligne.classeur,
                "feuille": origine.nom,
                "changement": "ajout" if avant is None else "retrait" if apres is None else "modification",
                "avant": say(origine, avant) if avant else [],
                "apres": say(origine, apres) if apres else [],
            }


def _is_theirs(ligne: dict[str, Any], numeros: dict[str, set[str]]) -> bool:
    # A parcours may have been somebody else's before it was corrected.
    if "id_participant" in ligne:
        return ligne["id_participant"] in numeros["id_participant"]
    return any(ligne.get(nom) in siens for nom, siens in numeros.items())


def _anomalies(base: sa.Connection, code_plie: str, numeros: dict[str, set[str]]) -> Iterable[dict[str, str]]:
    a = t.anomalies.c
    siens = {origine.nom: numeros[origine.numeros[0]] for origine in _PERSONNELLES}
    requete = sa.select(a.version_id, a.feuille, a.colonne, a.message, a.cle).where(
        a.code_plie == code_plie, a.feuille.in_(siens), a.cle.is_not(None)
    )
    for version, nom, colonne, message, cle in base.execute(requete.order_by(a.id)):
        if cle.split(ENTRE_PARTIES)[0] in siens[nom]:
            yield {"version": str(version), "feuille": nom, "colonne": colonne or "", "message": message}


def _row_teller(base: sa.Connection, code_plie: str) -> _Dire:
    """Gives rows in words: what each column means, French dates, labels beside codes."""
    libelles = read_labels(base, code_plie)

    def say(origine: Feuille, ligne: Mapping[str, Any]) -> list[Cellule]:
        # Every column of the sheet, filled or not: an empty cell is an answer too.
        return [
            {
                "colonne": colonne.nom,
                "sens": colonne.aide,
                "valeur": _in_french(ligne.get(colonne.nom), colonne.genre is Genre.DATE),
                "libelle": libelles.get(colonne.nom, {}).get(ligne.get(colonne.nom) or "", ""),
            }
            for colonne in origine.colonnes
        ]

    return say


def _in_french(valeur: Any, est_date: bool) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return OUI if valeur else NON
    if est_date:
        jour = valeur if isinstance(valeur, date) else date.fromisoformat(valeur)
        return f"{jour:%d/%m/%Y}"
    return f"{valeur:n}".replace(".", ",") if isinstance(valeur, float) else str(valeur)


def write_dossier(dossier: DossierPersonnel, chemin: Path) -> None:
    """Write the file that the name of `chemin` asks for. Raises ValueError for another extension, OSError."""
    if chemin.suffix == ".json":
        texte = json.dumps(
            asdict(dossier) | {"exporte_le": dossier.exporte_le.isoformat()}, ensure_ascii=False, indent=1
        )
        chemin.write_text(texte + "\n", encoding="utf-8")
    elif chemin.suffix == ".xlsx":
        _write_workbook(dossier, chemin)
    else:
        raise ValueError(chemin.suffix)


def _write_workbook(dossier: DossierPersonnel, chemin: Path) -> None:
    onglets = {"Lisez-moi": (["Rubrique", "Contenu"], _summary(dossier))}
    for nom, lignes in dossier.feuilles.items():
        if lignes:
            titres = [cellule["sens"] for cellule in lignes[0]]
            onglets[nom] = (titres, [list(map(_say, ligne)) for ligne in lignes])
    titres = ["Version", "Date", "Classeur", "Feuille", "Changement", "Avant", "Après"]
    onglets["Historique"] = (titres, _changes(dossier))
    titres = ["Version", "Feuille", "Colonne", "Message"]
    onglets["Anomalies"] = (titres, [list(anomalie.values()) for anomalie in dossier.anomalies])
    with xlsxwriter.Workbook(chemin, _OPTIONS) as classeur:
        texte = classeur.add_format({"text_wrap": True, "valign": "top"})
        gras = classeur.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#E8E8E8", "text_wrap": True, "valign": "top"}
        )
        for nom, (titres, rangees) in onglets.items():
            onglet = classeur.add_worksheet(nom)
            onglet.freeze_panes(1, 0)
            onglet.set_column(0, len(titres) - 1, _LARGEUR)
            for numero, rangee in enumerate([titres, *rangees]):
                for rang, valeur in enumerate(rangee):
                    onglet.write_string(numero, rang, valeur, texte if numero else gras)


def _summary(dossier: DossierPersonnel) -> list[list[str]]:
    return [
        ["PLIE", f"{dossier.plie} ({dossier.code_plie})"],
        ["Numéro du participant", dossier.participant],
        ["Établi le", f"{dossier.exporte_le:%d/%m/%Y}"],
        ["Contenu", "Tout ce que le tableau de bord garde sur cette personne, et chaque changement depuis le premier "
                    "chargement. Aucun nom, aucune adresse, aucun numéro de sécurité sociale n’y est enregistré."],
        *([nom, f"{len(lignes)} ligne(s)"] for nom, lignes in dossier.feuilles.items()),
    ]  # fmt: skip


def _changes(dossier: DossierPersonnel) -> list[list[str]]:
    return [
        [
            *(str(changement["version"]), changement["date"], changement["classeur"]),
            *(changement["feuille"], changement["changement"]),
            *(_in_line(changement["avant"]), _in_line(changement["apres"])),
        ]
        for changement in dossier.historique
    ]


def _in_line(ligne: list[Cellule]) -> str:
    return " ; ".join(f"{cellule['colonne']} = {_say(cellule)}" for cellule in ligne if cellule["valeur"])


def _say(cellule: Cellule) -> Any:
    return f"{cellule['valeur']} ({cellule['libelle']})" if cellule["libelle"] else cellule["valeur"]
