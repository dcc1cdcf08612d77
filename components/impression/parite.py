"""Parity on the page « Publics et parité »: the part of women of each population, the detail by sexe."""

from dataclasses import dataclass, replace

import pandas as pd

from charts.barres import barres
from charts.donnees import as_table, base_of, points_of
from charts.parite import Population, Repere, parite
from components.cadre.chiffres import chiffre, chiffre_un_an_avant
from components.cadre.choix import Perimetre
from components.impression.cartes import Carte, carte_of, make_carte, show_cartes
from components.impression.cibles import find_cible, objectifs_of
from components.impression.graphiques import is_hidden, show_chart, show_missing, write_absence, write_n
from components.impression.nomenclature import join_notes
from data_access.tables import NON_RENSEIGNE
from indicators.declaration import Unite
from indicators.decoupages import find_decoupage
from indicators.horloges import name_clock
from indicators.nombres import (
    INSECABLE,
    MOTS_DES_ETATS,
    write_integer,
    write_percent,
    write_points,
    write_rounded,
    write_value,
)
from indicators.objectifs import ObjectifEvalue
from indicators.perimetre import Filtres
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie
from indicators.statuts import of_protocol, write_objectif

ACCOMPAGNES = "part_femmes"
POSITIVES = "part_femmes_sorties_positives"
MODE_SEUL = "etape_seule"


@dataclass(frozen=True)
class Compte:
    """A population: the indicator of its part of women, the one that counts it, its name."""

    part: str
    effectif: str
    nom: str


COMPTES = (
    Compte(ACCOMPAGNES, "participants_accompagnes", "Participants accompagnés"),
    Compte("part_femmes_file_active", "file_active", "File active"),
    Compte("part_femmes_entrees", "entrees", "Entrées"),
    Compte("part_femmes_sorties", "sorties", "Sorties"),
    Compte(POSITIVES, "sorties_positives", "Sorties positives"),
    Compte("part_femmes_etapes", "etapes", "Étapes"),
)


def read_a_retenir(filtres: Filtres) -> str | None:
    """What the part of women becomes at exit, or the parity alone where no exit is documented."""
    accompagnes = chiffre(ACCOMPAGNES, filtres)
    return phrases.say_women_at_exit(accompagnes, chiffre(POSITIVES, filtres)) or phrases.say_parity(accompagnes)


def show_figures(perimetre: Perimetre) -> None:
    """Part of women, gap to parity, women among positive exits, single étapes beside."""
    filtres = perimetre.filtres
    cible = find_target(perimetre)
    visee = f"Objectif : {write_objectif(cible, cible.objectif)}" if cible else ""
    show_cartes(
        (
            make_carte(ACCOMPAGNES, filtres, "Part de femmes", "participants accompagnés dans la période", visee),
            # Written smaller: « + 11,3 points » would be cut in a narrow card.
            replace(
                make_carte("ecart_parite", filtres, "Écart à la parité", "part de femmes moins 50 points"), mot=True
            ),
            make_carte(POSITIVES, filtres, "Femmes parmi les sorties positives"),
            *_single_steps(filtres),
        )
    )


def find_target(perimetre: Perimetre) -> ObjectifEvalue | None:
    """The target that the protocol sets on the part of women."""
    return find_cible(perimetre, of_protocol(objectifs_of(perimetre)), ACCOMPAGNES)


def _single_steps(filtres: Filtres) -> tuple[Carte, ...]:
    resultat = chiffre(ACCOMPAGNES, filtres.split_by("mode"))
    seule = find_single(resultat)
    if seule is None:
        return ()
    place = "comprises dans l’opération" if filtres.operation else "jamais ajoutées aux accompagnements"
    precision = f"{_size(seule)} ; {place}"
    return (carte_of(replace(resultat, cellules=(seule,)), None, "Part de femmes, étapes seules", precision),)


def find_single(par_mode: ResultatPublie) -> Cellule | None:
    """The cell of single étapes in a figure split by mode; None where there is none."""
    return next((c for c in par_mode if dict(c.par).get("mode") == MODE_SEUL and c.denominateur), None)


def show_parity(perimetre: Perimetre) -> str:
    """The dots against the 50 % line; returns the population that was clicked, the accompanied people at first."""
    filtres = perimetre.filtres
    populations = [make_population(compte, filtres) for compte in COMPTES]
    titre = "Part de femmes dans chaque population"
    if all(p.part is None for p in populations):
        points = [p for p in populations if p.texte != MOTS_DES_ETATS[Etat.SANS_OBJET]]
        vide = "Aucune femme ni homme dans ce périmètre. Élargissez la période."
        show_missing(
            titre, "Effectifs trop faibles pour des parts : choisissez un périmètre plus large." if points else vide
        )
        return ACCOMPAGNES
    choisie = show_chart(
        parite(populations, titre, make_reperes(find_target(perimetre)), cliquable=True),
        titre,
        "parite",
        as_parity_table(filtres),
        effectif="n = femmes et hommes de chaque population",
        note=join_notes(
            *(repere.nom for repere in make_reperes(find_target(perimetre))),
            "rond vide : un an plus tôt" if any(p.avant is not None for p in populations) else "",
            "cliquez sur un rond pour son détail",
        ),
        cliquable=True,
        base=max(chiffre(compte.part, filtres).base for compte in COMPTES),
    )
    return choisie or ACCOMPAGNES


