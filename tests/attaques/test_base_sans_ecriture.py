"""A base that cannot be written any more is read all the same, by newcomers too, on a real server that says why."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.base.moteur import make_engine
from data_access.droits import grant
from data_access.journal.acces import Action, record
from tests.attaques.visiteur import Visiteur, sign_in, write_secrets
from tests.e2e.conftest import serve
from tests.partage import copy_base, sample_base

ANIMATION = "animation@plie.fr"


def fill_last_page(url: str) -> None:
    """Writes in the journal until SQLite needs one more page."""
    engine = make_engine(url)
    with engine.connect() as base:
        base.exec_driver_sql(f"PRAGMA max_page_count={base.exec_driver_sql('PRAGMA page_count').scalar()}")
        with contextlib.suppress(sa.exc.OperationalError):
            while True:
                record(base, ANIMATION, "animation", Action.DECONNEXION, ["AGENAIS"], "oidc")
                base.commit()
        base.rollback()
    engine.dispose()


@pytest.fixture(params=["lecture_seule", "plein"])
def ferme(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator:
    """A server on a base of which nothing can be written, and the code of why."""
    url_base = copy_base(sample_base("agenais"), tmp_path / "plie.db")
    engine = make_engine(url_base)
    with engine.begin() as base:
        grant(base, ANIMATION, "animation", "AGENAIS", None, None, "essai")
    engine.dispose()
    environnement = {}
    if request.param == "plein":
        fill_last_page(url_base)
        environnement["PYTHONPATH"] = str(Path(__file__).parent / "disque_plein")
    else:
        url_base = f"sqlite:///file:{tmp_path / 'plie.db'}?mode=ro&uri=true"
    options = (f"--secrets.files={write_secrets(tmp_path / 'secrets.toml')}",)
    with serve(url_base, tmp_path / "serveur.log", options=options, environnement=environnement) as url:
        yield url, "BAS-002" if request.param == "plein" else "BAS-003"


def test_newcomers_read_and_are_told_why_nothing_is_kept(ferme: tuple[str, str]) -> None:
    url, code = ferme
    for _ in range(2):
        qui = Visiteur(url, sign_in(url, ANIMATION))
        with qui.open() as onglet:
            recu = onglet.run("file_active")
        assert "vega_lite_chart" in recu
        assert f"[{code}]" in recu
        assert "ECR-001" not in recu
    # Signing out holds too, though it cannot be noted.
    assert qui.ask("/auth/logout")[0] == 302
    with qui.open() as onglet:
        assert "Se connecter" in onglet.run()
