"""Follow-up asked by Roubaix, Métropole Nord-Ouest and the Dunkerquois: contacts, contracts, diagnosis."""

from dataclasses import replace
from datetime import date
from functools import partial

from data_access import tables as t
from data_access.base.jours import add_months
from indicators.catalogue.references import dunkerque, mno, roubaix
from indicators.comptes import days_between
from indicators.declaration import Exemple, Indicateur, Mediane, Part, Rapport, Stock, Unite, tables
from indicators.decoupages import PERSONNES
from indicators.lignes import Cadre, Lignes, has

_p, _c = t.parcours.c, t.contacts.c
CONTACTS = ("parcours", "contacts")


def contacts(cadre: Cadre) -> Lignes:
    """Contacts dated in the period; inside an operation, those on a day of participation in it."""
    lignes = cadre.dated_rows().joined(t.contacts).where(_c.contact_le.between(cadre.du, cadre.au))
    nommees = replace(lignes, colonnes=dict(lignes.colonnes) | {"nature_contact": _c.nature})
    return cadre.in_force_on(nommees, _c.contact_le)


def sans_contact(cadre: Cadre) -> Lignes:
    """File active for a month or more, not suspended, whose last contact is a month old or more."""
    limite = cadre.months_before(1)
    vus = has(t.contacts, _c.contact_le > limite, _c.contact_le <= cadre.au)
    return cadre.file_active().where(_p.entree_le <= limite, ~cadre.is_suspended(), ~vus)


def contrats_a_echeance(cadre: Cadre) -> Lignes:
    """File active whose engagement contract ends within a month, or has ended."""
    return cadre.file_active().where(_p.contrat_jusquau <= add_months(cadre.au, 1))


def diagnostics(cadre: Cadre) -> Lignes:
    """Diagnoses of the period whose prescription date is known, each bearing the days since it."""
    faits = cadre.presences().where(_p.diagnostic_le.between(cadre.du, cadre.au), _p.prescription_le.is_not(None))
    return faits.measuring(days_between(_p.prescription_le, _p.diagnostic_le))


_SUIVI = tables("""
    parcours: id_parcours | entree_le  | contrat_jusquau
              A           | 2021-01-01 | 2021-07-30
              B           | 2021-01-01 | 2021-07-31
              C           | 2021-05-30 | 2021-06-29
              D           | 2021-05-31 | 2021-06-30
              E           | 2021-01-01 |
    contacts: id_parcours | contact_le | nature
              A           | 2021-05-30 | entretien
              B           | 2021-05-31 | telephone
              B           | 2021-05-31 | telephone
              E           | 2021-07-01 | courriel
    suspensions: id_parcours | motif | debut      | fin
                 E           | santé | 2021-06-01 |
""")
_DANS_UNE_OPERATION = tables("""
    parcours: id_parcours | entree_le
              A           | 2021-01-01
              B           | 2021-01-01
    contacts: id_parcours | contact_le
              A           | 2021-01-31
              A           | 2021-02-01
              A           | 2021-03-01
              A           | 2021-03-02
              B           | 2021-02-15
    participations: id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-02-01 | 2021-03-01
""")
_DIAGNOSTICS = tables("""
    parcours: id_parcours | entree_le  | prescription_le | diagnostic_le
              A           | 2021-03-01 | 2021-01-01      | 2021-01-16
              B           | 2021-03-01 | 2021-01-01      | 2021-01-17
              C           | 2021-03-01 | 2021-01-01      | 2021-02-01
              D           | 2021-03-01 |                 | 2021-02-01
""")
_DeJanvierAJuin = partial(Exemple, au=date(2021, 6, 30))
_DEUX_DANS_O1 = _DeJanvierAJuin(_DANS_UNE_OPERATION, 2, operation="O1")
_DATES_DU_DIAGNOSTIC = ("parcours.prescription_le", "parcours.diagnostic_le")
_DELAIS_DU_DIAGNOSTIC = (roubaix("l. 134 : 15 jours"), dunkerque("l. 79 : 30 jours"))

