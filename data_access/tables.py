"""The tables: one per sheet of the workbook with the same words, plus what is derived at import.

Derived columns (never in a workbook) are listed beside the table that bears them. They exist so
that every figure is one aggregate over a covering index: see docs/decisions/0003. They are
filled by `data_access.imports.derivation` inside the transaction of each import.
"""

from datetime import date

import sqlalchemy as sa

from data_access.colonnes import LONGUEUR_CODE, Colonne, Feuille, Genre
from data_access.format import FEUILLES
from data_access.moments import Moment

JAMAIS = date(9999, 12, 31)
"""Stands for « no end » in derived end dates, so that a range of an index answers « still open on D »."""

NON_RENSEIGNE = "non renseigné"
AUTRES_MOTIFS = "autres motifs"
"""What types flagged `sensible` are shown as: one part for them all."""

metadata = sa.MetaData()

# Codes compare byte by byte on both engines: « greatest id_parcours » must not depend on a locale.
_CODE = sa.String(LONGUEUR_CODE).with_variant(sa.String(LONGUEUR_CODE, collation="C"), "postgresql")
_TYPES: dict[Genre, sa.types.TypeEngine] = {
    Genre.CODE: _CODE,
    Genre.TEXTE: sa.Text(),
    Genre.LISTE: _CODE,
    Genre.DATE: sa.Date(),
    Genre.ENTIER: sa.Integer(),
    Genre.NOMBRE: sa.Float(),
    Genre.BOOLEEN: sa.Boolean(),
}


def _column(feuille: Feuille, colonne: Colonne) -> sa.Column:
    nullable = not (colonne.obligatoire or colonne.defaut)
    return sa.Column(colonne.nom, _TYPES[colonne.genre], nullable=nullable)


def _derived() -> dict[str, list[sa.Column]]:
    return {
        "plie": [sa.Column("retours_le_meme_jour", sa.Boolean())],
        "parcours": [
            sa.Column("entree_mois", sa.Integer(), nullable=False),
            sa.Column("sortie_mois", sa.Integer()),
            sa.Column("fin_le", sa.Date(), nullable=False),
            sa.Column("limite_saisie_le", sa.Date()),
            sa.Column("deld", sa.Boolean()),
            sa.Column("sexe", _CODE),
            sa.Column("tranche_age", _CODE),
            sa.Column("qpv", sa.Boolean()),
            sa.Column("categorie_sortie", _CODE),
            sa.Column("nature_sortie", _CODE),
            sa.Column("type_sortie_montre", _CODE),
            sa.Column("suivant_le", sa.Date(), nullable=False, default=JAMAIS),
        ],
        "participations": [
            sa.Column("fin_le", sa.Date(), nullable=False),
        ],
        "etapes": [
            sa.Column("debut_mois", sa.Integer(), nullable=False),
            sa.Column("fin_le", sa.Date(), nullable=False),
            sa.Column("compte", sa.Boolean(), nullable=False),
            sa.Column("justifiee", sa.Boolean()),
            sa.Column("comptee", sa.Boolean()),
            sa.Column("code_classe", _CODE),
            sa.Column("type_etape_montre", _CODE),
            sa.Column("mode", _CODE),
            sa.Column("id_participant", _CODE),
            sa.Column("sexe", _CODE),
            sa.Column("code_commune", _CODE),
            sa.Column("code_quartier", _CODE),
        ],
    }


def _unique(feuille: Feuille) -> list[sa.UniqueConstraint]:
    # A key with an optional part cannot be a constraint: NULL never equals NULL. The checks hold it.
    obligatoires = all(feuille.colonne(nom).obligatoire for nom in feuille.cle)
    return [sa.UniqueConstraint(*feuille.cle)] if feuille.cle and obligatoires else []


_ENFORCED = {"parcours": ("participants",), "participations": ("parcours", "operations")} | {
    table: ("parcours",) for table in ("etapes", "suspensions", "contacts")
}


def _foreign_keys(feuille: Feuille) -> list[sa.ForeignKeyConstraint]:
    cles = []
    for reference in feuille.references:
        cible = next(f.table for f in FEUILLES if f.nom == reference.feuille)
        if cible in _ENFORCED.get(feuille.table, ()):
            cles.append(
                sa.ForeignKeyConstraint(
                    ["code_plie", *reference.colonnes],
                    [f"{cible}.{nom}" for nom in ("code_plie", *reference.vers)],
                )
            )
    return cles


