"""How many rows any two lists share, for counts by facet within others; pieces of metrics' texts too.

The application fills both at its next start, as it makes all postings anew, which are of another version.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

POSTS = "ix_position_person_id_institution_name_title"
PIECES = {
    "sqlite": "CREATE VIRTUAL TABLE metric_pieces USING fts5 "
    "(pieces, content='', detail=none, columnsize=0, tokenize='ascii')",
    "postgresql": "CREATE TABLE metric_pieces (key bigint PRIMARY KEY, pieces tsvector NOT NULL)",
}


def upgrade() -> None:
    op.create_table(
        "posting_pair",
        sa.Column("one", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("other", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_posting_pair")),
        sqlite_with_rowid=False,
    )
    dialect = op.get_context().dialect.name
    op.execute(PIECES[dialect])
    if dialect == "postgresql":
        op.execute("CREATE INDEX ix_metric_pieces_pieces ON metric_pieces USING gin (pieces)")
    # Nothing is to be filled where there is nothing yet.
    op.execute(
        "UPDATE data_version SET version = '2' WHERE part = 'postings' AND NOT EXISTS (SELECT 1 FROM article)"
    )

    # Lists of people and institutions leave out who was merged, and are counted.
    op.drop_index(op.f("ix_actor_kind_name"), "actor")
    op.create_index(op.f("ix_actor_kind_merged_into_name"), "actor", ["kind", "merged_into", "name"])
    # The posts of a person are read from the index alone.
    op.drop_index(op.f("ix_position_person_id"), "position")
    op.create_index(op.f(POSTS), "position", ["person_id", "institution_name", "title"])


def downgrade() -> None:
    op.drop_index(op.f(POSTS), "position")
    op.create_index(op.f("ix_position_person_id"), "position", ["person_id"])
    op.drop_index(op.f("ix_actor_kind_merged_into_name"), "actor")
    op.create_index(op.f("ix_actor_kind_name"), "actor", ["kind", "name"])
    op.execute("DROP TABLE metric_pieces")
    op.drop_table("posting_pair")
    # The older version numbers its lists otherwise.
    op.execute("DELETE FROM data_version WHERE part = 'postings'")
