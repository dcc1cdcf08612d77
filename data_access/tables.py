"""The tables: one per sheet of the workbook with the same words, plus what is derived at import, plus the app's own.

Derived columns (never in a workbook) exist so that every figure is one aggregate over a covering index: see
docs/decisions/0003. They are filled by `data_access.imports.derivation` inside the transaction of each import, and
again when the recipe that filled them has changed (`recettes`).
"""

from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from data_access.colonnes import LONGUEUR_CODE, Colonne, Feuille, Genre, Lien
from data_access.format import FEUILLES, feuille, feuille_of_table
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


def _filled(genre: sa.types.TypeEngine, nom: str, *, vide: bool = False, **reglages: Any) -> sa.Column:
    """A column of our own; `vide`: it may be empty."""
    return sa.Column(nom, genre, nullable=vide, **reglages)


def _cites(nom: str, vers: str, *, vide: bool = False, **reglages: Any) -> sa.Column:
    return sa.Column(nom, sa.ForeignKey(vers), nullable=vide, **reglages)


_code, _text, _word = partial(_filled, _CODE), partial(_filled, sa.Text()), partial(_filled, sa.String(16))
_name, _digest = partial(_filled, sa.String(32)), partial(_filled, sa.String(64))
_day, _moment = partial(_filled, sa.Date()), partial(_filled, Moment())
_number, _answer, _json = partial(_filled, sa.Integer()), partial(_filled, sa.Boolean()), partial(_filled, sa.JSON())

HERITEES = ("mode", "id_participant", "sexe", "code_commune", "code_quartier")
"""What an étape takes from its parcours."""

_DERIVEES: dict[str, tuple[sa.Column, ...]] = {
    "plie": (_answer("retours_le_meme_jour", vide=True),),
    "parcours": (
        *(_number("entree_mois"), _number("sortie_mois", vide=True)),
        *(_day("fin_le"), _day("limite_saisie_le", vide=True), _answer("deld", vide=True)),
        *(_code("sexe", vide=True), _code("tranche_age", vide=True), _answer("qpv", vide=True)),
        *(_code(nom, vide=True) for nom in ("categorie_sortie", "nature_sortie", "type_sortie_montre")),
        _day("suivant_le", default=JAMAIS),
    ),
    "participations": (_day("fin_le"),),
    "etapes": (
        *(_number("debut_mois"), _day("fin_le"), _answer("compte")),
        *(_answer("justifiee", vide=True), _answer("comptee", vide=True)),
        *(_code(nom, vide=True) for nom in ("code_classe", "type_etape_montre", *HERITEES)),
    ),
}


def _unique(origine: Feuille) -> list[sa.UniqueConstraint]:
    # A key with an optional part cannot be a constraint: NULL never equals NULL. The checks hold it.
    obligatoires = all(origine.colonne(nom).obligatoire for nom in origine.cle)
    return [sa.UniqueConstraint(*origine.cle)] if origine.cle and obligatoires else []


def _foreign_key(colonne: Colonne) -> sa.ForeignKeyConstraint:
    citee = feuille(colonne.cite)
    vers = [f"{citee.table}.{nom}" for nom in ("code_plie", citee.cited_as(colonne.nom))]
    return sa.ForeignKeyConstraint(["code_plie", colonne.nom], vers)


def _own(nom: str, *parties: Any, **reglages: Any) -> sa.Table:
    """A table whose rows are numbered."""
    return sa.Table(nom, metadata, sa.Column("id", sa.Integer(), primary_key=True), *parties, **reglages)


def _table(origine: Feuille) -> sa.Table:
    return _own(
        origine.table,
        *(_filled(_TYPES[k.genre], k.nom, vide=not (k.obligatoire or k.defaut)) for k in origine.colonnes),
        *_DERIVEES.get(origine.table, ()),
        *_unique(origine),
        *map(_foreign_key, origine.citations(Lien.TENU)),
    )


TABLES: dict[str, sa.Table] = {origine.table: _table(origine) for origine in FEUILLES}

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

sejours = _own(
    "sejours",
    *(_code("code_plie"), _code("id_parcours"), _code("code_operation")),
    *(_day("entree_le"), _number("entree_mois"), _day("fin_le"), _number("fin_mois", vide=True), _day("dernier_jour")),
    *(_code("situation_sortie", vide=True), _day("sortie_saisie_le", vide=True), _day("limite_saisie_le", vide=True)),
    sa.UniqueConstraint("code_plie", "id_parcours", "code_operation", "entree_le"),
)
"""When each parcours is in each operation, wholly derived (see `data_access.imports.sejours`).

`fin_le`: day of leaving it. `dernier_jour`: last day on which a participation is in force, which is the eve for whoever
leaves it because it has ended. `situation_sortie` and `sortie_saisie_le`: of the last participation.
"""

