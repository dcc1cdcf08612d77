"""journal des accès inaltérable (data_access.journal.acces, decision 0024)"""

from alembic import op

revision = "0003"
down_revision = "0002"

# An event may go when it is at least six months old and a purge written within the hour says « everything before
# that day »: what is deleted is always told by the journal itself. `data_access.journal.acces.purge` is that door.
_SQLITE = (
    """
    CREATE TRIGGER evenements_sans_modification BEFORE UPDATE ON evenements
    BEGIN SELECT RAISE(ABORT, 'evenements : ajout seulement'); END
    """,
    # INSERT OR REPLACE deletes without firing the trigger of deletions.
    """
    CREATE TRIGGER evenements_sans_remplacement BEFORE INSERT ON evenements
    WHEN EXISTS (SELECT 1 FROM evenements WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'evenements : ajout seulement'); END
    """,
    """
    CREATE TRIGGER evenements_sans_retrait BEFORE DELETE ON evenements
    WHEN datetime(OLD.moment) > datetime('now', '-180 days') OR NOT EXISTS (
        SELECT 1 FROM evenements AS e
        WHERE e.moment >= datetime('now', '-1 hour') AND e.action = 'purge_journal' AND date(OLD.moment) < e.objet
    )
    BEGIN SELECT RAISE(ABORT, 'evenements : ajout seulement'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION evenements_ajout_seulement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.moment <= now() - interval '180 days' AND EXISTS (
                SELECT 1 FROM evenements AS e
                WHERE e.moment >= now() - interval '1 hour' AND e.action = 'purge_journal'
                AND to_char(OLD.moment AT TIME ZONE 'UTC', 'YYYY-MM-DD') < e.objet
            ) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'evenements : ajout seulement';
    END $$
    """,
    """
    CREATE TRIGGER evenements_sans_modification BEFORE UPDATE OR DELETE ON evenements
    FOR EACH ROW EXECUTE FUNCTION evenements_ajout_seulement()
    """,
    """
    CREATE TRIGGER evenements_sans_vidage BEFORE TRUNCATE ON evenements
    FOR EACH STATEMENT EXECUTE FUNCTION evenements_ajout_seulement()
    """,
)


def upgrade() -> None:
    """Forbid changing or removing an event."""
    for ordre in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(ordre)


def downgrade() -> None:
    """Allow it again."""
    if op.get_bind().dialect.name == "sqlite":
        for nom in ("modification", "remplacement", "retrait"):
            op.execute(f"DROP TRIGGER evenements_sans_{nom}")
    else:
        op.execute("DROP FUNCTION evenements_ajout_seulement() CASCADE")
