"""Exports of other software, loaded with their profile, give the figures of the same data in our format."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.__main__ import main
from data_access.base.moteur import make_engine
from data_access.classeur.anomalies import Anomalie
from data_access.classeur.ecriture import write_classeur
from data_access.classeur.garde import receive_classeur
from data_access.imports.deroule import ImportPrepare, apply_import, import_classeur, import_prepared
from data_access.profils.chargement import prepare_extrait, preview
from data_access.profils.contenu import Profil
from data_access.profils.correspondances import load_references
from data_access.profils.depot import list_profils, profil_from_json, read_profil, save_profil
from data_access.profils.grille import open_extrait
from data_access.profils.proposition import Proposition, propose_profil
from indicators.catalogue import CATALOGUE
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import Cellule
from tests.exports import fabrique
from tests.exports.verite import (
    CODE_PLIE,
    INDICATEUR_HEURES,
    OPERATION_HEURES,
    QUESTIONNAIRE,
    REFERENCES,
    Feuilles,
    keep_columns,
    load_verite,
)

PROFILS = Path(__file__).resolve().parents[2] / "exports" / "profils"
ECRIRE = {
    fabrique.VIESION: fabrique.write_viesion,
    fabrique.DEMARCHE: fabrique.write_demarche,
    fabrique.CLAUSES: fabrique.write_clauses,
    fabrique.TABLEUR: fabrique.write_tableur,
}
PERIODES = (Periode(date(2021, 1, 1), date(2021, 9, 30)), Periode(date(2019, 1, 1), date(2019, 12, 31)))


def profil_of(export: str) -> Profil:
    """The profile that a person has finished for that export."""
    return profil_from_json((PROFILS / export).with_suffix(".json").read_bytes())


@pytest.fixture
def ouvrir(tmp_path: Path, _base_vierge: Path) -> Iterator[Callable[[str, Feuilles], sa.Engine]]:
    """Opens a database of its own that holds these sheets of our format."""
    engines = []

    def open_base(nom: str, feuilles: Feuilles) -> sa.Engine:
        shutil.copy(_base_vierge, tmp_path / f"{nom}.db")
        engine = make_engine(f"sqlite:///{tmp_path / nom}.db")
        engines.append(engine)
        write_classeur(tmp_path / f"{nom}.xlsx", feuilles)
        assert import_classeur(engine, tmp_path / f"{nom}.xlsx", "essai").etat == "charge"
        return engine

    yield open_base
    for engine in engines:
        engine.dispose()


def some(feuilles: Feuilles, *noms: str) -> Feuilles:
    return {nom: feuilles[nom] for nom in (*REFERENCES, *noms)}


def references_only() -> Feuilles:
    """What is known of a PLIE before its first export; its extraction is old."""
    feuilles = some(load_verite()) | {"Participants": [], "Parcours": []}
    feuilles["PLIE"][0]["date_extraction"] = date(2015, 1, 31)
    return feuilles


def figures(engine: sa.Engine) -> dict[tuple[object, ...], tuple[Cellule, ...]]:
    """Every published figure, whole and by each of its splits."""
    publies = {}
    with engine.connect() as base:
        for code, indicateur in CATALOGUE.items():
            for periode in PERIODES:
                decoupages = indicateur.decoupages if periode is PERIODES[0] else ()
                for par in ((), *((decoupage,) for decoupage in decoupages)):
                    filtres = Filtres((CODE_PLIE,), periode, par=par)
                    publies[code, periode, par] = publier(base, code, filtres, ANIMATION).cellules
    return publies


def load(engine: sa.Engine, dossier: Path, export: str) -> ImportPrepare:
    prepare = prepare_extrait(engine, ECRIRE[export](dossier), profil_of(export), codes_autorises=[CODE_PLIE])
    assert not prepare.is_refused, [a.message for a in prepare.anomalies]
    assert all(bilan.rejetes == 0 for bilan in prepare.bilans().values())
    apply_import(engine, prepare, "essai")
    return prepare


def assert_same_figures(un: sa.Engine, autre: sa.Engine) -> None:
    obtenues, attendues = figures(un), figures(autre)
    assert [cle for cle in attendues if obtenues[cle] != attendues[cle]] == []
    assert sum(any(cellule.valeur for cellule in cellules) for cellules in attendues.values()) > 50


def test_viesion_like_export(ouvrir, tmp_path):
    verite = some(load_verite(), "Participants", "Parcours", "Etapes")
    parcours = profil_of(fabrique.VIESION).feuilles[0].cibles[1]
    verite["Parcours"] = keep_columns(verite["Parcours"], parcours.colonnes)
    etranger = ouvrir("etranger", references_only())
    load(etranger, tmp_path, fabrique.VIESION)
    notre = ouvrir("notre", verite)
    assert_same_figures(etranger, notre)
    with etranger.connect() as base:
        assert base.execute(sa.select(t.plie.c.date_extraction)).scalar() == date(2021, 9, 30)
        assert base.execute(sa.select(sa.func.count()).select_from(t.parcours)).scalar() == 100


def test_ma_demarche_like_export_completes_what_is_stored(ouvrir, tmp_path):
    verite = some(load_verite(), "Participants", "Parcours", "Etapes")
    demandees = profil_of(fabrique.DEMARCHE).targets()
    colonnes = next(cible.colonnes for _, cible in demandees if cible.feuille == "Participations")
    participations = keep_columns(load_verite()["Participations"], colonnes)
    questionnes = {p["id_parcours"] for p in participations}
    sans = [{k: v for k, v in p.items() if k not in QUESTIONNAIRE.values()} for p in verite["Parcours"]]
    avec = [p if p["id_parcours"] in questionnes else s for p, s in zip(verite["Parcours"], sans, strict=True)]
    reponses = {p["id_parcours"]: [p.get(nom) for nom in QUESTIONNAIRE.values()] for p in avec}
    for p in participations:
        p["questionnaire_complet"] = all(reponse is not None for reponse in reponses[p["id_parcours"]])
    etranger = ouvrir("etranger", verite | {"Parcours": sans})
    prepare = load(etranger, tmp_path, fabrique.DEMARCHE)
    assert prepare.bilans()["Parcours"].retires == prepare.bilans()["Participants"].retires == 0
    assert_same_figures(etranger, ouvrir("notre", verite | {"Parcours": avec, "Participations": participations}))


def test_clause_hours_replace_their_own_indicator_only(ouvrir, tmp_path):
    verite = some(load_verite(), "Participants", "Parcours", "Realisations")
    autres = [r for r in verite["Realisations"] if r["code_indicateur"] != INDICATEUR_HEURES]
    perimee = {"code_plie": CODE_PLIE, "code_operation": OPERATION_HEURES, "code_indicateur": INDICATEUR_HEURES}
    perimee |= {"realise_le": date(2021, 1, 31), "valeur": 1.0}
    etranger = ouvrir("etranger", verite | {"Realisations": [*autres, perimee]})
    load(etranger, tmp_path, fabrique.CLAUSES)
    notre = ouvrir("notre", verite)
    assert realisations(etranger) == realisations(notre)
    heures = [
        valeur for _, code, jour, valeur in realisations(notre) if code == INDICATEUR_HEURES and jour.year == 2021
    ]
    assert sum(heures) == 15620
    assert_same_figures(etranger, notre)


def realisations(engine: sa.Engine) -> list[tuple]:
    r = t.realisations.c
    with engine.connect() as base:
        requete = sa.select(r.code_operation, r.code_indicateur, r.realise_le, r.valeur)
        return sorted(map(tuple, base.execute(requete)))


def test_spreadsheet_of_steps_without_numbers(ouvrir, tmp_path):
    verite = some(load_verite(), "Participants", "Parcours", "Etapes")
    etranger = ouvrir("etranger", {nom: lignes for nom, lignes in verite.items() if nom != "Etapes"})
    load(etranger, tmp_path, fabrique.TABLEUR)
    (colonnes,) = [cible.colonnes for _, cible in profil_of(fabrique.TABLEUR).targets()]
    verite["Etapes"] = keep_columns(verite["Etapes"], colonnes)
    assert_same_figures(etranger, ouvrir("notre", verite))
    again = prepare_extrait(etranger, tmp_path / fabrique.TABLEUR, profil_of(fabrique.TABLEUR))
    assert not again.changes_something


@pytest.mark.parametrize("export", ECRIRE)
def test_proposal_finds_most_columns(ouvrir, tmp_path, export):
    proposition = propose(ouvrir("connu", references_only()), ECRIRE[export](tmp_path))
    attendues = columns(profil_of(export))
    justes = columns(proposition.profil).items() & attendues.items()
    assert len(justes) >= 0.8 * len(attendues), attendues.keys() - dict(justes).keys()


def propose(engine: sa.Engine, chemin: Path) -> Proposition:
    with engine.connect() as base:
        references = load_references(base, CODE_PLIE)
    return propose_profil(open_extrait(receive_classeur(chemin)), CODE_PLIE, "essai", "essai", references)


def columns(profil: Profil) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (cible.feuille, nom): (regle.sources, regle.constante)
        for _, cible in profil.targets()
        for nom, regle in cible.colonnes.items()
    }


def test_values_are_proposed_with_a_doubt(ouvrir, tmp_path):
    proposition = propose(ouvrir("connu", references_only()), fabrique.write_viesion(tmp_path))
    colonnes = {(c.feuille, c.colonne): c for c in proposition.colonnes}
    assert colonnes["Participants", "sexe"].regle.valeurs == {"Madame": "F", "Monsieur": "H"}
    sorties = colonnes["Parcours", "type_sortie"]
    inverse = {libelle: code for code, libelle in fabrique.MOTIFS.items()}
    assert sorties.a_verifier
    assert {v.valeur_source: v.valeur for v in sorties.valeurs} == {
        v.valeur_source: inverse[v.valeur_source] for v in sorties.valeurs
    }


def test_identities_are_never_read(ouvrir, tmp_path):
    engine = ouvrir("connu", references_only())
    chemin = fabrique.write_viesion(tmp_path)
    extrait = open_extrait(receive_classeur(chemin))
    profil = profil_of(fabrique.VIESION)
    montre = repr([extrait.sheets(), preview(extrait, profil), propose(engine, chemin)])
    assert "MARTIN" not in montre
    assert "06 12" not in montre
    gourmand = profil_from_json(
        (PROFILS / fabrique.VIESION)
        .with_suffix(".json")
        .read_text("utf-8")
        .replace('"Organisme prescripteur"', '"Prénom"')
    )
    prepare = prepare_extrait(engine, chemin, gourmand)
    assert [a.code for a in prepare.anomalies if a.code == "PRF-009"] == ["PRF-009"]
    assert prepare.is_refused


def test_preview_shows_ten_converted_rows(tmp_path):
    extrait = open_extrait(receive_classeur(fabrique.write_viesion(tmp_path)))
    apercus = preview(extrait, profil_of(fabrique.VIESION))
    assert [(a.feuille, len(a.lignes)) for a in apercus] == [("Participants", 10), ("Parcours", 10), ("Etapes", 10)]
    numero, cellules = apercus[0].lignes[0]
    assert numero == 5
    assert dict(zip(apercus[0].colonnes, cellules, strict=True))["sexe"] in ("F", "H")


def spoil(chemin: Path, feuille: str, cellule: str, valeur: object) -> Path:
    livre = openpyxl.load_workbook(chemin)
    livre[feuille][cellule] = valeur
    livre.save(chemin)
    return chemin


def found(prepare: ImportPrepare, code: str) -> list[Anomalie]:
    return [anomalie for anomalie in prepare.anomalies if anomalie.code == code]


def test_renamed_column_is_named_with_the_nearest(ouvrir, tmp_path):
    engine = ouvrir("connu", references_only())
    chemin = spoil(fabrique.write_viesion(tmp_path), "Dossiers", "L4", "Date d’entrée au PLIE")
    prepare = prepare_extrait(engine, chemin, profil_of(fabrique.VIESION))
    (anomalie,) = found(prepare, "PRF-005")
    assert prepare.is_refused
    assert "colonne « Date entrée PLIE »" in anomalie.message
    assert "la plus proche est « Date d’entrée au PLIE »" in anomalie.message


def test_unknown_value_rejects_its_row_where_the_export_has_it(ouvrir, tmp_path):
    engine = ouvrir("connu", references_only())
    chemin = spoil(fabrique.write_viesion(tmp_path), "Dossiers", "W7", "Départ en Belgique")
    prepare = prepare_extrait(engine, chemin, profil_of(fabrique.VIESION))
    (anomalie,) = found(prepare, "PRF-101")
    assert (anomalie.feuille, anomalie.ligne, anomalie.colonne) == ("Parcours", 7, "type_sortie")
    assert anomalie.message.startswith("Onglet « Dossiers », ligne 7, colonne « Motif sortie » : ")
    assert "Belgique" not in anomalie.message
    assert prepare.bilans()["Parcours"].rejetes == 1


def test_bad_date_is_told_in_the_words_of_the_export(ouvrir, tmp_path):
    engine = ouvrir("connu", references_only())
    chemin = spoil(fabrique.write_viesion(tmp_path), "Dossiers", "E9", "31/02/1980")
    (anomalie,) = found(prepare_extrait(engine, chemin, profil_of(fabrique.VIESION)), "IMP-102")
    assert anomalie.lieu == "Onglet « Dossiers », ligne 9, colonne « Né(e) le »"


def test_wrong_encoding_is_refused(ouvrir, tmp_path):
    engine = ouvrir("connu", references_only())
    chemin = fabrique.write_demarche(tmp_path)
    impose = replace(profil_of(fabrique.DEMARCHE), encodage="utf-8")
    (anomalie,) = found(prepare_extrait(engine, chemin, impose), "PRF-002")
    assert "UTF-8, ligne 1" in anomalie.message
    chemin.write_bytes(chemin.read_bytes().decode("cp1252").encode("utf-8")[:-1] + b"\xff\n")
    assert found(prepare_extrait(engine, chemin, profil_of(fabrique.DEMARCHE)), "PRF-002")


def test_other_plie_is_out_of_rights(ouvrir, tmp_path):
    engine = ouvrir("connu", references_only())
    prepare = prepare_extrait(
        engine, fabrique.write_viesion(tmp_path), profil_of(fabrique.VIESION), codes_autorises=["AGENAIS"]
    )
    assert found(prepare, "IMP-014")


def test_first_load_of_a_plie_from_an_export_alone(moteur_sqlite, tmp_path):
    chemin, profil = fabrique.write_viesion(tmp_path), profil_of(fabrique.VIESION)
    sans_etapes = replace(profil, feuilles=profil.feuilles[:1], plie={"nom": "PLIE d’essai"})
    termine = import_prepared(moteur_sqlite, lambda: prepare_extrait(moteur_sqlite, chemin, sans_etapes), "essai")
    assert termine.etat == "charge"
    assert found(prepare_extrait(moteur_sqlite, chemin, replace(sans_etapes, code_plie="NEUF", plie={})), "IMP-015")


def test_stored_profiles(moteur):
    profil = profil_of(fabrique.VIESION)
    save_profil(moteur, profil, "une personne")
    save_profil(moteur, replace(profil, logiciel="Autre"), "une autre")
    with moteur.connect() as base:
        assert [(p.nom, p.logiciel, p.auteur) for p in list_profils(base)] == [(profil.nom, "Autre", "une autre")]
        assert list_profils(base, ["AILLEURS"]) == []
        assert read_profil(base, CODE_PLIE, profil.nom) == replace(profil, logiciel="Autre")
        assert read_profil(base, CODE_PLIE, "un autre nom") is None


def test_command_line(ouvrir, tmp_path, capsys):
    engine = ouvrir("connu", references_only())
    url = ["--base", engine.url.render_as_string()]
    chemin = str(fabrique.write_viesion(tmp_path))
    fichier = tmp_path / "profil.json"
    assert main(["profil", "proposer", chemin, "--plie", CODE_PLIE, "--nom", "Mensuel", *url]) == 0
    sorties = capsys.readouterr()
    assert "À vérifier : Parcours.type_sortie ← Motif sortie" in sorties.err
    fichier.write_text(sorties.out, "utf-8")
    assert main(["profil", "importer", str(fichier), *url]) == 0
    assert main(["profil", "lister", *url]) == 0
    assert "Mensuel" in capsys.readouterr().out
    assert main(["profil", "exporter", "Mensuel", *url]) == 0
    assert capsys.readouterr().out == sorties.out
    assert main(["import", chemin, "--profil", "Mensuel", *url]) == 0
    assert "Parcours : 100 ajoutée(s)" in capsys.readouterr().out
    assert main(["import", chemin, "--profil", "Inconnu", *url]) == 1
    assert "PRF-010" in capsys.readouterr().out
