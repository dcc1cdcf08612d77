"""A target in words: what is done of what was promised, how the number was obtained, where it is heading.

Nothing here knows the screen: the sentences can be read without one.
"""

import re
from collections.abc import Sequence

from data_access.vocabulaire import read_part
from indicators.catalogue import CATALOGUE
from indicators.decoupages import find_decoupage
from indicators.nombres import (
    ENVIRON,
    INSECABLE,
    write_decimal,
    write_integer,
    write_number,
    write_short_date,
)
from indicators.objectifs import ObjectifEvalue, Statut, count_reached, months_of
from indicators.phrases.chiffres import count, enumerate_in_words
from indicators.phrases.objectifs import count_statuses
from indicators.referentiel import Operation
from indicators.statuts import write_delay, write_done, write_objectif, write_part_done

PETIT_NOMBRE = 10
_ENTRE_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_PAR_PERSONNE = re.compile(r"\s+(?:par|pour 1)\s+(?:ETP|référent)\b.*$")
_PRODUITS = {"par_etp": "ETP", "par_referent": "référent"}
_MANQUES = (
    (Statut.EN_RETARD, "en retard", "en retard"),
    (Statut.EN_DESSOUS, "en dessous", "en dessous"),
    (Statut.DEPASSE, "dépassé", "dépassés"),
    (Statut.NON_ATTEINT, "non atteint", "non atteints"),
)
_MEME_FIGURE = {"file_active_par_referent": "file_active_par_etp"}
"""Two figures that the texts take for one: « 80 par référent » and « 80 par ETP » are the same promise."""


def write_realise(objectif: ObjectifEvalue) -> str:
    """« 87 sur 120 marchés », « 42,7 % pour un objectif de 50,0 % », « 83 pour un maximum de 80 … »."""
    fait = write_done(objectif)
    if objectif.realise is None:
        return f"{fait or 'aucune donnée'}{_target_alone(objectif)}"
    if objectif.est_delai:
        return write_delay(objectif)
    if objectif.objectif is None:
        return f"{fait}{name_unit(objectif)}".strip()
    return f"{fait} {_link(objectif)} {_target(objectif)}"


def _target_alone(objectif: ObjectifEvalue) -> str:
    return "" if objectif.objectif is None else f" pour {_article(objectif)} {_target(objectif)}"


def _link(objectif: ObjectifEvalue) -> str:
    simple = not (objectif.est_taux or objectif.nature == "moyenne" or objectif.est_maximum)
    return "sur" if simple and objectif.objectif_max is None else f"pour {_article(objectif)}"


def _article(objectif: ObjectifEvalue) -> str:
    if objectif.objectif_max is not None:
        return "une fourchette de"
    return "un maximum de" if objectif.est_maximum else "un objectif de"


def _target(objectif: ObjectifEvalue) -> str:
    bornes = [b for b in (objectif.objectif, objectif.objectif_max) if b is not None]
    return " à ".join(write_objectif(objectif, borne) for borne in bornes) + name_unit(objectif)


def name_unit(objectif: ObjectifEvalue) -> str:
    """« marchés » from « marchés pour 1 ETP », preceded by a space; nothing for a rate."""
    texte = objectif.unite or (CATALOGUE[objectif.indicateur].unite if objectif.calcule else "")
    if objectif.est_taux or not texte or texte.startswith("%"):
        return ""
    unite = _ENTRE_PARENTHESES.sub("", texte)
    if objectif.nature in _PRODUITS:
        unite = _PAR_PERSONNE.sub("", unite)
    return f" {unite}"


def write_taux(objectif: ObjectifEvalue) -> str:
    """« 73 % de l’objectif »; nothing where there is none, or where the figure is itself a rate or a ceiling."""
    if objectif.taux is None or objectif.est_taux or objectif.est_maximum or objectif.est_delai:
        return ""
    return f"{write_part_done(objectif.taux)} de l’objectif"


def write_attendu(objectif: ObjectifEvalue) -> str:
    """« attendu à ce jour : 640, dont 401 déjà là au début »; nothing where the target is not prorated or its period
    is over."""
    if objectif.attendu is None or objectif.attendu == objectif.objectif:
        return ""
    environ = ENVIRON if objectif.base else ""
    depart = f", dont {environ}{write_integer(objectif.depart)} déjà là au début" if objectif.depart else ""
    return f"attendu à ce jour : {_rounded(objectif.attendu)}{depart}"


