"""A hostile program at the door of a real server: other sites, uploads of others, files of others, cookies signed out.

One server for the file, with sign-in, listening on every interface as in a container; a spy in its process writes down
whatever it calls outside of this machine.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from data_access.base.moteur import make_engine
from data_access.droits import grant, list_rights
from tests.attaques.visiteur import Visiteur, sign_in, write_secrets
from tests.e2e.conftest import serve
from tests.partage import copy_base, sample_base

ANIMATION, AUTRE, COMITE, ADMINISTRATION = (
    f"{nom}@plie.fr" for nom in ("animation", "autre", "comite", "administration")
)
TTL_S = 2
MO = 1_000_000
# As heavy as a file may be.
GROS = 20_900_000


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("porte")


@pytest.fixture(scope="module")
def serveur(tmp_path_factory: pytest.TempPathFactory, dossier: Path) -> serve:
    url_base = copy_base(sample_base("agenais"), dossier / "plie.db")
    engine = make_engine(url_base)
    with engine.begin() as base:
        for identite, role in ((ANIMATION, "animation"), (AUTRE, "animation"), (COMITE, "comite")):
            grant(base, identite, role, "AGENAIS", None, None, "essai")
        grant(base, ADMINISTRATION, "administration", None, None, None, "essai")
    engine.dispose()
    (dossier / "appels.txt").touch()
    espion = {"PYTHONPATH": str(Path(__file__).parent / "espion"), "PLIE_ESPION": str(dossier / "appels.txt")}
    options = (f"--secrets.files={write_secrets(dossier / 'secrets.toml')}", "--server.address=0.0.0.0")
    options += (f"--server.disconnectedSessionTTL={TTL_S}",)
    return serve(url_base, dossier / "serveur.log", options=options, environnement=espion)


@pytest.fixture(scope="module")
def url(serveur: serve) -> Iterator[str]:
    with serveur as adresse:
        yield adresse


@pytest.fixture(scope="module")
def animation(url: str) -> Visiteur:
    return Visiteur(url, sign_in(url, ANIMATION))


@pytest.fixture(scope="module")
def autre(url: str) -> Visiteur:
    return Visiteur(url, sign_in(url, AUTRE))


@pytest.mark.parametrize(
    "origine", ["http://exemple.fr", "null", "http://localhost:1", "http://127.0.0.1:1", "file://"]
)
def test_a_page_of_another_site_opens_no_websocket_and_stops_nobody(url: str, dossier: Path, origine: str) -> None:
    flux = url.replace("http", "ws") + "/_stcore/stream"
    debut = time.monotonic()
    with pytest.raises(InvalidStatus) as refus:
        connect(flux, origin=origine, subprotocols=["streamlit"])  # type: ignore[arg-type,list-item]
    assert refus.value.response.status_code == 403
    assert time.monotonic() - debut < 1
    assert (dossier / "appels.txt").read_text() == ""


@pytest.fixture(scope="module")
def administration(url: str) -> Visiteur:
    return Visiteur(url, sign_in(url, ADMINISTRATION))


@pytest.fixture(scope="module")
def comite(url: str) -> Visiteur:
    return Visiteur(url, sign_in(url, COMITE))


def test_a_file_is_taken_from_its_own_tab_with_the_right_to_load_and_from_nowhere_else(
    url: str, animation: Visiteur, autre: Visiteur, comite: Visiteur
) -> None:
    with animation.open() as sienne, comite.open() as celle_du_comite:
        sienne.run("importer")
        celle_du_comite.run()
        (donnee,), (sans_droit,) = sienne.ask_addresses(1), celle_du_comite.ask_addresses(1)
        inventee = f"/_stcore/upload_file/{sienne.numero}/inventee"
        faussaire = Visiteur(url, animation.cookie[:-4] + "AAAA")
        for qui, adresse in (
            *((Visiteur(url), inventee), (Visiteur(url), donnee), (faussaire, donnee)),
            *((autre, donnee), (comite, donnee), (comite, sans_droit), (animation, inventee)),
        ):
            statut, mots = qui.send(adresse)
            assert (statut, mots[-10:]) == (403, "[SRV-019]\n"), (qui, adresse)
        assert animation.send(donnee)[0] == 204
        assert autre.ask(donnee, "DELETE", Origin=url)[0] == 403
        assert animation.ask(donnee, "DELETE", Origin="http://exemple.fr")[0] == 403
        assert animation.ask(donnee, "DELETE", Origin=url)[0] == 204


def test_bytes_on_their_way_are_bounded_for_a_tab_and_for_all(animation: Visiteur) -> None:
    with ExitStack() as pile:
        onglets = [pile.enter_context(animation.open()) for _ in range(4)]
        adresses = []
        for onglet in onglets:
            onglet.run("aide")
            adresses.append(onglet.ask_addresses(6))
        envois = ExitStack()
        with envois:
            for siennes in adresses[:3]:
                en_route = [envois.enter_context(animation.begin(a, GROS)) for a in siennes]
                assert [envoi.attendu for envoi in en_route] == [True] * 5 + [False]
                assert "[SRV-020]" in en_route[5].finish()[1]
            assert "[SRV-021]" in animation.send(adresses[3][0], GROS)[1]
        # Cut on their way, they leave their room.
        wait_until(lambda: animation.send(adresses[3][1], 1000)[0] == 204)


def test_memory_comes_back_once_the_tab_is_closed_though_nobody_comes(serveur: serve, animation: Visiteur) -> None:
    with animation.open() as onglet:
        onglet.run("importer")
        avant = read_memory(serveur)
        for adresse in onglet.ask_addresses(5):
            assert animation.send(adresse, 19 * MO)[0] == 204
        assert read_memory(serveur) > avant + 80
    wait_until(lambda: read_memory(serveur) < avant + 20)


def test_a_file_that_was_read_leaves_its_room(animation: Visiteur) -> None:
    """Without this, the bounds above would stop somebody who loads one workbook after another."""
    with animation.open() as onglet:
        onglet.run("importer")
        depots = onglet.ask_depots(6)
        assert [animation.send(depot.upload_url, GROS)[0] for depot in depots] == [204] * 5 + [413]
        assert "IMP-0" in onglet.run("importer", depots=depots[:5])
        assert animation.send(depots[5].upload_url, GROS)[0] == 204


def test_a_file_prepared_at_the_click_is_for_the_tab_that_offers_it(animation: Visiteur, autre: Visiteur) -> None:
    with animation.open() as sienne, autre.open() as ailleurs:
        numeros = re.findall(r'deferred_file_id: "(\w+)"', sienne.run("qualite"))
        assert numeros
        ailleurs.run()
        refus = ailleurs.ask_file(numeros[0])
        assert (refus.deferred_file.url, refus.error_msg[-9:]) == ("", "[SRV-017]")
        adresse = sienne.ask_file(numeros[0]).deferred_file.url
    assert animation.ask(adresse)[0] == 200
    assert Visiteur(animation.url).ask(adresse)[0] == 404


def test_a_cookie_signed_out_stays_out_for_every_copy_of_it(url: str) -> None:
    connecte, copie = (Visiteur(url, sign_in(url, ANIMATION, iat=1_000)) for _ in range(2))
    copie.cookie = connecte.cookie
    with connecte.open() as onglet, copie.open() as autre_onglet:
        (numero,) = re.findall(r'deferred_file_id: "(\w+)"', onglet.run("qualite"))[:1]
        fichier = onglet.ask_file(numero).deferred_file.url
        assert "Se déconnecter" in autre_onglet.run()
        statut, _, entetes = connecte.ask("/auth/logout")
        assert (statut, "Max-Age=0" in entetes["set-cookie"]) == (302, True)
        # A tab that was open is cut at the next click.
        with pytest.raises(ConnectionClosed):
            autre_onglet.run()
    assert copie.ask(fichier)[0] == 404
    # The last character of a signature may often be written in four ways, all good.
    lettres = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    jumeaux = [connecte.cookie[:-1] + lettres[lettres.index(connecte.cookie[-1]) // 4 * 4 + rang] for rang in range(4)]
    for cookie in jumeaux:
        with Visiteur(url, cookie).open() as onglet:
            assert "Se connecter" in onglet.run()
    # A cookie bears the second when it was signed: that of another sign-in is another one.
    time.sleep(1.1)
    with Visiteur(url, sign_in(url, ANIMATION, iat=1_000)).open() as onglet:
        # One who signs in again is in, with the same claims.
        assert "Se déconnecter" in onglet.run()


def test_what_comes_back_from_a_provider_is_not_copied_in_the_log(url: str, dossier: Path) -> None:
    long = "jeanne.dupont%40exemple.fr" + "x" * 4_000
    passant = Visiteur(url)
    for question in (f"error={long}&state=a", f"error=access_denied&error_description={long}", f"error={long}%0aFAUX"):
        assert passant.ask(f"/oauth2callback?{question}")[0] == 302
    ecrit = (dossier / "serveur.log").read_text()
    assert "Error during authentication: access_denied" in ecrit
    assert "Error during authentication: autre" in ecrit
    assert [trace for trace in ("jeanne.dupont", "xxxx", "FAUX") if trace in ecrit] == []


@pytest.mark.parametrize("fuseau", ["Europe", "Europe/../..", "/etc/passwd", "x" * 5_000, "Mars/Olympe", "\x00"])
def test_a_browser_that_lies_about_its_time_zone_is_told_that_of_france(
    administration: Visiteur, dossier: Path, fuseau: str
) -> None:
    engine = make_engine(f"sqlite:///{dossier / 'plie.db'}")
    with engine.connect() as base:
        accorde = list_rights(base)[0].accorde_le.astimezone(ZoneInfo("Europe/Paris"))
    engine.dispose()
    with administration.open() as onglet:
        recu = onglet.run("droits", fuseau)
    # As the protocol writes « à ».
    assert f"{accorde:%d/%m/%Y \\303\\240 %H:%M}" in recu


def test_nothing_was_called_outside_of_this_machine(dossier: Path) -> None:
    """Of all that the server has done for the tests above."""
    assert (dossier / "appels.txt").read_text() == ""


def read_memory(serveur: serve) -> float:
    """Megabytes that the server holds."""
    lignes = Path(f"/proc/{serveur.processus.pid}/status").read_text().splitlines()
    return next(int(ligne.split()[1]) / 1000 for ligne in lignes if ligne.startswith("VmRSS"))


def wait_until(vrai: Callable[[], bool], limite_s: float = 10) -> None:
    """Waits for it; fails after so many seconds."""
    fin = time.monotonic() + limite_s
    while not vrai():
        assert time.monotonic() < fin
        time.sleep(0.2)
