"""A real identity provider on the loopback, a server that signs in with it, and a person of each role."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from components.acces.registre import TOUS
from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.droits import grant, list_rights, remove
from data_access.historique.comite import publish
from tests.e2e.conftest import find_free_port, serve, wait_for
from tests.partage import copy_base

PLIE = "AGENAIS"
AUTRE = "TECHNOWEST"
JAMAIS_PUBLIE = "HAUT_PERIGORD"
PUBLIE_AU = date(2021, 6, 30)
NON_VERIFIEE = "douteux@plie.fr"


def name_of(role: str, plie: str = PLIE) -> str:
    """The address of the person of that role on that PLIE."""
    return f"{role}.{plie.lower()}@plie.fr"


@contextmanager
def run_provider() -> Iterator[str]:
    """An OpenID Connect provider where one signs in by typing one's address; gives the address of its metadata."""
    douteux = {"sub": NON_VERIFIEE, "email": name_of("animation"), "email_verified": False}
    port = find_free_port()
    commande = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    processus = subprocess.Popen(
        [*commande, "--user-claims", json.dumps(douteux)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    metadonnees = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
    try:
        wait_for(metadonnees)
        yield metadonnees
    finally:
        processus.terminate()
        processus.wait(10)


def make_base(source: str, dossier: Path) -> str:
    """A copy of the sample database with a person of each role for each of two PLIE, which have published."""
    url = copy_base(Path(source.removeprefix("sqlite:///")), dossier / "plie.db")
    engine = make_engine(url)
    p = t.plie.c
    with engine.begin() as base:
        for role in TOUS:
            for plie in (PLIE, AUTRE):
                grant(base, name_of(role, plie), role, None if role == "administration" else plie, None, None, "essai")
        version = base.execute(sa.select(sa.func.max(t.versions.c.id))).scalar_one()
        grant(base, name_of("comite", JAMAIS_PUBLIE), "comite", JAMAIS_PUBLIE, None, None, "essai")
        publish(base, PLIE, PUBLIE_AU, version, "essai")
        publish(
            base, AUTRE, base.scalars(sa.select(p.date_extraction).where(p.code_plie == AUTRE)).one(), version, "essai"
        )
    engine.dispose()
    return url


def remove_rights(url: str, identite: str) -> None:
    """Takes every right of that person away, as the command line does."""
    engine = make_engine(url)
    with engine.begin() as base:
        for droit in list_rights(base):
            if droit.identite == identite:
                remove(base, droit.numero, "essai")
    engine.dispose()


def serve_signed_in(url_base: str, metadonnees: str, dossier: Path) -> serve:
    """A server whose sign-in is that provider, its secrets in a folder of its own."""
    secrets = dossier / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "un-secret-d-essai-assez-long-pour-signer"
client_id = "tableau-de-bord"
client_secret = "essai"
server_metadata_url = "{metadonnees}"
""",
        encoding="utf-8",
    )
    return serve(url_base, dossier / "serveur.log", options=(f"--secrets.files={secrets}",))


def wait_until_still(page: Page) -> None:
    """The script has finished."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


def sign_in(page: Page, url: str, sub: str) -> None:
    """Opens the dashboard, goes through the provider, comes back."""
    page.goto(url)
    page.get_by_role("button", name="Se connecter").click(timeout=30_000)
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(f"{url}/**")
    wait_until_still(page)
    # The first page of the role comes with a second run.
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    wait_until_still(page)
