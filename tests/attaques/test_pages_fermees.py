"""A program that speaks Streamlit's protocol, without a browser and without a right, asks a server for its pages.

Streamlit once ran a page file by itself for whoever asked for it first on a fresh server (its old mode of pages): each
page of the registry is therefore the first thing asked of a server of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect

from components.acces.registre import ECRANS, Ecran
from tests.attaques.visiteur import write_secrets
from tests.e2e.conftest import serve
from tests.partage import copy_base, sample_base

ATTENTE_S = 60
# What every page of figures carries, and no door does.
TRACES = ("Agenais", "AGENAIS", "vega_lite_chart", "données au", "rôle animation", "Périmètre")


@pytest.fixture(scope="module")
def url_base(tmp_path_factory: pytest.TempPathFactory) -> str:
    return copy_base(sample_base("agenais"), tmp_path_factory.mktemp("attaque") / "plie.db")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_secrets(tmp_path_factory.mktemp("secrets") / "secrets.toml")


def ask(url: str, *demandes: BackMsg) -> str:
    """Everything that the server answers to these messages, in turn, as text."""
    return "\n".join(_exchange(url, demandes))


def _exchange(url: str, demandes: tuple[BackMsg, ...]) -> Iterator[str]:
    adresse = url.replace("http", "ws") + "/_stcore/stream"
    with connect(adresse, origin=url, subprotocols=["streamlit"], max_size=None) as prise:  # type: ignore[arg-type,list-item]
        for demande in demandes:
            prise.send(demande.SerializeToString())
            # A part of a page that does not exist is not answered at all: what follows tells.
            while not demande.rerun_script.fragment_id:
                message = ForwardMsg.FromString(prise.recv(ATTENTE_S))  # type: ignore[arg-type]
                yield MessageToString(message, as_utf8=True)
                if message.WhichOneof("type") == "script_finished":
                    break


def page(empreinte: str = "", nom: str = "", question: str = "", fragment: str = "") -> BackMsg:
    """« Run this page », as a browser says it."""
    message = BackMsg()
    message.rerun_script.page_script_hash = empreinte
    message.rerun_script.page_name = nom
    message.rerun_script.query_string = question
    message.rerun_script.fragment_id = fragment
    return message


def address_of(ecran: Ecran) -> str:
    return "" if ecran == ECRANS[0] else ecran.code


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda e: e.code)
def test_nobody_gets_a_page_first_on_a_fresh_server(ecran: Ecran, url_base: str, secrets: Path, tmp_path: Path) -> None:
    # Both ways to start the dashboard, in turn.
    entree = ("server.py", "app.py")[ECRANS.index(ecran) % 2]
    with serve(url_base, tmp_path / "serveur.log", entree, options=(f"--secrets.files={secrets}",)) as url:
        recu = ask(
            url,
            page(calc_hash(address_of(ecran)), address_of(ecran), "plie=AGENAIS"),
            page("", ecran.code),
            page("", ecran.chemin.stem),
            # How the old mode of pages named a file.
            page(calc_hash(ecran.chemin.stem), ecran.chemin.stem),
            page(calc_hash(str(ecran.chemin)), ecran.fichier),
            page(calc_hash(address_of(ecran)), address_of(ecran), fragment="0"),
            page(calc_hash(address_of(ecran)), address_of(ecran)),
        )
    assert "Se connecter" in recu
    assert [trace for trace in (*TRACES, ecran.question) if trace in recu] == []


@pytest.mark.parametrize("entree", ["server.py", "app.py"])
def test_a_name_a_hash_or_a_query_made_up_gets_nothing(
    url_base: str, secrets: Path, tmp_path: Path, entree: str
) -> None:
    with serve(url_base, tmp_path / "serveur.log", entree, options=(f"--secrets.files={secrets}",)) as url:
        demandes = [
            page("0" * 32),
            page("", "../data_access/engine"),
            page("", "pages/comite/synthese.py"),
            page(question="is_logged_in=True&email=animation@plie.fr&role_choisi=animation"),
        ]
        widgets = page(calc_hash("droits"), "droits")
        for cle in ("accorder", "w_role", "role_choisi", "se_deconnecter"):
            etat = widgets.rerun_script.widget_states.widgets.add()
            etat.id, etat.trigger_value = f"$$ID-0-{cle}", True
        recu = ask(url, *demandes, widgets)
    assert "Se connecter" in recu
    assert [trace for trace in TRACES if trace in recu] == []


def test_the_same_program_reads_the_page_when_it_is_open(url_base: str, tmp_path: Path) -> None:
    """Without this, the tests above would pass on a program that cannot ask."""
    with serve(url_base, tmp_path / "serveur.log") as url:
        recu = ask(url, page(calc_hash("file_active"), "file_active"))
    assert [trace for trace in TRACES if trace not in recu] == []


def test_local_mode_is_closed_to_whoever_comes_through_a_relay(url_base: str, tmp_path: Path) -> None:
    """app.py alone, without the door of server.py: the page itself must see the relay."""
    with serve(url_base, tmp_path / "serveur.log", "app.py", options=("--server.enableCORS=false",)) as url:
        adresse = url.replace("http", "ws") + "/_stcore/stream"
        for en_tetes in (
            {"X-Forwarded-For": "192.168.1.12"},
            {"Forwarded": "for=192.168.1.12"},
            {"Origin": "https://plie.exemple.fr"},
        ):
            with connect(adresse, additional_headers=en_tetes, subprotocols=["streamlit"], max_size=None) as prise:  # type: ignore[list-item]
                prise.send(page(calc_hash("file_active"), "file_active").SerializeToString())
                recu = ""
                while "script_finished" not in recu:
                    message = ForwardMsg.FromString(prise.recv(ATTENTE_S))  # type: ignore[arg-type]
                    recu += MessageToString(message, as_utf8=True)
            assert "DRO-011" in recu
            assert [trace for trace in TRACES if trace in recu] == []
