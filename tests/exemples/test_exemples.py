"""Every worked example of the catalogue gives the figure, and the rows, that it says."""

import pytest

from data_access.base.moteur import make_engine
from indicators.catalogue import CATALOGUE
from indicators.declaration import Exemple
from indicators.exemples import PLIE_EXEMPLE, load_example, run_example
from indicators.lignes import IDENTIFIANT, Cadre
from indicators.perimetre import Filtres, Periode
from indicators.referentiel import list_thresholds
from indicators.resultats import Etat

CAS = [
    pytest.param(code, exemple, id=f"{code}: {exemple.titre}")
    for code, indicateur in CATALOGUE.items()
    for exemple in indicateur.exemples
]
AVEC_LIGNES = [cas for cas in CAS if cas.values[1].numerateur is not None]


@pytest.mark.parametrize(("code", "exemple"), CAS)
def test_example_gives_its_figure(code: str, exemple: Exemple) -> None:
    resultat = run_example(code, exemple)
    if exemple.par:
        (cellule,) = [c for c in resultat if set(exemple.par) <= set(c.par)]
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
        load_example(base, exemple)
        filtres = Filtres((PLIE_EXEMPLE,), Periode(exemple.du, exemple.au), operation=exemple.operation)
        seuils = list_thresholds(base, filtres.plie)
        cadre = Cadre(filtres, seuil=seuils[0] if seuils else None)
        lignes = CATALOGUE[code].numerateur(cadre)
        trouves = set(base.scalars(lignes.select(lignes.colonnes[IDENTIFIANT])))
    engine.dispose()
    assert trouves == exemple.numerateur
