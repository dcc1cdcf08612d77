"""Cards: comparison, states in words, what is not documented named in one line."""

from dataclasses import replace

from components.impression.cartes import _as_html
from indicators.perimetre import Filtres
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.cartes import card_of, part_silent, single_steps
from sections.contenu import Chiffre
from tests.unit.sections.lectures import ANNEE, read

FILTRES = Filtres(("A", "B"), ANNEE)


def publie(
    valeur: float | None, unite: str = "parcours", etat: Etat = Etat.EXACT, code: str = "file_active", absents=()
) -> ResultatPublie:  # type: ignore[no-untyped-def]
    return ResultatPublie(code, "File active", unite, FILTRES, (Cellule((), etat, valeur),), 1, absents)


def test_counts_are_compared_in_percent() -> None:
    assert card_of(publie(425), publie(412)).evolution == "412 l’an dernier, +\u00a03,2\u202f%"


def test_nothing_is_divided_by_zero() -> None:
    assert card_of(publie(5), publie(0)).evolution == "0 l’an dernier"
    assert card_of(publie(0), publie(0)).evolution == "0 l’an dernier aussi"


def test_rates_are_compared_in_points() -> None:
    assert card_of(publie(0.45, "%"), publie(0.43, "%")).evolution == (
        "43,0\u202f% l’an dernier, +\u00a02,0\u00a0points"
    )


def test_no_figure_last_year_is_said() -> None:
    avant = publie(None, etat=Etat.SANS_OBJET)
    assert card_of(publie(5), avant).evolution == "pas de chiffre l’an dernier"
    assert card_of(publie(5), publie(None, etat=Etat.MOINS_DE_5)).evolution == "pas de chiffre l’an dernier"


def test_a_state_is_written_in_words_with_its_reason() -> None:
    carte = card_of(publie(None, "%", Etat.NON_DOCUMENTE, "taux_sorties_positives"), publie(None))
    assert (carte.texte, carte.en_mots, carte.evolution) == ("non documenté", True, "")
    assert carte.precision == "La source manque : ce n’est pas un zéro."
    assert card_of(publie(None, etat=Etat.MOINS_DE_5), None).precision == "Petit effectif, arrondi."


def test_plie_without_the_source_are_counted() -> None:
    assert card_of(publie(5, absents=("B",)), None).precision == "sans 1\u00a0PLIE qui n’en ont pas la source"


def test_names_are_escaped() -> None:
    html = _as_html(Chiffre("file_active", "<b>x</b>", 1.0, "1 & 2", "parcours"), "definitions?plie=A")
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "1 &amp; 2" in html
    assert 'href="definitions?plie=A#file_active"' in html


def test_secondary_figures_without_source_are_named_in_one_line() -> None:
    etats = {"heures_etapes": Etat.NON_DOCUMENTE, "etapes_justifiees": Etat.NON_DOCUMENTE, "attente": Etat.SANS_OBJET}

    def answer(code: str, _: Filtres) -> ResultatPublie:
        return publie(None if code in etats else 0.0, etat=etats.get(code, Etat.EXACT), code=code)

    noms = {
        "heures_etapes": "Heures d’étapes",
        "suspendus": "Suspendus",
        "etapes_justifiees": "Étapes justifiées",
        "attente": "Attente",
    }
    cartes = [Chiffre(code, nom, None, "", "") for code, nom in noms.items()]
    parlantes, muets = part_silent(read(("A",), answer), cartes)
    assert [carte.libelle for carte in parlantes] == ["Suspendus"]
    assert muets == (
        "Non documenté, ce n’est pas zéro : heures d’étapes, étapes justifiées. Sans objet sur ce périmètre : attente."
    )
    assert part_silent(read(("A",), answer), cartes[1:2])[1] == ""


def test_single_steps_are_a_true_zero_where_there_is_none() -> None:
    par_mode = replace(publie(1), cellules=(Cellule((("mode", "complet"),), Etat.EXACT, 4),))
    assert single_steps(par_mode).valeur == 0
    seules = replace(publie(1), cellules=(Cellule((("mode", "etape_seule"),), Etat.EXACT, 7),))
    assert single_steps(seules).valeur == 7
