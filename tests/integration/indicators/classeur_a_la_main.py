"""A small workbook written by hand: one PLIE whose rows hold the traps of definitions.md."""

from datetime import date
from pathlib import Path

import openpyxl

from data_access.colonnes import Colonne, Genre
from data_access.format import FEUILLES

CODE = "MAIN"
TABLES = {
    "PLIE": """
nom            | date_extraction | seuils_parcours_longs | bornes_age
Écrit à la main | 2022-01-31      | 12;24                 | 26;53
""",
    "Territoires": """
code_territoire | nom      | type               | code_parent
E               | Agglo    | epci               |
K1              | Centre   | commune            | E
K2              | Ailleurs | commune            |
Z1              | Montanou | qpv                | K1
Z2              | Barleté  | quartier_de_veille | K1
""",
    "Operations": """
code_operation | intitule       | cible                   | debut      | fin        | etp
O1             | Accompagner    | aide_aux_personnes      | 2021-01-01 | 2021-11-29 | 1.5
O2             | Mobiliser      | aide_aux_personnes      | 2020-01-01 | 2022-12-31 |
O3             | Animer         | soutien_aux_structures  | 2021-01-01 | 2021-12-31 | 1
""",
    "Regles de sortie": """
type_sortie | libelle   | categorie   | nature    | sensible | depuis     | jusqua     | source
cdi         | CDI       | positive    | emploi    |          | 2021-02-15 |            | à la main
formation   | Formation | positive    | formation |          | 2021-02-15 |            | à la main
creation    | Création  | positive    | creation  |          | 2021-02-15 |            | à la main
interim     | Intérim   | negative    |           |          | 2021-02-15 | 2021-06-30 | à la main
interim     | Intérim   | positive    | emploi    |          | 2021-07-01 |            | à la main
deces       | Décès     | autre       |           | oui      | 2021-02-15 |            | à la main
sante       | Santé     | autre       |           | oui      | 2021-02-15 |            | à la main
demenage    | Départ    | autre       |           |          | 2021-02-15 |            | à la main
veille      | Veille    | a_confirmer |           |          | 2021-02-15 |            | à la main
""",
    "Types d'etape": """
type_etape | libelle  | code_classe | libelle_classe | comptee | sensible
accueil    | Accueil  | 1           | Accueil        | non     |
pmsmp      | PMSMP    | 2           | Mobilisation   | oui     |
soin       | Soin     | 2           | Mobilisation   | oui     | oui
aci        | Chantier | 6           | Emploi         | oui     |
""",
    "Referents": """
code_referent | structure | etp | depuis     | jusqua
R1            | Mission   | 1   | 2020-01-01 |
R2            | Mission   | 0.5 | 2020-01-01 | 2021-12-31
R3            | Mission   | 1   | 2020-01-01 | 2021-12-30
""",
    "Participants": """
id_participant | sexe | date_naissance
A              | F    | 1995-03-01
B              | H    | 1968-03-01
C              | F    | 1996-02-29
D              |      |
E              | H    | 1975-07-14
F              | F    | 1960-01-01
G              | F    | 1990-05-05
H              | H    | 1985-05-05
I              | F    | 1981-10-10
J              | H    | 1999-09-09
K              | F    | 1988-08-08
L              | H    | 1970-02-02
""",
    "Parcours": """
id_parcours | id_participant | mode        | prescription_le | diagnostic_le | entree_le  | sortie_le  | type_sortie
A1          | A              |             | 2019-12-01      | 2020-01-10    | 2020-01-31 | 2021-01-31 | interim
A2          | A              |             | 2021-02-01      | 2021-02-16    | 2021-02-28 |            |
B           | B              |             | 2021-01-01      | 2021-02-01    | 2021-03-01 |            |
C           | C              |             | 2021-02-01      | 2021-02-16    | 2021-03-01 | 2021-06-30 | cdi
D           | D              |             |                 | 2021-05-01    | 2019-06-30 |            |
E           | E              |             | 2020-01-01      |               | 2020-02-29 | 2021-07-01 | interim
F           | F              |             |                 |               | 2019-12-31 | 2021-12-31 | deces
G           | G              |             | 2021-09-01      | 2021-10-01    | 2021-10-02 |            |
H           | H              | etape_seule |                 |               | 2021-04-01 | 2021-09-30 | formation
I           | I              |             | 2020-09-01      | 2020-09-20    | 2020-10-01 | 2021-05-15 | creation
J1          | J              |             | 2021-01-01      | 2021-01-15    | 2021-01-20 | 2021-08-31 | sante
K           | K              |             |                 |               | 2020-05-01 | 2021-10-10 |
L           | L              |             |                 |               | 2020-07-01 | 2021-03-31 | interim
J2          | J              |             | 2021-08-01      | 2021-08-10    | 2021-09-01 | 2021-11-30 | formation
""",
    "Parcours, public": """
id_parcours | code_referent | code_commune | code_quartier | rsa | minima_sociaux | mois_sans_emploi | handicap
A1          | R1            | K1           | Z1            | oui | oui            | 12               | non
A2          | R1            | K1           | Z1            | non | oui            | 11               | non
B           | R2            | K2           |               | oui | non            | 36               | oui
C           | R3            | K1           | Z2            |     | oui            |                  |
D           |               |              |               |     |                |                  |
E           | R1            | K1           | Z1            | oui | oui            | 24               | oui
F           | R2            | K2           |               | non | non            | 12               | non
G           | R1            | K1           | Z1            | oui | oui            | 18               | non
H           |               | K1           |               | oui | oui            | 6                | non
I           | R1            | K1           | Z1            | oui | oui            | 13               | non
J1          | R2            | K1           | Z2            | non | non            | 3                | non
K           |               |              |               |     |                |                  |
L           |               | K1           |               | non | non            | 5                | non
J2          | R2            | K1           | Z2            | oui | non            | 4                | non
""",
    "Parcours, questionnaire": """
id_parcours | niveau_diplome | statut_emploi | sans_domicile | parent_ne_etranger | monoparental
A1          | 2a             | non           | non           | oui                | oui
A2          | 2b             | 1d            | non           | oui                | oui
B           | 2c             | non           | oui           | non                | non
C           | 2d             | 1a            | nsp           | nsp                |
D           |                |               |               |                    |
E           | 2a             | non           | non           | oui                | non
F           | 2b             | 1b            | non           | non                | non
G           | 2b             | non           | non           | nsp                | oui
H           | 2c             | non           | non           | non                | non
I           | 2a             | 1c            | non           | oui                | oui
J1          | 2c             | non           | non           | non                | non
K           |                |               |               |                    |
L           | 2b             | 1c            | non           | non                | non
J2          | 2c             | non           | non           | non                | non
""",
    "Parcours, suites": """
id_parcours | contrat_jusquau | solution_depuis | saisie_le  | situation_6_mois
A1          |                 |                 | 2021-02-28 | en_emploi
A2          | 2022-01-31      |                 |            |
B           | 2021-12-30      | 2021-12-31      |            |
C           |                 |                 | 2021-07-30 | en_emploi
D           | 2022-02-01      |                 |            |
E           |                 |                 | 2021-08-02 | sans_emploi
F           |                 |                 |            |
G           |                 |                 |            |
H           |                 |                 | 2021-10-01 |
I           |                 |                 | 2021-05-20 |
J1          |                 |                 | 2021-10-01 |
K           |                 |                 | 2021-12-01 |
L           |                 |                 | 2021-04-30 | en_emploi
J2          |                 |                 | 2021-11-30 |
""",
    "Participations": """
id_parcours | code_operation | entree_le  | sortie_le  | situation_sortie | sortie_saisie_le
A1          | O2             | 2020-02-01 |            | recherche        | 2021-02-28
A2          | O1             | 2021-03-01 | 2021-03-31 | recherche        | 2021-04-01
A2          | O1             | 2021-03-31 | 2021-06-30 | formation        | 2021-07-30
A2          | O1             | 2021-07-01 |            |                  |
B           | O1             | 2021-03-01 |            |                  |
C           | O1             | 2021-03-01 |            | emploi           | 2021-07-31
E           | O1             | 2021-01-01 |            | emploi           | 2021-07-02
E           | O2             | 2020-03-01 | 2021-01-31 | recherche        |
G           | O1             | 2021-10-02 |            |                  |
H           | O1             | 2021-04-01 | 2021-09-30 | qualification    | 2021-10-15
I           | O1             | 2021-01-15 |            | emploi           | 2021-05-16
J1          | O1             | 2021-01-20 |            | inactif          | 2021-09-15
J2          | O1             | 2021-09-01 |            | formation        | 2021-12-01
""",
    "Etapes": """
id_etape | id_parcours | type_etape | code_operation | debut      | fin        | statut     | heures | justificatif
1        | A1          | pmsmp      | O2             | 2020-12-01 | 2021-01-01 | realisee   | 70     | oui
2        | A1          | aci        | O2             | 2020-12-01 | 2020-12-31 | realisee   | 130    | non
3        | A2          | accueil    | O1             | 2021-03-01 |            | en_cours   | 2      |
4        | A2          | pmsmp      | O1             | 2021-03-30 | 2021-04-30 | realisee   | 35.5   | émargement
5        | A2          | aci        |                | 2021-05-01 | 2021-07-31 | realisee   |        | manquant
6        | A2          | aci        | O1             | 2021-09-01 |            | en_cours   | 300    | oui
7        | B           | soin       | O1             | 2021-06-01 | 2021-06-30 | realisee   | 10     |
8        | B           | pmsmp      | O1             | 2021-08-01 | 2021-12-31 | realisee   | 21     | oui
9        | C           | pmsmp      | O1             | 2021-03-31 |            | en_cours   | 14     | oui
10       | C           | aci        | O1             | 2021-07-01 |            | en_cours   | 40     | oui
11       | D           | pmsmp      |                | 2020-12-01 | 2021-06-30 | realisee   | 7      | non
12       | E           | aci        | O1             | 2021-02-15 | 2021-12-31 | realisee   | 500    | oui
13       | F           | pmsmp      |                | 2021-01-02 | 2021-02-28 | abandonnee | 12     | oui
14       | G           | pmsmp      | O1             | 2021-12-31 |            | prescrite  |        |
15       | H           | aci        | O1             | 2021-04-01 | 2021-09-30 | realisee   | 600    | oui
16       | I           | soin       | O1             | 2021-01-10 | 2021-05-15 | realisee   | 20     | oui
17       | J1          | pmsmp      | O1             | 2021-04-20 | 2021-05-20 | realisee   | 14     | oui
18       | J1          | pmsmp      | O1             | 2021-05-10 | 2021-05-12 | realisee   | 3      |
19       | J1          | aci        | O1             | 2021-05-22 | 2021-10-31 | realisee   | 90     | oui
20       | J2          | pmsmp      | O1             | 2021-09-15 | 2021-09-20 | realisee   | 14     | oui
""",
    "Suspensions": """
id_parcours | motif    | debut      | fin
B           | santé    | 2021-12-31 |
A2          | mobilité | 2021-11-01 | 2021-12-30
D           | garde    | 2021-10-01 | 2021-12-31
""",
    "Contacts": """
id_parcours | contact_le | nature
A1          | 2020-01-05 | entretien
A1          | 2021-01-15 | telephone
A2          | 2021-02-20 | telephone
A2          | 2021-03-03 | entretien
A2          | 2021-03-03 | entretien
A2          | 2021-12-01 | entretien
B           | 2021-01-31 | entretien
B           | 2021-12-15 | courriel
C           | 2021-03-04 | entretien
D           | 2021-12-10 | entretien
E           | 2021-07-01 | atelier
G           | 2021-10-02 | entretien
G           | 2021-11-30 | entretien
J1          | 2021-01-21 | autre
J2          | 2021-08-31 | entretien
""",
}


