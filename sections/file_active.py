"""File active: its months, its operations, its référents against their norm, those who have been there long."""

from collections.abc import Mapping
from dataclasses import replace

from data_access.tables import NON_RENSEIGNE
from indicators.horloges import by_clock, departures, name_clock
from indicators.nombres import write_date, write_integer, write_ratio, write_value
from indicators.objectifs import ObjectifEvalue
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie
from sections.contenu import Chiffre, Genre, Image, Section, Serie
from sections.flux import flow_figures
from sections.images import Barre, bars_of, codes_of, draw_bars, greatest_first, months_of
from sections.lecture import Lecture

REFERENTS_MONTRES = 11
PAR_ETP, PAR_REFERENT = "file_active_par_etp", "file_active_par_referent"


def write_file_active(lecture: Lecture) -> Section:
    """The stock, in figures and in pictures."""
    norme = lecture.find_target(PAR_ETP, protocole=False)
    dites = phrases.keep(
        (
            phrases.say_file_active(lecture.ask("file_active"), lecture.ask_year_before("file_active")),
            phrases.say_flow(lecture.ask("entrees"), lecture.ask(departures(lecture.filtres))),
            _say_norm(lecture, norme),
        )
    )
    images = (_draw_months(lecture), _draw_operations(lecture), _draw_seniority(lecture), _draw_team(lecture))
    return Section(
        code="file_active",
        titre="File active",
        message=dites[0] if dites else "Combien de personnes suit-on ?",
        phrases=dites[1:],
        chiffres=_write_figures(lecture, norme),
        images=tuple(image for image in images if image),
    )


def _say_norm(lecture: Lecture, norme: ObjectifEvalue | None) -> str | None:
    if norme is None or norme.objectif is None or norme.nature not in ("maximum", "minimum"):
        return None
    return phrases.say_norm(lecture.ask(PAR_ETP), norme.objectif, norme.nature == "maximum")


def _name_norm(norme: ObjectifEvalue | None) -> str:
    if norme is None or norme.objectif is None:
        return ""
    borne = {"maximum": " au plus", "minimum": " au moins"}.get(norme.nature, "")
    return f"Norme : {write_integer(norme.objectif)}{borne}"


def _write_figures(lecture: Lecture, norme: ObjectifEvalue | None) -> tuple[Chiffre, ...]:
    vus = lecture.ask("entretien_du_mois").cellule
    return (
        lecture.figure("file_active", "File active", f"au {write_date(lecture.filtres.periode.au)}"),
        flow_figures(lecture)[0],
        lecture.figure(PAR_ETP, "Par équivalent temps plein", cible=_name_norm(norme)),
        lecture.figure("anciennete_mediane", "Ancienneté médiane", "des parcours en cours"),
        lecture.figure("file_active_suspendus", "Parcours suspendus", "compris dans la file active"),
        lecture.figure("sans_etape", "Sans étape depuis 6 mois", "parcours en cours"),
        *lecture.known_figures(
            lecture.figure("entretien_du_mois", "Vus en entretien dans le mois", write_ratio(vus, "parcours")),
            lecture.figure("contacts_par_participant_et_mois", "Contacts par personne et par mois"),
            lecture.figure("premier_entretien", "Délai du premier entretien", "médiane, depuis la prescription"),
        ),
    )


def _draw_months(lecture: Lecture) -> Image | None:
    periode = lecture.series_period()
    actuelle = lecture.ask("file_active", "mois", sur=periode)
    mois, serie = months_of(actuelle, "cette année")
    _, avant = months_of(lecture.ask_year_before("file_active", "mois", sur=periode), "un an plus tôt")
    if not any(serie.valeurs):
        return None
    nom = name_clock("file_active", "File active", lecture.filtres)
    comparable = any(avant.valeurs) and len(avant.valeurs) == len(mois)
    bornes = f"de {mois[0]} à {mois[-1]}"
    return Image(
        code="file_active_mois",
        genre=Genre.TEMPS,
        message=_say_trend(serie, mois, by_clock(lecture.filtres, "la file active", "le nombre de présents"))
        or f"{nom} à la fin de chaque mois",
        sujet=f"{nom} à la fin de chaque mois, {bornes}",
        entete="Mois",
        categories=mois,
        series=(serie, avant) if comparable else (replace(serie, nom=nom),),
        unite="parcours",
        indicateurs=("file_active",),
        effectif=f"dernier jour : {serie.textes[-1]} parcours",
        mois=codes_of(actuelle),
    )


def _say_trend(serie: Serie, mois: tuple[str, ...], quoi: str) -> str | None:
    """« De sept. 2020 à août 2021, la file active passe de 1 012 à 986 parcours. »"""
    premier, dernier = serie.valeurs[0], serie.valeurs[-1]
    if premier is None or dernier is None:
        return None
    if premier == dernier:
        return f"De {mois[0]} à {mois[-1]}, {quoi} reste à {serie.textes[-1]} parcours."
    return f"De {mois[0]} à {mois[-1]}, {quoi} passe de {serie.textes[0]} à {serie.textes[-1]} parcours."


