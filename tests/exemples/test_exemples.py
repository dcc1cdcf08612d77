"""Every worked example of the catalogue gives the figure, and the rows, that it says."""

import pytest

from data_access.base.moteur import make_engine
from indicators.catalogue import CATALOGUE
from indicators.declaration import Exemple
from indicators.lignes import IDENTIFIANT, Cadre
from indicators.perimetre import ANIMATION, Filtres, Periode
from indicators.publication import publier
from indicators.referentiel import list_thresholds
from indicators.resultats import Etat
from tests.base_d_exemple import PLIE_EXEMPLE, load_example

CAS = [
    pytest.param(code, exemple, id=f"{code}: {titre}")
    for code, indicateur in CATALOGUE.items()
    for titre, exemple in indicateur.exemples.items()
]
AVEC_LIGNES = [cas for cas in CAS if cas.values[1].lignes is not None]


def ask(exemple: Exemple) -> Filtres:
    """What the example asks, whole."""
    return Filtres((PLIE_EXEMPLE,), Periode(exemple.du, exemple.au), operation=exemple.operation)


@pytest.mark.parametrize(("code", "exemple"), CAS)
def test_example_gives_its_figure(code: str, exemple: Exemple) -> None:
    engine = make_engine("sqlite://")
    with engine.connect() as base:
        load_example(base, exemple.tables)
        resultat = publier(base, code, ask(exemple).split_by(*exemple.par), ANIMATION)
    engine.dispose()
    if exemple.par:
        (cellule,) = [c for c in resultat if exemple.par.items() <= dict(c.par).items()]
    elif len(resultat.cellules) > 1:
        pytest.fail("l’exemple ne dit pas quelle part il attend")
    else:
        cellule = resultat.cellule
    if exemple.attendu is None:
        assert cellule.etat is Etat.SANS_OBJET
        assert cellule.valeur is None
    else:
        assert cellule.etat is Etat.EXACT
        assert cellule.valeur == pytest.approx(exemple.attendu)


@pytest.mark.parametrize(("code", "exemple"), AVEC_LIGNES)
def test_example_counts_its_rows(code: str, exemple: Exemple) -> None:
    engine = make_engine("sqlite://")
    with engine.connect() as base:
        load_example(base, exemple.tables)
        filtres = ask(exemple)
        seuils = list_thresholds(base, filtres.plie)
        cadre = Cadre(filtres, seuil=seuils[0] if seuils else None)
        lignes = CATALOGUE[code].numerateur(cadre)
        trouves = set(base.scalars(lignes.select(lignes.colonnes[IDENTIFIANT])))
    engine.dispose()
    assert trouves == set((exemple.lignes or "").split())
