"""A committee member with a spreadsheet: every attempt to find a masked count from what the screens show.

Each test is one attempt, over all the views of a small PLIE: every territory, operation, period offered, split of the
screens, last year beside. What each yields is said in its docstring, and again in docs/masquage.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import sqlalchemy as sa
from indicators.masquage.audit import audit, name_cle
from indicators.masquage.lecture import Cle, Etendue, Lecture, read_as
from indicators.masquage.periodes import list_offered

from data_access import tables as t
from data_access.engine import make_engine
from indicators.perimetre import ANIMATION, Droits, Filtres, Limite, Periode
from indicators.publication import publier
from indicators.resultats import Etat
from tests.attaques.programme import add_version, make_programme
from tests.attaques.vues import Butin, Univers, gather, read_univers
from tests.properties.donnees import load

K = 5
PUBLIE_AVANT, PUBLIE = date(2022, 6, 30), date(2022, 12, 31)
COMITE = Droits("comite", ("P",), publie_au=(("P", PUBLIE),))
PERSONNES, FOULE = 300, 4000


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    with open_loaded(tmp_path_factory, make_programme(PERSONNES, 3, operations=True)) as connexion:
        yield connexion


def open_loaded(dossiers: pytest.TempPathFactory, programme: dict) -> sa.Connection:
    """A base of its own, in a file: decided tables are only kept for those."""
    moteur = make_engine(f"sqlite:///{dossiers.mktemp('attaque')}/plie.db")
    t.metadata.create_all(moteur)
    connexion = moteur.connect()
    load(connexion, programme)
    add_version(connexion)
    return connexion


@pytest.fixture(scope="module")
def lectures(base: sa.Connection) -> tuple[Lecture, Lecture]:
    """Two sets of exports of one reader: those of June, kept, and those of December."""
    extraction = sa.update(t.plie).where(t.plie.c.code_plie == "P")
    lues = []
    for jour in (PUBLIE_AVANT, PUBLIE):
        base.execute(extraction.values(date_extraction=jour))
        publication = {"code_plie": "P", "au": jour, "version_id": 1, "publie_par": "essai"}
        base.execute(sa.insert(t.publications).values(**publication, publie_le=sa.func.now()))
        droits = replace(COMITE, publie_au=(("P", jour),))
        lues.append(read_as(base, "P", Etendue(list_offered(jour, None)), droits))
    return lues[0], lues[1]


@pytest.fixture(scope="module")
def univers(lectures: tuple[Lecture, Lecture], tmp_path_factory: pytest.TempPathFactory) -> Univers:
    with open_loaded(tmp_path_factory, make_programme(FOULE, 4)) as foule:
        return read_univers(foule, "P", lectures[0].carte)


@pytest.fixture(scope="module")
def butin(lectures: tuple[Lecture, Lecture], univers: Univers) -> Butin:
    return gather(lectures, univers, K)


def test_there_is_something_to_find_and_something_to_find_it_with(butin: Butin) -> None:
    assert len(butin.secrets) > 100
    assert len(butin.montres) > 200


def test_the_weights_know_an_identity_when_they_see_one(lectures: tuple[Lecture, Lecture], univers: Univers) -> None:
    """The tool itself: women + men + unknown = all, and stock + entries − exits = stock."""
    annee, avant = Periode(date(2022, 1, 1), PUBLIE), date(2021, 12, 31)

    def weigh(population: str, periode: Periode, **parts: str) -> int:
        return univers.weigh(Cle(population, "", periode, "", frozenset(parts.items()))) or 0

    sexes = [weigh("entrées", annee, sexe=s) for s in ("F", "H", "non renseigné")]
    assert sum(sexes) % 2**64 == weigh("entrées", annee)
    stocks = [weigh("file active", Periode(jour, jour)) for jour in (avant, PUBLIE)]
    flux = weigh("entrées", annee) - weigh("sorties", annee)
    assert (stocks[0] + flux - stocks[1]) % 2**64 == 0


def test_a_masked_count_is_not_shown_elsewhere_under_another_name(butin: Butin) -> None:
    """Attempt: the same people in another split, filter, rate or card. Failure: one answer for each cell."""
    assert not _named(butin, np.isin(butin.poids_secrets, butin.poids_montres))


def test_no_difference_or_sum_of_two_views_is_a_masked_count(butin: Butin) -> None:
    """Attempt: all pairs A − B and A + B (complements, last year, two dates, two exports, rate × denominator, whose
    product is the numerator read here). Failure: each hidden part has another hidden one beside it."""
    connus = _signed(butin)
    trouves = [np.isin(s - connus, butin.poids_montres).any() for s in butin.poids_secrets]
    assert not _named(butin, np.array(trouves))


def test_no_combination_of_three_views_is_a_masked_count(butin: Butin) -> None:
    """Attempt: all triples ± A ± B ± C, the flow identity among them. Failure: flows follow the stock."""
    connus = _signed(butin)
    paires = np.unique((connus[:, None] + connus[None, :]).ravel())
    trouves = []
    for secret in butin.poids_secrets:
        cherches = secret - connus
        rangs = np.minimum(np.searchsorted(paires, cherches), len(paires) - 1)
        trouves.append(bool((paires[rangs] == cherches).any()))
    assert not _named(butin, np.array(trouves))


def _signed(butin: Butin) -> np.ndarray:
    poids = np.unique(butin.poids_montres)
    return np.concatenate([poids, -poids])


def _named(butin: Butin, trouves: np.ndarray) -> list[str]:
    return [name_cle(cle) for cle, oui in zip(butin.secrets, trouves, strict=True) if oui]


def test_two_margins_do_not_narrow_what_they_share(lectures: tuple[Lecture, Lecture], butin: Butin) -> None:
    """Attempt: a + b − total ≤ both ≤ min(a, b), for each masked cell of two parts. Failure: margins shown are k or
    more, and so is what completes them, unless the total itself is below k."""
    vrais = {cle: chiffre.vrai for lecture in lectures for cle, chiffre in lecture.chiffres.items() if chiffre.montre}
    etroits = []
    for secret in butin.secrets:
        for part in secret.parts:
            bornes = (
                secret._replace(parts=frozenset({part})),
                secret._replace(parts=secret.parts - {part}),
                secret._replace(parts=frozenset()),
            )
            if len(secret.parts) == 2 and all(cle in vrais for cle in bornes):
                a, b, tout = (vrais[cle] for cle in bornes)
                if min(a, b) - max(0, a + b - tout) < K - 1 and tout >= K:
                    etroits.append((name_cle(secret), a, b, tout))
    assert not etroits


@pytest.mark.parametrize("rang", [0, 1])
def test_everything_together_narrows_no_masked_count(lectures: tuple[Lecture, Lecture], rang: int) -> None:
    """Attempt: a solver over all the sums at once (complement, places, QPV, flow, time). Failure: k − 1 or more."""
    bilan = audit(lectures[rang], K)
    assert bilan.masques > 500
    assert bilan.sur, [name_cle(c) for c in (*bilan.etroits, *bilan.petits)] + list(bilan.incoherences)


def test_percentages_as_printed_give_no_hidden_numerator(base: sa.Connection) -> None:
    """Attempt: « 12,5 % » and its denominator give back the count. Failure: a printed rate has a numerator and a
    complement of 0, or of k or more."""
    annee = Periode(date(2022, 1, 1), PUBLIE)
    rates = [c for c in ("taux_sorties_positives", "part_femmes", "part_femmes_sorties", "sorties_saisies_a_temps")]
    vus = 0
    for code in rates:
        for territoire in (None, "E", "K1", "K2", "K3", "Z1", "Z2"):
            for par in ((), ("age",), ("rsa",), ("handicap",)):
                if not par and not territoire:
                    continue
                for c in publier(base, code, Filtres(("P",), annee, None, territoire, par), COMITE):
                    if c.etat is Etat.EXACT and c.valeur is not None and c.denominateur:
                        rendu = round(round(c.valeur, 3) * c.denominateur)
                        assert rendu == 0 or rendu >= K, (code, territoire, c)
                        assert c.denominateur == rendu or c.denominateur - rendu >= K, (code, territoire, c)
                        vus += 1
    assert vus


def test_the_months_of_a_place_are_not_shown(base: sa.Connection) -> None:
    """Attempt: the stock of a place at each month's end, against the flow of the whole PLIE in the month.
    Failure: the stock of a place is shown on the last day of whole periods only."""
    mois = Filtres(("P",), Periode(date(2022, 1, 1), PUBLIE), None, "K1", ("mois",))
    for code in ("file_active", "entrees", "sorties", "etapes_commencees"):
        montres = [c.at("mois") for c in publier(base, code, mois, COMITE) if c.etat is Etat.EXACT]
        assert set(montres) <= {"2022-06", "2022-12"}, code


def test_a_direction_of_one_territory_reads_what_everyone_reads(base: sa.Connection) -> None:
    """Attempt: narrower rights that would mask less. Failure: masking never looks at the rights."""
    direction = Droits("direction", ("P",), limites=(Limite("P", "E"),))
    annee = Periode(date(2022, 1, 1), PUBLIE)
    for code in ("file_active", "entrees", "sorties", "participants_accompagnes", "part_femmes", "etapes"):
        for territoire in ("E", "K1", "K2", "Z1"):
            for par in ((), ("rsa",), ("age",)):
                if par and code == "etapes":
                    continue
                filtres = Filtres(("P",), annee, None, territoire, par)
                assert publier(base, code, filtres, direction).cellules == publier(base, code, filtres, COMITE).cellules


def test_a_union_shows_only_what_each_shows(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Attempt: two PLIE together minus one of them. Failure: a cell of the union is shown if each one's is."""
    un, deux = make_programme(120, 3), make_programme(40, 5)
    ensemble = {nom: [*un[nom], *({**ligne, "code_plie": "Q"} for ligne in deux[nom])] for nom in un}
    with open_loaded(tmp_path_factory, ensemble) as base:
        annee, comite = Periode(date(2022, 1, 1), PUBLIE), Droits("comite")
        montres = 0
        for code in ("file_active", "entrees", "sorties", "participants_accompagnes"):
            for par in (("sexe",), ("age",), ("rsa",), ("handicap",), ("commune",), ("diplome",)):
                chacun = [
                    {c.par: c for c in publier(base, code, Filtres((plie,), annee, par=par), comite)}
                    for plie in ("P", "Q")
                ]
                for cellule in publier(base, code, Filtres(("P", "Q"), annee, par=par), comite):
                    if cellule.etat is Etat.EXACT:
                        montres += 1
                        siennes = [cellules.get(cellule.par) for cellules in chacun]
                        assert all(c is None or c.etat is Etat.EXACT for c in siennes), (code, cellule)
        assert montres


def test_a_masked_cell_carries_nothing(base: sa.Connection) -> None:
    """Attempt: the numerator or the denominator left in a masked cell of a download. Failure: it has none."""
    annee = Periode(date(2022, 1, 1), PUBLIE)
    masques = 0
    for par in (("sexe",), ("rsa",), ("commune",), ("quartier",), ("age", "sexe")):
        filtres = Filtres(("P",), annee, par=par)
        vrais = {c.par: c for c in publier(base, "participants_accompagnes", filtres, ANIMATION)}
        for cellule in publier(base, "participants_accompagnes", filtres, COMITE):
            if cellule.etat is Etat.MASQUE:
                masques += 1
                assert (cellule.valeur, cellule.numerateur, cellule.denominateur) == (None, None, None)
            else:
                assert cellule.valeur == (vrais[cellule.par].valeur if cellule.par in vrais else 0)
    assert masques
