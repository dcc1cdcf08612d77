"""Puts one PLIE together, sheet by sheet, and writes its workbook."""

from pathlib import Path

from data_access.classeur.ecriture import write_classeur
from sample_data.generation.etapes import invent_etapes
from sample_data.generation.parcours import Peuplement
from sample_data.generation.participations import OPERATIONS_DE_REFERENT, invent_participations
from sample_data.generation.realisations import invent_realisations
from sample_data.generation.reference import CLASSEURS, Ligne, list_codes_plie, list_reference, list_regles, load_plie
from sample_data.generation.suivi import invent_contacts, invent_referents, invent_suspensions
from sample_data.generation.volumes import VOLUMES

# The texts give norms per ETP but no ETP: these are invented, so that the norms can be computed. An operation of the
# référents has theirs.
ETP_INVENTES = {"GP1": 1.0, "S3": 1.0}


def invent_plie(code_plie: str) -> dict[str, list[Ligne]]:
    """Every sheet of one PLIE: the sourced ones of reference/, and invented people. A sheet it lacks is left out."""
    volumes = VOLUMES[code_plie]
    extraction = load_plie(code_plie)["date_extraction"]
    referents = invent_referents(code_plie, volumes, extraction)
    peuplement = Peuplement(code_plie, volumes, extraction, referents)
    peuplement.invent()
    parcours = peuplement.parcours
    etapes = invent_etapes(code_plie, volumes, parcours, extraction)
    participations = invent_participations(code_plie, parcours, etapes, extraction)
    feuilles = _load_sourced(code_plie) | {
        "Referents": referents,
        "Participants": peuplement.participants,
        "Parcours": parcours,
        "Participations": participations,
        "Etapes": etapes.lignes,
    }
    if volumes.suspensions:
        feuilles["Suspensions"] = invent_suspensions(code_plie, parcours, extraction)
    if volumes.contacts_par_mois:
        feuilles["Contacts"] = invent_contacts(code_plie, parcours, extraction, volumes.contacts_par_mois)
    realisations = invent_realisations(code_plie, extraction)
    if realisations:
        feuilles["Realisations"] = realisations
    return feuilles


def _load_sourced(code_plie: str) -> dict[str, list[Ligne]]:
    noms = ("PLIE", "Territoires", "Operations", "Objectifs", "Types d'etape")
    feuilles = {nom: lignes for nom in noms if (lignes := list_reference(nom, code_plie))}
    if regles := list_regles(code_plie):
        feuilles["Regles de sortie"] = regles
    for operation in feuilles["Operations"]:
        code = operation["code_operation"]
        operation["etp"] = (
            sum(VOLUMES[code_plie].etp_referents) if code in OPERATIONS_DE_REFERENT else ETP_INVENTES.get(code)
        )
    return feuilles


def build_lisez_moi(code_plie: str) -> list[str]:
    """Paragraphs of the first sheet; the first one is the title."""
    plie = load_plie(code_plie)
    du = VOLUMES[code_plie].debut_historique
    return [
        f"Données inventées – {plie['nom']}",
        "Les personnes, leurs parcours, leurs étapes, leurs contacts, les référents, les équivalents temps plein "
        "et les réalisations de ce classeur sont inventés par un programme. Aucune ligne ne décrit une personne "
        "réelle. Aucun chiffre n’est un résultat de ce PLIE.",
        "Les feuilles PLIE, Territoires, Operations, Objectifs, Regles de sortie et Types d'etape reprennent les "
        "textes publiés, avec le document et la ligne dans la colonne « source ». Ce que le texte ne dit pas reste "
        "vide.",
        f"Données à la date du {plie['date_extraction']:%d/%m/%Y} ; historique inventé depuis le {du:%d/%m/%Y}, "
        "avec les personnes déjà accompagnées ce jour-là.",
        "Une feuille absente n’est pas documentée pour ce PLIE : elle ne vaut pas zéro.",
        "Pour refaire ce classeur : python -m sample_data",
    ]


def chemin_of(code_plie: str, dossier: Path = CLASSEURS) -> Path:
    """Where the workbook of a PLIE is: classeurs/plie_agenais.xlsx."""
    return dossier / f"plie_{code_plie.lower()}.xlsx"


def write_classeurs(dossier: Path = CLASSEURS) -> list[Path]:
    """Writes the ten workbooks in `dossier` and says where."""
    dossier.mkdir(parents=True, exist_ok=True)
    chemins = []
    for code_plie in list_codes_plie():
        chemin = chemin_of(code_plie, dossier)
        write_classeur(chemin, invent_plie(code_plie), build_lisez_moi(code_plie))
        chemins.append(chemin)
    return chemins
