"""An edition is composed, frozen, published, opened as it was, and found again from the journal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from data_access import tables as t
from data_access.base.moteur import current_version, make_engine
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur
from data_access.refus import Refus
from data_access.seances.decisions import Decision
from data_access.seances.publications import last_publications
from indicators.perimetre import Droits, Filtres, Periode
from indicators.publication import publier
from indicators.referentiel import SOUTIEN_AUX_STRUCTURES
from indicators.resultats import Etat
from seances.comparaison import recompute
from seances.decisions import keep_decision, read_followups
from seances.edition import compose, fingerprint, freeze, thaw
from seances.preparation import INSTANCES, SECTIONS, ChoixDeSection, DemandeDEdition
from seances.publication import open_edition, publish_edition
from sections.contenu import Edition
from tests.partage import copy_base, fill_with_sample, sample_base

CLASSEUR = DOSSIER_EXEMPLES / "plie_haut_perigord.xlsx"
CODE = "HAUT_PERIGORD"
PERIODE = Periode(date(2021, 1, 1), date(2021, 9, 30))
COPIL = DemandeDEdition(CODE, "comite_pilotage", PERIODE)


@pytest.fixture
def charge(moteur: sa.Engine) -> sa.Engine:
    """What is kept, and what the database forbids: on both databases."""
    fill_with_sample(moteur, "haut_perigord")
    return moteur


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    """What is composed is only read."""
    engine = make_engine(copy_base(sample_base("haut_perigord"), tmp_path_factory.mktemp("editions") / "plie.db"))
    with engine.connect() as connexion:
        yield connexion
    engine.dispose()


def _corrected(dossier: Path) -> Path:
    """The same workbook after a month's work: one parcours less, another exit."""
    classeur = load_workbook(CLASSEUR)
    feuille = classeur["Parcours"]
    entetes = [cellule.value for cellule in feuille[1]]
    sortie, genre = entetes.index("sortie_le") + 1, entetes.index("type_sortie") + 1
    types = [ligne[genre - 1].value for ligne in feuille.iter_rows(min_row=2) if ligne[genre - 1].value]
    vivants = [n for n in range(2, feuille.max_row + 1) if not feuille.cell(n, sortie).value][:3]
    for numero in vivants:
        feuille.cell(numero, sortie).value = date(2021, 9, 1)
        feuille.cell(numero, genre).value = types[0]
    chemin = dossier / "corrige.xlsx"
    classeur.save(chemin)
    return chemin


def test_every_number_is_the_one_that_publier_gives(base: sa.Connection) -> None:
    for instance in INSTANCES.values():
        edition = compose(base, replace(COPIL, instance=instance.code))
        assert [s.code for s in edition.sections] == list(instance.sections)
        droits = Droits(instance.audience, (CODE,))
        for section in edition.sections:
            for chiffre in section.chiffres:
                if chiffre.unite:
                    filtres = Filtres((CODE,), PERIODE, par=tuple(nom for nom, _ in chiffre.par))
                    (cellule,) = [c for c in publier(base, chiffre.indicateur, filtres, droits) if c.par == chiffre.par]
                    assert chiffre.valeur == cellule.valeur
    assert len(edition.figures) > 40


def test_the_committee_s_edition_is_rounded_where_it_speaks_of_people(base: sa.Connection) -> None:
    edition = compose(base, COPIL)
    assert edition.arrondi_a == 5
    publics = [f for f in edition.figures if set(f.question.par) & {"age", "rsa", "diplome"}]
    connues = [c for f in publics for c in f.cellules if "non renseigné" not in dict(c.par).values()]
    assert len(connues) > 10
    assert {c.etat for c in connues} <= {Etat.ARRONDI, Etat.MOINS_DE_5}
    assert all(c.valeur is None or c.valeur % 5 == 0 for c in connues)
    equipe = compose(base, replace(COPIL, audience="animation"))
    assert equipe.arrondi_a == 0
    assert {c.etat for f in equipe.figures for c in f.cellules} & {Etat.ARRONDI, Etat.MOINS_DE_5} == set()


