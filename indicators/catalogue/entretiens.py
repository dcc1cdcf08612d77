"""How often people are met: contacts a month, the entretien of the month, the first one."""

from datetime import date
from functools import partial

import sqlalchemy as sa

from data_access import tables as t
from indicators.catalogue.references import agape, dunkerque, roubaix
from indicators.catalogue.suivi import CONTACTS, contacts
from indicators.comptes import days_between
from indicators.declaration import Exemple, Mediane, Part, Rapport, Unite, tables
from indicators.decoupages import PERSONNES
from indicators.lignes import Cadre, Lignes, has

_p, _c = t.parcours.c, t.contacts.c
ENTRETIEN = "entretien"
DELAI = 30


def people_of_each_month(cadre: Cadre) -> Lignes:
    """People accompanied in each month of the period, once a month: someone there all year long counts twelve times."""
    mois = [cadre.over(m).people() for m in cadre.filtres.periode.months()]
    colonnes = [cadre.useful_columns(m) for m in mois]
    choisis = [m.select(*(c.label(d) for d, c in utiles.items())) for m, utiles in zip(mois, colonnes, strict=True)]
    presents = sa.union_all(*choisis).subquery()
    return Lignes(presents, (), {d: presents.c[d] for d in colonnes[0]})


def non_suspendus(cadre: Cadre) -> Lignes:
    """File active without those suspended on au."""
    return cadre.file_active().where(~cadre.is_suspended())


def vus_dans_le_mois(cadre: Cadre) -> Lignes:
    """Of those, the ones who had an entretien in the month that ends on au."""
    du_mois = (_c.contact_le > cadre.months_before(1), _c.contact_le <= cadre.au)
    return non_suspendus(cadre).where(has(t.contacts, _c.nature == ENTRETIEN, *du_mois))


def premiers_entretiens(cadre: Cadre) -> Lignes:
    """Parcours whose first entretien falls in the period and whose prescription is dated, each bearing the days between
    both."""
    premiers = sa.select(_c.code_plie, _c.id_parcours, sa.func.min(_c.contact_le).label("vu_le"))
    des_plie = premiers.where(_c.code_plie.in_(cadre.filtres.plie), _c.nature == ENTRETIEN)
    vus = des_plie.group_by(_c.code_plie, _c.id_parcours).subquery()
    lignes = cadre.presences().joined(vus).where(vus.c.vu_le.between(cadre.du, cadre.au))
    datees = lignes.where(_p.prescription_le.is_not(None))
    return datees.measuring(days_between(_p.prescription_le, vus.c.vu_le))


_MOIS_PAR_MOIS = tables("""
    parcours: id_parcours | id_participant | entree_le  | sortie_le
              A           | A              | 2020-01-01 |
              B1          | B              | 2020-01-01 | 2021-02-01
              B2          | B              | 2021-02-10 | 2021-02-20
              C           | C              | 2021-03-31 |
    contacts: id_parcours | contact_le | nature
              A           | 2021-01-05 | entretien
              A           | 2021-02-05 | entretien
              A           | 2021-02-06 | telephone
              B1          | 2021-02-01 | entretien
              C           | 2021-04-01 | entretien
""")
_DU_MOIS = tables("""
    parcours: id_parcours | entree_le  | sortie_le
              A           | 2021-01-01 |
              B           | 2021-01-01 |
              C           | 2021-01-01 |
              D           | 2021-01-01 |
              E           | 2021-01-01 | 2021-03-31
              F           | 2021-03-31 |
    contacts: id_parcours | contact_le | nature
              A           | 2021-03-01 | entretien
              B           | 2021-02-28 | entretien
              C           | 2021-03-15 | telephone
              D           | 2021-03-15 | entretien
              E           | 2021-03-15 | entretien
    suspensions: id_parcours | motif | debut      | fin
                 D           | santé | 2021-03-31 |
""")
_PREMIERS = tables("""
    parcours: id_parcours | entree_le  | prescription_le
              A           | 2021-03-01 | 2021-01-01
              B           | 2021-03-01 | 2021-01-01
              C           | 2021-03-01 |
              D           | 2021-03-01 | 2020-12-01
    contacts: id_parcours | contact_le | nature
              A           | 2021-01-10 | telephone
              A           | 2021-01-31 | entretien
              A           | 2021-02-15 | entretien
              B           | 2021-02-01 | entretien
              C           | 2021-02-01 | entretien
              D           | 2020-12-31 | entretien
              D           | 2021-01-15 | entretien
""")
_AuPremierTrimestre = partial(Exemple, au=date(2021, 3, 31))
_DE_MARS = _AuPremierTrimestre(_DU_MOIS, 1 / 4, "A")
_TRENTE_JOURS = (dunkerque("l. 73 : 30 jours au plus"),)
_DATES = ("parcours.prescription_le",)