def _draw_operations(lecture: Lecture) -> Image | None:
    resultat = lecture.ask("file_active", "operation")
    noms = lecture.labels["operation"]
    connues = [c for c in resultat if c.etat is not Etat.SANS_OBJET]
    barres = greatest_first(bars_of(resultat, lambda c: _name_operation(c.at("operation"), noms), connues))
    if not barres or lecture.filtres.operation:
        return None
    premiere = barres[0]
    message = (
        phrases.end_sentence(
            f"L’opération la plus suivie accompagne {premiere.texte} parcours : {phrases.shorten(premiere.nom, 50)}"
        )
        if premiere.valeur is not None and len(barres) > 1
        else "File active par opération"
    )
    return draw_bars(
        "file_active_operation",
        barres,
        message=message,
        sujet="File active par opération",
        entete="Opération",
        nom="File active",
        unite="parcours",
        indicateurs=("file_active",),
        effectif=f"parcours distincts du PLIE : {_write(lecture)}",
        note="un parcours peut suivre plusieurs opérations : les barres ne s’ajoutent pas",
    )


def _name_operation(code: str, noms: Mapping[str, str]) -> str:
    nom = noms.get(code)
    return f"{code} · {nom}" if nom else code


def _write(lecture: Lecture) -> str:
    resultat = lecture.ask("file_active")
    return write_value(resultat.cellule, resultat.unite)


def _draw_seniority(lecture: Lecture) -> Image | None:
    stock, longs = lecture.ask("file_active"), lecture.ask("parcours_longs")
    if not stock.valeur:
        return None
    titre = name_clock("parcours_longs", "Parcours longs", lecture.filtres)
    entres = by_clock(lecture.filtres, "", "entrés dans le PLIE depuis ")
    barres = bars_of(longs, lambda c: phrases.capitalise(f"{entres}{c.at('seuil')} mois ou plus"))
    parts = [_with_share(barre, cellule, stock.cellule) for barre, cellule in zip(barres, longs, strict=True)]
    return draw_bars(
        "parcours_longs",
        parts,
        message=_say_long(longs, stock) or titre,
        sujet=titre,
        entete="Ancienneté",
        nom="Parcours",
        unite="parcours",
        indicateurs=("parcours_longs",),
        effectif=phrases.write_n(stock.cellule, "parcours en cours"),
        note=phrases.say_nested(len(barres)),
    )


def _with_share(barre: Barre, cellule: Cellule, stock: Cellule) -> Barre:
    part = phrases.write_share(cellule, stock, 0)
    return replace(barre, texte=f"{barre.texte} ({part})") if part else barre


def _say_long(longs: ResultatPublie, stock: ResultatPublie) -> str | None:
    """« 312 parcours en cours durent 24 mois ou plus : 32 % de la file active. » The longest threshold that has one."""
    for cellule in reversed(longs.cellules):
        if cellule.valeur:
            dedans = longs.filtres.operation is not None
            mots = _LONGS_DANS_L_OPERATION if dedans else _LONGS
            nombre = phrases.count(cellule.valeur, *mots)
            part = phrases.write_share(cellule, stock.cellule, 0)
            suite = f" : {part} {'des présents' if dedans else 'de la file active'}" if part else ""
            return phrases.capitalise(f"{phrases.about(longs)}{nombre} depuis {cellule.at('seuil')} mois{suite}.")
    return None


_LONGS = ("parcours en cours dure", "parcours en cours durent")
_LONGS_DANS_L_OPERATION = ("présent est dans le PLIE", "présents sont dans le PLIE")


def _say_busiest(barres: list[Barre]) -> str | None:
    """« Le référent le plus chargé suit 103 parcours. »"""
    if not barres or barres[0].valeur is None:
        return None
    return f"Le référent le plus chargé suit {write_integer(barres[0].valeur)} parcours."


def _draw_team(lecture: Lecture) -> Image | None:
    """Parcours of each référent and of nobody, against the norm: the team's own papers only."""
    if lecture.droits.role != "animation":
        return None
    suivis = greatest_first(bars_of(lecture.ask("file_active", "referent"), lambda c: c.at("referent")))
    barres = [b for b in suivis if b.nom != NON_RENSEIGNE]
    seuls = [replace(b, nom="Sans référent") for b in suivis if b.nom == NON_RENSEIGNE]
    if not barres:
        return None
    ratio = lecture.ask(PAR_REFERENT, "referent")
    en_poste = phrases.count(sum(c.valeur is not None for c in ratio), "référent")
    # Who is in post is not asked of a part of the territory.
    combien = "" if any(c.motif for c in ratio) else f"{en_poste} en poste, "
    autres = barres[REFERENTS_MONTRES:]
    norme = lecture.find_target(PAR_REFERENT, protocole=False) or lecture.find_target(PAR_ETP, protocole=False)
    au_dela = [b for b in barres if norme and norme.objectif and b.valeur and b.valeur > norme.objectif]
    maximum = norme is not None and norme.nature == "maximum"
    return draw_bars(
        "file_active_referent",
        [*barres[:REFERENTS_MONTRES], *seuls],
        message=f"{phrases.count(len(au_dela), 'référent suit', 'référents suivent')} plus de parcours que la norme."
        if maximum
        else _say_busiest(barres) or "File active par référent",
        sujet="File active par référent",
        entete="Référent",
        nom="File active",
        unite="parcours",
        indicateurs=("file_active", PAR_REFERENT),
        effectif=f"n = {combien}{_write(lecture)} parcours",
        note=f"{phrases.count(len(autres), 'autre référent', 'autres référents')} : "
        f"{write_integer(sum(b.valeur or 0.0 for b in autres))} parcours"
        if autres
        else "",
        repere=norme.objectif if norme else None,
        nom_du_repere=_name_norm(norme),
    )
