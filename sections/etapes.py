"""Étapes: what participants do, by class and type; who is without étape, how soon they come, what they lead to."""

from indicators.decoupages import find_decoupage
from indicators.horloges import by_clock
from indicators.nombres import ENVIRON, INSECABLE, write_integer, write_value
from indicators.phrases import chiffres as phrases
from indicators.resultats import Etat, ResultatPublie
from sections.cartes import (
    ETAPE_SEULE,
    by_mode,
    card,
    card_of,
    part_silent,
    share_of_stock,
    single_step_cards,
    write_target,
)
from sections.contenu import Chiffre, Section
from sections.delais import (
    AVANT,
    DANS_LE_DELAI,
    DELAI,
    draw_before_exits,
    draw_first,
    name_classe,
    write_delays,
)
from sections.dessins import (
    Barre,
    absent,
    as_cell,
    bars_of,
    draw_bars,
    draw_months,
    greatest_first,
    quote,
    stack,
    write_n,
)
from sections.images import Clic, Forme, Image
from sections.lecture import Lecture, cards, monthly, now, only, split
from sections.par_operation import by_operation, list_by_operation
from sections.types_d_etape import (
    AUCUNE_ETAPE,
    by_type,
    draw_listed_only,
    draw_types,
    list_counted,
    write_size_of_etapes,
)

PAR_PARTICIPANT = "etapes_par_participant"
CLASSES_MONTREES = 8
DEMANDES = (
    *cards("etapes", "etapes_participants", PAR_PARTICIPANT, "sans_etape", "parcours_longs"),
    *cards("sans_etape_en_cours", DELAI, "attente_entre_etapes", "heures_etapes", "etapes_justifiees"),
    *by_mode("etapes"),
    *now("participants_accompagnes", "file_active", DANS_LE_DELAI, "part_femmes_etapes"),
    *split("etapes", "plie", "classe", "type_etape"),
    *split("etapes", "plie", "classe", "sexe"),
    *split("etapes_participants", "plie", "classe", "type_etape"),
    *monthly("etapes_commencees"),
    *by_operation("etapes"),
    *split("etapes", "operation", "mode", large=True),
    *split(AVANT, "plie", "classe"),
    *split(AVANT, "plie", "categorie", "classe"),
)


def write_etapes(lecture: Lecture) -> Section:
    """Figures, étapes by class and by type, women and men in each class, delays, what came before the exits."""
    cible = lecture.find_target(PAR_PARTICIPANT, protocole=False)
    etapes = lecture.ask("etapes")
    dite = phrases.say_etapes(
        etapes,
        lecture.ask("etapes_participants"),
        lecture.ask(PAR_PARTICIPANT),
        lecture.ask("sans_etape"),
        cible.objectif if cible else None,
    )
    complements, muets = part_silent(lecture, write_delays(lecture))
    sans_source = _name_without_source(lecture, etapes)
    documente = etapes.cellule.etat is not Etat.NON_DOCUMENTE
    return Section(
        code="etapes",
        titre="Étapes",
        message=phrases.capitalise(dite)
        if dite
        else sans_source or "Que font les participants, et qui est sans étape ?",
        chiffres=(*_write_cards(lecture), *complements),
        images=_draw_all(lecture) if documente else (),
        muets=muets,
        notes=(sans_source,) if sans_source and dite else (),
    )


def _draw_all(lecture: Lecture) -> tuple[Image, ...]:
    vide = "Aucune étape commencée. Élargissez la période."
    images = (
        draw_classes(lecture),
        _draw_sexes(lecture),
        draw_types(lecture),
        draw_months(
            lecture,
            "etapes_commencees",
            "etapes_mois",
            "Étapes commencées chaque mois",
            vide,
            nom="Étapes commencées",
            detail_seul=True,
        ),
        _draw_operations(lecture),
        draw_listed_only(lecture),
        draw_first(lecture),
        draw_before_exits(lecture),
    )
    return tuple(image for image in images if image)


def _name_without_source(lecture: Lecture, etapes: ResultatPublie) -> str:
    """Names the PLIE that never gave their étapes; empty when all did."""
    noms = [p.nom for p in lecture.plie if p.code_plie in etapes.plie_sans_source]
    if not noms:
        return ""
    suite = "leurs étapes ne sont pas documentées" if len(noms) > 1 else "ses étapes ne sont pas documentées"
    return f"La feuille « Etapes » manque pour {phrases.enumerate_in_words(noms)} : {suite}, ce n’est pas zéro."


def _write_cards(lecture: Lecture) -> tuple[Chiffre, ...]:
    seules = "Étapes des parcours d’une seule étape"
    return (
        card(lecture, "etapes", "Étapes", "actives dans la période, hors types non comptés"),
        *single_step_cards(lecture, "etapes", seules, "jamais ajoutées au total"),
        card(lecture, "etapes_participants", "Participants en étape", _share_in_etape(lecture)),
        _per_participant_card(lecture),
        card(lecture, "sans_etape", "Sans étape depuis 6 mois", share_of_stock(lecture, "sans_etape")),
        *_long_cards(lecture),
    )


def _share_in_etape(lecture: Lecture) -> str:
    # In an operation, the étapes and the people are attached to it separately: one is not a part of the other.
    if lecture.filtres.operation is not None:
        return ""
    accompagnes = lecture.ask("participants_accompagnes")
    part = phrases.write_share(lecture.ask("etapes_participants").cellule, accompagnes.cellule, 0)
    return f"{part} des {write_integer(accompagnes.valeur or 0)} participants accompagnés" if part else ""


