"""What the template prints, as JSON values: words already written, places already computed."""

from textwrap import shorten
from typing import Any

from charts import palette
from indicators.nombres import write_short_date
from indicators.objectifs import Statut
from indicators.statuts import MOTS_DES_STATUTS
from reports.mentions import mention_of
from reports.notice import INVENTEES, describe_image, list_facts, name_edition, write_reading
from reports.pdf.dessins import draw
from sections.contenu import Chiffre, Cible, Definition, Edition, Groupe, Image, Section, Suivi

PART_MAXIMALE = 1.3
"""A target passed by more is drawn no longer; its words keep the true number."""
_ENTETE = 95
"""Characters that stand on one line at the top of a page, beside the number of the edition."""
COULEURS = {
    "encre": palette.ENCRE,
    "second": palette.TEXTE_SECOND,
    "grille": palette.GRILLE,
    "principale": palette.PRINCIPALE,
    "alerte": palette.CINQUIEME,
    "fond": "#F3F6F8",
}


def describe_edition(edition: Edition) -> dict[str, Any]:
    """The edition as the template reads it."""
    mention = mention_of(edition.mention)
    return {
        "couleurs": COULEURS,
        "titre": edition.titre,
        "plie": edition.plie,
        "entete": shorten(f"{edition.plie} – {edition.titre}", _ENTETE, placeholder="…"),
        "perimetre": edition.perimetre,
        "edition": name_edition(edition),
        "inventees": INVENTEES if edition.inventees else "",
        "faits": [list(fait) for fait in list_facts(edition)],
        "lecture": write_reading(edition),
        "mention": {
            "texte": mention.texte,
            "sous_embleme": mention.sous_embleme,
            "court": mention.court,
            "alternative": mention.alternative,
        },
        "commentaire": split_lines(edition.commentaire),
        "messages": [{"titre": s.titre, "message": s.message} for s in keep_messages(edition)],
        "suivis": [_describe_followup(suivi) for suivi in edition.suivis],
        "sections": [_describe_section(section) for section in edition.sections],
        "definitions": [_describe_definition(definition) for definition in edition.definitions],
        "regles": list(edition.regles),
    }


def keep_messages(edition: Edition) -> list[Section]:
    """Sections with something to remember: neither a question without answer, nor what another one has said."""
    dits: set[str] = set()
    gardees = []
    for section in edition.sections:
        if section.message and not section.message.endswith("?") and section.message not in dits:
            gardees.append(section)
        dits.add(section.message)
    return gardees


def split_lines(texte: str) -> list[str]:
    """The lines of a text written by the team, blank ones left out."""
    return [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]


def _describe_section(section: Section) -> dict[str, Any]:
    return {
        "titre": section.titre,
        "message": section.message,
        "phrases": list(section.phrases),
        "chiffres": [describe_figure(chiffre) for chiffre in section.chiffres],
        "images": [_describe_image(image) for image in section.images],
        "groupes": [_describe_group(groupe) for groupe in section.groupes],
        "commentaire": split_lines(section.commentaire),
        "points": list(section.points_de_decision),
    }


def describe_figure(chiffre: Chiffre) -> dict[str, Any]:
    """A large figure; `mot` when a word stands in place of a number."""
    return {
        "libelle": chiffre.libelle,
        "texte": chiffre.texte,
        "mot": not any(caractere.isdigit() for caractere in chiffre.texte),
        "precision": chiffre.precision,
        "evolution": chiffre.evolution,
        "cible": chiffre.cible,
    }


def _describe_image(image: Image) -> dict[str, Any]:
    return {
        "message": image.message,
        "sujet": " · ".join(mot for mot in (image.sujet, image.effectif, image.remarque) if mot),
        "alternative": describe_image(image),
        "dessin": draw(image),
        "table": _describe_table(image),
    }


def _describe_table(image: Image) -> dict[str, Any]:
    lignes = [
        {"nom": nom, "cellules": [s.textes[rang] for s in image.series]} for rang, nom in enumerate(image.categories)
    ]
    return {"entetes": [image.entete, *(s.nom for s in image.series)], "lignes": lignes}


def _describe_group(groupe: Groupe) -> dict[str, Any]:
    return {
        "titre": groupe.titre,
        "resume": groupe.resume,
        "cibles": [_describe_target(cible) for cible in groupe.cibles],
    }


def _describe_target(cible: Cible) -> dict[str, Any]:
    echeance = f"du {write_short_date(cible.debut)} au {write_short_date(cible.fin)}"
    return {
        "libelle": cible.libelle,
        "part": None if cible.part is None else min(cible.part, PART_MAXIMALE) / PART_MAXIMALE,
        "attendu": None if cible.attendu_part is None else min(cible.attendu_part, PART_MAXIMALE) / PART_MAXIMALE,
        "plein": 1 / PART_MAXIMALE,
        "couleur": palette.PAR_STATUT.get(cible.statut, palette.NEUTRE),
        "statut": _name_status(cible),
        "texte": _without_status(cible),
        "detail": " · ".join(mot for mot in (cible.projection, cible.remarque, echeance, cible.source) if mot),
    }


def _name_status(cible: Cible) -> str:
    return MOTS_DES_STATUTS[Statut(cible.statut)] if cible.statut in list(Statut) else cible.statut


def _without_status(cible: Cible) -> str:
    """The words of a target without the status that they begin with, which is written beside them."""
    mot = _name_status(cible)
    if not cible.texte.casefold().startswith(mot.casefold()):
        return cible.texte
    return cible.texte[len(mot) :].removeprefix(" : ").removeprefix("\u00a0: ")


def _describe_followup(suivi: Suivi) -> dict[str, Any]:
    return {
        "numero": str(suivi.numero),
        "texte": suivi.texte,
        "porteur": suivi.porteur,
        "echeance": write_short_date(suivi.echeance) if suivi.echeance else "sans date",
        "etat": suivi.etat,
        "suivi": suivi.suivi,
    }


def _describe_definition(definition: Definition) -> dict[str, Any]:
    return {
        "libelle": definition.libelle,
        "texte": definition.texte,
        "unite": definition.unite,
        "sources": " ; ".join(definition.sources),
        "reserves": list(definition.reserves),
    }