def make_reperes(cible: ObjectifEvalue | None) -> tuple[Repere, ...]:
    """The parity line, and the target of the PLIE where it is another number."""
    if cible is None or cible.objectif is None:
        return (Repere(phrases.PARITE, "trait : parité, 50 %"),)
    if cible.objectif == phrases.PARITE:
        return (Repere(phrases.PARITE, "trait : parité et objectif du protocole, 50 %"),)
    objectif = Repere(cible.objectif, f"pointillé : objectif du protocole, {write_percent(cible.objectif, 0)}")
    return (Repere(phrases.PARITE, "trait : parité, 50 %"), objectif)


def make_population(compte: Compte, filtres: Filtres) -> Population:
    """One line of the chart."""
    resultat, avant = chiffre(compte.part, filtres), chiffre_un_an_avant(compte.part, filtres)
    cellule = resultat.cellule
    ecart = [] if cellule.valeur is None else [_gap(cellule)]
    reste = [_last_year(avant), _size(cellule), write_unknown(compte, filtres)]
    return Population(
        code=compte.part,
        libelle=name_clock(compte.effectif, compte.nom, filtres),
        part=cellule.valeur,
        avant=avant.valeur,
        texte=write_value(cellule, resultat.unite),
        detail=join_unbroken(*ecart, *reste),
    )


def join_unbroken(*morceaux: str) -> str:
    """« a · b »: lines may break between the pieces, never inside one."""
    return f"{INSECABLE}· ".join(m.replace(" ", INSECABLE) for m in morceaux if m)


def _gap(cellule: Cellule) -> str:
    return write_points((cellule.valeur or 0.0) - phrases.PARITE, 0 if cellule.base else 1)


def _size(cellule: Cellule) -> str:
    return phrases.write_count_of(cellule.denominateur, cellule.base) if cellule.denominateur else ""


def _last_year(avant: ResultatPublie) -> str:
    return "" if avant.valeur is None else f"{write_value(avant.cellule, avant.unite)} l’an dernier"


def write_unknown(compte: Compte, filtres: Filtres) -> str:
    """« 2 non renseignés »: those whose sexe is not known, left out of the part."""
    par_sexe = chiffre(compte.effectif, filtres.split_by("sexe"))
    inconnus = next((c for c in par_sexe if dict(c.par).get("sexe") == NON_RENSEIGNE), None)
    if inconnus is None:
        return "" if any(c.etat is Etat.NON_DOCUMENTE for c in par_sexe) else phrases.count(0, "non renseigné")
    if inconnus.valeur is None:
        return f"non renseigné : {write_value(inconnus, par_sexe.unite)}"
    return phrases.count(inconnus.valeur, "non renseigné")


def as_parity_table(filtres: Filtres) -> pd.DataFrame:
    """Every number of the chart, and single étapes in a column of their own."""
    return pd.DataFrame([_table_row(compte, filtres) for compte in COMPTES])


def _table_row(compte: Compte, filtres: Filtres) -> dict[str, str]:
    resultat, avant = chiffre(compte.part, filtres), chiffre_un_an_avant(compte.part, filtres)
    cellule = resultat.cellule
    ecart = "–" if cellule.valeur is None else _gap(cellule)
    seule = find_single(chiffre(compte.part, filtres.split_by("mode")))
    return {
        "Population": name_clock(compte.effectif, compte.nom, filtres),
        "Part de femmes": write_value(cellule, resultat.unite),
        "Écart à la parité": ecart,
        "Femmes": _women(cellule),
        "Femmes et hommes": _count(cellule.denominateur, cellule),
        "Sexe non renseigné": write_unknown(compte, filtres) or "–",
        "Un an plus tôt": write_value(avant.cellule, avant.unite),
        "Étapes seules, à part": "–" if seule is None else f"{write_value(seule, resultat.unite)} ({_size(seule)})",
    }


def _women(cellule: Cellule) -> str:
    return "–" if cellule.valeur is None else _count(cellule.numerateur, cellule)


def _count(nombre: float | None, cellule: Cellule) -> str:
    if not nombre:
        return "–" if nombre is None else "0"
    return write_rounded(nombre, Unite.PARTICIPANTS) if cellule.base else write_integer(nombre)


def show_by_sex(perimetre: Perimetre, code: str) -> None:
    """Women, men and unknown of the population that was clicked."""
    compte = next((c for c in COMPTES if c.part == code), COMPTES[0])
    resultat = chiffre(compte.effectif, perimetre.filtres.split_by("sexe"))
    nom = name_clock(compte.effectif, compte.nom, perimetre.filtres)
    titre = f"Détail par sexe : {nom[:1].lower()}{nom[1:]}"
    detail = replace(resultat, cellules=tuple(c for c in resultat if c.par))
    points = points_of(detail, "sexe", find_decoupage("sexe").label)
    if is_hidden(points) or not any(p.valeur or p.valeur is None for p in points):
        show_missing(titre, write_absence(points, "Aucun effectif à détailler pour cette population."))
        return
    show_chart(
        barres(points, titre),
        titre,
        "par_sexe",
        as_table(points, "Sexe", resultat.libelle),
        effectif=write_n(points, resultat.unite, resultat.unite),
        base=base_of(points),
    )
