"""On PostgreSQL the same as on SQLite: texts in the order of their characters, and versions by what changed.

A database's own order depends on its machine's locale, and what a page of a list begins after with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXT_COLUMNS = """
SELECT quote_ident(c.relname), quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version'
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attcollation <> 0
"""

TRIGGERS = """
SELECT quote_ident(c.relname), quote_ident(t.tgname), upper(substring(t.tgname from '[a-z]+$')),
    convert_from(substr(t.tgargs, 1, length(t.tgargs) - 1), 'UTF8')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgfoid = 'renew_data_version'::regproc AND NOT t.tgisinternal
"""

# Once a transaction: nobody else sees the values in between, and to give a row thousands of them takes longer
# with each, as each leaves a dead one behind.
FUNCTION = """
CREATE OR REPLACE FUNCTION renew_data_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE data_version SET version = gen_random_uuid()::text
    WHERE part = TG_ARGV[0] AND xmin <> pg_current_xact_id()::xid AND EXISTS (SELECT FROM changed);
    RETURN NULL;
END $$
"""

FORMER_FUNCTION = """
CREATE OR REPLACE FUNCTION renew_data_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE data_version SET version = gen_random_uuid()::text WHERE part = TG_ARGV[0];
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        collate("C")
        rewrite_triggers(FUNCTION, "REFERENCING {} TABLE AS changed")


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        rewrite_triggers(FORMER_FUNCTION, "")
        collate("default")


def collate(collation: str) -> None:
    for table, column, kind in op.get_bind().execute(sa.text(TEXT_COLUMNS)).all():
        op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} COLLATE "{collation}"')


def rewrite_triggers(function: str, referencing: str) -> None:
    op.execute(function)
    for table, name, change, part in op.get_bind().execute(sa.text(TRIGGERS)).all():
        rows = referencing.format("OLD" if change == "DELETE" else "NEW")
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(
            f"CREATE TRIGGER {name} AFTER {change} ON {table} {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION renew_data_version('{part}')"
        )
