"""Étapes that are late to come, their hours and proofs; which ones came before the positive exits."""

from indicators.nombres import INSECABLE, write_ratio, write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.cartes import (
    card,
    ratio_card,
    share_of_stock,
)
from sections.contenu import Chiffre
from sections.dessins import (
    Barre,
    absent,
    bar_of,
    draw_bars,
    explain_absence,
    name_part,
    quote,
)
from sections.images import Image, Tableau
from sections.lecture import Lecture

DANS_LE_DELAI, DELAI, AVANT = "delai_premiere_etape_respecte", "delai_premiere_etape", "etapes_avant_sortie"
SANS_CLASSE, SANS_TYPE = "Sans classe", "Sans type d’étape"
PREMIERE, AVANT_SORTIE = "Première étape après l’entrée", "Étapes qui ont précédé les sorties positives"
AUCUNE_ENTREE = "Aucun parcours n’est entré depuis assez longtemps sur la période. Élargissez la période."
AUCUNE_SORTIE = "Aucune sortie positive de la période ne suit une étape."


def write_delays(lecture: Lecture) -> tuple[Chiffre, ...]:
    """What is late, how many hours, how many proofs."""
    sans = share_of_stock(lecture, "sans_etape_en_cours", ", le dernier jour")
    attentes = _median_of(lecture.ask("attente_entre_etapes").cellule, "attente")
    return (
        card(lecture, "sans_etape_en_cours", "Sans étape en cours", sans),
        card(lecture, DELAI, "Délai de la première étape", "médiane, depuis l’entrée"),
        card(lecture, "attente_entre_etapes", "Attente entre deux étapes", attentes),
        card(lecture, "heures_etapes", "Heures d’étapes", "des étapes comptées actives dans la période"),
        ratio_card(lecture, "etapes_justifiees", "Étapes justifiées", "étapes"),
    )


def _median_of(cellule: Cellule, quoi: str) -> str:
    """« médiane de 383 attentes »."""
    nombre = cellule.denominateur
    environ = f"environ{INSECABLE}" if cellule.base else ""
    return f"médiane de {environ}{phrases.count(nombre, quoi)}" if cellule.valeur is not None and nombre else ""


def name_classe(lecture: Lecture, cellule: Cellule) -> str:
    return name_part(lecture, cellule, "classe", SANS_CLASSE)


def draw_first(lecture: Lecture) -> Image:
    """Share of those who have entered whose first étape came within 30, 60 and 90 days."""
    parts, delai = lecture.ask(DANS_LE_DELAI), lecture.ask(DELAI)
    barres = [bar_of(f"En {c.at('seuil')} jours", c, parts, _with_ratio(c, parts.unite)) for c in parts if c.par]
    personne = all(c.etat is Etat.SANS_OBJET for c in parts)
    if personne or all(b.valeur is None for b in barres):
        return absent("premiere_etape", PREMIERE, AUCUNE_ENTREE if personne else explain_absence(barres, AUCUNE_ENTREE))
    return draw_bars(
        "premiere_etape",
        barres,
        sujet=PREMIERE,
        vide=AUCUNE_ENTREE,
        message=_say_within(parts),
        entete="Délai",
        nom="Parcours entrés dont la première étape a commencé",
        unite="%",
        indicateurs=(DANS_LE_DELAI, DELAI),
        effectif=f"délai médian : {write_value(delai.cellule, delai.unite)}" if delai.valeur is not None else "",
        note="parcours entrés dans la période depuis au moins ce délai, avec ou sans étape",
    )


def _with_ratio(cellule: Cellule, unite: str) -> str:
    ratio = write_ratio(cellule)
    return write_value(cellule, unite) + (f" ({ratio})" if ratio else "")


def _say_within(parts: ResultatPublie) -> str | None:
    """« 94,6 % des parcours entrés ont commencé une étape en 60 jours. » The middle threshold."""
    connues = [c for c in parts if c.valeur is not None]
    if not connues:
        return None
    milieu = connues[len(connues) // 2]
    part = write_value(milieu, parts.unite)
    return f"{part} des parcours entrés ont commencé une étape en {milieu.at('seuil')} jours."


def draw_before_exits(lecture: Lecture) -> Image:
    """Classes of étapes that came before the positive exits, all exits beside; one PLIE at a time."""
    if lecture.plusieurs:
        un_seul = "Chaque PLIE a ses classes d’étapes : choisissez un seul PLIE pour les comparer."
        return absent("avant_sortie", AVANT_SORTIE, un_seul)
    toutes = {c.at("classe"): c for c in lecture.ask(AVANT, "plie", "classe") if c.par}
    resultat = lecture.ask(AVANT, "plie", "categorie", "classe")
    positives = [c for c in resultat if dict(c.par).get("categorie") == "positive"]
    positives.sort(key=lambda c: -(c.valeur or 0.0))
    barres = [_before(lecture, c, toutes.get(c.at("classe")), resultat) for c in positives]
    if all(b.valeur is None for b in barres):
        return absent("avant_sortie", AVANT_SORTIE, explain_absence(barres, AUCUNE_SORTIE))
    dite = f"{barres[0].texte} des sorties positives suivent une étape {quote(name_classe(lecture, positives[0]))}."
    lignes = tuple(
        (
            name_classe(lecture, c),
            _with_ratio(c, resultat.unite),
            _with_ratio(toutes[c.at("classe")], resultat.unite) if c.at("classe") in toutes else "–",
        )
        for c in positives
    )
    return draw_bars(
        "avant_sortie",
        barres,
        sujet=AVANT_SORTIE,
        vide=AUCUNE_SORTIE,
        message=dite,
        entete="Classe d’étape",
        nom="Sorties positives",
        unite="%",
        indicateurs=(AVANT,),
        effectif=_size_of_exits(positives[0]),
        note="une sortie peut suivre plusieurs classes ; ce n’est pas une cause : rien ne dit qu’elles y mènent",
        tableau=Tableau(("Classe d’étape", "Sorties positives", "Toutes les sorties"), lignes),
    )


def _before(lecture: Lecture, cellule: Cellule, ensemble: Cellule | None, resultat: ResultatPublie) -> Barre:
    nom = name_classe(lecture, cellule)
    compare = f"{nom} (toutes sorties{INSECABLE}: {write_value(ensemble, resultat.unite)})" if ensemble else nom
    return bar_of(compare, cellule, resultat)


def _size_of_exits(cellule: Cellule) -> str:
    if cellule.denominateur is None:
        return ""
    sorties = phrases.count(cellule.denominateur, "sortie positive", "sorties positives")
    return f"n {'≈' if cellule.base else '='} {sorties}"
