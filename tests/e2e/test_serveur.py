"""The server itself, asked from outside and from a browser: nothing foreign, nothing open, nothing in English."""

import http.client
import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from components.acces.registre import ECRANS, list_open_to
from tests.e2e.conftest import CLASSEURS, RACINE, serve
from tests.e2e.test_navigateur import wait_until_ready

# Listens in the page itself: the console says the same in words that change with the browser.
ECOUTE = """window.violations = [];
document.addEventListener("securitypolicyviolation",
    e => window.violations.push(e.effectiveDirective + " " + e.blockedURI));"""
GRAPHIQUES = ("synthese", "file_active", "entrees_sorties", "publics", "etapes", "objectifs", "qualite")
PERSONNE = "participante Dupont Jeanne"
PIECES = (
    *("app.py", "server.py", ".streamlit", "serveur", "pages", "components"),
    *("charts", "reports", "seances", "sections", "indicators", "data_access"),
)


def _ask(url: str, **entetes: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers (small letters), as a program without cookie gets them."""
    demande = urllib.request.Request(url, headers={nom.replace("_", "-"): valeur for nom, valeur in entetes.items()})
    try:
        reponse = urllib.request.urlopen(demande)
    except urllib.error.HTTPError as erreur:
        reponse = erreur
    with reponse:
        corps = reponse.read().decode(errors="replace")
        return reponse.status, corps, {nom.lower(): valeur for nom, valeur in reponse.headers.items()}


@pytest.mark.parametrize("ecran", list_open_to("animation"), ids=lambda ecran: ecran.code)
def test_policy_bears_every_page(page: Page, app_url: str, ecran) -> None:
    page.add_init_script(ECOUTE)
    page.goto(f"{app_url}/{ecran.code}")
    wait_until_ready(page)
    # Behind a fold a chart waits to be drawn.
    graphiques = page.locator("[data-testid=stVegaLiteChart]:not(details:not([open]) *)")
    if ecran.code in GRAPHIQUES:
        expect(graphiques.first).to_be_attached(timeout=30_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)
    for rang in range(graphiques.count()):
        expect(graphiques.nth(rang).locator("svg, canvas").first).to_be_visible(timeout=30_000)
    # Streamlit's own words, when it does not know a page.
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert page.evaluate("window.violations") == []
    assert page.evaluate("document.fonts.size") > 0


def test_policy_is_enforced(page: Page, app_url: str) -> None:
    page.add_init_script(ECOUTE)
    page.goto(app_url)
    wait_until_ready(page)
    page.evaluate(
        """() => {
        const script = document.createElement("script");
        script.textContent = "window.intrus = 1";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "http://exemple.invalid/x.png";
        document.body.append(image);
        fetch("http://exemple.invalid/").catch(() => 0);
    }"""
    )
    page.wait_for_function("window.violations.length >= 3")
    assert {violation.split()[0] for violation in page.evaluate("window.violations")} == {
        "script-src-elem",
        "img-src",
        "connect-src",
    }
    assert page.evaluate("window.intrus") is None


def test_headers_are_on_every_answer(app_url: str) -> None:
    for chemin in ("/", "/favicon.png", "/_stcore/health", "/_stcore/metrics", "/media/inconnu.zip"):
        entetes = _ask(app_url + chemin)[2]
        assert "default-src 'self'" in entetes["content-security-policy"], chemin
        assert entetes["x-content-type-options"] == "nosniff", chemin
        assert "strict-transport-security" not in entetes, chemin


def test_behind_a_proxy_in_https_cookies_travel_by_https_only(app_url: str) -> None:
    # The health check is what is answered through a proxy before sign-in is configured.
    entetes = _ask(app_url + "/_stcore/health", X_Forwarded_Proto="https")[2]
    assert entetes["strict-transport-security"] == "max-age=31536000"
    assert entetes["set-cookie"].endswith("; SameSite=Lax; Secure")
    assert not _ask(app_url + "/_stcore/health")[2]["set-cookie"].endswith("Secure")


@pytest.mark.parametrize(
    "chemin",
    [
        "/_stcore/metrics",
        "/_stcore/metrics?families=cache_memory_bytes",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/bidi-components/a/b.js",
        "/component/a/index.html",
        "/app/static/data/plie.db",
        "/static/js/absent.js",
        "/media/0123456789abcdef0123456789abcdef.zip",
        "/nimporte",
    ],
)
def test_closed_address_is_a_french_404(app_url: str, chemin: str) -> None:
    statut, corps, entetes = _ask(app_url + chemin)
    assert statut == 404
    assert entetes["content-type"] == "text/plain; charset=utf-8"
    assert re.search(r"\[SRV-01[04]\]\n$", corps)
    page = _ask(app_url + chemin, Accept="text/html")[1]
    assert '<html lang="fr">' in page
    assert "Ouvrir le tableau de bord" in page


@pytest.mark.parametrize(
    "chemin", ["//exemple.fr/", "/../../etc/passwd", "/static/%2e%2e/%2e%2e/server.py", "/..%2f..%2fetc/passwd"]
)
def test_crooked_path_is_refused_without_redirection(app_url: str, chemin: str) -> None:
    # http.client sends the path as it is.
    liaison = http.client.HTTPConnection(urlsplit(app_url).netloc)
    liaison.request("GET", chemin)
    reponse = liaison.getresponse()
    corps = reponse.read().decode()
    liaison.close()
    assert reponse.status == 400
    assert reponse.getheader("location") is None
    assert "[SRV-011]" in corps


def test_very_long_header_or_address_breaks_nothing(app_url: str) -> None:
    assert _ask(app_url + "/", X_Long="a" * 70_000)[0] in (200, 400, 431)
    assert _ask(app_url + "/" + "a" * 50_000)[0] == 404
    assert _ask(app_url + "/_stcore/health")[:2] == (200, "ok")


def test_other_host_name_and_relay_are_refused(app_url: str) -> None:
    statut, corps, _ = _ask(app_url, Host="exemple.fr")
    assert (statut, "[SRV-012]" in corps) == (403, True)
    statut, corps, _ = _ask(app_url, X_Forwarded_For="203.0.113.7")
    assert (statut, "[SRV-013]" in corps) == (403, True)


def test_websocket_opens_for_the_page_and_for_no_other_site(app_url: str) -> None:
    flux = app_url.replace("http", "ws") + "/_stcore/stream"
    with connect(flux, origin=app_url) as prise:
        assert prise.protocol.state.name == "OPEN"
    for entetes in (
        {"origin": "http://exemple.fr"},
        {"origin": app_url, "additional_headers": {"X-Forwarded-For": "203.0.113.7"}},
    ):
        with pytest.raises(InvalidStatus) as refus:
            connect(flux, **entetes)
        assert refus.value.response.status_code == 403


def test_upload_without_session_or_token_is_refused(app_url: str) -> None:
    demande = urllib.request.Request(app_url + "/_stcore/upload_file/session/fichier", data=b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError) as refus:
        urllib.request.urlopen(demande)
    assert refus.value.code == 403
    assert "[SRV-019]" in refus.value.read().decode()


def test_download_is_erased_after_its_page(page: Page, url_base: str, tmp_path: Path) -> None:
    with serve(url_base, tmp_path / "serveur.log") as url:
        page.goto(f"{url}/qualite")
        wait_until_ready(page)
        with page.expect_download() as telechargement:
            page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
        fichier = telechargement.value.url
        assert re.fullmatch(re.escape(url) + r"/media/[0-9a-f]{32}\.\w+", fichier)
        # Whoever holds the address reads the file, without any cookie: it must not be kept, nor be guessable.
        statut, _, entetes = _ask(fichier)
        assert (statut, entetes["cache-control"]) == (200, "private, no-store")
        # Streamlit marks it when the page is left, and erases it at the run after.
        for rang in (0, 1):
            page.get_by_test_id("stSidebarNavLink").nth(rang).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(ECRANS[rang].titre)
            wait_until_ready(page)
        assert _ask(fichier)[0] == 404


@pytest.fixture(scope="module")
def casse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the app where three pages are broken, and app.py when the address says so."""
    racine = tmp_path_factory.mktemp("casse")
    for nom in PIECES:
        copie = shutil.copytree if (RACINE / nom).is_dir() else shutil.copy
        copie(RACINE / nom, racine / nom)
    (racine / "sample_data" / "classeurs").mkdir(parents=True)
    comite = racine / "pages" / "comite"
    (comite / "dossiers.py").write_text(f"raise ValueError({PERSONNE!r})")
    (comite / "territoires.py").write_text("from components.absent import rien  # " + PERSONNE)
    (comite / "objectifs.py").write_text(f"def {PERSONNE}")
    app = racine / "app.py"
    panne = f"if st.query_params.get('casse'):\n    raise KeyError({PERSONNE!r})\nmain()\n"
    app.write_text(app.read_text(encoding="utf-8").replace("\nmain()\n", "\n" + panne), encoding="utf-8")
    return racine


def test_failure_is_said_in_french_and_logged_without_data(
    page: Page, url_base: str, casse: Path, tmp_path: Path
) -> None:
    journal = tmp_path / "serveur.log"
    with serve(url_base, journal, racine=casse) as url:
        for chemin in ("dossiers", "territoires", "objectifs", "?casse=oui"):
            page.goto(f"{url}/{chemin}")
            expect(page.get_by_text("[ECR-001]")).to_be_visible(timeout=30_000)
            ecrit = page.locator("body").inner_text()
            assert not re.search("Traceback|Dupont|Error|/tmp", ecrit), chemin
    trace = journal.read_text()
    for nature in ("ValueError", "ModuleNotFoundError", "SyntaxError", "KeyError"):
        assert f"ECR-001 {nature} " in trace
    assert "Dupont" not in trace
    assert "Traceback" not in trace


def test_password_of_the_database_is_neither_shown_nor_logged(page: Page, tmp_path: Path) -> None:
    journal = tmp_path / "serveur.log"
    with serve("postgresql://plie:S3cret@127.0.0.1:1/base", journal) as url:
        page.goto(url)
        expect(page.get_by_text("[ECR-001]")).to_be_visible(timeout=30_000)
        assert "S3cret" not in page.content()
    assert "ECR-001" in journal.read_text()
    assert "S3cret" not in journal.read_text()


def test_upload_and_pages_work_below_a_base_path(
    page: Page, url_base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind a proxy that gives the dashboard a folder of its address."""
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "plie")
    with serve(url_base, tmp_path / "serveur.log", prefixe="/plie") as url:
        assert _ask(url + "/")[0] == 404
        page.add_init_script(ECOUTE)
        page.goto(f"{url}/plie/importer")
        wait_until_ready(page)
        classeur = RACINE / "sample_data" / "classeurs" / f"{CLASSEURS[0]}.xlsx"
        page.locator("input[type=file]").first.set_input_files(classeur)
        with page.expect_download() as rapport:
            page.get_by_role("button", name="Télécharger le rapport").click(timeout=30_000)
        assert rapport.value.suggested_filename.endswith(".xlsx")
        assert page.evaluate("window.violations") == []
