"""Alembic's environment: the connection of `ensure_schema`, else the URL that the app itself reads."""

from alembic import context

from data_access.base.moteur import make_engine
from data_access.base.schema import is_stale, note_recipe
from data_access.imports.derivation import fill_again
from data_access.tables import metadata


def _run(base) -> None:  # type: ignore[no-untyped-def]
    # The caller of ensure_schema holds the transaction (and its lock): Alembic must not end it.
    context.configure(connection=base, target_metadata=metadata, compare_type=True, transactional_ddl=True)
    context.run_migrations()
    if context.config.attributes.get(
        "ecriture"
    ):  # a revision is being written: the tables are not the present ones yet
        return
    if context.get_context().get_current_revision() == context.script.get_current_head() and is_stale(base):
        if base.dialect.name == "postgresql":  # on SQLite, whoever writes is alone already
            base.exec_driver_sql("LOCK TABLE versions IN SHARE ROW EXCLUSIVE MODE")
        fill_again(base)
        note_recipe(base)


_connexion = context.config.attributes.get("connexion")
if _connexion is not None:
    _run(_connexion)
else:
    with make_engine().begin() as _nouvelle:
        _run(_nouvelle)