def _per_participant_card(lecture: Lecture) -> Chiffre:
    cellule = lecture.ask(PAR_PARTICIPANT).cellule
    ratio, partout = "", "" if lecture.filtres.operation is None else ", toutes opérations"
    if cellule.numerateur is not None and cellule.denominateur is not None:
        etapes = f"{ENVIRON if cellule.base else ''}{phrases.count(cellule.numerateur, 'étape')}{partout}"
        qui = phrases.count(cellule.denominateur, "participant accompagné", "participants accompagnés")
        ratio = f"{etapes}, pour {qui}"
    visee = write_target(lecture.find_target(PAR_PARTICIPANT, protocole=False))
    return card(lecture, PAR_PARTICIPANT, "Étapes par participant", ratio, visee)


def _long_cards(lecture: Lecture) -> list[Chiffre]:
    actuels = lecture.ask("parcours_longs")
    avant = {c.par: c for c in lecture.ask_year_before("parcours_longs")}
    debut = by_clock(lecture.filtres, "Parcours de", "Entrés dans le PLIE depuis")
    ou = by_clock(lecture.filtres, "dans la file active", "présents dans l’opération")
    return [
        card_of(
            only(actuels, (c,)),
            only(actuels, (avant[c.par],)) if c.par in avant else None,
            f"{debut} {c.at('seuil')} mois ou plus",
            ou,
        )
        for c in actuels
        if c.par
    ]


def _classes(lecture: Lecture) -> list[Barre]:
    return greatest_first(bars_of(lecture, by_type(lecture), lambda c: name_classe(lecture, c), list_counted(lecture)))


def draw_classes(lecture: Lecture) -> Image:
    """Étapes by class; a click opens the types of one."""
    barres, message = _classes(lecture), None
    if barres and (part := phrases.write_share(as_cell(barres[0]), lecture.ask("etapes").cellule, 0)):
        message = f"{quote(barres[0].nom)} est la première classe : {part} des étapes."
    return draw_bars(
        "etapes_classe",
        barres,
        sujet="Étapes par classe",
        vide=AUCUNE_ETAPE,
        message=message,
        entete="Classe",
        nom="Étapes",
        unite="étapes",
        indicateurs=("etapes",),
        effectif=write_size_of_etapes(lecture),
        clic=Clic.DETAIL,
        details=tuple((b.code, draw_types(lecture, b.code)) for b in barres),
    )


def _draw_sexes(lecture: Lecture) -> Image:
    """Women and men in each class, the same classes in the same order as beside."""
    sexe, sujet = find_decoupage("sexe"), "Femmes et hommes dans chaque classe"
    resultat = lecture.ask("etapes", "plie", "classe", "sexe")
    cellules = [c for c in resultat if c.par and not c.hors_total]
    groupes = []
    for classe in _classes(lecture)[:CLASSES_MONTREES]:
        siennes = [c for c in cellules if name_classe(lecture, c) == classe.code]
        groupes.append((classe.nom, bars_of(lecture, resultat, lambda c: sexe.label(c.at("sexe")), siennes)))
    if not groupes:
        return absent("etapes_sexe", sujet, AUCUNE_ETAPE, Forme.PARTS)
    categories, series = stack(groupes, sexe.libelles, resultat.unite)
    femmes = lecture.ask("part_femmes_etapes")
    dite = f"Les femmes suivent {write_value(femmes.cellule, femmes.unite)} des étapes."
    return Image(
        code="etapes_sexe",
        genre=Forme.PARTS,
        message=sujet if femmes.valeur is None else dite,
        sujet=sujet,
        entete="Classe",
        categories=categories,
        series=series,
        unite=str(resultat.unite),
        indicateurs=("etapes",),
        effectif=write_size_of_etapes(lecture),
        note="part des étapes de chaque classe",
    )


def _draw_operations(lecture: Lecture) -> Image:
    """Étapes of each operation, whatever the one chosen; a click restricts every page to it."""
    barres = list_by_operation(lecture, "etapes")
    return draw_bars(
        "etapes_operation",
        barres,
        sujet="Étapes par opération",
        vide="Aucune étape de la période n’est rattachée à une opération.",
        entete="Opération",
        nom="Étapes",
        unite="étapes",
        indicateurs=("etapes",),
        effectif=write_n(barres, "étape"),
        note=f"{INSECABLE}; ".join(_count_unattached(lecture)),
        clic=Clic.OPERATION,
        detail_seul=True,
    )


def _count_unattached(lecture: Lecture) -> list[str]:
    """How many étapes no operation bears, and how many of the bars belong to single-step parcours."""
    if lecture.larges.operation is not None:
        return []
    total, par_mode = lecture.ask("etapes", large=True).valeur, lecture.ask("etapes", "operation", "mode", large=True)
    if total is None or par_mode.base or any(c.valeur is None for c in par_mode):
        return []
    seules = sum(c.valeur or 0 for c in par_mode if c.at("mode") == ETAPE_SEULE)
    sans = total - sum(c.valeur or 0 for c in par_mode if c.at("mode") != ETAPE_SEULE)
    notes = [f"{phrases.count(sans, 'autre étape', 'autres étapes')} hors de toute opération"] if sans else []
    return notes + ([f"dont {write_integer(seules)} de parcours d’une seule étape"] if seules else [])
