"""Figure cards: comparison, states in words, nothing unsafe in the page."""

from datetime import date

from components.impression.cartes import Carte, _as_html, carte_of, write_silent
from indicators.perimetre import Filtres, Periode
from indicators.resultats import Cellule, Etat, ResultatPublie

FILTRES = Filtres(("A", "B"), Periode(date(2021, 1, 1), date(2021, 9, 30)))


def publie(
    valeur: float | None, unite: str = "parcours", etat: Etat = Etat.EXACT, code: str = "file_active", absents=()
) -> ResultatPublie:  # type: ignore[no-untyped-def]
    return ResultatPublie(code, "File active", unite, FILTRES, (Cellule((), etat, valeur),), 1, absents)


def test_counts_are_compared_in_percent() -> None:
    assert carte_of(publie(425), publie(412)).comparaison == "412 l’an dernier, +\u00a03,2\u202f%"


def test_nothing_is_divided_by_zero() -> None:
    assert carte_of(publie(5), publie(0)).comparaison == "0 l’an dernier"
    assert carte_of(publie(0), publie(0)).comparaison == "0 l’an dernier aussi"


def test_rates_are_compared_in_points() -> None:
    assert carte_of(publie(0.45, "%"), publie(0.43, "%")).comparaison == (
        "43,0\u202f% l’an dernier, +\u00a02,0\u00a0points"
    )


def test_no_figure_last_year_is_said() -> None:
    avant = publie(None, etat=Etat.SANS_OBJET)
    assert carte_of(publie(5), avant).comparaison == "pas de chiffre l’an dernier"
    assert carte_of(publie(5), publie(None, etat=Etat.MOINS_DE_5)).comparaison == "pas de chiffre l’an dernier"


def test_a_state_is_written_in_words_with_its_reason() -> None:
    carte = carte_of(publie(None, "%", Etat.NON_DOCUMENTE, "taux_sorties_positives"), publie(None))
    assert (carte.valeur, carte.mot, carte.comparaison) == ("non documenté", True, "")
    assert carte.precision == "La source manque : ce n’est pas un zéro."
    assert carte_of(publie(None, etat=Etat.MOINS_DE_5), None).precision == "Petit effectif, arrondi."


def test_plie_without_the_source_are_counted() -> None:
    assert carte_of(publie(5, absents=("B",)), None).precision == "sans 1\u00a0PLIE qui n’en ont pas la source"


def test_names_are_escaped() -> None:
    html = _as_html(Carte("<b>x</b>", "1 & 2", definition="file_active"), "definitions?plie=A")
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "1 &amp; 2" in html
    assert 'href="definitions?plie=A#file_active"' in html


def test_secondary_figures_without_source_are_named_in_one_line() -> None:
    sans_source, sans_objet = publie(None, etat=Etat.NON_DOCUMENTE), publie(None, etat=Etat.SANS_OBJET)
    cartes = [
        carte_of(sans_source, None, "Heures d’étapes"),
        carte_of(publie(0), None, "Suspendus"),
        carte_of(sans_source, None, "Étapes justifiées"),
        carte_of(sans_objet, None, "Attente"),
    ]
    assert write_silent(cartes) == (
        "Non documenté, ce n’est pas zéro : heures d’étapes, étapes justifiées. Sans objet sur ce périmètre : attente."
    )
    assert not write_silent(cartes[1:2])
