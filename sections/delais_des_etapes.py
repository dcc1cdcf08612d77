"""Étapes: how soon the first one comes, and which ones came before the positive exits."""

from indicators.nombres import INSECABLE, write_ratio, write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, ResultatPublie
from sections.contenu import Image
from sections.images import Barre, draw_bars, name_code
from sections.lecture import Lecture

DANS_LE_DELAI, DELAI, AVANT = "delai_premiere_etape_respecte", "delai_premiere_etape", "etapes_avant_sortie"


def draw_first_etape(lecture: Lecture) -> Image | None:
    """Share of those who have entered whose first étape came within 30, 60 and 90 days."""
    parts, delai = lecture.ask(DANS_LE_DELAI), lecture.ask(DELAI)
    barres = [_with_ratio(f"En {c.at('seuil')} jours", c, parts) for c in parts if dict(c.par)]
    if all(b.valeur is None for b in barres):
        return None
    return draw_bars(
        "premiere_etape",
        barres,
        message=_say_within(parts) or "Première étape après l’entrée",
        sujet="Première étape après l’entrée",
        entete="Délai",
        nom="Première étape commencée",
        unite="%",
        indicateurs=(DANS_LE_DELAI, DELAI),
        effectif=f"délai médian : {write_value(delai.cellule, delai.unite)}" if delai.valeur is not None else "",
        note="parcours entrés dans la période depuis au moins ce délai, avec ou sans étape",
    )


def _with_ratio(nom: str, cellule: Cellule, resultat: ResultatPublie) -> Barre:
    texte, ratio = write_value(cellule, resultat.unite), write_ratio(cellule)
    return Barre(nom, cellule.valeur, f"{texte} ({ratio})" if ratio else texte, cellule.base)


def _say_within(parts: ResultatPublie) -> str | None:
    """« 94,6 % des parcours entrés ont commencé une étape en 60 jours. » The middle threshold."""
    connues = [c for c in parts if c.valeur is not None]
    if not connues:
        return None
    milieu = connues[len(connues) // 2]
    part = write_value(milieu, parts.unite)
    return f"{part} des parcours entrés ont commencé une étape en {milieu.at('seuil')} jours."


def draw_before_exits(lecture: Lecture) -> Image | None:
    """Classes of étapes that came before the positive exits, all exits beside."""
    toutes = {c.at("classe"): c for c in lecture.ask(AVANT, "classe") if c.par}
    par_categorie = lecture.ask(AVANT, "categorie", "classe")
    positives = [c for c in par_categorie if dict(c.par).get("categorie") == "positive"]
    if all(c.valeur is None for c in positives):
        return None
    positives.sort(key=lambda c: -(c.valeur or 0.0))
    barres = [_with_all(lecture, c, toutes.get(c.at("classe")), par_categorie.unite) for c in positives]
    premiere = barres[0]
    return draw_bars(
        "avant_sortie",
        barres,
        message=f"{premiere.texte} des sorties positives suivent une étape «{INSECABLE}{_name(lecture, positives[0])}"
        f"{INSECABLE}».",
        sujet="Étapes qui ont précédé les sorties positives",
        entete="Classe d’étape",
        nom="Sorties positives",
        unite="%",
        indicateurs=(AVANT,),
        effectif=_write_size(positives[0]),
        note="une sortie peut suivre plusieurs classes ; ce n’est pas une cause : rien ne dit qu’elles y mènent",
    )


def _name(lecture: Lecture, cellule: Cellule) -> str:
    return name_code(lecture.labels["classe"], cellule.at("classe"), "Sans classe")


def _with_all(lecture: Lecture, cellule: Cellule, ensemble: Cellule | None, unite: str) -> Barre:
    nom = _name(lecture, cellule)
    compare = f"{nom} (toutes sorties{INSECABLE}: {write_value(ensemble, unite)})" if ensemble else nom
    return Barre(compare, cellule.valeur, write_value(cellule, unite), cellule.base)


def _write_size(cellule: Cellule) -> str:
    if cellule.denominateur is None:
        return ""
    sorties = phrases.count(cellule.denominateur, "sortie positive", "sorties positives")
    return f"n {'≈' if cellule.base else '='} {sorties}"
