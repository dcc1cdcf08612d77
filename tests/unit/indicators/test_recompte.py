"""Nothing of the catalogue goes without its independent recount."""

from indicators.catalogue import CATALOGUE
from indicators.decoupages import DECOUPAGES
from tests import recompte_du_catalogue as recompte


def test_every_figure_has_its_recount() -> None:
    assert set(recompte.CHIFFRES) == set(CATALOGUE)


def test_every_split_has_its_recount() -> None:
    assert set(recompte.DECOUPAGES) == set(DECOUPAGES)
