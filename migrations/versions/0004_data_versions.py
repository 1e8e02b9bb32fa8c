"""The data's version, which every write gives a new value in its own transaction."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Each table with the part of the data it belongs to. A table that is rebuilt later loses its triggers.
PARTS = {
    "import_run": "imports",
    "import_outcome": "imports",
    "article": "data",
    "region": "data",
    "theme": "data",
    "actor": "data",
    "proposal": "data",
    "region_alias": "data",
    "region_ancestor": "data",
    "theme_alias": "data",
    "actor_alias": "data",
    "actor_mention": "data",
    "metric": "data",
    "position": "data",
    "proposal_region": "data",
    "proposal_speaker": "data",
    "proposal_theme": "data",
    "metric_region": "data",
    "metric_theme": "data",
    "person_merge": "data",
    "merged_article": "data",
}
CHANGES = ("INSERT", "UPDATE", "DELETE")

RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()::text"}

POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION renew_data_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE data_version SET version = {RANDOM["postgresql"]} WHERE part = TG_ARGV[0];
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    dialect = op.get_context().dialect.name
    op.create_table(
        "data_version",
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_data_version")),
    )
    for part in sorted(set(PARTS.values())):
        op.execute(f"INSERT INTO data_version VALUES ('{part}', {RANDOM[dialect]})")
    if dialect == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
    for table, part in PARTS.items():
        for change in CHANGES:
            op.execute(trigger(dialect, table, change, part))


def trigger(dialect: str, table: str, change: str, part: str) -> str:
    head = f"CREATE TRIGGER {name_of(table, change)} AFTER {change} ON {table}"
    if dialect == "postgresql":
        return f"{head} FOR EACH STATEMENT EXECUTE FUNCTION renew_data_version('{part}')"
    return f"{head} BEGIN UPDATE data_version SET version = {RANDOM[dialect]} WHERE part = '{part}'; END"


def name_of(table: str, change: str) -> str:
    return f"version_{table}_{change.lower()}"


def downgrade() -> None:
    dialect = op.get_context().dialect.name
    for table in PARTS:
        for change in CHANGES:
            on_table = f" ON {table}" if dialect == "postgresql" else ""
            op.execute(f"DROP TRIGGER {name_of(table, change)}{on_table}")
    if dialect == "postgresql":
        op.execute("DROP FUNCTION renew_data_version()")
    op.drop_table("data_version")