def test_two_editions_three_weeks_apart_hide_no_headline(base: sa.Connection) -> None:
    programme = {"mois", "operation", "categorie", "nature", "type_sortie", "classe", "type_etape", "referent", "seuil"}
    for au in (date(2021, 9, 9), date(2021, 9, 30)):
        edition = compose(base, replace(COPIL, periode=Periode(date(2021, 1, 1), au)))
        cellules = [c for figure in edition.figures for c in figure.cellules if set(dict(c.par)) <= programme]
        assert len(cellules) > 50
        assert {c.etat for c in cellules} <= {Etat.EXACT, Etat.SANS_OBJET, Etat.NON_DOCUMENTE}
        cartes = [chiffre.texte for section in edition.sections for chiffre in section.chiffres]
        assert not [texte for texte in cartes if "≈" in texte or "moins de" in texte or "trop faible" in texte]


def test_an_edition_frozen_when_numbers_were_masked_opens_as_it_was(base: sa.Connection) -> None:
    contenu = freeze(compose(base, COPIL)) | {"seuil": 5, "masquees": 3}
    del contenu["arrondi_a"]
    contenu["figures"][0]["cellules"][0]["etat"] = "valeur"
    contenu["figures"][1]["cellules"][0]["etat"] = "masque"
    rouverte = thaw(contenu)
    assert rouverte.arrondi_a is None
    assert rouverte.figures[0].cellules[0].etat is Etat.EXACT
    assert rouverte.figures[1].cellules[0].etat is Etat.EFFECTIF_FAIBLE


def test_frozen_and_thawed_it_is_the_same(base: sa.Connection) -> None:
    edition = compose(base, COPIL)
    contenu = freeze(edition)
    assert thaw(contenu) == edition
    assert fingerprint(contenu) == fingerprint(freeze(thaw(contenu)))
    autre = replace(edition, sections=(replace(edition.sections[0], message="autre"), *edition.sections[1:]))
    assert fingerprint(freeze(autre)) != fingerprint(contenu)


def test_the_team_chooses_sections_and_writes_on_them(base: sa.Connection) -> None:
    choix = (ChoixDeSection("etapes", "Un mot.", ("Faut-il ouvrir une étape ?",)), ChoixDeSection("synthese"))
    edition = compose(base, replace(COPIL, sections=choix, commentaire="Bonjour."))
    assert [s.code for s in edition.sections] == ["etapes", "synthese"]
    assert edition.sections[0].commentaire == "Un mot."
    assert edition.sections[0].points_de_decision == ("Faut-il ouvrir une étape ?",)
    assert edition.commentaire == "Bonjour."


@pytest.mark.parametrize(
    ("demande", "code"),
    [
        (replace(COPIL, instance="autre"), "EDI-001"),
        (replace(COPIL, sections=(ChoixDeSection("autre"),)), "EDI-002"),
        (replace(COPIL, code_plie="AUTRE"), "EDI-004"),
    ],
)
def test_an_unknown_demand_is_refused_in_words(base: sa.Connection, demande: DemandeDEdition, code: str) -> None:
    with pytest.raises(Refus, match=code):
        compose(base, demande)


def test_an_unknown_audience_is_refused(base: sa.Connection) -> None:
    with pytest.raises(Refus, match="DRO-001"):
        compose(base, replace(COPIL, audience="tout le monde"))


def _publish(engine: sa.Engine, demande: DemandeDEdition = COPIL) -> Edition:
    with engine.begin() as base:
        return publish_edition(base, compose(base, demande), "Camille", "animation")


def test_published_editions_are_numbered_and_open_as_they_were(charge: sa.Engine) -> None:
    premiere, seconde = _publish(charge), _publish(charge, replace(COPIL, commentaire="Un mot."))
    assert (premiere.numero, seconde.numero) == (1, 2)
    with charge.connect() as base:
        rouverte = open_edition(base, CODE, 1)
        assert rouverte.edition == premiere
        assert rouverte.integre
        assert rouverte.definitions_changees == ()
        publication = last_publications(base)[CODE]
        assert (publication.au, publication.version) == (PERIODE.au, premiere.version)
        with pytest.raises(Refus, match="2, 1|1, 2"):
            open_edition(base, CODE, 9)


def test_the_team_s_own_edition_publishes_nothing_to_the_committee(charge: sa.Engine) -> None:
    _publish(charge, replace(COPIL, instance="revue_mensuelle"))
    with charge.connect() as base:
        assert CODE not in last_publications(base)


def test_the_database_refuses_to_change_an_edition(charge: sa.Engine) -> None:
    _publish(charge)
    for ordre in (sa.update(t.editions).values(empreinte="0"), sa.delete(t.editions)):
        with charge.connect() as base, pytest.raises(sa.exc.DatabaseError):
            base.execute(ordre)


