"""The shapes of tables that revisions write. Frozen: what a revision made once must be made the same for ever.

Columns are written « code code_plie! sexe | texte motif »: a kind, then the names of that kind, `!` where a cell is
never empty.
"""

import sqlalchemy as sa
from alembic import op

CODE = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
_GENRES: dict[str, sa.types.TypeEngine] = {
    "code": CODE,
    "texte": sa.Text(),
    "jour": sa.Date(),
    "moment": sa.DateTime(timezone=True),
    "entier": sa.Integer(),
    "nombre": sa.Float(),
    "oui_non": sa.Boolean(),
    "json": sa.JSON(),
    "json_vide": sa.JSON(none_as_null=True),
    "octets": sa.LargeBinary(),
    **{f"mot{longueur}": sa.String(longueur) for longueur in (16, 32, 64)},
}


def columns(ecrites: str) -> list[sa.Column]:
    """The columns written so."""
    groupes = [groupe.split() for groupe in ecrites.split("|")]
    return [
        sa.Column(nom.rstrip("!"), _GENRES[genre], nullable=not nom.endswith("!"))
        for genre, *noms in groupes
        for nom in noms
    ]


def make_all(schema: str) -> None:
    """Make the tables and the indexes written so, one a line (indented: it goes on).

    « etapes: code code_plie! id_etape! ; unique code_plie id_etape ; cite code_plie id_parcours > parcours » refers to
    the same names there; « journal: entier version_id! ; cite version_id > versions.id » to that one; `cle` gives the
    primary key of a table whose rows are not numbered. « ix_journal_version_id: version_id » is an index of `journal`.
    """
    for nom, ecrits in _lines(schema):
        if nom.startswith("ix_"):
            index(nom, ecrits)
        else:
            op.create_table(nom, *_parts(*ecrits.split(" ; ")))


def drop_all(schema: str) -> None:
    """Take these tables away, and their indexes with them."""
    for nom, _ in reversed(_lines(schema)):
        if not nom.startswith("ix_"):
            op.drop_table(nom)


def _lines(schema: str) -> list[tuple[str, str]]:
    lignes = schema.replace("\n    ", " ").strip().splitlines()
    return [(ligne.split(": ")[0], ligne.split(": ")[1]) for ligne in lignes]


def _parts(colonnes: str, *contraintes: str) -> list[sa.schema.SchemaItem]:
    parties: list[sa.schema.SchemaItem] = list(columns(colonnes))
    for genre, *mots in (contrainte.split() for contrainte in contraintes):
        if genre == "cite":
            *noms, _, vers = mots
            parties.append(sa.ForeignKeyConstraint(noms, [vers] if "." in vers else [f"{vers}.{nom}" for nom in noms]))
        else:
            parties.append(sa.UniqueConstraint(*mots) if genre == "unique" else sa.PrimaryKeyConstraint(*mots))
    if not any(isinstance(partie, sa.PrimaryKeyConstraint) for partie in parties):
        parties = [sa.Column("id", sa.Integer(), nullable=False), *parties, sa.PrimaryKeyConstraint("id")]
    return parties


def index(nom: str, colonnes: str) -> None:
    """Make an index of the table that its name begins with: « ix_parcours_stock »."""
    op.create_index(nom, nom.split("_")[1], colonnes.split())


def replace_index(nom: str, colonnes: str) -> None:
    """The same, in the place of the one of that name."""
    op.drop_index(nom, table_name=nom.split("_")[1])
    index(nom, colonnes)


def add(table: str, ecrites: str) -> None:
    """Add columns."""
    for colonne in columns(ecrites):
        op.add_column(table, colonne)


def drop(table: str, *noms: str) -> None:
    """Take columns away."""
    for nom in noms:
        op.drop_column(table, nom)
