"""How often people are met: contacts a month, the entretien of the month, the first one."""

from datetime import date

import sqlalchemy as sa

from data_access import tables as t
from indicators.calcul import days_between
from indicators.catalogue import suivi
from indicators.catalogue.references import agape, dunkerque, roubaix
from indicators.declaration import Agregat, Exemple, Indicateur, Sens, Temporalite, Unite
from indicators.decoupages import PERSONNES
from indicators.lignes import IDENTIFIANT, Cadre, Lignes
from indicators.lignes_des_etapes import join_parcours

_p, _c = t.parcours.c, t.contacts.c
ENTRETIEN = "entretien"
DELAI = 30


def people_of_each_month(cadre: Cadre) -> Lignes:
    """People accompanied in each month of the period, once a month: someone there all year long counts twelve times."""
    mois = [cadre.over(m).people() for m in cadre.filtres.periode.months()]
    utiles = [d for d in mois[0].colonnes if d in ("plie", "sexe", IDENTIFIANT, *cadre.filtres.par)]
    presents = sa.union_all(*(m.select(*(m.colonnes[d].label(d) for d in utiles)) for m in mois)).subquery()
    return Lignes(presents, (), {d: presents.c[d] for d in utiles})


def non_suspendus(cadre: Cadre) -> Lignes:
    """File active without those suspended on au."""
    return cadre.file_active().where(~cadre.is_suspended())


def vus_dans_le_mois(cadre: Cadre) -> Lignes:
    """Of those, the ones who had an entretien in the month that ends on au."""
    depuis = cadre.months_before(1)
    vu = (
        sa.select(sa.literal(1))
        .select_from(t.contacts)
        .where(
            _c.code_plie == _p.code_plie,
            _c.id_parcours == _p.id_parcours,
            _c.nature == ENTRETIEN,
            _c.contact_le > depuis,
            _c.contact_le <= cadre.au,
        )
        .correlate_except(t.contacts)
        .exists()
    )
    return non_suspendus(cadre).where(vu)


def _first_ones(cadre: Cadre) -> tuple[Lignes, sa.ColumnElement]:
    """Parcours whose first entretien falls in the period and whose prescription is dated; the days between both."""
    premiers = (
        sa.select(_c.code_plie, _c.id_parcours, sa.func.min(_c.contact_le).label("vu_le"))
        .where(_c.code_plie.in_(cadre.filtres.plie), _c.nature == ENTRETIEN)
        .group_by(_c.code_plie, _c.id_parcours)
        .subquery()
    )
    vu_le, delai = premiers.c.vu_le, days_between(_p.prescription_le, premiers.c.vu_le)
    lignes = join_parcours(cadre.presences(), premiers)
    lignes = lignes.where(vu_le.between(cadre.du, cadre.au), _p.prescription_le.is_not(None))
    return lignes, delai


def premiers_entretiens(cadre: Cadre) -> Lignes:
    """First entretiens of the period."""
    return _first_ones(cadre)[0]


def premier_entretien(cadre: Cadre) -> Lignes:
    """Those entretiens, each bearing the days since the prescription."""
    lignes, delai = _first_ones(cadre)
    return lignes.measuring(delai)


def premiers_entretiens_a_temps(cadre: Cadre) -> Lignes:
    """Those held within the threshold."""
    lignes, delai = _first_ones(cadre)
    return lignes.where(delai <= (cadre.seuil or DELAI))


_DATES = ("parcours.prescription_le",)
_CONTACTS = ("parcours", "contacts")
_ANNEE = (date(2021, 1, 1), date(2021, 12, 31))
_TRIMESTRE = (date(2021, 1, 1), date(2021, 3, 31))
_MOIS_PAR_MOIS = {
    "parcours": """
    id_parcours | id_participant | entree_le  | sortie_le
    A           | A              | 2020-01-01 |
    B1          | B              | 2020-01-01 | 2021-02-01
    B2          | B              | 2021-02-10 | 2021-02-20
    C           | C              | 2021-03-31 |
    """,
    "contacts": """
    id_parcours | contact_le | nature
    A           | 2021-01-05 | entretien
    A           | 2021-02-05 | entretien
    A           | 2021-02-06 | telephone
    B1          | 2021-02-01 | entretien
    C           | 2021-04-01 | entretien
    """,
}
_DU_MOIS = {
    "parcours": """
    id_parcours | entree_le  | sortie_le
    A           | 2021-01-01 |
    B           | 2021-01-01 |
    C           | 2021-01-01 |
    D           | 2021-01-01 |
    E           | 2021-01-01 | 2021-03-31
    F           | 2021-03-31 |
    """,
    "contacts": """
    id_parcours | contact_le | nature
    A           | 2021-03-01 | entretien
    B           | 2021-02-28 | entretien
    C           | 2021-03-15 | telephone
    D           | 2021-03-15 | entretien
    E           | 2021-03-15 | entretien
    """,
    "suspensions": """
    id_parcours | motif | debut      | fin
    D           | santé | 2021-03-31 |
    """,
}
_PREMIERS = {
    "parcours": """
    id_parcours | entree_le  | prescription_le
    A           | 2021-03-01 | 2021-01-01
    B           | 2021-03-01 | 2021-01-01
    C           | 2021-03-01 |
    D           | 2021-03-01 | 2020-12-01
    """,
    "contacts": """
    id_parcours | contact_le | nature
    A           | 2021-01-10 | telephone
    A           | 2021-01-31 | entretien
    A           | 2021-02-15 | entretien
    B           | 2021-02-01 | entretien
    C           | 2021-02-01 | entretien
    D           | 2020-12-31 | entretien
    D           | 2021-01-15 | entretien
    """,
}