SUITES = ("public", "questionnaire", "suites")
"""A sheet too wide for a page goes on in others, by the same first column."""


def write_workbook(chemin: Path) -> None:
    """Writes the workbook there, with real dates and numbers."""
    classeur = openpyxl.Workbook()
    classeur.remove(classeur.worksheets[0])
    for feuille in (f for f in FEUILLES if f.nom in TABLES):
        onglet = classeur.create_sheet(feuille.nom)
        entete, *corps = _read_sheet(feuille.nom)
        autres = [c for c in feuille.colonnes if feuille.nom == "Parcours" and _has_a_list(c) and c.nom not in entete]
        onglet.append(["code_plie", *entete, *(c.nom for c in autres)])
        genres = [str(feuille.colonne(nom).genre) for nom in entete]
        for rang, rangee in enumerate(corps):
            onglet.append([CODE, *map(_read, genres, rangee), *(_in_turn(c, rang) for c in autres)])
    classeur.save(chemin)


def _has_a_list(colonne: Colonne) -> bool:
    return colonne.genre in (Genre.LISTE, Genre.BOOLEEN)


def _in_turn(colonne: Colonne, rang: int) -> str | None:
    """What a characteristic that is not written by hand is on that row: each of its values, then nothing."""
    valeurs = (*(colonne.valeurs or ("oui", "non")), None)
    return valeurs[rang % len(valeurs)]


def _read_sheet(nom: str) -> list[list[str]]:
    """Header then rows, cells as text."""
    rangs = _split(TABLES[nom])
    for suite in (f"{nom}, {mot}" for mot in SUITES):
        if suite in TABLES:
            par_cle = {rang[0]: rang[1:] for rang in _split(TABLES[suite])}
            rangs = [[*rang, *par_cle[rang[0]]] for rang in rangs]
    return rangs


def _split(texte: str) -> list[list[str]]:
    return [[cellule.strip() for cellule in ligne.split("|")] for ligne in texte.strip().splitlines()]


def _read(genre: str, brut: str) -> object:
    if not brut:
        return None
    match genre:
        case "date":
            return date.fromisoformat(brut)
        case "nombre":
            return float(brut)
        case "entier":
            return int(brut)
    return brut
