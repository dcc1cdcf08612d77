"""File active of each référent and of nobody, against the norm of the texts."""

from data_access.tables import NON_RENSEIGNE
from indicators.horloges import by_clock
from indicators.nombres import write_integer
from indicators.objectifs import ObjectifEvalue
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, ResultatPublie
from sections.dessins import (
    Barre,
    absent,
    bar_of,
    draw_bars,
    greatest_first,
)
from sections.images import Image
from sections.lecture import Lecture, short_name

REFERENTS_MONTRES = 11
SANS_REFERENT = "Sans référent"
PAR_ETP, PAR_REFERENT = "file_active_par_etp", "file_active_par_referent"


def name_norm(norme: ObjectifEvalue | None) -> str:
    if norme is None or norme.objectif is None:
        return ""
    borne = {"maximum": " au plus", "minimum": " au moins"}.get(norme.nature, "")
    return f"Norme : {write_integer(norme.objectif)}{borne}"


def draw_team(lecture: Lecture) -> Image:
    """Parcours of each référent and of nobody, against the norm of the texts: the bars add up to the file active."""
    sujet = by_clock(lecture.filtres, "File active par référent", "Présents dans l’opération, par référent")
    resultat, ratio = lecture.ask("file_active", "plie", "referent"), lecture.ask(PAR_REFERENT, "plie", "referent")
    en_poste = {c.par for c in ratio if c.valeur is not None}
    # Who is in post is not asked of a part of the territory: nobody is then said to have left.
    inconnus = any(c.motif for c in ratio)
    suivis = greatest_first(
        _referent(lecture, c, resultat, inconnus or c.par in en_poste) for c in resultat if not _is_alone(c)
    )
    seuls = greatest_first(_referent(lecture, c, resultat, True) for c in resultat if _is_alone(c))
    if not suivis:
        return absent("file_active_referent", sujet, "Aucun parcours de ce périmètre n’a de référent connu.")
    norme = lecture.find_target(PAR_REFERENT, protocole=False) or lecture.find_target(PAR_ETP, protocole=False)
    return draw_bars(
        "file_active_referent",
        [*suivis[:REFERENTS_MONTRES], *seuls, *suivis[REFERENTS_MONTRES:]],
        sujet=sujet,
        vide="",
        message=_say_load(suivis, norme),
        entete="Référent",
        nom="File active",
        unite="parcours",
        indicateurs=("file_active", PAR_REFERENT),
        effectif=phrases.write_size(lecture.ask("file_active"), "parcours", "parcours"),
        note="" if inconnus else phrases.count(len(en_poste), "référent en poste", "référents en poste"),
        maximum=REFERENTS_MONTRES + len(seuls),
        repere=norme.objectif if norme else None,
        nom_du_repere=name_norm(norme),
    )


def _is_alone(cellule: Cellule) -> bool:
    return cellule.at("referent") == NON_RENSEIGNE


def _referent(lecture: Lecture, cellule: Cellule, resultat: ResultatPublie, en_poste: bool) -> Barre:
    code = SANS_REFERENT if _is_alone(cellule) else cellule.at("referent")
    noms = {p.code_plie: f"{short_name(p.nom)} · " for p in lecture.plie} if lecture.plusieurs else {}
    nom = f"{noms.get(cellule.at('plie'), '')}{code}"
    return bar_of(nom if en_poste else f"{nom} (plus en poste)", cellule, resultat, code=code)


def _say_load(barres: list[Barre], norme: ObjectifEvalue | None) -> str | None:
    """« 3 référents suivent plus de parcours que la norme. », else « Le référent le plus chargé suit 103 parcours. »"""
    if norme is not None and norme.objectif and norme.nature == "maximum":
        au_dela = sum((b.valeur or 0.0) > norme.objectif for b in barres)
        return f"{phrases.count(au_dela, 'référent suit', 'référents suivent')} plus de parcours que la norme."
    if barres[0].valeur is None:
        return None
    return f"Le référent le plus chargé suit {write_integer(barres[0].valeur)} parcours."
