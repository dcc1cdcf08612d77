"""Follow-up asked by Roubaix, Métropole Nord-Ouest and the Dunkerquois: contacts, contracts, diagnosis."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from indicators.calcul import days_between
from indicators.catalogue import flux
from indicators.catalogue.references import dunkerque, mno, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import PERSONNES
from indicators.lignes import Cadre, Lignes

_p = t.parcours.c
DATES_DU_DIAGNOSTIC = ("parcours.prescription_le", "parcours.diagnostic_le")


def contacts(cadre: Cadre) -> Lignes:
    """Contacts dated in the period."""
    lignes = cadre.contacts()
    return replace(lignes, colonnes=dict(lignes.colonnes) | {"nature_contact": t.contacts.c.nature})


def sans_contact(cadre: Cadre) -> Lignes:
    """File active for a month or more, not suspended, whose last contact is a month old or more."""
    limite = cadre.months_before(1)
    anciens = cadre.file_active().where(_p.entree_le <= limite, ~cadre.is_suspended())
    return anciens.where(~cadre.has_contact_after(limite))


def contrats_a_echeance(cadre: Cadre) -> Lignes:
    """File active whose engagement contract ends within a month, or has ended."""
    return cadre.file_active().where(_p.contrat_jusquau <= cadre.months_after(1))


def contrats_echus(cadre: Cadre) -> Lignes:
    """Of those, the contracts that ended before au."""
    return cadre.file_active().where(_p.contrat_jusquau < cadre.au)


def diagnostics(cadre: Cadre) -> Lignes:
    """Diagnoses of the period whose prescription date is known."""
    return cadre.presences().where(_p.diagnostic_le.between(cadre.du, cadre.au), _p.prescription_le.is_not(None))


def delai_diagnostic(cadre: Cadre) -> Lignes:
    """Those diagnoses, each bearing the days since the prescription."""
    return diagnostics(cadre).measuring(days_between(_p.prescription_le, _p.diagnostic_le))


def diagnostics_dans_le_delai(cadre: Cadre) -> Lignes:
    """Those diagnoses made within the threshold."""
    jours = days_between(_p.prescription_le, _p.diagnostic_le)
    return diagnostics(cadre).where(jours <= sa.literal(cadre.seuil))


_SUIVI = {
    "parcours": """
    id_parcours | entree_le  | contrat_jusquau
    A           | 2021-01-01 | 2021-07-30
    B           | 2021-01-01 | 2021-07-31
    C           | 2021-05-30 | 2021-06-29
    D           | 2021-05-31 | 2021-06-30
    E           | 2021-01-01 |
    """,
    "contacts": """
    id_parcours | contact_le | nature
    A           | 2021-05-30 | entretien
    B           | 2021-05-31 | telephone
    B           | 2021-05-31 | telephone
    E           | 2021-07-01 | courriel
    """,
    "suspensions": """
    id_parcours | motif | debut      | fin
    E           | santé | 2021-06-01 |
    """,
}
_JUIN = (date(2021, 1, 1), date(2021, 6, 30))
_DELAIS = {
    "parcours": """
    id_parcours | entree_le  | prescription_le | diagnostic_le
    A           | 2021-03-01 | 2021-01-01      | 2021-01-16
    B           | 2021-03-01 | 2021-01-01      | 2021-01-17
    C           | 2021-03-01 | 2021-01-01      | 2021-02-01
    D           | 2021-03-01 |                 | 2021-02-01
    """
}

INDICATEURS = (
    Indicateur(
        code="contacts",
        libelle="Contacts",
        definition="Contacts avec les participants datés dans la période.",
        compte="les contacts datés dans la période",
        unite=Unite.CONTACTS,
        sens=Sens.HAUT,
        numerateur=contacts,
        decoupages=(*PERSONNES, "nature_contact"),
        tables=("parcours", "contacts"),
        sources=(mno("l. 216"), roubaix("l. 150-152")),
        exemples=(
            Exemple("Deux lignes identiques sont deux contacts", _SUIVI, *_JUIN, 3),
            Exemple("Par nature", _SUIVI, *_JUIN, 2, par=(("nature_contact", "telephone"),)),
            Exemple(
                "Dans une opération : le contact tombe un jour de participation, premier et dernier compris",
                {
                    "parcours": """
                    id_parcours | entree_le
                    A           | 2021-01-01
                    B           | 2021-01-01
                    """,
                    "contacts": """
                    id_parcours | contact_le
                    A           | 2021-01-31
                    A           | 2021-02-01
                    A           | 2021-03-01
                    A           | 2021-03-02
                    B           | 2021-02-15
                    """,
                    "participations": """
                    id_parcours | code_operation | entree_le  | sortie_le
                    A           | O1             | 2021-02-01 | 2021-03-01
                    """,
                },
                *_JUIN,
                2,
                operation="O1",
            ),
        ),
    ),
    Indicateur(
        code="contacts_pour_50",
        libelle="Contacts pour 50 participants",
        definition="50 × contacts de la période ÷ participants accompagnés.",
        compte="50 fois les contacts datés dans la période",
        rapporte_a="les participants accompagnés",
        unite=Unite.CONTACTS_POUR_50,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        facteur=50.0,
        numerateur=contacts,
        denominateur=flux.participants_accompagnes,
        decoupages=PERSONNES,
        tables=("parcours", "contacts"),
        sources=(mno("l. 216 : a minima 1000 contacts pour 50 participants"),),
        reserves=("Le rapport porte sur la période affichée ; l’objectif du texte est annuel.",),
        exemples=(Exemple("Trois contacts, cinq personnes", _SUIVI, *_JUIN, 50 * 3 / 5),),
    ),
    Indicateur(
        code="sans_contact",
        libelle="Sans contact depuis un mois",
        definition="File active non suspendue, entrée depuis un mois, dont le dernier contact date d’un mois ou plus.",
        compte="les parcours de la file active sans contact depuis un mois",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        sens=Sens.BAS,
        numerateur=sans_contact,
        decoupages=PERSONNES,
        tables=("parcours", "contacts"),
        sources=(roubaix("l. 263"),),
        exemples=(
            Exemple(
                "30 juin − 1 mois = 30 mai : ce jour-là ne suffit plus ; le suspendu n’est pas en cause",
                _SUIVI,
                *_JUIN,
                2,
                frozenset({"A", "C"}),
            ),
        ),
    ),
    Indicateur(
        code="contrats_a_echeance",
        libelle="Contrats d’engagement à échéance",
        definition="File active dont le contrat d’engagement arrive à terme dans le mois, ou est déjà échu.",
        compte="les parcours de la file active dont le contrat finit dans le mois ou a fini",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        sens=Sens.BAS,
        numerateur=contrats_a_echeance,
        colonnes=("parcours.contrat_jusquau",),
        decoupages=PERSONNES,
        sources=(roubaix("l. 140-142, 269"),),
        exemples=(Exemple("30 juin + 1 mois = 30 juillet", _SUIVI, *_JUIN, 3, frozenset({"A", "C", "D"})),),
    ),
    Indicateur(
        code="contrats_echus",
        libelle="Contrats d’engagement échus",
        definition="File active dont le contrat d’engagement est déjà arrivé à terme.",
        compte="les parcours de la file active dont le contrat a pris fin avant le jour donné",
        unite=Unite.PARCOURS,
        temporalite=Temporalite.STOCK,
        sens=Sens.BAS,
        numerateur=contrats_echus,
        colonnes=("parcours.contrat_jusquau",),
        decoupages=PERSONNES,
        sources=(roubaix("l. 269"),),
        exemples=(Exemple("Le jour du terme n’est pas dépassé", _SUIVI, *_JUIN, 1, frozenset({"C"})),),
    ),
    Indicateur(
        code="delai_diagnostic",
        libelle="Délai médian du diagnostic",
        definition="Jours entre la prescription et le diagnostic, pour les diagnostics de la période.",
        compte="les jours entre prescription et diagnostic",
        unite=Unite.JOURS,
        agregat=Agregat.MEDIANE,
        temporalite=Temporalite.RATIO,
        sens=Sens.BAS,
        numerateur=delai_diagnostic,
        colonnes=DATES_DU_DIAGNOSTIC,
        dans_le_delai="delai_diagnostic_respecte",
        decoupages=PERSONNES,
        sources=(roubaix("l. 134 : 15 jours"), dunkerque("l. 79 : 30 jours")),
        exemples=(Exemple("Sans date de prescription : hors du calcul", _DELAIS, *_JUIN, 16),),
    ),
    Indicateur(
        code="delai_diagnostic_respecte",
        libelle="Diagnostics dans le délai",
        definition="Part des diagnostics de la période faits dans le délai, 15 ou 30 jours selon le texte du PLIE.",
        compte="les diagnostics faits dans le délai",
        rapporte_a="les diagnostics de la période dont la prescription est datée",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        seuils=(15, 30),
        numerateur=diagnostics_dans_le_delai,
        denominateur=diagnostics,
        colonnes=DATES_DU_DIAGNOSTIC,
        decoupages=(*PERSONNES, "seuil"),
        sources=(roubaix("l. 134 : 15 jours"), dunkerque("l. 79 : 30 jours")),
        exemples=(Exemple("Quinze jours juste : dans le délai", _DELAIS, *_JUIN, 1 / 3, par=(("seuil", "15"),)),),
    ),
)