INDICATEURS = (
    Indicateur(
        "contacts",
        "Contacts",
        "Contacts avec les participants datés dans la période.",
        "les contacts datés dans la période",
        unite=Unite.CONTACTS,
        numerateur=contacts,
        decoupages=(*PERSONNES, "nature_contact"),
        tables=CONTACTS,
        sources=(mno("l. 216"), roubaix("l. 150-152")),
        exemples={
            "Deux lignes identiques sont deux contacts": _DeJanvierAJuin(_SUIVI, 3),
            "Par nature": _DeJanvierAJuin(_SUIVI, 2, par={"nature_contact": "telephone"}),
            "Dans une opération : le contact tombe un jour de participation, premier et dernier compris": _DEUX_DANS_O1,
        },
    ),
    Rapport(
        "contacts_pour_50",
        "Contacts pour 50 participants",
        "50 × contacts de la période ÷ participants accompagnés.",
        "50 fois les contacts datés dans la période",
        rapporte_a="les participants accompagnés",
        unite=Unite.CONTACTS_POUR_50,
        facteur=50.0,
        numerateur=contacts,
        denominateur=Cadre.people,
        tables=CONTACTS,
        sources=(mno("l. 216 : a minima 1000 contacts pour 50 participants"),),
        reserves=("Le rapport porte sur la période affichée ; l’objectif du texte est annuel.",),
        exemples={"Trois contacts, cinq personnes": _DeJanvierAJuin(_SUIVI, 50 * 3 / 5)},
    ),
    Stock(
        "sans_contact",
        "Sans contact depuis un mois",
        "File active non suspendue, entrée depuis un mois, dont le dernier contact date d’un mois ou plus.",
        "les parcours de la file active sans contact depuis un mois",
        libelle_dans_operation="Présents sans contact depuis un mois",
        numerateur=sans_contact,
        tables=CONTACTS,
        sources=(roubaix("l. 263"),),
        exemples={
            "30 juin − 1 mois = 30 mai : ce jour-là ne suffit plus ; le suspendu n’est pas en cause": _DeJanvierAJuin(
                _SUIVI, 2, "A C"
            )
        },
    ),
    Stock(
        "contrats_a_echeance",
        "Contrats d’engagement à échéance",
        "File active dont le contrat d’engagement arrive à terme dans le mois, ou est déjà échu.",
        "les parcours de la file active dont le contrat finit dans le mois ou a fini",
        numerateur=contrats_a_echeance,
        colonnes=("parcours.contrat_jusquau",),
        sources=(roubaix("l. 140-142, 269"),),
        exemples={"30 juin + 1 mois = 30 juillet": _DeJanvierAJuin(_SUIVI, 3, "A C D")},
    ),
    Stock(
        "contrats_echus",
        "Contrats d’engagement échus",
        "File active dont le contrat d’engagement est déjà arrivé à terme.",
        "les parcours de la file active dont le contrat a pris fin avant le jour donné",
        numerateur=lambda cadre: cadre.file_active().where(_p.contrat_jusquau < cadre.au),
        colonnes=("parcours.contrat_jusquau",),
        sources=(roubaix("l. 269"),),
        exemples={"Le jour du terme n’est pas dépassé": _DeJanvierAJuin(_SUIVI, 1, "C")},
    ),
    Mediane(
        "delai_diagnostic",
        "Délai médian du diagnostic",
        "Jours entre la prescription et le diagnostic, pour les diagnostics de la période.",
        "les jours entre prescription et diagnostic",
        unite=Unite.JOURS,
        numerateur=diagnostics,
        colonnes=_DATES_DU_DIAGNOSTIC,
        dans_le_delai="delai_diagnostic_respecte",
        sources=_DELAIS_DU_DIAGNOSTIC,
        exemples={"Sans date de prescription : hors du calcul": _DeJanvierAJuin(_DIAGNOSTICS, 16)},
    ),
    Part(
        "delai_diagnostic_respecte",
        "Diagnostics dans le délai",
        "Part des diagnostics de la période faits dans le délai, 15 ou 30 jours selon le texte du PLIE.",
        "les diagnostics faits dans le délai",
        rapporte_a="les diagnostics de la période dont la prescription est datée",
        seuils=(15, 30),
        numerateur=lambda cadre: diagnostics(cadre).up_to(cadre.seuil or 0),
        denominateur=lambda cadre: diagnostics(cadre).counted(),
        colonnes=_DATES_DU_DIAGNOSTIC,
        decoupages=(*PERSONNES, "seuil"),
        sources=_DELAIS_DU_DIAGNOSTIC,
        exemples={"Quinze jours juste : dans le délai": _DeJanvierAJuin(_DIAGNOSTICS, 1 / 3, par={"seuil": "15"})},
    ),
)
