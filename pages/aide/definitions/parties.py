"""Parts of the page « Définitions »: everything is read in the catalogue, nothing is written here."""

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import streamlit as st

from components.acces.base import connect
from components.cadre.chiffres import reading_url
from components.cadre.choix import Perimetre
from components.messages.etats import show_empty
from components.messages.texte import plain, print_table
from data_access.classeur.controles import CATALOGUE as CONTROLES
from indicators.catalogue import FAMILLES
from indicators.declaration import Exemple, Indicateur
from indicators.decoupages import DECOUPAGES, Aspect, Decoupage, find_decoupage
from indicators.documentation import describe_count, describe_example, describe_source, name_splits, read_example_table
from indicators.nombres import write_number, write_short_date
from indicators.referentiel import RegleDeSortie, list_exit_rules
from sections.lecture import short_name

_STYLE = Path(__file__).with_name("definitions.css")
_MESURES = (
    ("duree_mois", "durée : {} mois"),
    ("fenetre_mois", "fenêtre : {} mois"),
    ("heures_min", "{} heures au moins"),
    ("semaines_min", "{} semaines au moins"),
)


def show_summary() -> None:
    """Links to the four parts of the page."""
    st.html(_STYLE)
    st.markdown(
        "Aller à : [les indicateurs](#indicateurs) · [les découpages](#decoupages) · "
        "[les règles de sortie](#regles_de_sortie) · [les contrôles du classeur](#controles)"
    )


def show_indicators() -> None:
    """Every indicator whose text holds all the words looked for, by family."""
    st.header("Indicateurs", anchor="indicateurs")
    demande = st.text_input("Chercher une définition", placeholder="parité, étapes, sorties positives…")
    trouves = find_indicators(demande)
    if not trouves:
        show_empty(f"Aucune définition ne contient « {demande} ».", "Essayez un autre mot, ou un début de mot.")
    for famille, indicateurs in trouves.items():
        st.header(famille, anchor=False)
        for indicateur in indicateurs:
            st.subheader(indicateur.libelle, anchor=indicateur.code)
            st.html("".join(_section(indicateur)))


def find_indicators(demande: str) -> dict[str, list[Indicateur]]:
    """Families and their indicators that hold every word of `demande`, accents and capitals apart."""
    mots = fold(demande).split()
    trouves = {
        famille: [i for i in indicateurs if all(mot in _haystack(famille, i) for mot in mots)]
        for famille, indicateurs in FAMILLES.items()
    }
    return {famille: indicateurs for famille, indicateurs in trouves.items() if indicateurs}


def _haystack(famille: str, indicateur: Indicateur) -> str:
    textes = (famille, indicateur.code, indicateur.libelle, indicateur.definition, describe_count(indicateur))
    return fold(" ".join((*textes, *indicateur.reserves)))


def fold(texte: str) -> str:
    """Lower case without accents: « Étape » and « etape » are the same word."""
    decompose = unicodedata.normalize("NFKD", texte.casefold().replace("’", "'"))
    return "".join(c for c in decompose if not unicodedata.combining(c))


def _section(indicateur: Indicateur) -> Iterator[str]:
    yield f'<div class="definition"><p>{escape(indicateur.definition)}</p><p>{escape(describe_count(indicateur))}</p>'
    lignes = [
        ("Unité", indicateur.unite),
        ("Code", indicateur.code),
        ("Découpages", ", ".join(name_splits(indicateur))),
        *(("Source", describe_source(source)) for source in indicateur.sources),
        *(("Réserve", reserve) for reserve in indicateur.reserves),
    ]
    yield f"<dl>{''.join(f'<dt>{escape(nom)}</dt><dd>{escape(texte)}</dd>' for nom, texte in lignes)}</dl>"
    yield from _example(*next(iter(indicateur.exemples.items())))
    yield "</div>"


def _example(titre: str, exemple: Exemple) -> Iterator[str]:
    yield f"<details><summary>Exemple : {escape(titre)}</summary>"
    for nom, texte in exemple.tables.items():
        entete, corps = read_example_table(texte)
        yield f"<table><caption>Feuille « {escape(nom)} »</caption><thead>{_cells(entete, 'th')}</thead>"
        yield f"<tbody>{''.join(_cells(rang, 'td') for rang in corps)}</tbody></table>"
    yield f"<p><strong>{escape(describe_example(exemple))}</strong></p></details>"


def _cells(valeurs: Iterable[str], balise: str) -> str:
    return f"<tr>{''.join(f'<{balise}>{escape(v)}</{balise}>' for v in valeurs)}</tr>"


def show_splits() -> None:
    """Each split, its parts, and whether it is a characteristic of people."""
    st.header("Découpages", anchor="decoupages")
    print_table([_split_row(d) for d in DECOUPAGES.values()])


_LECTURES = {
    Aspect.PROGRAMME: "effectifs exacts",
    Aspect.LIEU: "effectifs arrondis",
    Aspect.PERSONNE: "effectifs arrondis ; le sexe seul reste exact",
}


def _split_row(decoupage: Decoupage) -> dict[str, str]:
    return {
        "Découpage": decoupage.libelle,
        "Parts": ", ".join(decoupage.libelles) or "une part par code",
        "Lecture arrondie": _LECTURES[decoupage.aspect],
    }


def show_rules(perimetre: Perimetre) -> None:
    """Exit rules in force in the period, as the texts write them."""
    st.header("Règles de sortie", anchor="regles_de_sortie")
    with connect(reading_url()) as base:
        regles = list_exit_rules(base, perimetre.codes, perimetre.periode)
    for plie in perimetre.plie:
        siennes = [r for r in regles if r.code_plie == plie.code_plie]
        st.subheader(plain(short_name(plie.nom)), anchor=False)
        if not siennes:
            show_empty(
                "Le texte de ce PLIE ne donne aucune règle de sortie en vigueur sur la période :",
                "ses sorties sont non documentées, jamais classées par défaut.",
            )
            continue
        print_table([rule_row(r) for r in siennes])


def rule_row(regle: RegleDeSortie) -> dict[str, str]:
    """One rule, its conditions as written."""
    categorie, nature = find_decoupage("categorie"), find_decoupage("nature")
    return {
        "Type de sortie": regle.libelle,
        "Catégorie": categorie.label(regle.categorie),
        "Nature": nature.label(regle.nature) if regle.nature else "–",
        "Conditions du texte": " ; ".join(_conditions(regle)) or "–",
        "En vigueur": _in_force(regle),
        "Source": regle.source,
    }


def _conditions(regle: RegleDeSortie) -> Iterator[str]:
    for champ, modele in _MESURES:
        valeur = getattr(regle, champ)
        if valeur is not None:
            yield modele.format(write_number(valeur))
    if regle.hebdo_min:
        yield regle.hebdo_min
    if regle.validation_commission:
        yield f"validation : {regle.validation_commission}"
    if regle.sous_categorie:
        yield f"sous-catégorie : {regle.sous_categorie}"


def _in_force(regle: RegleDeSortie) -> str:
    fin = f" jusqu’au {write_short_date(regle.jusqua)}" if regle.jusqua else ""
    return f"depuis le {write_short_date(regle.depuis)}{fin}"


def show_checks() -> None:
    """Every check of an imported workbook."""
    st.header("Contrôles du classeur", anchor="controles")
    print_table(
        [
            {"Code": c.code, "Gravité": str(c.gravite), "Contrôle": c.titre, "Que faire": c.conseil}
            for c in sorted(CONTROLES.values(), key=lambda c: c.code)
        ]
    )