def _table(feuille: Feuille, derivees: list[sa.Column]) -> sa.Table:
    return sa.Table(
        feuille.table,
        metadata,
        sa.Column("id", sa.Integer(), primary_key=True),
        *(_column(feuille, colonne) for colonne in feuille.colonnes),
        *derivees,
        *_unique(feuille),
        *_foreign_keys(feuille),
    )


_derivees = _derived()
TABLES: dict[str, sa.Table] = {f.table: _table(f, _derivees.get(f.table, [])) for f in FEUILLES}

plie = TABLES["plie"]
territoires = TABLES["territoires"]
operations = TABLES["operations"]
objectifs = TABLES["objectifs"]
regles_de_sortie = TABLES["regles_de_sortie"]
types_etape = TABLES["types_etape"]
referents = TABLES["referents"]
participants = TABLES["participants"]
parcours = TABLES["parcours"]
participations = TABLES["participations"]
etapes = TABLES["etapes"]
suspensions = TABLES["suspensions"]
contacts = TABLES["contacts"]
realisations = TABLES["realisations"]

sejours = sa.Table(
    "sejours",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False),
    sa.Column("id_parcours", _CODE, nullable=False),
    sa.Column("code_operation", _CODE, nullable=False),
    sa.Column("entree_le", sa.Date(), nullable=False),
    sa.Column("entree_mois", sa.Integer(), nullable=False),
    sa.Column("fin_le", sa.Date(), nullable=False),
    sa.Column("fin_mois", sa.Integer()),
    sa.Column("dernier_jour", sa.Date(), nullable=False),
    sa.Column("situation_sortie", _CODE),
    sa.Column("sortie_saisie_le", sa.Date()),
    sa.Column("limite_saisie_le", sa.Date()),
    sa.UniqueConstraint("code_plie", "id_parcours", "code_operation", "entree_le"),
)
"""When each parcours is in each operation, wholly derived (see `data_access.imports.sejours`).

`fin_le`: day of leaving it. `dernier_jour`: last day on which a participation is in force, which is the eve for whoever
leaves it because it has ended. `situation_sortie` and `sortie_saisie_le`: of the last participation.
"""

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("moment", Moment(), nullable=False),
    sa.Column("auteur", sa.Text(), nullable=False),
    sa.Column("classeur", sa.Text(), nullable=False),
    sa.Column("empreinte", sa.String(64), nullable=False),
    sa.Column("codes_plie", sa.JSON(), nullable=False),
    sa.Column("bilan", sa.JSON(), nullable=False),
    sa.Column("annulation_de", sa.ForeignKey("versions.id")),
    sa.Column("feuilles_precedentes", sa.JSON(none_as_null=True)),
)
"""One row per import that changed something; `bilan` counts rows added, changed, removed per sheet.

`annulation_de`: this version takes that one back. `feuilles_precedentes`: for each sheet given, [code_plie, table,
version that had given it before or null], so that an undo restores `feuilles_chargees`.
"""

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False, index=True),
    sa.Column("nom_table", sa.Text(), nullable=False),
    sa.Column("code_plie", _CODE, nullable=False),
    sa.Column("avant", sa.JSON(none_as_null=True)),
    sa.Column("apres", sa.JSON(none_as_null=True)),
)
"""Before and after of each changed row (workbook columns only). `avant` empty = added, `apres` empty = removed."""

feuilles_chargees = sa.Table(
    "feuilles_chargees",
    metadata,
    sa.Column("code_plie", _CODE, primary_key=True),
    sa.Column("nom_table", sa.String(32), primary_key=True),
    sa.Column("version_id", sa.ForeignKey("versions.id")),
)
"""Which sheets a PLIE has ever given: an absent source is « non documenté », an empty one is a true 0."""

anomalies = sa.Table(
    "anomalies",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False, index=True),
    sa.Column("code_plie", _CODE),
    sa.Column("controle", sa.String(16), nullable=False),
    sa.Column("gravite", sa.String(16), nullable=False),
    sa.Column("feuille", sa.Text()),
    sa.Column("ligne", sa.Integer()),
    sa.Column("colonne", sa.Text()),
    sa.Column("message", sa.Text(), nullable=False),
    sa.Column("conseil", sa.Text(), nullable=False),
    sa.Column("cle", sa.Text()),
    sa.Column("code_referent", _CODE),
    sa.Column("code_operation", _CODE),
)
"""What the checks found in the import of a version. `cle` names the row from one import to the next."""

profils = sa.Table(
    "profils",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False),
    sa.Column("logiciel", sa.Text(), nullable=False),
    sa.Column("nom", sa.Text(), nullable=False),
    sa.Column("contenu", sa.JSON(), nullable=False),
    sa.Column("modifie_le", Moment(), nullable=False),
    sa.Column("auteur", sa.Text(), nullable=False),
    sa.UniqueConstraint("code_plie", "nom"),
)
"""How the export of a PLIE's own software is read (see `data_access.profils`). The PLIE may not be loaded yet."""