INDICATEURS = (
    Rapport(
        "contacts_par_participant_et_mois",
        "Contacts par participant et par mois",
        "Contacts de la période, rapportés aux personnes présentes chaque mois de la période.",
        "les contacts datés dans la période",
        rapporte_a="la somme, mois par mois, des personnes accompagnées dans le mois",
        unite=Unite.CONTACTS_PAR_MOIS,
        numerateur=contacts,
        denominateur=people_of_each_month,
        decoupages=(*PERSONNES, "nature_contact"),
        decoupe_du_numerateur=("nature_contact",),
        tables=CONTACTS,
        sources=(roubaix("l. 150-154 : un entretien et un contact par téléphone ou courriel par mois"),),
        reserves=("Par nature, chaque part est rapportée à toutes les personnes présentes : les parts s’ajoutent.",),
        exemples={
            "A présent trois mois, B deux (revenu en février : une fois), C un jour de mars": _AuPremierTrimestre(
                _MOIS_PAR_MOIS, 4 / 6
            ),
            "Par nature": _AuPremierTrimestre(_MOIS_PAR_MOIS, 3 / 6, par={"nature_contact": ENTRETIEN}),
        },
    ),
    Part(
        "entretien_du_mois",
        "Vus en entretien dans le mois",
        "Part de la file active, hors parcours suspendus, qui a eu un entretien dans le mois écoulé.",
        "les parcours de la file active, non suspendus, vus en entretien depuis moins d’un mois",
        rapporte_a="les parcours de la file active non suspendus",
        libelle_dans_operation="Présents vus en entretien dans le mois",
        numerateur=vus_dans_le_mois,
        denominateur=non_suspendus,
        tables=CONTACTS,
        sources=(roubaix("l. 150 : un entretien physique minimum par mois"), agape("l. 3798 : entretiens mensuels")),
        reserves=("Celui qui vient d’entrer compte dès le premier soir.",),
        exemples={
            "31 mars − 1 mois = 28 février : ce jour-là ne suffit plus ; ni le téléphone ; ni le suspendu": _DE_MARS
        },
    ),
    Mediane(
        "premier_entretien",
        "Délai médian du premier entretien",
        "Jours entre la prescription et le premier entretien, pour les premiers entretiens de la période.",
        "les jours entre prescription et premier entretien",
        unite=Unite.JOURS,
        numerateur=premiers_entretiens,
        colonnes=_DATES,
        dans_le_delai="premier_entretien_respecte",
        tables=CONTACTS,
        sources=_TRENTE_JOURS,
        exemples={
            "Le premier entretien, pas le premier appel ; sans prescription datée : hors du calcul": Exemple(
                _PREMIERS, (30 + 31) / 2, "A B"
            )
        },
    ),
    Part(
        "premier_entretien_respecte",
        "Premiers entretiens dans le délai",
        "Part des premiers entretiens de la période tenus dans le délai, 30 jours pour le Dunkerquois.",
        "les premiers entretiens tenus dans le délai",
        rapporte_a="les premiers entretiens de la période dont la prescription est datée",
        seuils=(DELAI,),
        numerateur=lambda cadre: premiers_entretiens(cadre).up_to(cadre.seuil or DELAI),
        denominateur=lambda cadre: premiers_entretiens(cadre).counted(),
        colonnes=_DATES,
        decoupages=(*PERSONNES, "seuil"),
        tables=CONTACTS,
        sources=_TRENTE_JOURS,
        exemples={"Trente jours juste : à temps": Exemple(_PREMIERS, 1 / 2, par={"seuil": "30"})},
    ),
)