recettes = sa.Table(
    "recettes",
    metadata,
    *(_name("nom", primary_key=True), _digest("empreinte"), _moment("refaite_le")),
)
"""The recipe that filled what is derived (see `data_access.base.schema`): another one fills it again."""

versions = _own(
    "versions",
    *(_moment("moment"), _text("auteur"), _text("classeur"), _digest("empreinte"), _json("codes_plie")),
    *(_json("bilan"), _cites("annulation_de", "versions.id", vide=True)),
    _filled(sa.JSON(none_as_null=True), "feuilles_precedentes", vide=True),
)
"""One row per import that changed something; `bilan` counts rows added, changed, removed per sheet.

`annulation_de`: this version takes that one back. `feuilles_precedentes`: for each sheet given, [code_plie, table,
version that had given it before or null], so that an undo restores `feuilles_chargees`.
"""

journal = _own(
    "journal",
    *(_cites("version_id", "versions.id", index=True), _text("nom_table"), _code("code_plie")),
    *(_filled(sa.JSON(none_as_null=True), nom, vide=True) for nom in ("avant", "apres")),
)
"""Before and after of each changed row (workbook columns only). `avant` empty = added, `apres` empty = removed."""

feuilles_chargees = sa.Table(
    "feuilles_chargees",
    metadata,
    *(_code("code_plie", primary_key=True), _name("nom_table", primary_key=True)),
    _cites("version_id", "versions.id", vide=True),
)
"""Which sheets a PLIE has ever given: an absent source is « non documenté », an empty one is a true 0."""

anomalies = _own(
    "anomalies",
    *(_cites("version_id", "versions.id", index=True), _code("code_plie", vide=True), _word("controle")),
    *(_word("gravite"), _text("feuille", vide=True), _number("ligne", vide=True), _text("colonne", vide=True)),
    *(_text("message"), _text("conseil"), _text("cle", vide=True)),
    *(_code("code_referent", vide=True), _code("code_operation", vide=True)),
)
"""What the checks found in the import of a version. `cle` names the row from one import to the next."""

profils = _own(
    "profils",
    *(_code("code_plie"), _text("logiciel"), _text("nom"), _json("contenu"), _moment("modifie_le"), _text("auteur")),
    sa.UniqueConstraint("code_plie", "nom"),
)
"""How the export of a PLIE's own software is read (see `data_access.profils`). The PLIE may not be loaded yet."""

droits = _own(
    "droits",
    *(_text("identite", index=True), _word("role"), _code("code_plie", vide=True), _code("code_territoire", vide=True)),
    *(_text("structure", vide=True), _word("lecture", vide=True), _moment("accorde_le"), _text("accorde_par")),
    # A number never comes back: « remove right 7 » must not remove the one that was granted since.
    sqlite_autoincrement=True,
)
"""Who may read what: an identity (e-mail, lower case), a role, a PLIE (empty = all), a territory or a structure
(beneficiary of operations) of that PLIE, small numbers exact or rounded (`lecture`, empty for who reads no figure).
No row, no right."""

connexions_closes = sa.Table(
    "connexions_closes",
    metadata,
    *(_digest("empreinte", primary_key=True), _moment("close_le", index=True)),
)
"""Digests of the cookies of sign-ins that are over (see `data_access.droits`): nothing of who it was."""

evenements = _own(
    "evenements",
    *(_moment("moment", index=True), _text("identite"), _word("role"), _name("action"), _json("codes_plie")),
    _text("objet"),
)
"""Who did what, over which perimeter, when: append only, no person's data (see `data_access.journal.acces`)."""

effacements = _own(
    "effacements",
    *(_code("code_plie"), _name("sel"), _digest("empreinte")),
    sa.UniqueConstraint("code_plie", "empreinte"),
)
"""Salted digests of the numbers that were erased, so that a workbook does not bring them back (see
`data_access.classeur.effacements`). Nothing links a digest to a row."""

