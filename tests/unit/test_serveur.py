"""The door of the server, without a server: who is answered, with what, and what an error says."""

import asyncio
import io
import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.requests import HTTPConnection
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import memory_media_file_storage

import server
from components.acces.registre import ECRANS
from data_access.__main__ import main as data_access
from data_access.base.moteur import VARIABLE_URL
from indicators.__main__ import main as indicators
from serveur import garde
from serveur.demandes import keep_served
from serveur.refus import ADRESSE, CHEMIN, FICHIER, HOTE, PANNE, RELAIS, write_refus
from serveur.reponse import SECURITE, make_french, secure_headers

INDEX = Path(st.__file__).parent / "static" / "index.html"
REGLAGES = ("server.allowedHosts", "server.baseUrlPath")


@pytest.fixture(autouse=True)
def reglages() -> Iterator[None]:
    """The settings of .streamlit/config.toml that count here, put back at the end."""
    avant = {nom: st.get_option(nom) for nom in REGLAGES}
    st.config.set_option("server.allowedHosts", ["localhost", "127.0.0.1", "::1"])
    yield
    for nom, valeur in avant.items():
        st.config.set_option(nom, valeur)


def _demande(chemin: str = "/", genre: str = "http", scheme: str = "http", **entetes: str) -> dict[str, Any]:
    tous = {"host": "127.0.0.1:8501"} | {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
    return {
        "type": genre,
        "method": "GET",
        "scheme": scheme,
        "path": chemin,
        "query_string": b"",
        "headers": [(nom.encode(), valeur.encode()) for nom, valeur in tous.items()],
    }


def _ask(app: Any, scope: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that the door sends, when `app` stands behind it."""
    envois: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        envois.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    _run(server.Portier(app)(scope, receive, send))
    return envois


def _run(suite: Any) -> Any:
    """In its own thread: the browser's tests leave a running loop in this one."""
    with ThreadPoolExecutor(1) as fil:
        return fil.submit(asyncio.run, suite).result()


async def _answer_page(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": INDEX.read_bytes()})


async def _fail(_scope: Any, _receive: Any, _send: Any) -> None:
    raise RuntimeError("participante Dupont Jeanne")


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda ecran: ecran.code)
def test_every_page_of_the_registry_is_answered(ecran) -> None:
    assert garde.refuse_path(f"/{ecran.code}") is None


@pytest.mark.parametrize(
    "chemin",
    [
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/bidi-components/x/y.js",
        "/component/x/index.html",
        "/app/static/x",
        "/index.html",
        "/nimporte",
        "/file_active/autre",
    ],
)
def test_other_addresses_are_refused(chemin: str) -> None:
    assert garde.refuse_path(chemin) is ADRESSE


@pytest.mark.parametrize("chemin", ["//exemple.fr/", "/../etc/passwd", "/static/../../server.py", "\\\\hote\\x"])
def test_crooked_addresses_are_refused(chemin: str) -> None:
    assert garde.refuse_path(chemin) is CHEMIN


def test_addresses_are_read_below_the_base_path() -> None:
    st.config.set_option("server.baseUrlPath", "plie/tableau")
    assert garde.read_path("/plie/tableau/file_active") == "/file_active"
    assert garde.read_path("/plie/tableau") == "/"
    assert garde.refuse_path(garde.read_path("/plie/tableaux/_stcore/health")) is ADRESSE
    # Outside of the base path nothing is answered, not even what lies at the root otherwise.
    assert _ask(_answer_page, _demande("/file_active"))[0]["status"] == 404
    assert _ask(_answer_page, _demande("/plie/tableau/file_active"))[0]["status"] == 200


@pytest.mark.parametrize(
    ("entetes", "refus"),
    [
        ({}, None),
        ({"host": "localhost"}, None),
        ({"host": "[::1]:8501"}, None),
        ({"host": "exemple.fr"}, HOTE),
        ({"host": "127.0.0.1.exemple.fr"}, HOTE),
        ({"x_forwarded_for": "203.0.113.7"}, RELAIS),
        ({"via": "1.1 relais"}, RELAIS),
    ],
)
def test_without_sign_in_only_this_machine_is_answered(entetes: dict[str, str], refus: object) -> None:
    assert garde.refuse_reader("/", HTTPConnection(_demande(**entetes))) is refus


def test_health_check_is_answered_to_a_load_balancer() -> None:
    demande = HTTPConnection(_demande("/_stcore/health", host="10.0.0.1", x_forwarded_for="10.0.0.2"))
    assert garde.refuse_reader("/_stcore/health", demande) is None


def test_files_ask_for_the_signed_cookie_when_sign_in_is_configured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from streamlit.web.server.starlette import starlette_app_utils, starlette_websocket

    secret = "s" * 40
    monkeypatch.setenv(VARIABLE_URL, f"sqlite:///{tmp_path / 'plie.db'}")
    monkeypatch.setattr(garde, "is_sign_in_configured", lambda: True)
    monkeypatch.setattr(starlette_websocket, "get_cookie_secret", lambda: secret)
    signe = starlette_app_utils.create_signed_value(secret, "_streamlit_user", "{}").decode()
    faux = starlette_app_utils.create_signed_value("autre" * 8, "_streamlit_user", "{}").decode()

    def refus(**entetes: str) -> object:
        demande = HTTPConnection(_demande("/media/abc.zip", **entetes))
        return garde.refuse_reader("/media/abc.zip", demande) or _run(garde.refuse_stranger("/media/abc.zip", demande))

    assert refus() is FICHIER
    assert refus(cookie=f"_streamlit_user={faux}") is FICHIER
    assert refus(cookie=f"_streamlit_user={signe}", x_forwarded_for="203.0.113.7") is None


def test_headers_over_http_and_https() -> None:
    cookie = (b"Set-Cookie", b"_streamlit_xsrf=2|a; Path=/; SameSite=Lax")
    clair = dict(secure_headers([cookie, (b"x-frame-options", b"ALLOWALL")], https=False, prive=False))
    assert clair[b"set-cookie"] == cookie[1]
    assert clair[b"x-frame-options"] == b"SAMEORIGIN"
    assert b"strict-transport-security" not in clair
    chiffre = dict(secure_headers([cookie], https=True, prive=True))
    assert chiffre[b"set-cookie"].endswith(b"; Secure")
    assert chiffre[b"strict-transport-security"].startswith(b"max-age=")
    assert chiffre[b"cache-control"] == b"private, no-store"
    deja = (b"set-cookie", b"a=b; secure; HttpOnly")
    assert dict(secure_headers([deja], https=True, prive=False))[b"set-cookie"] == deja[1]


def test_policy_names_no_other_origin_and_no_eval() -> None:
    politique = dict(SECURITE)[b"content-security-policy"].decode()
    assert not re.search(r"https?:|wss?:|\*", politique)
    assert "'unsafe-eval'" not in politique
    script = next(regle for regle in politique.split("; ") if regle.startswith("script-src"))
    assert "unsafe-inline" not in script


def test_streamlits_page_becomes_french_without_inline_script() -> None:
    avant = INDEX.read_text(encoding="utf-8")
    apres = make_french(avant.encode()).decode()
    assert '<html lang="fr">' in apres
    assert "<title>Tableau de bord PLIE</title>" in apres
    assert "JavaScript est désactivé" in apres
    assert "enable JavaScript" not in apres
    assert "agent" not in apres
    # What is removed was there; the bundle itself stays.
    assert "<script>" in avant
    assert "<script>" not in apres
    assert avant.count('<script type="module"') == apres.count('<script type="module"') == 1
    assert avant.count("modulepreload") == apres.count("modulepreload")


def test_page_goes_out_whole_with_its_length_and_headers() -> None:
    debut, corps = _ask(_answer_page, _demande("/file_active"))
    entetes = dict(debut["headers"])
    assert debut["status"] == 200
    assert int(entetes[b"content-length"]) == len(corps["body"])
    assert entetes.keys() >= dict(SECURITE).keys()


def test_home_page_by_its_name_goes_home_with_its_filters() -> None:
    debut, _ = _ask(_answer_page, _demande(f"/{ECRANS[0].code}") | {"query_string": b"plie=AGENAIS"})
    assert (debut["status"], dict(debut["headers"])[b"location"]) == (307, b"/?plie=AGENAIS")


def test_error_is_a_french_page_for_a_browser_and_a_line_for_a_program() -> None:
    genre, page = write_refus(ADRESSE, "text/html,*/*", accueil='/"x')
    assert genre.startswith("text/html")
    assert '<html lang="fr">' in page.decode()
    assert 'href="/&quot;x"' in page.decode()
    genre, ligne = write_refus(ADRESSE, "*/*")
    assert genre.startswith("text/plain")
    assert ligne.decode().count("\n") == 1
    assert "[SRV-010]" in ligne.decode()


@pytest.mark.parametrize("statut", [400, 403, 404, 405, 413, 500, 503])
def test_an_english_error_of_streamlit_is_said_in_french(statut: int) -> None:
    async def refuse(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": statut, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"Bad Request"})

    debut, corps = _ask(refuse, _demande("/_stcore/host-config"))
    assert debut["status"] == statut
    assert b"Bad Request" not in corps["body"]
    assert b"[SRV-" in corps["body"]


def test_a_failure_of_the_server_says_nothing_of_its_cause(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        debut, corps = _ask(_fail, _demande("/file_active", accept="text/html"))
    assert debut["status"] == 500
    assert PANNE.quoi in corps["body"].decode()
    assert "RuntimeError" in caplog.text
    assert "Dupont" not in caplog.text + corps["body"].decode()


def test_a_websocket_elsewhere_or_from_elsewhere_is_closed() -> None:
    for scope in (
        _demande("/autre", "websocket"),
        _demande("/_stcore/stream", "websocket", host="exemple.fr"),
        _demande("/_stcore/stream", "websocket", x_forwarded_for="203.0.113.7"),
    ):
        assert _ask(_fail, scope) == [{"type": "websocket.close", "code": 1008}]


def test_an_uncaught_error_of_a_script_is_one_line_without_its_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    dits: list[str] = []
    monkeypatch.setattr(st, "error", lambda texte, **_: dits.append(texte))
    with caplog.at_level(logging.ERROR):
        assert server.say_it_in_french(ValueError("participante Dupont Jeanne")) is True
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("ECR-001 ValueError ")
    assert "[ECR-001]" in dits[0]
    assert "Dupont" not in caplog.text + dits[0]


def test_a_traceback_logged_by_a_library_is_one_line_without_its_text() -> None:
    ecrit = io.StringIO()
    journal = logging.getLogger("plie.essai")
    poignee = logging.StreamHandler(ecrit)
    poignee.setFormatter(logging.Formatter("%(message)s"))
    journal.addHandler(poignee)
    try:
        int("participante Dupont Jeanne")
    except ValueError:
        journal.exception("Uncaught app execution")
    finally:
        journal.removeHandler(poignee)
    titre, lieu = ecrit.getvalue().splitlines()
    assert titre == "Uncaught app execution"
    assert lieu.startswith("ValueError ")
    assert Path(__file__).name in lieu
    assert "Dupont" not in lieu


def test_address_of_a_file_cannot_be_computed_from_its_content() -> None:
    from components.streamlit_interne import name_by_content
    from serveur.fichiers import name_file

    assert memory_media_file_storage._calculate_file_id is name_file
    contenu = (b"14 parcours", "text/plain", "corrections.txt")
    assert re.fullmatch("[0-9a-f]{32}", name_file(*contenu))
    assert name_file(*contenu) == name_file(*contenu)
    assert name_file(*contenu) != name_by_content(*contenu)
    assert name_file(*contenu) != name_file(b"15 parcours", *contenu[1:])


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://plie:S3cret@127.0.0.1:1/base",
        "postgresql://plie:S3cret",
        "postgresql://plie:S3cret/base",
        "postgres//plie:S3cret@hote/base",
    ],
)
def test_password_of_the_database_is_never_printed(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(VARIABLE_URL, url)
    assert data_access(["historique", "--json"]) == 1
    assert indicators(["file_active", "--plie", "AGENAIS", "--du", "2021-01-01", "--au", "2021-09-30", "--json"]) == 1
    sortie = "".join(capsys.readouterr())
    assert sortie.count("[BAS-001]") == 2
    assert "S3cret" not in sortie + caplog.text


def test_every_requirement_is_pinned() -> None:
    racine = Path(server.__file__).parent
    for nom in ("requirements.txt", "requirements-dev.txt"):
        lignes = [ligne.split("#")[0].strip() for ligne in (racine / nom).read_text(encoding="utf-8").splitlines()]
        libres = [ligne for ligne in lignes if ligne and not re.fullmatch(r"-r \S+|[\w.\[\],-]+==[\w.!+]+", ligne)]
        assert libres == []


def test_secrets_stay_out_of_the_repository() -> None:
    racine = Path(server.__file__).parent
    assert ".streamlit/secrets.toml" in (racine / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_orders_that_are_no_page_never_reach_streamlit() -> None:
    # Emptied caches, the folder of this repository, a stop of the server: no page of ours asks for them.
    ordres = [BackMsg(clear_cache=True), BackMsg(load_git_info=True), BackMsg(debug_shutdown_runtime=True)]
    installe, oublie, fichier = BackMsg(), BackMsg(), BackMsg()
    installe.backend_operation_request.install_skills.SetInParent()
    oublie.backend_operation_request.dismiss_skills_nudge.SetInParent()
    fichier.backend_operation_request.deferred_file.file_id = "abc"
    ordres += [installe, oublie]
    page = BackMsg()
    page.rerun_script.page_name = "synthese"
    coupure = {"type": "websocket.disconnect"}
    paquets = [ordre.SerializeToString() for ordre in (*ordres, fichier, page)]
    messages = iter(
        [{"type": "websocket.receive", "bytes": paquet} for paquet in [b"\xff illisible", *paquets]] + [coupure]
    )

    async def receive() -> Any:
        return next(messages)

    async def is_over() -> bool:
        return False

    async def read_all() -> list[Any]:
        servis = keep_served(receive, is_over)
        return [await servis() for _ in range(3)]

    assert _run(read_all()) == [
        *({"type": "websocket.receive", "bytes": servi.SerializeToString()} for servi in (fichier, page)),
        coupure,
    ]
