"""Every figure of the catalogue recounted row by row, whole or by part of any split.

Like `tests.recompte`, it shares nothing with `indicators`: each figure is a list of rows, each split a reading of one
row. A code or a split that is not here fails `tests/unit/indicators/test_recompte.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import mean, median

from tests.recompte import NR, Ligne, Recompte, decale

MOIS = 30.4375
JAMAIS = date.max


@dataclass(frozen=True)
class Rangee:
    """One thing counted: of which parcours, which étape, contact or last participation, bearing which quantity."""

    p: Ligne
    e: Ligne | None = None
    contact: Ligne | None = None
    participation: Ligne | None = None
    quantite: float | None = 1.0


Compteur = Callable[[Recompte, int], list[Rangee]]


@dataclass(frozen=True)
class Chiffre:
    """How a figure is made of rows. `cle`: rows that are one and the same thing, inside a class or type of étape.

    `colonnes`: « table.colonne » without which a PLIE has not documented it.
    """

    haut: Compteur
    bas: Compteur | None = None
    genre: str = "compte"
    facteur: float = 1.0
    ecart: float = 0.0
    seuils: tuple[int, ...] = ()
    cle: Callable[[Rangee], tuple] | None = None
    du_numerateur: tuple[str, ...] = ()
    montre_par: tuple[str, ...] = ()
    colonnes: tuple[str, ...] = ()
    sans_territoire: bool = False
    operation_seulement: bool = False


# -- rows ---------------------------------------------------------------------------------------------


def _rows(parcours: Callable[[Recompte], list[Ligne]]) -> Compteur:
    return lambda r, _: [Rangee(p) for p in parcours(r)]


def _only(compteur: Compteur, condition: Callable[[Recompte, Rangee, int], bool]) -> Compteur:
    return lambda r, seuil: [x for x in compteur(r, seuil) if condition(r, x, seuil)]


def _bearing(compteur: Compteur, quantite: Callable[[Recompte, Rangee], float]) -> Compteur:
    return lambda r, seuil: [replace(x, quantite=quantite(r, x)) for x in compteur(r, seuil)]


def _on(nom: str, *valeurs: object) -> Callable[[Recompte, Rangee, int], bool]:
    return lambda r, x, _: x.p[nom] in valeurs


def _before(nom: str, terme: Callable[[Recompte], date]) -> Callable[[Recompte, Rangee, int], bool]:
    return lambda r, x, _: x.p[nom] is not None and x.p[nom] <= terme(r)


def _is(decoupage: str, *parts: str) -> Callable[[Recompte, Rangee, int], bool]:
    return lambda r, x, _: part_of(r, x, decoupage) in parts


def _followed(r: Recompte) -> list[Ligne]:
    return r.parcours() if r.operation is None else r.presents()


def _etapes(r: Recompte, _: int = 0) -> list[Rangee]:
    return [Rangee(r.parcours_of(e), e) for e in r.etapes()]


def _started(r: Recompte, _: int = 0) -> list[Rangee]:
    dedans = {(p["code_plie"], p["id_parcours"]) for p in r.parcours()}
    return [
        Rangee(r.parcours_of(e), e)
        for e in r.etapes_comptees()
        if (e["code_plie"], e["id_parcours"]) in dedans
        and r.operation in (None, e["code_operation"])
        and r.du <= e["debut"] <= r.au
    ]


def _held(r: Recompte, p: Ligne) -> list[Ligne]:
    """Counted étapes of the parcours that took place, begun by au, in order."""
    siennes = [e for e in r.etapes_comptees_of(p) if e["debut"] <= r.au and r.fin_of(e) >= e["debut"]]
    return sorted(siennes, key=lambda e: (e["debut"], r.fin_of(e)))


def _entered(r: Recompte, jours: int) -> list[Rangee]:
    jusqua = r.au - timedelta(days=jours)
    return [Rangee(p) for p in _followed(r) if r.du <= p["entree_le"] <= jusqua]


def _first_etapes(r: Recompte, jours: int) -> list[Rangee]:
    entres = [(x.p, _held(r, x.p)) for x in _entered(r, jours)]
    return [Rangee(p, quantite=(siennes[0]["debut"] - p["entree_le"]).days) for p, siennes in entres if siennes]


def _waits(r: Recompte, _: int) -> list[Rangee]:
    attentes = []
    for p in _followed(r):
        libre = None
        for e in _held(r, p):
            if libre and r.du <= e["debut"] and (e["debut"] - libre).days > 1:
                attentes.append(Rangee(p, e, quantite=(e["debut"] - libre).days - 1))
            libre = max(libre or r.fin_of(e), r.fin_of(e))
    return attentes


def _exits_after(r: Recompte, _: int) -> list[Rangee]:
    return [Rangee(p, e) for p in r.sorties() for e in _held(r, p) if e["debut"] <= p["sortie_le"]]


def _contacts(r: Recompte, _: int = 0) -> list[Rangee]:
    return [Rangee(r.parcours_of(c), contact=c) for c in r.contacts()]


def _each_month(r: Recompte, _: int) -> list[Rangee]:
    presents, debut = [], r.du
    while debut <= r.au:
        fin = min(decale(debut.replace(day=1), 1) - timedelta(days=1), r.au)
        presents += [Rangee(p) for p in r.over(debut, fin).accompagnes()]
        debut = fin + timedelta(days=1)
    return presents


def _month_ends(r: Recompte) -> list[date]:
    fins, jour = [], r.du.replace(day=1)
    while jour <= r.au:
        fin = decale(jour, 1) - timedelta(days=1)
        fins += [fin] if jour >= r.du and fin <= r.au else []
        jour = decale(jour, 1)
    return fins


def _first_meetings(r: Recompte, _: int) -> list[Rangee]:
    vus = []
    for p in _followed(r):
        dates = [c["contact_le"] for c in r.children("contacts", p) if c["nature"] == "entretien"]
        if dates and r.du <= min(dates) <= r.au and p["prescription_le"]:
            vus.append(Rangee(p, quantite=(min(dates) - p["prescription_le"]).days))
    return vus


def _diagnostics(r: Recompte, _: int) -> list[Rangee]:
    return [
        Rangee(p, quantite=(p["diagnostic_le"] - p["prescription_le"]).days)
        for p in _followed(r)
        if p["diagnostic_le"] and p["prescription_le"] and r.du <= p["diagnostic_le"] <= r.au
    ]


def _within(r: Recompte, x: Rangee, seuil: int) -> bool:
    return x.quantite is not None and x.quantite <= seuil


def _left(r: Recompte, _: int = 0) -> list[Rangee]:
    """Stays ended in the period, with their last participation."""
    codes = sorted({o["code_operation"] for o in r.table("operations")}) if r.operation is None else [r.operation]
    sortis = []
    for p in r.inhabitants():
        for code in codes:
            for debut, fin, _dernier in r.sejours(p, code) if r.knows(p, code) else ():
                if r.du <= fin <= r.au:
                    sienne = max(
                        (
                            x
                            for x in r.children("participations", p)
                            if x["code_operation"] == code and debut <= x["entree_le"] <= fin
                        ),
                        key=lambda x: (min(x["sortie_le"] or JAMAIS, fin), x["entree_le"]),
                    )
                    sortis.append(Rangee(p, participation=sienne | {"fin": fin}))
    return sortis


def _due(r: Recompte, x: Rangee, _: int) -> bool:
    return x.participation is not None and decale(x.participation["fin"], 1) <= r.au


def _recorded(r: Recompte, x: Rangee, _: int) -> bool:
    saisie = x.participation and x.participation["sortie_saisie_le"]
    return bool(saisie) and saisie <= decale(x.participation["fin"], 1)  # type: ignore[index]


def _under_rules(r: Recompte, x: Rangee, _: int) -> bool:
    return any(
        regle["code_plie"] == x.p["code_plie"] and regle["depuis"] <= x.p["sortie_le"] <= (regle["jusqua"] or JAMAIS)
        for regle in r.table("regles_de_sortie")
    )


def _outside_rules(r: Recompte, x: Rangee, _: int) -> bool:
    return not _under_rules(r, x, 0)


def _not_suspended(r: Recompte, x: Rangee, _: int) -> bool:
    return not r.suspendu(x.p)


def _met_this_month(r: Recompte, x: Rangee, _: int) -> bool:
    depuis = decale(r.au, -1)
    return any(c["nature"] == "entretien" and depuis < c["contact_le"] <= r.au for c in r.children("contacts", x.p))


def _no_etape_today(r: Recompte, x: Rangee, _: int) -> bool:
    return not any(e["debut"] <= r.au <= r.fin_of(e) for e in r.etapes_comptees_of(x.p))


def _justified(r: Recompte, x: Rangee, _: int) -> bool:
    piece = ((x.e or {}).get("justificatif") or "").strip().lower()
    return piece not in ("", "-") and piece.split()[0] not in ("non", "aucun", "aucune", "manquant", "sans", "0")


def _long(r: Recompte, x: Rangee, seuil: int) -> bool:
    return x.p["entree_le"] <= decale(r.au, -seuil)


def _posts(r: Recompte, _: int) -> list[Rangee]:
    return [Rangee(poste) for poste in r.en_poste()]


def _etp(r: Recompte, _: int) -> list[Rangee]:
    if r.operation is None:
        return [Rangee(poste, quantite=poste["etp"]) for poste in r.en_poste()]
    return [Rangee(o, quantite=o["etp"]) for o in r.table("operations") if o["code_operation"] == r.operation]


def _person(x: Rangee) -> tuple:
    return (x.p["code_plie"], x.p["id_participant"])


def _exit(x: Rangee) -> tuple:
    return (x.p["code_plie"], x.p["id_parcours"])


# -- figures ------------------------------------------------------------------------------------------

STOCK, ENTREES, SORTIES = _rows(Recompte.file_active), _rows(Recompte.entrees), _rows(Recompte.sorties)
PERSONNES = _rows(Recompte.accompagnes)
POSITIVES = _only(SORTIES, _is("categorie", "positive"))
SOUS_REGLES = _only(SORTIES, _under_rules)
DUES = _only(SORTIES, lambda r, x, _: decale(x.p["sortie_le"], 1) <= r.au)
ACTIFS = _only(STOCK, _not_suspended)
DIAGNOSTICS = ("parcours.prescription_le", "parcours.diagnostic_le")
_VERS_L_EMPLOI = _only(
    _only(POSITIVES, _is("nature", "emploi")),
    lambda r, x, _: (
        x.p["sortie_le"] <= decale(r.au, -6) and x.p["situation_6_mois"] in ("en_emploi", "en_formation", "sans_emploi")
    ),
)


def _women(population: Compteur, ecart: float = 0.0, cle: object = None) -> Chiffre:
    femmes, connues = _only(population, _is("sexe", "F")), _only(population, _is("sexe", "F", "H"))
    return Chiffre(femmes, connues, "rapport", ecart=ecart, colonnes=("participants.sexe",))


def _people(decoupage: str, colonne: str, *parts: str) -> Chiffre:
    return Chiffre(_only(PERSONNES, _is(decoupage, *(parts or ("oui",)))), colonnes=(colonne,))


def _band(rang: int) -> Chiffre:
    dans = _only(PERSONNES, lambda r, x, _: part_of(r, x, "age") == r.bands(x.p)[rang])
    return Chiffre(dans, colonnes=("participants.date_naissance",))


def _recorded_in_time(r: Recompte, x: Rangee, _: int) -> bool:
    return bool(x.p["saisie_le"]) and x.p["saisie_le"] <= decale(x.p["sortie_le"], 1)


_ANCIENNETE = _bearing(STOCK, lambda r, x: (r.au - x.p["entree_le"]).days / MOIS)
_DUREE = _bearing(SORTIES, lambda r, x: (x.p["sortie_le"] - x.p["entree_le"]).days / MOIS)
_PREMIERS = ("parcours.prescription_le",)

CHIFFRES: dict[str, Chiffre] = {
    "file_active": Chiffre(STOCK),
    "file_active_suspendus": Chiffre(_only(STOCK, lambda r, x, _: r.suspendu(x.p))),
    "file_active_par_etp": Chiffre(STOCK, _etp, "rapport", sans_territoire=True),
    "file_active_par_referent": Chiffre(
        _only(STOCK, lambda r, x, _: x.p["code_referent"] is not None),
        _posts,
        "rapport",
        colonnes=("parcours.code_referent",),
        sans_territoire=True,
    ),
    "file_active_moyenne": Chiffre(
        lambda r, _: [Rangee(p) for fin in _month_ends(r) for p in r.file_active(fin)], genre="fins_de_mois"
    ),
    "anciennete_mediane": Chiffre(_ANCIENNETE, genre="mediane"),
    "anciennete_moyenne": Chiffre(_ANCIENNETE, genre="moyenne"),
    "parcours_longs": Chiffre(_only(STOCK, _long), seuils=(12, 24, 30)),
    "entrees": Chiffre(ENTREES),
    "entrees_nouvelles": Chiffre(
        _only(ENTREES, lambda r, x, _: r.du <= x.p["entree_le"] <= r.au), operation_seulement=True
    ),
    "entrees_reconduites": Chiffre(
        _only(ENTREES, lambda r, x, _: not r.du <= x.p["entree_le"] <= r.au), operation_seulement=True
    ),
    "sorties": Chiffre(SORTIES),
    "sorties_operation": Chiffre(_left),
    "sorties_operation_saisies_a_temps": Chiffre(
        _only(_only(_left, _due), _recorded),
        _only(_left, _due),
        "rapport",
        colonnes=("participations.sortie_saisie_le",),
    ),
    "resultats_immediats": Chiffre(_left, montre_par=("situation",), colonnes=("participations.situation_sortie",)),
    "participants_accompagnes": Chiffre(PERSONNES),
    "duree_parcours_mediane": Chiffre(_DUREE, genre="mediane"),
    "duree_parcours_moyenne": Chiffre(_DUREE, genre="moyenne"),
    "sorties_positives": Chiffre(POSITIVES),
    "sorties_positives_emploi": Chiffre(_only(POSITIVES, _is("nature", "emploi"))),
    "sorties_positives_formation": Chiffre(_only(POSITIVES, _is("nature", "formation"))),
    "sorties_positives_creation": Chiffre(_only(POSITIVES, _is("nature", "creation"))),
    "sorties_autres": Chiffre(_only(SORTIES, _is("categorie", "autre"))),
    "sorties_negatives": Chiffre(_only(SORTIES, _is("categorie", "negative"))),
    "sorties_non_documentees": Chiffre(_only(SORTIES, _is("categorie", "non_documentee"))),
    "sorties_hors_regles": Chiffre(_only(SORTIES, _outside_rules)),
    "taux_sorties_positives": Chiffre(POSITIVES, SOUS_REGLES, "rapport"),
    "taux_sorties_positives_hors_neutres": Chiffre(
        POSITIVES, _only(SOUS_REGLES, lambda r, x, _: r.categorie(x.p) != "autre"), "rapport"
    ),
    "sorties_saisies_a_temps": Chiffre(
        _only(DUES, _recorded_in_time), DUES, "rapport", colonnes=("parcours.saisie_le",)
    ),
    "en_attente_de_validation": Chiffre(
        _only(STOCK, _before("solution_depuis", lambda r: r.au)), colonnes=("parcours.solution_depuis",)
    ),
    "maintien_a_6_mois": Chiffre(
        _only(_VERS_L_EMPLOI, _on("situation_6_mois", "en_emploi")),
        _VERS_L_EMPLOI,
        "rapport",
        colonnes=("parcours.situation_6_mois",),
    ),
    "part_femmes": _women(PERSONNES),
    "part_femmes_file_active": _women(STOCK),
    "part_femmes_entrees": _women(ENTREES),
    "part_femmes_sorties": _women(SORTIES),
    "part_femmes_sorties_positives": _women(POSITIVES),
    "part_femmes_etapes": _women(_etapes),
    "ecart_parite": _women(PERSONNES, ecart=0.5),
    "repartition_publics": Chiffre(
        PERSONNES, montre_par=("rsa", "minima_sociaux", "deld", "qpv", "handicap", "age", "diplome")
    ),
    "participants_rsa": _people("rsa", "parcours.rsa"),
    "participants_minima": _people("minima_sociaux", "parcours.minima_sociaux"),
    "participants_deld": _people("deld", "parcours.mois_sans_emploi"),
    "participants_qpv": _people("qpv", "parcours.code_quartier"),
    "participants_handicap": _people("handicap", "parcours.handicap"),
    "participants_sans_emploi": _people("emploi", "parcours.statut_emploi", "non"),
    "participants_seniors": _band(-1),
    "participants_jeunes": _band(0),
    "situation_emploi": Chiffre(PERSONNES, montre_par=("emploi",), colonnes=("parcours.statut_emploi",)),
    "logement": Chiffre(PERSONNES, montre_par=("logement",), colonnes=("parcours.sans_domicile",)),
    "menage": Chiffre(PERSONNES, montre_par=("monoparental", "parent_ne_etranger")),
    "etapes": Chiffre(_etapes),
    "etapes_participants": Chiffre(_etapes, cle=_person),
    "etapes_commencees": Chiffre(_started),
    "etapes_par_participant": Chiffre(
        lambda r, _: [Rangee(r.parcours_of(e), e) for e in r.etapes_des_accompagnes()], PERSONNES, "rapport"
    ),
    "sans_etape": Chiffre(_rows(Recompte.sans_etape)),
    "sans_etape_en_cours": Chiffre(_only(STOCK, _no_etape_today)),
    "delai_premiere_etape": Chiffre(lambda r, _: _first_etapes(r, 90), genre="mediane"),
    "delai_premiere_etape_respecte": Chiffre(_only(_first_etapes, _within), _entered, "rapport", seuils=(30, 60, 90)),
    "attente_entre_etapes": Chiffre(_waits, genre="mediane"),
    "heures_etapes": Chiffre(
        lambda r, _: [replace(x, quantite=x.e and x.e["heures"]) for x in _etapes(r)],
        genre="somme",
        colonnes=("etapes.heures",),
    ),
    "etapes_justifiees": Chiffre(_only(_etapes, _justified), _etapes, "rapport", colonnes=("etapes.justificatif",)),
    "etapes_avant_sortie": Chiffre(_exits_after, SORTIES, "rapport", cle=_exit, du_numerateur=("classe",)),
    "contacts": Chiffre(_contacts),
    "contacts_pour_50": Chiffre(_contacts, PERSONNES, "rapport", facteur=50.0),
    "contacts_par_participant_et_mois": Chiffre(_contacts, _each_month, "rapport", du_numerateur=("nature_contact",)),
    "entretien_du_mois": Chiffre(_only(ACTIFS, _met_this_month), ACTIFS, "rapport"),
    "premier_entretien": Chiffre(_first_meetings, genre="mediane", colonnes=_PREMIERS),
    "premier_entretien_respecte": Chiffre(
        _only(_first_meetings, _within), _first_meetings, "rapport", seuils=(30,), colonnes=_PREMIERS
    ),
    "sans_contact": Chiffre(_rows(Recompte.sans_contact)),
    "contrats_a_echeance": Chiffre(
        _only(STOCK, _before("contrat_jusquau", lambda r: decale(r.au, 1))), colonnes=("parcours.contrat_jusquau",)
    ),
    "contrats_echus": Chiffre(
        _only(STOCK, _before("contrat_jusquau", lambda r: r.au - timedelta(days=1))),
        colonnes=("parcours.contrat_jusquau",),
    ),
    "delai_diagnostic": Chiffre(_diagnostics, genre="mediane", colonnes=DIAGNOSTICS),
    "delai_diagnostic_respecte": Chiffre(
        _only(_diagnostics, _within), _diagnostics, "rapport", seuils=(15, 30), colonnes=DIAGNOSTICS
    ),
}


FEUILLES: dict[str, tuple[str, ...]] = {
    "suspensions": ("file_active_suspendus",),
    "referents": ("file_active_par_etp", "file_active_par_referent"),
    "participations": (
        *("entrees_nouvelles", "entrees_reconduites", "sorties_operation"),
        *("sorties_operation_saisies_a_temps", "resultats_immediats"),
    ),
    "contacts": (
        *("contacts", "contacts_pour_50", "contacts_par_participant_et_mois", "sans_contact"),
        *("entretien_du_mois", "premier_entretien", "premier_entretien_respecte"),
    ),
    "etapes": (
        *("part_femmes_etapes", "etapes", "etapes_participants", "etapes_commencees", "etapes_par_participant"),
        *("sans_etape", "sans_etape_en_cours", "delai_premiere_etape", "delai_premiere_etape_respecte"),
        *("attente_entre_etapes", "heures_etapes", "etapes_justifiees", "etapes_avant_sortie"),
    ),
}
"""Sheets beside « Parcours » without which a figure is not documented."""
SOUS_LES_REGLES = (
    *("sorties_positives", "sorties_positives_emploi", "sorties_positives_formation", "sorties_positives_creation"),
    *("sorties_autres", "sorties_negatives", "taux_sorties_positives", "taux_sorties_positives_hors_neutres"),
    *("part_femmes_sorties_positives", "maintien_a_6_mois"),
)
"""Figures that mean nothing of a PLIE that had no exit rule in force in the period."""


# -- splits -------------------------------------------------------------------------------------------

_COLONNES = {
    "plie": "code_plie",
    "commune": "code_commune",
    "quartier": "code_quartier",
    "referent": "code_referent",
    "diplome": "niveau_diplome",
    "emploi": "statut_emploi",
    "logement": "sans_domicile",
    **{nom: nom for nom in ("rsa", "minima_sociaux", "handicap", "monoparental", "parent_ne_etranger", "mode")},
    "situation_6_mois": "situation_6_mois",
}
_PAR_PARCOURS = ("sexe", "age", "deld", "qpv", "categorie", "nature")
_DE_LA_QUESTION = ("mois", "operation", "seuil")
"""Asked one by one: a month, an operation, a threshold."""
DECOUPAGES = (
    *_COLONNES,
    *_PAR_PARCOURS,
    *("type_sortie", "classe", "type_etape", "situation", "nature_contact"),
    *_DE_LA_QUESTION,
)


def part_of(r: Recompte, x: Rangee, decoupage: str) -> str:
    """The part of that split in which a row is."""
    match decoupage:
        case "classe" | "type_etape":
            genre = r.type_of(x.e) if x.e else {}
            if decoupage == "classe":
                return genre["code_classe"]
            return "autres motifs" if genre["sensible"] else genre["type_etape"]
        case "situation":
            return (x.participation and x.participation["situation_sortie"]) or NR
        case "nature_contact":
            return x.contact["nature"] if x.contact else NR
        case "type_sortie":
            return _shown_exit(r, x.p)
    if decoupage in _COLONNES:
        brut = x.p[_COLONNES[decoupage]]
        return NR if brut is None else ("oui" if brut else "non") if isinstance(brut, bool) else brut
    return r.part(x.p, decoupage)


def _shown_exit(r: Recompte, p: Ligne) -> str:
    if p["type_sortie"] is None:
        return NR
    du_jour = r.regle(p)
    memes = [
        regle
        for regle in r.table("regles_de_sortie")
        if (regle["code_plie"], regle["type_sortie"]) == (p["code_plie"], p["type_sortie"])
    ]
    sensible = du_jour["sensible"] if du_jour else any(regle["sensible"] for regle in memes)
    return "autres motifs" if sensible else p["type_sortie"]


# -- recount ------------------------------------------------------------------------------------------

Cle = tuple[str, ...]
Part = tuple[tuple[str, str], ...]


def recount_parts(code: str, r: Recompte, par: Cle = ()) -> dict[Part, float]:
    """The figure as it is published: each number under its parts, those of several splits where none is asked."""
    chiffre = CHIFFRES[code]
    if chiffre.montre_par and not par:
        return {part: n for d in chiffre.montre_par for part, n in recount_parts(code, r, (d,)).items()}
    noms = (*par, "seuil") if chiffre.seuils else par
    return {tuple(zip(noms, cle, strict=True)): nombre for cle, nombre in recount(code, r, par).items()}


def recount(code: str, r: Recompte, par: Cle = ()) -> dict[Cle, float]:
    """The figure for each part that has a number; () is the whole. With thresholds, the threshold comes last."""
    chiffre = CHIFFRES[code]
    if not _bears(chiffre, r):
        return {}
    documentes = tuple(plie for plie in r.plie if not _undocumented(code, r, plie))
    if not documentes:
        return {}
    r = r.of(documentes)
    if "mode" in par:
        return dict(_by_mode(code, r, par))
    if chiffre.seuils:
        seuils = r.thresholds() or chiffre.seuils if code == "parcours_longs" else chiffre.seuils
        return {
            (*cle, str(seuil)): valeur for seuil in seuils for cle, valeur in _compute(chiffre, r, par, seuil).items()
        }
    return _compute(chiffre, r, par, 0)


def _bears(chiffre: Chiffre, r: Recompte) -> bool:
    cibles = {o["cible"] for o in r.table("operations") if o["code_operation"] == r.operation}
    if chiffre.sans_territoire and r.territoire or chiffre.operation_seulement and r.operation is None:
        return False
    return cibles != {"soutien_aux_structures"}


def _undocumented(code: str, r: Recompte, plie: str) -> bool:
    if any(code in codes and feuille not in r.tables for feuille, codes in FEUILLES.items()):
        return True
    if code in SOUS_LES_REGLES and not any(
        x["code_plie"] == plie and x["depuis"] <= r.au and (x["jusqua"] or JAMAIS) >= r.du
        for x in r.table("regles_de_sortie")
    ):
        return True
    for colonne in CHIFFRES[code].colonnes:
        table, nom = colonne.split(".")
        lignes = [x for x in r.tables.get(table, []) if x["code_plie"] == plie]
        if lignes and all(x[nom] is None for x in lignes):
            return True
    return False


def _by_mode(code: str, r: Recompte, par: Cle) -> Iterator[tuple[Cle, float]]:
    """Each mode asked as if it were the only one."""
    place, autres = par.index("mode"), tuple(d for d in par if d != "mode")
    for mode in ("complet", "etape_seule"):
        seul = r.of_mode(mode)
        if CHIFFRES[code].genre != "rapport" and not CHIFFRES[code].haut(seul, max(CHIFFRES[code].seuils, default=0)):
            continue
        for cle, valeur in recount(code, seul, autres).items():
            yield (*cle[:place], mode, *cle[place:]), valeur


def _compute(chiffre: Chiffre, r: Recompte, par: Cle, seuil: int) -> dict[Cle, float]:
    hauts = _group(r, _distinct(r, chiffre, chiffre.haut(r, seuil), par), par)
    if not par:
        hauts.setdefault((), [])
    if chiffre.genre == "rapport" and chiffre.bas is not None:
        return _divide(chiffre, r, par, hauts, chiffre.bas(r, seuil))
    resumes = {cle: _summarise(chiffre, r, rangees) for cle, rangees in hauts.items()}
    return {cle: valeur for cle, valeur in resumes.items() if valeur is not None}


def _summarise(chiffre: Chiffre, r: Recompte, rangees: list[Rangee]) -> float | None:
    connues = [x.quantite for x in rangees if x.quantite is not None]
    match chiffre.genre:
        case "mediane" | "moyenne":
            return (median if chiffre.genre == "mediane" else mean)(connues) if connues else None
        case "somme":
            return None if rangees and not connues else sum(connues)
        case "fins_de_mois":
            return len(rangees) / len(_month_ends(r)) if _month_ends(r) else None
    return len(rangees)


def _divide(
    chiffre: Chiffre, r: Recompte, par: Cle, hauts: dict[Cle, list[Rangee]], dessous: list[Rangee]
) -> dict[Cle, float]:
    communs = tuple(d for d in par if d not in chiffre.du_numerateur)
    bas = {
        cle: sum(x.quantite for x in rangees if x.quantite is not None) if chiffre.bas is _etp else float(len(rangees))
        for cle, rangees in _group(r, dessous, communs).items()
    }
    if communs == par:
        hauts = {cle: hauts.get(cle, []) for cle in {*hauts, *bas}}
    resultat = {}
    for cle, rangees in hauts.items():
        diviseur = bas.get(tuple(p for d, p in zip(par, cle, strict=True) if d in communs))
        if diviseur:
            resultat[cle] = chiffre.facteur * len(rangees) / diviseur - chiffre.ecart
    return resultat


def _distinct(r: Recompte, chiffre: Chiffre, rangees: list[Rangee], par: Cle) -> list[Rangee]:
    """One row for each thing inside a class or a type of étape: that of the most recent parcours."""
    if chiffre.cle is None:
        return rangees
    dans = [d for d in par if d in ("classe", "type_etape")]
    gardees: dict[tuple, Rangee] = {}
    for x in sorted(rangees, key=lambda x: (x.p["entree_le"], x.p["id_parcours"])):
        gardees[(*chiffre.cle(x), *(part_of(r, x, d) for d in dans))] = x
    return list(gardees.values())


def _group(r: Recompte, rangees: list[Rangee], par: Cle) -> dict[Cle, list[Rangee]]:
    groupes: dict[Cle, list[Rangee]] = {}
    for x in rangees:
        groupes.setdefault(tuple(part_of(r, x, d) for d in par), []).append(x)
    return groupes