droits = sa.Table(
    "droits",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("identite", sa.Text(), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("code_plie", _CODE),
    sa.Column("code_territoire", _CODE),
    sa.Column("structure", sa.Text()),
    sa.Column("lecture", sa.String(16)),
    sa.Column("accorde_le", Moment(), nullable=False),
    sa.Column("accorde_par", sa.Text(), nullable=False),
    # A number never comes back: « remove right 7 » must not remove the one that was granted since.
    sqlite_autoincrement=True,
)
"""Who may read what: an identity (e-mail, lower case), a role, a PLIE (empty = all), a territory or a structure
(beneficiary of operations) of that PLIE, small numbers exact or rounded (`lecture`, empty for who reads no figure).
No row, no right."""

connexions_closes = sa.Table(
    "connexions_closes",
    metadata,
    sa.Column("empreinte", sa.String(64), primary_key=True),
    sa.Column("close_le", Moment(), nullable=False, index=True),
)
"""Digests of the cookies of sign-ins that are over (see `data_access.droits.lignes`): nothing of who it was."""

evenements = sa.Table(
    "evenements",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("moment", Moment(), nullable=False, index=True),
    sa.Column("identite", sa.Text(), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("codes_plie", sa.JSON(), nullable=False),
    sa.Column("objet", sa.Text(), nullable=False),
)
"""Who did what, over which perimeter, when: append only, no person's data (see `data_access.journal.acces`)."""

effacements = sa.Table(
    "effacements",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False),
    sa.Column("sel", sa.String(32), nullable=False),
    sa.Column("empreinte", sa.String(64), nullable=False),
    sa.UniqueConstraint("code_plie", "empreinte"),
)
"""Salted digests of the numbers that were erased, so that a workbook does not bring them back (see
`data_access.classeur.effacements`). Nothing links a digest to a row."""

preparations = sa.Table(
    "preparations",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False),
    sa.Column("instance", sa.String(32), nullable=False),
    sa.Column("contenu", sa.JSON(), nullable=False),
    sa.Column("modifie_le", Moment(), nullable=False),
    sa.Column("auteur", sa.Text(), nullable=False),
    sa.UniqueConstraint("code_plie", "instance"),
)
"""The meeting being prepared, one draft per PLIE and body: period, sections in order, comments, decisions asked for."""

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False),
    sa.Column("numero", sa.Integer(), nullable=False),
    sa.Column("instance", sa.String(32), nullable=False),
    sa.Column("du", sa.Date(), nullable=False),
    sa.Column("au", sa.Date(), nullable=False),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("contenu", sa.JSON(), nullable=False),
    sa.Column("empreinte", sa.String(64), nullable=False),
    sa.Column("publie_le", Moment(), nullable=False),
    sa.Column("publie_par", sa.Text(), nullable=False),
    sa.UniqueConstraint("code_plie", "numero"),
)
"""What a meeting was shown, frozen for ever. `contenu`: `sections.contenu`; `empreinte`: its SHA-256."""

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False, index=True),
    sa.Column("au", sa.Date(), nullable=False),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("edition_id", sa.ForeignKey("editions.id")),
    sa.Column("publie_le", Moment(), nullable=False),
    sa.Column("publie_par", sa.Text(), nullable=False),
)
"""The date and the version of the data that the committee reads; the last one of a PLIE is in force."""

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False, index=True),
    sa.Column("edition_id", sa.ForeignKey("editions.id"), nullable=False),
    sa.Column("section", sa.String(32)),
    sa.Column("texte", sa.Text(), nullable=False),
    sa.Column("porteur", sa.Text(), nullable=False),
    sa.Column("echeance", sa.Date()),
    sa.Column("etat", sa.String(16), nullable=False),
    sa.Column("suivi", sa.Text(), nullable=False),
    sa.Column("saisie_le", Moment(), nullable=False),
    sa.Column("saisie_par", sa.Text(), nullable=False),
    sa.Column("modifie_le", Moment(), nullable=False),
)
"""Decisions taken in a meeting (its edition): who, when due, and what became of them at the next one."""

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("code_plie", _CODE, nullable=False),
    sa.Column("nature", sa.String(16), nullable=False),
    sa.Column("nom", sa.Text(), nullable=False),
    sa.Column("contenu", sa.LargeBinary(), nullable=False),
    sa.Column("modifie_le", Moment(), nullable=False),
    sa.Column("auteur", sa.Text(), nullable=False),
    sa.UniqueConstraint("code_plie", "nature", "nom"),
)
"""What a PLIE gives for its packs: `modele` (a pptx template, one) and `logo` (pictures of its funders)."""