def test_an_edition_composed_before_an_import_is_not_published(charge: sa.Engine, tmp_path: Path) -> None:
    with charge.connect() as base:
        edition = compose(base, COPIL)
    assert import_classeur(charge, _corrected(tmp_path), "essai").etat == "charge"
    with charge.begin() as base, pytest.raises(Refus, match="EDI-005"):
        publish_edition(base, edition, "Camille", "animation")


def test_recomputed_from_the_journal_it_gives_the_same_figures(charge: sa.Engine, tmp_path: Path) -> None:
    publiee = _publish(charge)
    assert import_classeur(charge, _corrected(tmp_path), "essai").etat == "charge"
    with charge.connect() as base:
        assert current_version(base) == publiee.version + 1
        nouvelle = compose(base, COPIL)
        assert nouvelle.figures != publiee.figures
        assert recompute(base, publiee) == []
        assert recompute(base, replace(publiee, version=publiee.version + 1)) != []


def test_decisions_are_heard_of_at_the_next_meeting(charge: sa.Engine) -> None:
    _publish(charge)
    decision = Decision(CODE, 1, "Ouvrir une étape", "Direction", date(2022, 1, 31))
    with charge.begin() as base:
        numero = keep_decision(base, decision, "Camille")
        keep_decision(base, replace(decision, id=numero, etat="en_cours", suivi="Devis reçu"), "Camille")
        (suivi,) = read_followups(base, CODE)
        assert (suivi.texte, suivi.etat, suivi.suivi, suivi.numero) == ("Ouvrir une étape", "en cours", "Devis reçu", 1)
    _publish(charge, replace(COPIL, commentaire="Deuxième séance."))
    with charge.begin() as base:
        keep_decision(base, Decision(CODE, 2, "Autre", ""), "Camille")
        keep_decision(base, replace(decision, id=numero, etat="fait"), "Camille")
        assert [(s.texte, s.etat) for s in read_followups(base, CODE)] == [
            ("Ouvrir une étape", "fait"),
            ("Autre", "à faire"),
        ]
    _publish(charge, replace(COPIL, commentaire="Troisième séance."))
    with charge.connect() as base:
        assert [s.texte for s in read_followups(base, CODE)] == ["Autre"]


def test_a_decision_that_cannot_be_kept_is_refused_in_words(charge: sa.Engine) -> None:
    _publish(charge)
    for decision, code in (
        (Decision(CODE, 1, "  ", "x"), "DEC-001"),
        (Decision(CODE, 1, "x" * 3000, "x"), "DEC-002"),
        (Decision(CODE, 1, "x", "x", etat="peut-être"), "DEC-004"),
        (Decision(CODE, 7, "x", "x"), "DEC-005"),
    ):
        with charge.begin() as base, pytest.raises(Refus, match=code):
            keep_decision(base, decision, "Camille")


def test_sections_of_the_catalogue_are_all_written() -> None:
    assert set(INSTANCES["comite_pilotage"].sections) == set(SECTIONS)


@pytest.mark.parametrize(("au", "mention"), [(date(2021, 12, 31), "fse"), (date(2022, 1, 31), "ue")])
def test_the_funder_s_mention_is_that_of_the_programme(base: sa.Connection, au: date, mention: str) -> None:
    assert compose(base, replace(COPIL, periode=Periode(date(2021, 1, 1), au))).mention == mention


def test_an_operation_is_told_by_its_own_clock(base: sa.Connection) -> None:
    edition = compose(base, replace(COPIL, operation="HP2", instance="comite_pilotage"))
    synthese = next(s for s in edition.sections if s.code == "synthese")
    valeurs = {c.indicateur: c.valeur for c in synthese.chiffres}
    assert {"entrees", "sorties_operation"} <= set(valeurs)
    assert "sorties" not in valeurs
    flux = next(i for i in synthese.images if i.code == "flux")
    avant, entrees, sorties, apres = flux.series[0].valeurs
    assert (entrees, sorties, apres) == tuple(valeurs[c] for c in ("entrees", "sorties_operation", "file_active"))
    assert avant + entrees - sorties == apres


def test_an_operation_without_participants_prints_its_targets_and_one_sentence(base: sa.Connection) -> None:
    o = t.operations.c
    soutien = base.scalars(sa.select(o.code_operation).where(o.cible == "soutien_aux_structures")).first()
    edition = compose(base, replace(COPIL, operation=soutien))
    assert [s.code for s in edition.sections] == ["synthese", "objectifs"]
    assert edition.sections[0].message == SOUTIEN_AUX_STRUCTURES
    assert not edition.sections[0].chiffres
