"""éditions immuables (data_access.seances.editions)"""

from alembic import op

revision = "0004"
down_revision = "0003"

_SQLITE = (
    """
    CREATE TRIGGER editions_sans_modification BEFORE UPDATE ON editions
    BEGIN SELECT RAISE(ABORT, 'editions : une édition publiée ne change pas'); END
    """,
    """
    CREATE TRIGGER editions_sans_remplacement BEFORE INSERT ON editions
    WHEN EXISTS (SELECT 1 FROM editions WHERE id = NEW.id OR (code_plie = NEW.code_plie AND numero = NEW.numero))
    BEGIN SELECT RAISE(ABORT, 'editions : une édition publiée ne change pas'); END
    """,
    """
    CREATE TRIGGER editions_sans_retrait BEFORE DELETE ON editions
    BEGIN SELECT RAISE(ABORT, 'editions : une édition publiée ne change pas'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION editions_immuables() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'editions : une édition publiée ne change pas'; END $$
    """,
    """
    CREATE TRIGGER editions_sans_modification BEFORE UPDATE OR DELETE ON editions
    FOR EACH ROW EXECUTE FUNCTION editions_immuables()
    """,
)


def upgrade() -> None:
    """Forbid changing or removing a published edition."""
    for ordre in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(ordre)


def downgrade() -> None:
    """Allow it again."""
    if op.get_bind().dialect.name == "sqlite":
        for nom in ("modification", "remplacement", "retrait"):
            op.execute(f"DROP TRIGGER editions_sans_{nom}")
    else:
        op.execute("DROP FUNCTION editions_immuables() CASCADE")
