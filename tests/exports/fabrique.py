"""Four made-up exports of other software, written from the common truth. Names and phones are invented too."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.exports.verite import INDICATEUR_HEURES, QUESTIONNAIRE, Ligne, labels, load_verite

VIESION, DEMARCHE = "export_viesion_20210930.xlsx", "ma_demarche_fse_participants.csv"
CLAUSES, TABLEUR = "tableau_impact_clauses.xlsx", "suivi_etapes.csv"
MOTIFS = {
    "cdi": "Emploi - CDI",
    "cdd_6_mois_et_plus": "Emploi - CDD ≥ 6 mois (alternance comprise)",
    "interim": "Emploi - CTT ≥ 6 mois intérim",
    "contrats_successifs": "Contrats successifs CDI/CDD/CTT",
    "contrat_aide_iae": "Contrat aidé en IAE",
    "contrat_aide_hors_iae": "Contrat aidé hors IAE",
    "etti": "Contrat en ETTI",
    "creation_entreprise": "Création d'entreprise",
    "formation_qualifiante": "Formation qualifiante",
    "demenagement_deces": "Déménagement ou décès",
    "incarceration": "Incarcération",
    "maternite": "Congé maternité",
    "abandon": "Abandon du participant (démission)",
    "non_respect_contrat": "Non respect du contrat d'engagement",
}
MODES = {"complet": "Accompagnement complet", "etape_seule": "Étape seule"}
ETATS = {"prescrite": "Prévue", "en_cours": "En cours", "realisee": "Terminée", "abandonnee": "Abandonnée"}
NIVEAUX = {
    "2a": "2a - Inférieur au primaire",
    "2b": "2b - Primaire ou brevet",
    "2c": "2c - Bac, CAP, BEP",
    "2d": "2d - Supérieur",
}
_NOMS = ("MARTIN", "DUPUY", "LAFON", "BERNARD", "CHASSAING", "FAURE", "ROUX", "GIRARD", "MOREAU", "LEYMARIE", "PETIT")
_PRENOMS = ("Awa", "Claire", "Yanis", "Paul", "Inès", "Jeanne", "Karim", "Lucie", "Omar", "Zoé", "Hugo", "Rosa", "Léo")
Colonnes = dict[str, Callable[[Ligne], object]]


def _take(nom: str) -> Callable[[Ligne], object]:
    return lambda ligne: ligne.get(nom)


def _translate(nom: str, mots: dict[object, str]) -> Callable[[Ligne], object]:
    return lambda ligne: mots.get(ligne.get(nom))


def _name(ligne: Ligne) -> str:
    return _NOMS[_number(ligne) % len(_NOMS)]


def _number(ligne: Ligne) -> int:
    return int(str(ligne["id_participant"])[1:])


def as_day(jour: object) -> str | None:
    """A day as JJ/MM/AAAA."""
    return f"{jour:%d/%m/%Y}" if isinstance(jour, date) else None


def _yes_no(nom: str, oui: str = "Oui", non: str = "Non") -> Callable[[Ligne], object]:
    return _translate(nom, {True: oui, False: non})


def _people() -> list[Ligne]:
    """Parcours with the columns of their participant."""
    verite = load_verite()
    personnes = {ligne["id_participant"]: ligne for ligne in verite["Participants"]}
    return [personnes[ligne["id_participant"]] | ligne for ligne in verite["Parcours"]]


def _files_columns() -> Colonnes:
    return {
        "N° Dossier": _take("id_participant"),
        "Civilité": _translate("sexe", {"F": "Madame", "H": "Monsieur"}),
        "Nom de naissance": _name,
        "Prénom": lambda ligne: _PRENOMS[_number(ligne) % len(_PRENOMS)],
        "Né(e) le": lambda ligne: as_day(ligne.get("date_naissance")),
        "Tél. portable": lambda ligne: f"06 12 {_number(ligne) % 90 + 10} 34 56",
        "Réf. parcours": _take("id_parcours"),
        "Type d'accompagnement": _translate("mode", MODES),
        "Organisme prescripteur": _take("prescripteur"),
        "Prescrit le": _take("prescription_le"),
        "Date diagnostic": _take("diagnostic_le"),
        "Date entrée PLIE": _take("entree_le"),
        "Référent": _take("code_referent"),
        "Commune": _translate("code_commune", labels("Territoires", "code_territoire", "nom")),
        "Bénéficiaire RSA": _yes_no("rsa"),
        "Minima sociaux": _yes_no("minima_sociaux"),
        "Durée d'inactivité (mois)": _take("mois_sans_emploi"),
        "RQTH": _yes_no("handicap", "X", "N"),
        "Niveau de formation": _translate("niveau_diplome", NIVEAUX),
        "Parent isolé": _yes_no("monoparental"),
        "Échéance contrat d'engagement": _take("contrat_jusquau"),
        "Date sortie PLIE": _take("sortie_le"),
        "Motif sortie": _translate("type_sortie", MOTIFS),
        "Date commission": _take("validee_le"),
        "Saisi le": lambda ligne: ligne.get("saisie_le") and f"{as_day(ligne['saisie_le'])} 17:42",
    }


def _steps_columns() -> Colonnes:
    return {
        "N° étape": _take("id_etape"),
        "Réf. parcours": _take("id_parcours"),
        "Nom du participant": lambda ligne: "MARTIN Claire",
        "Libellé étape": _translate("type_etape", labels("Types d'etape", "type_etape")),
        "Opération FSE": _take("code_operation"),
        "Date début": _take("debut"),
        "Date fin": _take("fin"),
        "Avancement": _translate("statut", ETATS),
        "Heures réalisées": _take("heures"),
        "Justificatif": _take("justificatif"),
    }


def write_viesion(dossier: Path) -> Path:
    """Follow-up software: merged titles, headers on row 4, names beside the numbers, totals at the end, two sheets."""
    chemin = dossier / VIESION
    parcours, etapes = _people(), load_verite()["Etapes"]
    with xlsxwriter.Workbook(str(chemin)) as classeur:
        jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
        onglet = classeur.add_worksheet("Dossiers")
        onglet.merge_range(0, 0, 0, 11, "PLIE – Liste des dossiers suivis")
        onglet.merge_range(1, 0, 1, 11, "Période du 01/01/2015 au 31/12/2021 – Extraction du 30/09/2021 à 18:04")
        _write_table(onglet, 3, _files_columns(), parcours, jour)
        fin = 4 + len(parcours)
        onglet.write_row(fin, 0, ["Total", None, None, None, None, None, len(parcours)])
        onglet.write_string(fin + 2, 0, f"Nombre de dossiers : {len(parcours)}")
        onglet = classeur.add_worksheet("Etapes de parcours")
        onglet.merge_range(0, 0, 0, 9, "Liste des étapes – toutes opérations")
        _write_table(onglet, 2, _steps_columns(), etapes, jour)
        total = sum(float(str(e["heures"])) for e in etapes if e.get("heures"))
        onglet.write_row(3 + len(etapes), 0, ["Total général", *[None] * 7, total])
    return chemin


def _write_table(onglet: Worksheet, rang: int, colonnes: Colonnes, lignes: Sequence[Ligne], jour: object) -> None:
    onglet.write_row(rang, 0, list(colonnes))
    for ecart, ligne in enumerate(lignes, start=1):
        for position, lire in enumerate(colonnes.values()):
            valeur = lire(ligne)
            if valeur is not None:
                onglet.write(rang + ecart, position, valeur, *([jour] if isinstance(valeur, date) else []))


def write_demarche(dossier: Path) -> Path:
    """FSE questionnaire: one line per participant and operation, answers by question, `;`, Windows-1252, JJ/MM/AAAA."""
    chemin = dossier / DEMARCHE
    personnes = {ligne["id_parcours"]: ligne for ligne in _people()}
    intitules = labels("Operations", "code_operation", "intitule")
    oui_non = {True: "Oui", False: "Non", "oui": "Oui", "non": "Non", "nsp": "Ne se prononce pas"}
    colonnes: Colonnes = {
        "N° participant": _take("id_participant"),
        "Nom": _name,
        "Courriel": lambda ligne: f"personne{_number(ligne)}@exemple.invalid",
        "Sexe": _translate("sexe", {"F": "Femme", "H": "Homme"}),
        "Date de naissance": lambda ligne: as_day(ligne.get("date_naissance")),
        "N° parcours": _take("id_parcours"),
        "Code opération": _take("code_operation"),
        "Intitulé": _translate("code_operation", intitules),
        "Date d'entrée dans l'opération": lambda ligne: as_day(ligne["operation_du"]),
        "Date de sortie de l'opération": lambda ligne: as_day(ligne["operation_au"]),
    }
    for question, nom in QUESTIONNAIRE.items():
        oui_ou_non = question not in ("Q1", "Q1g", "Q2")
        colonnes[question] = _translate(nom, oui_non) if oui_ou_non else _take(nom)
    lignes = [
        personnes[p["id_parcours"]]
        | {"code_operation": p["code_operation"], "operation_du": p["entree_le"], "operation_au": p.get("sortie_le")}
        for p in load_verite()["Participations"]
    ]
    texte = _as_csv(colonnes, lignes, ";")
    chemin.write_bytes(texte.replace("Intitulé;", '"Intitulé\nde l’opération";', 1).encode("cp1252"))
    return chemin


def _as_csv(colonnes: Colonnes, lignes: Sequence[Ligne], separateur: str) -> str:
    flux = io.StringIO(newline="")
    redacteur = csv.writer(flux, delimiter=separateur)
    redacteur.writerow(colonnes)
    redacteur.writerows([lire(ligne) for lire in colonnes.values()] for ligne in lignes)
    return flux.getvalue()


def write_clauses(dossier: Path) -> Path:
    """Clause hours, « tableau d’impact »: headers on two rows, owner merged downwards, a company called Total."""
    chemin = dossier / CLAUSES
    releves = [r for r in load_verite()["Realisations"] if r["code_indicateur"] == INDICATEUR_HEURES]
    proprietaires = ("Grand Périgueux", "Département", "Centre hospitalier")
    with xlsxwriter.Workbook(str(chemin)) as classeur:
        jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
        onglet = classeur.add_worksheet("Tableau d'impact")
        onglet.merge_range(0, 0, 0, 6, "Clauses d’insertion – tableau d’impact 2021")
        onglet.merge_range(2, 0, 2, 2, "Marché")
        onglet.merge_range(2, 3, 2, 6, "Heures d’insertion")
        intitules = ["Maître d’ouvrage", "Marché", "Entreprise", "Date du relevé", "Heures prévues", "Heures réalisées"]
        onglet.write_row(3, 0, [*intitules, "% réalisé"])
        for rang, releve in enumerate(releves):
            if rang % 3 == 0:
                onglet.merge_range(4 + rang, 0, 6 + rang, 0, proprietaires[rang // 3 % 3])
            heures = float(str(releve["valeur"]))
            onglet.write_row(4 + rang, 1, [f"2021-{rang:02d}", "TOTAL TRAVAUX" if rang % 2 else "BTP DU PÉRIGORD"])
            onglet.write_datetime(4 + rang, 3, releve["realise_le"], jour)
            onglet.write_row(4 + rang, 4, [2000, heures if rang % 2 else _french_number(heures), heures / 2000])
        onglet.write_row(4 + len(releves), 0, ["TOTAL", None, None, None, 2000 * len(releves), 15620, 0.87])
    return chemin


def _french_number(nombre: float) -> str:
    return f"{nombre:,.2f}".replace(",", "\u00a0").replace(".", ",")


def write_tableur(dossier: Path) -> Path:
    """A spreadsheet kept by hand: one line per étape without a number, `,`, UTF-8, two ways to write a day."""
    chemin = dossier / TABLEUR
    etapes = load_verite()["Etapes"]
    rangs = {ligne["id_etape"]: rang for rang, ligne in enumerate(etapes)}

    def write_day(nom: str) -> Callable[[Ligne], object]:
        return lambda e: e.get(nom) if rangs[e["id_etape"]] % 3 else as_day(e.get(nom))

    colonnes: Colonnes = {
        "Parcours": _take("id_parcours"),
        "Étape": _translate("type_etape", labels("Types d'etape", "type_etape")),
        "Opération": _take("code_operation"),
        "Commence le": write_day("debut"),
        "Se termine le": write_day("fin"),
        "État": _translate("statut", ETATS),
        "Durée (h)": lambda e: str(e["heures"]).replace(".", ",") if e.get("heures") else None,
        "Remarques": lambda e: "vu en réunion,\nà revoir" if rangs[e["id_etape"]] % 7 == 0 else None,
    }
    chemin.write_bytes(_as_csv(colonnes, etapes, ",").encode("utf-8"))
    return chemin
