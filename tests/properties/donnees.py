"""Random small programmes for property tests: rows of a workbook that respect its checks."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st

from data_access import tables as t
from data_access.imports.derivation import complete_row, refresh_derived

DEBUT = date(2020, 1, 1)
JOURS = 900
PLIE = ("P", "Q")
Ligne = dict[str, Any]

jours = st.integers(0, JOURS).map(lambda n: DEBUT + timedelta(days=n))
# Month ends and first days are where rules go wrong: they come up often.
bords = st.sampled_from(
    [date(2020, 1, 31), date(2020, 2, 29), date(2020, 12, 31), date(2021, 1, 1), date(2021, 2, 28), date(2021, 3, 31)]
)
dates = st.one_of(jours, bords)
peut_etre = st.one_of(st.none(), dates)
oui_non = st.sampled_from([True, False, None])

TYPES_ETAPE = [("T1", "C1", True), ("T2", "C1", True), ("T3", "C2", False)]
OPERATIONS = ["O1", "O2"]
SOUTIEN = "O3"
COMMUNES = ["K1", "K2", "K3"]
QUARTIERS = ["Z1", "Z2", None]


@st.composite
def programmes(draw: st.DrawFn) -> dict[str, list[Ligne]]:
    """Tables of two PLIE: people, parcours that never overlap, participations, étapes, contacts, suspensions."""
    lignes: dict[str, list[Ligne]] = {nom: [] for nom in t.TABLES}
    for code in PLIE:
        _fill_plie(lignes, code, draw)
        for numero in range(draw(st.integers(0, 5))):
            _fill_person(lignes, code, f"I{numero}", draw)
    return lignes


def _row(table: str, **valeurs: Any) -> Ligne:
    return dict.fromkeys(t.workbook_columns(t.TABLES[table])) | valeurs


def _fill_plie(lignes: dict[str, list[Ligne]], code: str, draw: st.DrawFn) -> None:
    lignes["plie"].append(
        _row(
            "plie",
            code_plie=code,
            nom=code,
            date_extraction=date(2022, 12, 31),
            bornes_age=draw(st.sampled_from([None, "26;50", "25;53"])),
            seuils_parcours_longs=draw(st.sampled_from([None, "12;24"])),
        )
    )
    territoires = [("E", "epci", None), ("K1", "commune", "E"), ("K2", "commune", "E"), ("K3", "commune", None)]
    territoires += [("Z1", "qpv", "K1"), ("Z2", "quartier_de_veille", "K3")]
    for zone, genre, parent in territoires:
        lignes["territoires"].append(
            _row("territoires", code_plie=code, code_territoire=zone, nom=zone, type=genre, code_parent=parent)
        )
    for operation in (*OPERATIONS, SOUTIEN):
        lignes["operations"].append(
            _row(
                "operations",
                code_plie=code,
                code_operation=operation,
                intitule=operation,
                cible="soutien_aux_structures"
                if operation == SOUTIEN
                else draw(st.sampled_from([None, "aide_aux_personnes"])),
                debut=DEBUT,
                fin=draw(st.one_of(dates, st.just(date(2022, 12, 31)))),
                etp=draw(st.sampled_from([None, 1.0, 2.5])),
            )
        )
    for nom, classe, comptee in TYPES_ETAPE:
        lignes["types_etape"].append(
            _row(
                "types_etape",
                code_plie=code,
                type_etape=nom,
                libelle=nom,
                code_classe=classe,
                libelle_classe=classe,
                comptee=comptee,
                sensible=nom == "T2",
            )
        )
    bascule = draw(dates)
    regles = [
        ("cdi", "positive", "emploi", DEBUT, None),
        ("formation", "negative", None, DEBUT, bascule - timedelta(days=1)),
        ("formation", "positive", "formation", bascule, None),
        ("demenage", "autre", None, DEBUT, None),
        ("veille", "a_confirmer", None, DEBUT, None),
    ]
    for nom, categorie, nature, depuis, jusqua in regles:
        if jusqua is None or jusqua >= depuis:
            lignes["regles_de_sortie"].append(
                _row(
                    "regles_de_sortie",
                    code_plie=code,
                    type_sortie=nom,
                    libelle=nom,
                    categorie=categorie,
                    nature=nature,
                    sensible=draw(oui_non),
                    depuis=depuis,
                    jusqua=jusqua,
                    source="essai",
                )
            )
    for numero in range(draw(st.integers(0, 2))):
        depuis = draw(dates)
        lignes["referents"].append(
            _row(
                "referents",
                code_plie=code,
                code_referent=f"R{numero}",
                etp=draw(st.sampled_from([0.5, 1.0])),
                depuis=depuis,
                jusqua=draw(st.one_of(st.none(), st.just(depuis + timedelta(days=300)))),
            )
        )


def _fill_person(lignes: dict[str, list[Ligne]], code: str, personne: str, draw: st.DrawFn) -> None:
    naissance = draw(st.one_of(st.none(), st.dates(date(1960, 1, 1), date(2002, 12, 31)), st.just(date(1996, 2, 29))))
    lignes["participants"].append(
        _row(
            "participants",
            code_plie=code,
            id_participant=personne,
            sexe=draw(st.sampled_from(["F", "H", None])),
            date_naissance=naissance,
        )
    )
    entree = draw(dates)
    for numero in range(draw(st.integers(1, 3))):
        duree = draw(st.sampled_from([0, 1, 28, 31, 90, 365]))
        ouvert = draw(st.booleans())
        sortie = None if ouvert else entree + timedelta(days=duree)
        _fill_parcours(lignes, code, personne, f"{personne}-{9 - numero}", entree, sortie, draw)
        if sortie is None:
            return
        entree = sortie + timedelta(days=draw(st.sampled_from([0, 1, 30, 200])))


def _fill_parcours(
    lignes: dict[str, list[Ligne]],
    code: str,
    personne: str,
    ident: str,
    entree: date,
    sortie: date | None,
    draw: st.DrawFn,
) -> None:
    prescription = draw(peut_etre)
    referents = [r["code_referent"] for r in lignes["referents"] if r["code_plie"] == code]
    lignes["parcours"].append(
        _row(
            "parcours",
            code_plie=code,
            id_parcours=ident,
            id_participant=personne,
            mode=draw(st.sampled_from(["complet", "complet", "complet", "etape_seule"])),
            prescription_le=prescription,
            diagnostic_le=prescription + timedelta(days=draw(st.integers(0, 40))) if prescription else None,
            entree_le=entree,
            sortie_le=sortie,
            code_referent=draw(st.sampled_from([None, *referents])),
            code_commune=draw(st.sampled_from([*COMMUNES, None])),
            code_quartier=draw(st.sampled_from(QUARTIERS)),
            rsa=draw(oui_non),
            minima_sociaux=draw(oui_non),
            mois_sans_emploi=draw(st.sampled_from([None, 0, 11, 12, 30])),
            handicap=draw(oui_non),
            niveau_diplome=draw(st.sampled_from([None, "2a", "2c"])),
            statut_emploi=draw(st.sampled_from([None, "non", "1c"])),
            sans_domicile=draw(st.sampled_from([None, "oui", "nsp"])),
            parent_ne_etranger=draw(st.sampled_from([None, "non", "nsp"])),
            monoparental=draw(oui_non),
            situation_6_mois=draw(st.sampled_from([None, "en_emploi", "sans_emploi", "inconnue"])) if sortie else None,
            contrat_jusquau=draw(peut_etre),
            solution_depuis=draw(peut_etre),
            type_sortie=draw(st.sampled_from([None, "cdi", "formation", "demenage", "veille", "inconnu"]))
            if sortie
            else None,
            saisie_le=sortie + timedelta(days=draw(st.sampled_from([0, 28, 30, 31, 60]))) if sortie else None,
        )
    )
    _fill_children(lignes, code, ident, entree, draw)


def _fill_children(lignes: dict[str, list[Ligne]], code: str, ident: str, entree: date, draw: st.DrawFn) -> None:
    ecarts = st.sampled_from([0, 1, 30, 31, 100, 181, 184, 300])
    for operation in draw(st.sets(st.sampled_from([*OPERATIONS, SOUTIEN]), max_size=2)):
        _fill_participations(lignes, code, ident, operation, entree + timedelta(days=draw(ecarts)), draw)
    for numero in range(draw(st.integers(0, 2))):
        debut = entree + timedelta(days=draw(ecarts))
        lignes["etapes"].append(
            _row(
                "etapes",
                code_plie=code,
                id_etape=f"{ident}-{numero}",
                id_parcours=ident,
                type_etape=draw(st.sampled_from([nom for nom, _, _ in TYPES_ETAPE])),
                code_operation=draw(st.sampled_from([None, *OPERATIONS])),
                debut=debut,
                fin=draw(st.one_of(st.none(), ecarts.map(lambda n, d=debut: d + timedelta(days=n)))),
                statut=draw(st.sampled_from(["prescrite", "en_cours", "realisee", "abandonnee"])),
                heures=draw(st.sampled_from([None, 0.0, 7.5, 35.0])),
                justificatif=draw(st.sampled_from([None, "oui", "non", "émargement", "manquant"])),
            )
        )
    for _ in range(draw(st.integers(0, 2))):
        jour = entree + timedelta(days=draw(ecarts))
        nature = draw(st.sampled_from(["entretien", "telephone"]))
        lignes["contacts"].append(_row("contacts", code_plie=code, id_parcours=ident, contact_le=jour, nature=nature))
    if draw(st.booleans()):
        debut = entree + timedelta(days=draw(ecarts))
        fin = draw(st.one_of(st.none(), ecarts.map(lambda n, d=debut: d + timedelta(days=n))))
        lignes["suspensions"].append(
            _row("suspensions", code_plie=code, id_parcours=ident, motif="essai", debut=debut, fin=fin)
        )


def _fill_participations(
    lignes: dict[str, list[Ligne]], code: str, ident: str, operation: str, debut: date, draw: st.DrawFn
) -> None:
    """One participation, or several that overlap, follow on the same day, on the next one, or later."""
    debuts = set()
    for _ in range(draw(st.integers(1, 3))):
        fin = draw(
            st.one_of(st.none(), st.sampled_from([0, 1, 30, 31, 300]).map(lambda n, d=debut: d + timedelta(days=n)))
        )
        if debut not in debuts:
            lignes["participations"].append(
                _row(
                    "participations",
                    code_plie=code,
                    id_parcours=ident,
                    code_operation=operation,
                    entree_le=debut,
                    sortie_le=fin,
                    situation_sortie=draw(st.sampled_from([None, "emploi", "recherche"])),
                    sortie_saisie_le=fin and fin + timedelta(days=draw(st.sampled_from([0, 28, 30, 31, 60]))),
                )
            )
        debuts.add(debut)
        debut = (fin or debut) + timedelta(days=draw(st.sampled_from([-10, 0, 1, 40])))


def load(base: sa.Connection, lignes: dict[str, list[Ligne]]) -> None:
    """Fills empty tables with those rows; every sheet counts as given by every PLIE."""
    for nom, table in t.TABLES.items():
        if lignes[nom]:
            base.execute(sa.insert(table), [complete_row(nom, ligne) for ligne in lignes[nom]])
    base.execute(
        sa.insert(t.feuilles_chargees), [{"code_plie": code, "nom_table": nom} for code in PLIE for nom in t.TABLES]
    )
    refresh_derived(base, PLIE)


def clear(base: sa.Connection) -> None:
    """Empties every table, children first."""
    for table in reversed(t.metadata.sorted_tables):
        base.execute(sa.delete(table))