INDICATEURS = (
    Indicateur(
        code="contacts_par_participant_et_mois",
        libelle="Contacts par participant et par mois",
        definition="Contacts de la période, rapportés aux personnes présentes chaque mois de la période.",
        compte="les contacts datés dans la période",
        rapporte_a="la somme, mois par mois, des personnes accompagnées dans le mois",
        unite=Unite.CONTACTS_PAR_MOIS,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=suivi.contacts,
        denominateur=people_of_each_month,
        decoupages=(*PERSONNES, "nature_contact"),
        decoupe_du_numerateur=("nature_contact",),
        tables=_CONTACTS,
        sources=(roubaix("l. 150-154 : un entretien et un contact par téléphone ou courriel par mois"),),
        reserves=("Par nature, chaque part est rapportée à toutes les personnes présentes : les parts s’ajoutent.",),
        exemples=(
            Exemple(
                "A présent trois mois, B deux (revenu en février : une fois), C un jour de mars",
                _MOIS_PAR_MOIS,
                *_TRIMESTRE,
                4 / 6,
            ),
            Exemple("Par nature", _MOIS_PAR_MOIS, *_TRIMESTRE, 3 / 6, par=(("nature_contact", ENTRETIEN),)),
        ),
    ),
    Indicateur(
        code="entretien_du_mois",
        libelle="Vus en entretien dans le mois",
        definition="Part de la file active, hors parcours suspendus, qui a eu un entretien dans le mois écoulé.",
        compte="les parcours de la file active, non suspendus, vus en entretien depuis moins d’un mois",
        rapporte_a="les parcours de la file active non suspendus",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        numerateur=vus_dans_le_mois,
        denominateur=non_suspendus,
        decoupages=PERSONNES,
        tables=_CONTACTS,
        sources=(roubaix("l. 150 : un entretien physique minimum par mois"), agape("l. 3798 : entretiens mensuels")),
        reserves=("Celui qui vient d’entrer compte dès le premier soir.",),
        exemples=(
            Exemple(
                "31 mars − 1 mois = 28 février : ce jour-là ne suffit plus ; ni le téléphone ; ni le suspendu",
                _DU_MOIS,
                *_TRIMESTRE,
                1 / 4,
                frozenset({"A"}),
            ),
        ),
    ),
    Indicateur(
        code="premier_entretien",
        libelle="Délai médian du premier entretien",
        definition="Jours entre la prescription et le premier entretien, pour les premiers entretiens de la période.",
        compte="les jours entre prescription et premier entretien",
        unite=Unite.JOURS,
        agregat=Agregat.MEDIANE,
        temporalite=Temporalite.RATIO,
        sens=Sens.BAS,
        numerateur=premier_entretien,
        colonnes=_DATES,
        dans_le_delai="premier_entretien_respecte",
        decoupages=PERSONNES,
        tables=_CONTACTS,
        sources=(dunkerque("l. 73 : 30 jours au plus"),),
        exemples=(
            Exemple(
                "Le premier entretien, pas le premier appel ; sans prescription datée : hors du calcul",
                _PREMIERS,
                *_ANNEE,
                (30 + 31) / 2,
                frozenset({"A", "B"}),
            ),
        ),
    ),
    Indicateur(
        code="premier_entretien_respecte",
        libelle="Premiers entretiens dans le délai",
        definition="Part des premiers entretiens de la période tenus dans le délai, 30 jours pour le Dunkerquois.",
        compte="les premiers entretiens tenus dans le délai",
        rapporte_a="les premiers entretiens de la période dont la prescription est datée",
        unite=Unite.PART,
        agregat=Agregat.RAPPORT,
        temporalite=Temporalite.RATIO,
        sens=Sens.HAUT,
        seuils=(DELAI,),
        numerateur=premiers_entretiens_a_temps,
        denominateur=premiers_entretiens,
        colonnes=_DATES,
        decoupages=(*PERSONNES, "seuil"),
        tables=_CONTACTS,
        sources=(dunkerque("l. 73 : 30 jours au plus"),),
        exemples=(Exemple("Trente jours juste : à temps", _PREMIERS, *_ANNEE, 1 / 2, par=(("seuil", "30"),)),),
    ),
)