preparations = _own(
    "preparations",
    *(_code("code_plie"), _name("instance"), _json("contenu"), _moment("modifie_le"), _text("auteur")),
    sa.UniqueConstraint("code_plie", "instance"),
)
"""The meeting being prepared, one draft per PLIE and body: period, sections in order, comments, decisions asked for."""

editions = _own(
    "editions",
    *(_code("code_plie"), _number("numero"), _name("instance"), _day("du"), _day("au")),
    *(_cites("version_id", "versions.id"), _json("contenu"), _digest("empreinte")),
    *(_moment("publie_le"), _text("publie_par")),
    sa.UniqueConstraint("code_plie", "numero"),
)
"""What a meeting was shown, frozen for ever. `contenu`: `sections.contenu`; `empreinte`: its SHA-256."""

publications = _own(
    "publications",
    *(_code("code_plie", index=True), _day("au"), _cites("version_id", "versions.id")),
    *(_cites("edition_id", "editions.id", vide=True), _moment("publie_le"), _text("publie_par")),
)
"""The date and the version of the data that the committee reads; the last one of a PLIE is in force."""

decisions = _own(
    "decisions",
    *(_code("code_plie", index=True), _cites("edition_id", "editions.id"), _name("section", vide=True)),
    *(_text("texte"), _text("porteur"), _day("echeance", vide=True), _word("etat"), _text("suivi")),
    *(_moment("saisie_le"), _text("saisie_par"), _moment("modifie_le")),
)
"""Decisions taken in a meeting (its edition): who, when due, and what became of them at the next one."""

documents = _own(
    "documents",
    *(_code("code_plie"), _word("nature"), _text("nom"), _filled(sa.LargeBinary(), "contenu")),
    *(_moment("modifie_le"), _text("auteur")),
    sa.UniqueConstraint("code_plie", "nature", "nom"),
)
"""What a PLIE gives for its packs: `modele` (a pptx template, one) and `logo` (pictures of its funders)."""

# Covering indexes, each after the PLIE, in the order of the ranges and groups that the figures ask for.
for _nom, _colonnes in (
    (
        "ix_parcours_stock",
        "mode fin_le entree_le suivant_le sexe tranche_age rsa minima_sociaux deld qpv handicap "
        "niveau_diplome code_referent code_commune code_quartier contrat_jusquau solution_depuis "
        "id_parcours id_participant",
    ),
    (
        "ix_parcours_sorties",
        "mode fin_le sortie_mois categorie_sortie nature_sortie type_sortie_montre sexe entree_le "
        "limite_saisie_le saisie_le",
    ),
    ("ix_parcours_entrees", "mode entree_le entree_mois sexe"),
    ("ix_parcours_diagnostics", "mode diagnostic_le prescription_le"),
    ("ix_parcours_commune", "code_commune mode fin_le entree_le suivant_le sexe id_participant"),
    ("ix_parcours_quartier", "code_quartier mode fin_le entree_le"),
    ("ix_parcours_participant", "id_participant entree_le"),
    ("ix_participations_operation", "code_operation fin_le entree_le id_parcours"),
    ("ix_sejours_stock", "code_operation fin_le entree_le id_parcours"),
    ("ix_sejours_entrees", "code_operation entree_le entree_mois id_parcours"),
    ("ix_etapes_parcours", "id_parcours compte comptee debut fin_le"),
    ("ix_etapes_actives", "mode compte comptee fin_le debut code_classe type_etape_montre sexe id_participant"),
    ("ix_etapes_commencees", "mode compte comptee debut debut_mois code_classe type_etape_montre sexe"),
    ("ix_etapes_commune", "code_commune mode compte comptee fin_le debut code_classe type_etape_montre sexe"),
    ("ix_etapes_quartier", "code_quartier mode compte comptee fin_le debut"),
    ("ix_etapes_operation", "code_operation compte comptee fin_le debut mode code_classe type_etape_montre sexe"),
    ("ix_contacts_parcours", "id_parcours contact_le"),
    ("ix_contacts_date", "contact_le"),
    ("ix_suspensions_parcours", "id_parcours debut"),
    ("ix_realisations", "code_operation code_indicateur realise_le"),
):
    _indexee = metadata.tables[_nom.split("_")[1]]
    sa.Index(_nom, _indexee.c.code_plie, *(_indexee.c[colonne] for colonne in _colonnes.split()))


def workbook_columns(table: sa.Table) -> list[str]:
    """Names of the columns that come from the workbook (not `id`, not the derived ones)."""
    return [colonne.nom for colonne in feuille_of_table(table.name).colonnes]