def _rounded(valeur: float) -> str:
    return write_integer(valeur) if valeur >= PETIT_NOMBRE else write_number(round(valeur, 1))


def write_projection(objectif: ObjectifEvalue) -> str:
    """« au rythme actuel : 116, entre 95 et 137, le 31/12/2021 »; nothing once the period is over, nor
    without a number to compare with."""
    projection = objectif.projection
    if projection is None or objectif.objectif is None or objectif.part_ecoulee >= 1:
        return ""
    valeurs = [write_integer(v) for v in (projection.valeur, projection.basse, projection.haute)]
    if len(set(valeurs)) == 1:
        return f"au rythme actuel : {valeurs[0]} le {write_short_date(objectif.fin)}"
    return f"au rythme actuel : {valeurs[0]}, entre {valeurs[1]} et {valeurs[2]}, le {write_short_date(objectif.fin)}"


def explain_number(objectif: ObjectifEvalue) -> str:
    """How the number was obtained: « 50 par ETP × 4,8 ETP × 12/12 mois = 240 »."""
    produit = _PRODUITS.get(objectif.nature)
    if objectif.valeur_texte is None:
        return "le texte ne donne pas de nombre à atteindre"
    if produit is None:
        return ""
    texte = f"{write_number(objectif.valeur_texte)} par {produit}"
    if objectif.objectif is None:
        return f"{texte} : le nombre d’{produit} manque" if produit == "ETP" else f"{texte} : aucun référent connu"
    facteur = objectif.objectif / objectif.valeur_texte if objectif.valeur_texte else 0.0
    total = write_number(objectif.objectif)
    if produit == "référent":
        return f"{texte} × {write_integer(facteur)} référent{'s' if facteur >= 2 else ''} en poste = {total}"
    mois = months_of(objectif.debut, objectif.fin)
    return f"{texte} × {_trim(facteur * 12 / mois)} ETP × {_trim(mois)}/12 mois = {total}"


def _trim(valeur: float) -> str:
    """Two decimals at most, none that says nothing: « 4,8 », « 0,25 », « 12 »."""
    arrondi = round(valeur, 2)
    return write_number(arrondi) if (10 * arrondi).is_integer() else write_decimal(arrondi, 2)


def write_since(objectif: ObjectifEvalue) -> str:
    """« 341 de plus depuis le 31/12/2019, hors de la période de l’objectif »; nothing where nothing was added."""
    if not objectif.depuis or objectif.depuis < 0:
        return ""
    return (
        f"{write_objectif(objectif, objectif.depuis)} de plus depuis le {write_short_date(objectif.fin)}, "
        "hors de la période de l’objectif"
    )


def write_part(objectif: ObjectifEvalue) -> str:
    """« compte seulement : Bénéficiaire du RSA, Oui »; says so where the part cannot be read."""
    parts = read_part(objectif.part)
    if parts is None:
        return f"«{INSECABLE}{objectif.part}{INSECABLE}» ne désigne aucune part connue : l’objectif n’est pas suivi"
    noms = [(find_decoupage(nom), valeur) for nom, valeur in parts]
    ecrites = [f"{decoupage.libelle}, {decoupage.label(valeur)}" for decoupage, valeur in noms]
    return f"compte seulement : {' ; '.join(ecrites)}" if ecrites else ""


def write_remarks(objectif: ObjectifEvalue, tous: Sequence[ObjectifEvalue]) -> tuple[str, ...]:
    """All that must be known to read the target rightly; `tous`: those among which a contradictory one is sought."""
    au_dela = "au-delà de la fourchette" if objectif.au_dela_de_la_fourchette else ""
    dites = (write_part(objectif), au_dela, write_since(objectif), find_rivals(objectif, tous))
    return tuple(dite for dite in dites if dite)


