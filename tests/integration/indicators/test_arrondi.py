"""What a rounded reading answers, beside what an exact one does: every figure, split and perimeter of a small PLIE."""

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from data_access import tables as t
from data_access.base.moteur import make_engine
from data_access.refus import Refus
from indicators.catalogue import CATALOGUE
from indicators.decoupages import DECOUPAGES
from indicators.objectifs import evaluate_objectifs
from indicators.perimetre import ANIMATION, Droits, Filtres, Periode
from indicators.publication import publier
from indicators.resultats import Cellule, Etat
from tests.programme import make_programme
from tests.properties.donnees import load
from tests.recompte_decoupages import LIEUX, PERSONNELS

COMITE = Droits("comite")
PERIODES = (
    Periode(date(2022, 1, 1), date(2022, 12, 31)),
    Periode(date(2022, 1, 1), date(2022, 6, 30)),
    Periode(date(2022, 4, 1), date(2022, 6, 30)),
)
AN = PERIODES[0]
PERIMETRES = (
    {},
    {"operation": "O1"},
    {"territoire": "K1"},
    {"territoire": "K3"},
    {"territoire": "K2", "operation": "O1"},
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    moteur = make_engine(f"sqlite:///{tmp_path_factory.mktemp('arrondi')}/plie.db")
    t.metadata.create_all(moteur)
    with moteur.connect() as connexion:
        load(connexion, make_programme(300, 3, operations=True))
        yield connexion
    moteur.dispose()


def asked(code: str, perimetre: dict[str, str]) -> list[tuple[str, ...]]:
    """Each split of the figure, and sexe crossed with each; over a part of the PLIE, only what an equal rule covers."""
    if perimetre:
        return [(), *((d,) for d in ("sexe", "age", "commune", "categorie") if d in CATALOGUE[code].decoupages)]
    seuls = [(d,) for d in CATALOGUE[code].decoupages]
    croises = [("sexe", d) for d in CATALOGUE[code].decoupages if d != "sexe"] if ("sexe",) in seuls else []
    return [(), *seuls, *croises]


def is_protected(code: str, territoire: str | None, par: dict[str, str]) -> bool:
    dits = {d for d, v in par.items() if v != "non renseigné"} | set(CATALOGUE[code].caracteristiques)
    if territoire or dits & (PERSONNELS | LIEUX):
        return True
    return "sexe" in dits and bool(dits - {"sexe", "operation", "mois", "plie", "seuil"})


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_cell_is_exact_or_made_of_rounded_counts(code: str, base: sa.Connection) -> None:
    for perimetre in PERIMETRES:
        for par in asked(code, perimetre):
            filtres = Filtres(("P",), AN, par=par, **perimetre)
            exactes = {c.par: c for c in publier(base, code, filtres, ANIMATION)}
            if len({d for d in (*par, *CATALOGUE[code].caracteristiques) if d in PERSONNELS | {"sexe"}}) > 2:
                with pytest.raises(Refus, match="IND-007"):
                    publier(base, code, filtres, COMITE)
                continue
            for arrondie in publier(base, code, filtres, COMITE):
                exacte = exactes.pop(arrondie.par)
                if is_protected(code, filtres.territoire, dict(arrondie.par)):
                    check_rounded(code, exacte, arrondie)
                else:
                    assert arrondie == exacte, (code, arrondie)
            assert not exactes, "a cell is missing from the rounded reading"


def check_rounded(code: str, exacte: Cellule, arrondie: Cellule) -> None:
    quoi = (code, arrondie)
    for nombre in (arrondie.numerateur, arrondie.denominateur):
        assert nombre is None or nombre % 5 == 0, quoi
    if exacte.valeur is None:
        assert (arrondie.etat, arrondie.valeur) == (exacte.etat, None), quoi
    elif CATALOGUE[code].agregat == "rapport":
        bas = arrondie.denominateur
        if arrondie.valeur is not None:
            assert bas is not None, quoi
            assert bas >= 25, quoi
            assert arrondie.numerateur is not None, quoi
            attendue = CATALOGUE[code].facteur * arrondie.numerateur / bas - CATALOGUE[code].ecart
            assert arrondie.valeur == pytest.approx(attendue), quoi
        else:
            assert arrondie.etat is Etat.EFFECTIF_FAIBLE, quoi
    elif CATALOGUE[code].agregat in ("mediane", "moyenne"):
        assert (arrondie.valeur is None) == ((exacte.denominateur or 0) < 10), quoi
    elif 0 < exacte.valeur < 5:
        assert (arrondie.etat, arrondie.valeur) == (Etat.MOINS_DE_5, None), quoi
    elif arrondie.etat is not Etat.EFFECTIF_FAIBLE:  # a sum over few rows
        assert arrondie.valeur is not None, quoi
        assert arrondie.valeur % 5 == 0, quoi
        assert abs(arrondie.valeur - exacte.valeur) <= 2.5, quoi


@pytest.mark.parametrize("periode", PERIODES[1:], ids=lambda p: f"{p.jours} jours")
@pytest.mark.parametrize("operation", [None, "O1"])
def test_headlines_are_exact_before_and_after_any_publication(
    base: sa.Connection, operation: str | None, periode: Periode
) -> None:
    figures = [code for code, i in CATALOGUE.items() if not i.caracteristiques and not i.montre_par]
    for par in ((), ("mois",), ("sexe",), ("categorie",), ("classe",)):
        for code in figures:
            if not set(par) <= set(CATALOGUE[code].decoupages) or (par and CATALOGUE[code].code.startswith("part_")):
                continue
            filtres = Filtres(("P",), periode, operation=operation, par=par)
            exactes = publier(base, code, filtres, ANIMATION).cellules
            for publie_le in (None, date(2023, 1, 15)):
                publications = None if publie_le is None else (("P", publie_le),)
                assert (
                    publier(base, code, filtres, Droits("comite", ("P",), publie_au=publications)).cellules == exactes
                )


def test_one_cell_has_one_answer_whatever_the_call(base: sa.Connection) -> None:
    """Asked alone, month by month, by commune or with the commune as filter: the same."""
    par_commune = {c.at("commune"): c for c in publier(base, "entrees", Filtres(("P",), AN, par=("commune",)), COMITE)}
    for commune in ("K1", "K2", "K3"):
        seule = publier(base, "entrees", Filtres(("P",), AN, territoire=commune), COMITE).cellule
        assert (seule.etat, seule.valeur) == (par_commune[commune].etat, par_commune[commune].valeur)
    mois = AN.months()[2]
    par_mois = publier(base, "entrees", Filtres(("P",), AN, par=("sexe", "mois")), COMITE)
    du_mois = publier(base, "entrees", Filtres(("P",), mois, par=("sexe",)), COMITE)
    assert {c.at("sexe"): c.valeur for c in par_mois if c.at("mois") == f"{mois.du:%Y-%m}"} == {
        c.at("sexe"): c.valeur for c in du_mois
    }


def test_the_reading_and_not_the_role_decides(base: sa.Connection) -> None:
    filtres = Filtres(("P",), AN, territoire="K3")
    exacte = publier(base, "file_active", filtres, ANIMATION).cellule
    assert exacte.valeur
    assert exacte.valeur % 5
    assert publier(base, "file_active", filtres, Droits("direction")).cellule == exacte
    assert publier(base, "file_active", filtres, Droits("comite", lecture="exacte")).cellule == exacte
    assert publier(base, "file_active", filtres, Droits("direction", lecture="arrondie")).cellule != exacte


def test_three_characteristics_crossed_are_refused_to_a_rounded_reading(base: sa.Connection) -> None:
    filtres = Filtres(("P",), AN, par=("sexe", "age", "rsa"))
    with pytest.raises(Refus, match=r"\[IND-007\]"):
        publier(base, "file_active", filtres, COMITE)
    assert publier(base, "file_active", filtres, ANIMATION).cellules
    deux = publier(base, "file_active", Filtres(("P",), AN, par=("sexe", "age", "commune")), COMITE)
    assert all(c.valeur is None or c.valeur % 5 == 0 for c in deux if is_protected("file_active", None, dict(c.par)))


def test_a_target_is_judged_on_what_its_reader_sees(base: sa.Connection) -> None:
    (exact,) = evaluate_objectifs(base, "P", AN.au, ANIMATION)
    (arrondi,) = evaluate_objectifs(base, "P", AN.au, COMITE)
    assert arrondi == exact  # a whole PLIE


@pytest.mark.parametrize("role", ["", "inconnu", "administration"])
def test_an_unknown_role_is_refused(base: sa.Connection, role: str) -> None:
    with pytest.raises(Refus, match=r"\[DRO-001\]"):
        publier(base, "file_active", Filtres(("P",), AN), Droits(role))


def test_every_characteristic_of_people_is_known_here() -> None:
    """A characteristic added to the splits is added to the recount's own list, after a look at definitions.md."""
    connus = {code for code, d in DECOUPAGES.items() if d.aspect == "personne"}
    assert connus - {"sexe"} <= PERSONNELS
    assert {code for code, d in DECOUPAGES.items() if d.aspect == "lieu"} == LIEUX
