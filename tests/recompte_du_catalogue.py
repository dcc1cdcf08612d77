"""Every figure of the catalogue, as what is counted over what.

Like `tests.recompte`, it shares nothing with `indicators`. A code or a split that is not here fails
`tests/unit/indicators/test_recompte.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from tests import recompte_rangees as quoi
from tests.recompte import Recompte, decale
from tests.recompte_decoupages import Rangee, part_of
from tests.recompte_rangees import Compteur, bearing, before, is_in, on, only, rows_of

MOIS = 30.4375


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


STOCK, ENTREES, SORTIES = rows_of(Recompte.file_active), rows_of(Recompte.entrees), rows_of(Recompte.sorties)
PERSONNES = rows_of(Recompte.accompagnes)
POSITIVES = only(SORTIES, is_in("categorie", "positive"))
SOUS_REGLES = only(SORTIES, quoi.under_rules)
DUES = only(SORTIES, lambda r, x, _: decale(x.p["sortie_le"], 1) <= r.au)
ACTIFS = only(STOCK, quoi.not_suspended)
DIAGNOSTICS = ("parcours.prescription_le", "parcours.diagnostic_le")
_VERS_L_EMPLOI = only(
    only(POSITIVES, is_in("nature", "emploi")),
    lambda r, x, _: (
        x.p["sortie_le"] <= decale(r.au, -6) and x.p["situation_6_mois"] in ("en_emploi", "en_formation", "sans_emploi")
    ),
)


def _women(population: Compteur, ecart: float = 0.0, cle: object = None) -> Chiffre:
    femmes, connues = only(population, is_in("sexe", "F")), only(population, is_in("sexe", "F", "H"))
    return Chiffre(femmes, connues, "rapport", ecart=ecart, colonnes=("participants.sexe",))


def _people(decoupage: str, colonne: str, *parts: str) -> Chiffre:
    return Chiffre(only(PERSONNES, is_in(decoupage, *(parts or ("oui",)))), colonnes=(colonne,))


def _band(rang: int) -> Chiffre:
    dans = only(PERSONNES, lambda r, x, _: part_of(r, x, "age") == r.bands(x.p)[rang])
    return Chiffre(dans, colonnes=("participants.date_naissance",))


def _recorded_in_time(r: Recompte, x: Rangee, _: int) -> bool:
    return bool(x.p["saisie_le"]) and x.p["saisie_le"] <= decale(x.p["sortie_le"], 1)


_ANCIENNETE = bearing(STOCK, lambda r, x: (r.au - x.p["entree_le"]).days / MOIS)
_DUREE = bearing(SORTIES, lambda r, x: (x.p["sortie_le"] - x.p["entree_le"]).days / MOIS)
_PREMIERS = ("parcours.prescription_le",)

CHIFFRES: dict[str, Chiffre] = {
    "file_active": Chiffre(STOCK),
    "file_active_suspendus": Chiffre(only(STOCK, lambda r, x, _: r.suspendu(x.p))),
    "file_active_par_etp": Chiffre(STOCK, quoi.etp, "rapport", sans_territoire=True),
    "file_active_par_referent": Chiffre(
        only(STOCK, lambda r, x, _: x.p["code_referent"] is not None),
        quoi.posts,
        "rapport",
        colonnes=("parcours.code_referent",),
        sans_territoire=True,
    ),
    "file_active_moyenne": Chiffre(
        lambda r, _: [Rangee(p) for fin in quoi.month_ends(r) for p in r.file_active(fin)], genre="fins_de_mois"
    ),
    "anciennete_mediane": Chiffre(_ANCIENNETE, genre="mediane"),
    "anciennete_moyenne": Chiffre(_ANCIENNETE, genre="moyenne"),
    "parcours_longs": Chiffre(only(STOCK, quoi.long_one), seuils=(12, 24, 30)),
    "entrees": Chiffre(ENTREES),
    "entrees_nouvelles": Chiffre(
        only(ENTREES, lambda r, x, _: r.du <= x.p["entree_le"] <= r.au), operation_seulement=True
    ),
    "entrees_reconduites": Chiffre(
        only(ENTREES, lambda r, x, _: not r.du <= x.p["entree_le"] <= r.au), operation_seulement=True
    ),
    "sorties": Chiffre(SORTIES),
    "sorties_operation": Chiffre(quoi.left),
    "sorties_operation_saisies_a_temps": Chiffre(
        only(only(quoi.left, quoi.due), quoi.recorded),
        only(quoi.left, quoi.due),
        "rapport",
        colonnes=("participations.sortie_saisie_le",),
    ),
    "resultats_immediats": Chiffre(quoi.left, montre_par=("situation",), colonnes=("participations.situation_sortie",)),
    "participants_accompagnes": Chiffre(PERSONNES),
    "duree_parcours_mediane": Chiffre(_DUREE, genre="mediane"),
    "duree_parcours_moyenne": Chiffre(_DUREE, genre="moyenne"),
    "sorties_positives": Chiffre(POSITIVES),
    "sorties_positives_emploi": Chiffre(only(POSITIVES, is_in("nature", "emploi"))),
    "sorties_positives_formation": Chiffre(only(POSITIVES, is_in("nature", "formation"))),
    "sorties_positives_creation": Chiffre(only(POSITIVES, is_in("nature", "creation"))),
    "sorties_autres": Chiffre(only(SORTIES, is_in("categorie", "autre"))),
    "sorties_negatives": Chiffre(only(SORTIES, is_in("categorie", "negative"))),
    "sorties_non_documentees": Chiffre(only(SORTIES, is_in("categorie", "non_documentee"))),
    "sorties_hors_regles": Chiffre(only(SORTIES, quoi.outside_rules)),
    "taux_sorties_positives": Chiffre(POSITIVES, SOUS_REGLES, "rapport"),
    "taux_sorties_positives_hors_neutres": Chiffre(
        POSITIVES, only(SOUS_REGLES, lambda r, x, _: r.categorie(x.p) != "autre"), "rapport"
    ),
    "sorties_saisies_a_temps": Chiffre(
        only(DUES, _recorded_in_time), DUES, "rapport", colonnes=("parcours.saisie_le",)
    ),
    "en_attente_de_validation": Chiffre(
        only(STOCK, before("solution_depuis", lambda r: r.au)), colonnes=("parcours.solution_depuis",)
    ),
    "maintien_a_6_mois": Chiffre(
        only(_VERS_L_EMPLOI, on("situation_6_mois", "en_emploi")),
        _VERS_L_EMPLOI,
        "rapport",
        colonnes=("parcours.situation_6_mois",),
    ),
    "part_femmes": _women(PERSONNES),
    "part_femmes_file_active": _women(STOCK),
    "part_femmes_entrees": _women(ENTREES),
    "part_femmes_sorties": _women(SORTIES),
    "part_femmes_sorties_positives": _women(POSITIVES),
    "part_femmes_etapes": _women(quoi.etapes),
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
    "etapes": Chiffre(quoi.etapes),
    "etapes_participants": Chiffre(quoi.etapes, cle=quoi.person),
    "etapes_commencees": Chiffre(quoi.started),
    "etapes_par_participant": Chiffre(
        lambda r, _: [Rangee(r.parcours_of(e), e) for e in r.etapes_des_accompagnes()], PERSONNES, "rapport"
    ),
    "sans_etape": Chiffre(rows_of(Recompte.sans_etape)),
    "sans_etape_en_cours": Chiffre(only(STOCK, quoi.no_etape_today)),
    "delai_premiere_etape": Chiffre(lambda r, _: quoi.first_etapes(r, 90), genre="mediane"),
    "delai_premiere_etape_respecte": Chiffre(
        only(quoi.first_etapes, quoi.within), quoi.entered, "rapport", seuils=(30, 60, 90)
    ),
    "attente_entre_etapes": Chiffre(quoi.waits, genre="mediane"),
    "heures_etapes": Chiffre(
        lambda r, _: [replace(x, quantite=x.e and x.e["heures"]) for x in quoi.etapes(r)],
        genre="somme",
        colonnes=("etapes.heures",),
    ),
    "etapes_justifiees": Chiffre(
        only(quoi.etapes, quoi.justified), quoi.etapes, "rapport", colonnes=("etapes.justificatif",)
    ),
    "etapes_avant_sortie": Chiffre(quoi.exits_after, SORTIES, "rapport", cle=quoi.exit_of, du_numerateur=("classe",)),
    "contacts": Chiffre(quoi.contacts),
    "contacts_pour_50": Chiffre(quoi.contacts, PERSONNES, "rapport", facteur=50.0),
    "contacts_par_participant_et_mois": Chiffre(
        quoi.contacts, quoi.each_month, "rapport", du_numerateur=("nature_contact",)
    ),
    "entretien_du_mois": Chiffre(only(ACTIFS, quoi.met_this_month), ACTIFS, "rapport"),
    "premier_entretien": Chiffre(quoi.first_meetings, genre="mediane", colonnes=_PREMIERS),
    "premier_entretien_respecte": Chiffre(
        only(quoi.first_meetings, quoi.within), quoi.first_meetings, "rapport", seuils=(30,), colonnes=_PREMIERS
    ),
    "sans_contact": Chiffre(rows_of(Recompte.sans_contact)),
    "contrats_a_echeance": Chiffre(
        only(STOCK, before("contrat_jusquau", lambda r: decale(r.au, 1))), colonnes=("parcours.contrat_jusquau",)
    ),
    "contrats_echus": Chiffre(
        only(STOCK, before("contrat_jusquau", lambda r: r.au - timedelta(days=1))),
        colonnes=("parcours.contrat_jusquau",),
    ),
    "delai_diagnostic": Chiffre(quoi.diagnostics, genre="mediane", colonnes=DIAGNOSTICS),
    "delai_diagnostic_respecte": Chiffre(
        only(quoi.diagnostics, quoi.within), quoi.diagnostics, "rapport", seuils=(15, 30), colonnes=DIAGNOSTICS
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