def find_rivals(objectif: ObjectifEvalue, tous: Sequence[ObjectifEvalue]) -> str:
    """« le texte donne plusieurs nombres pour cet indicateur : 5 ; 6 », « … tantôt un minimum, tantôt un maximum »:
    contradictory targets of one operation on one figure, all kept."""
    if objectif.objectif is None:
        return ""
    memes = [o for o in tous if _figure_of(o) == _figure_of(objectif) and o.objectif is not None]
    ensemble = [o for o in memes if o.debut <= objectif.fin and objectif.debut <= o.fin]
    inverses = [o for o in memes if o.est_maximum is not objectif.est_maximum]
    # The same number as a floor then as a ceiling contradicts itself whatever the years.
    if inverses and (
        any(o in ensemble for o in inverses) or len({objectif.objectif, *(o.objectif for o in inverses)}) == 1
    ):
        bornes = dict.fromkeys(_bound(o, memes) for o in memes)
        return f"le texte donne tantôt un minimum, tantôt un maximum : {' ; '.join(bornes)}. Chacun est suivi à part"
    nombres = list(dict.fromkeys(_bare_target(o) for o in ensemble))
    if len(nombres) < 2:
        return ""
    return f"le texte donne plusieurs nombres pour cet indicateur : {' ; '.join(nombres)}. Chacun est suivi à part"


def _bound(objectif: ObjectifEvalue, tous: Sequence[ObjectifEvalue]) -> str:
    """« 80 au moins »; with its years where those of the others are not the same."""
    borne = f"{_bare_target(objectif)} au {'plus' if objectif.est_maximum else 'moins'}"
    if len({(o.debut, o.fin) for o in tous}) == 1:
        return borne
    annees = dict.fromkeys((str(objectif.debut.year), str(objectif.fin.year)))
    return f"{borne} ({'-'.join(annees)})"


def _bare_target(objectif: ObjectifEvalue) -> str:
    return _target(objectif).removesuffix(name_unit(objectif))


def _figure_of(objectif: ObjectifEvalue) -> tuple[str | None, ...]:
    code = _MEME_FIGURE.get(objectif.indicateur, objectif.indicateur)
    return (objectif.plie, objectif.operation, code, objectif.part)


def put_rivals_together(objectifs: Sequence[ObjectifEvalue]) -> list[ObjectifEvalue]:
    """The same targets in the same order, each followed by those on the same figure."""
    rangs: dict[tuple[str | None, ...], int] = {}
    for rang, objectif in enumerate(objectifs):
        rangs.setdefault(_figure_of(objectif), rang)
    return sorted(objectifs, key=lambda o: rangs[_figure_of(o)])


def find_repeats(operations: Sequence[Operation], tous: Sequence[ObjectifEvalue]) -> dict[tuple[str, str], str]:
    """(PLIE, operation) → the earlier operation that it repeats word for word: same title, same targets."""
    premieres: dict[tuple[object, ...], str] = {}
    repetees: dict[tuple[str, str], str] = {}
    for operation in operations:
        plie, code = operation.code_plie, operation.code_operation
        siens = frozenset(
            (o.libelle, o.nature, o.valeur_texte, o.objectif_max, o.unite)
            for o in tous
            if (o.plie, o.operation) == (plie, code)
        )
        if siens and (premiere := premieres.setdefault((plie, operation.intitule, siens), code)) != code:
            repetees[plie, code] = premiere
    return repetees


def write_operation(operation: Operation) -> str:
    """« Structure · axe · du … au … · 4,8 ETP · source »: what is known of an operation."""
    etp = None if operation.etp is None else f"{_trim(operation.etp)}{INSECABLE}ETP"
    dates = f"du {write_short_date(operation.debut)} au {write_short_date(operation.fin)}"
    connus = (operation.structure_beneficiaire, operation.axe, dates, etp, operation.source)
    return " · ".join(texte for texte in connus if texte)


def write_group(objectifs: Sequence[ObjectifEvalue]) -> str:
    """« 24 objectifs : 5 atteints sur 21 suivis, 3 en retard et 1 dépassé »; followed = with a number and data."""
    atteints, suivis = count_reached(list(objectifs))
    debut = count(len(objectifs), "objectif")
    if not suivis:
        return f"{debut}, aucun n’a un nombre et une donnée"
    faits = f"{count(atteints, 'atteint')} sur {count(suivis, 'suivi')}"
    return f"{debut} : {faits}, {enumerate_in_words(count_statuses(objectifs, _MANQUES)) or 'aucun en retard'}"