# Covering indexes, in the order of the ranges and groups that the figures ask for.
_p = parcours.c
sa.Index(
    "ix_parcours_stock",
    *(_p.code_plie, _p.mode, _p.fin_le, _p.entree_le, _p.suivant_le),
    *(_p.sexe, _p.tranche_age, _p.rsa, _p.minima_sociaux, _p.deld, _p.qpv, _p.handicap, _p.niveau_diplome),
    *(_p.code_referent, _p.code_commune, _p.code_quartier, _p.contrat_jusquau, _p.solution_depuis),
    *(_p.id_parcours, _p.id_participant),
)
sa.Index(
    "ix_parcours_sorties",
    *(_p.code_plie, _p.mode, _p.fin_le, _p.sortie_mois, _p.categorie_sortie, _p.nature_sortie, _p.type_sortie_montre),
    *(_p.sexe, _p.entree_le, _p.limite_saisie_le, _p.saisie_le),
)
sa.Index("ix_parcours_entrees", _p.code_plie, _p.mode, _p.entree_le, _p.entree_mois, _p.sexe)
sa.Index("ix_parcours_diagnostics", _p.code_plie, _p.mode, _p.diagnostic_le, _p.prescription_le)
sa.Index(
    "ix_parcours_commune",
    *(_p.code_plie, _p.code_commune, _p.mode, _p.fin_le, _p.entree_le, _p.suivant_le, _p.sexe, _p.id_participant),
)
sa.Index("ix_parcours_quartier", _p.code_plie, _p.code_quartier, _p.mode, _p.fin_le, _p.entree_le)
sa.Index("ix_parcours_participant", _p.code_plie, _p.id_participant, _p.entree_le)
_pp = participations.c
sa.Index("ix_participations_operation", _pp.code_plie, _pp.code_operation, _pp.fin_le, _pp.entree_le, _pp.id_parcours)
_s = sejours.c
sa.Index("ix_sejours_stock", _s.code_plie, _s.code_operation, _s.fin_le, _s.entree_le, _s.id_parcours)
sa.Index("ix_sejours_entrees", _s.code_plie, _s.code_operation, _s.entree_le, _s.entree_mois, _s.id_parcours)
_e = etapes.c
sa.Index("ix_etapes_parcours", _e.code_plie, _e.id_parcours, _e.compte, _e.comptee, _e.debut, _e.fin_le)
sa.Index(
    "ix_etapes_actives",
    *(_e.code_plie, _e.mode, _e.compte, _e.comptee, _e.fin_le, _e.debut),
    *(_e.code_classe, _e.type_etape_montre, _e.sexe, _e.id_participant),
)
sa.Index(
    "ix_etapes_commencees",
    *(_e.code_plie, _e.mode, _e.compte, _e.comptee, _e.debut, _e.debut_mois),
    *(_e.code_classe, _e.type_etape_montre, _e.sexe),
)
sa.Index(
    "ix_etapes_commune",
    *(_e.code_plie, _e.code_commune, _e.mode, _e.compte, _e.comptee, _e.fin_le, _e.debut),
    *(_e.code_classe, _e.type_etape_montre, _e.sexe),
)
sa.Index("ix_etapes_quartier", _e.code_plie, _e.code_quartier, _e.mode, _e.compte, _e.comptee, _e.fin_le, _e.debut)
sa.Index(
    "ix_etapes_operation",
    *(_e.code_plie, _e.code_operation, _e.compte, _e.comptee, _e.fin_le, _e.debut),
    *(_e.mode, _e.code_classe, _e.type_etape_montre, _e.sexe),
)
sa.Index("ix_contacts_parcours", contacts.c.code_plie, contacts.c.id_parcours, contacts.c.contact_le)
sa.Index("ix_contacts_date", contacts.c.code_plie, contacts.c.contact_le)
sa.Index("ix_suspensions_parcours", suspensions.c.code_plie, suspensions.c.id_parcours, suspensions.c.debut)
sa.Index(
    "ix_realisations",
    realisations.c.code_plie,
    realisations.c.code_operation,
    realisations.c.code_indicateur,
    realisations.c.realise_le,
)


def workbook_columns(table: sa.Table) -> list[str]:
    """Names of the columns that come from the workbook (not `id`, not the derived ones)."""
    derivees = {colonne.name for colonne in _derivees.get(table.name, [])}
    return [c.name for c in table.c if c.name != "id" and c.name not in derivees]
