"""A workbook full of the identity of people: none of it reaches the database, the logs or the screen."""

import logging
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.__main__ import main
from data_access.imports.deroule import import_classeur
from tests.unit.data_access.petits_classeurs import raw_sheets, valid_sheets, write_raw

INTERDITS = (
    "Zoubeïda", "Quillacq", "zoubeida", "quillacq.fr", "2850733063123", "285073306312345", "0655443322",
    "06 55 44 33 22", "rue du Palmier",
)  # fmt: skip


def indiscreet_sheets():
    """Names, e-mails, phones and NIR in every place where an export puts them."""
    feuilles = valid_sheets()
    feuilles["Participants"] += [
        {"code_plie": "T", "id_participant": "Zoubeïda Quillacq"},
        {"code_plie": "T", "id_participant": "285073306312345"},
        {"code_plie": "T", "id_participant": "zoubeida@quillacq.fr"},
    ]
    feuilles["Parcours"][0] |= {"prescripteur": "zoubeida@quillacq.fr", "solution": "tél. 06 55 44 33 22"}
    feuilles["Parcours"] += [
        {"code_plie": "T", "id_parcours": numero, "id_participant": "p1", "entree_le": date(2024, 1, 2)}
        for numero in ("Zoubeïda", "0655443322", "2850733063123")
    ]
    feuilles["Etapes"][0] |= {"justificatif": "NIR 2850733063123"}
    feuilles["Etapes"] += [
        feuilles["Etapes"][1] | {"id_etape": "zoubeida@quillacq.fr"},
        feuilles["Etapes"][1] | {"id_etape": "e8", "heures": 2850733063123},
        feuilles["Etapes"][1] | {"id_etape": "e9", "type_etape": "0655443322"},
        feuilles["Etapes"][1] | {"id_etape": "e10", "statut": "Zoubeïda Quillacq"},
    ]
    feuilles["Suspensions"][0]["motif"] = "écrire à zoubeida@quillacq.fr"
    feuilles["Referents"][0]["structure"] = "06 55 44 33 22"
    feuilles["Realisations"][0]["commentaire"] = "appeler le 06 55 44 33 22"
    feuilles["Contacts"][0] = feuilles["Contacts"][0] | {"nature": "zoubeida@quillacq.fr"}
    brutes = raw_sheets(feuilles)
    for ligne, (nom, courriel, rue) in zip(
        brutes["Participants"],
        [("Nom", "Courriel", "Adresse"), *[("Quillacq", "zoubeida@quillacq.fr", "3 rue du Palmier")] * 5],
        strict=True,
    ):
        ligne += [nom, courriel, rue]
    brutes["Parcours"][0] += ["zoubeida@quillacq.fr"]
    brutes["zoubeida@quillacq.fr"] = [["Nom"], ["Quillacq"]]
    return brutes


def whole_database(moteur, tmp_path):
    """Everything the database keeps: its files as they are, or its rows where it has no file."""
    if moteur.dialect.name == "sqlite":
        return b"".join(chemin.read_bytes() for chemin in sorted(tmp_path.glob("plie.db*")))
    with moteur.connect() as base:
        return repr([base.execute(sa.select(table)).all() for table in t.metadata.sorted_tables]).encode()


def check_silent(contenu: bytes):
    for interdit in INTERDITS:
        for code in ("utf-8", "utf-16-le", "latin-1"):
            assert interdit.encode(code) not in contenu, interdit
        assert interdit.encode("ascii", "backslashreplace") not in contenu, interdit


def test_nothing_of_it_is_kept(moteur, tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    depose = tmp_path / "depot"
    depose.mkdir()
    termine = import_classeur(moteur, write_raw(depose, indiscreet_sheets()), "essai")
    assert termine.etat == "charge"
    codes = {a.code for a in termine.prepare.anomalies}
    assert {"IMP-116", "IMP-117", "IMP-211", "IMP-214"} <= codes
    with moteur.connect() as base:
        assert base.execute(sa.select(t.participants.c.id_participant)).scalars().all() == ["p1", "p2"]
        assert base.execute(sa.select(t.etapes.c.id_etape).order_by(t.etapes.c.id)).scalars().all() == ["e1", "e2"]
    check_silent(whole_database(moteur, tmp_path))
    check_silent(caplog.text.encode())
    check_silent("".join(capfd.readouterr()).encode())
    check_silent(repr(termine.prepare.anomalies).encode())


@pytest.mark.parametrize("options", [[], ["--json"], ["--simuler"]])
def test_nor_said_on_the_command_line(tmp_path, capfd, options):
    chemin = write_raw(tmp_path, indiscreet_sheets())
    assert main(["import", str(chemin), "--base", f"sqlite:///{tmp_path / 'plie.db'}", *options]) == 0
    sortie = "".join(capfd.readouterr())
    assert "brut.xlsx" in sortie
    check_silent(sortie.encode())
