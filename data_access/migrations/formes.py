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


def create(table: str, ecrites: str, *, unique: str = "", cite: str = "", cle: str = "id") -> None:
    """Make a table. `cite`: « version_id > versions.id ; code_plie id_parcours > parcours » (same names there)."""
    numero = [sa.Column("id", sa.Integer(), nullable=False)] if cle == "id" else []
    liens = []
    for lien in filter(None, cite.split(" ; ")):
        siennes, _, vers = lien.partition(" > ")
        noms = siennes.split()
        liens.append(sa.ForeignKeyConstraint(noms, [vers] if "." in vers else [f"{vers}.{nom}" for nom in noms]))
    cles = [sa.PrimaryKeyConstraint(*cle.split()), *([sa.UniqueConstraint(*unique.split())] if unique else [])]
    op.create_table(table, *numero, *columns(ecrites), *liens, *cles)


def index(nom: str, colonnes: str) -> None:
    """Make an index of the table that its name begins with (« ix_parcours_stock »), after the PLIE."""
    op.create_index(nom, nom.split("_")[1], ["code_plie", *colonnes.split()])


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
