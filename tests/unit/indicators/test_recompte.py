"""Nothing of the catalogue goes without its independent recount."""

from indicators.catalogue import CATALOGUE
from indicators.decoupages import DECOUPAGES
from tests import recompte_decoupages, recompte_du_catalogue


def test_every_figure_has_its_recount() -> None:
    assert set(recompte_du_catalogue.CHIFFRES) == set(CATALOGUE)


def test_every_split_has_its_recount() -> None:
    assert set(recompte_decoupages.DECOUPAGES) == set(DECOUPAGES)
