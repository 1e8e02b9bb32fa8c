"""What lists are read from: rows by the values that filters take, and the pieces of texts.

The application fills them at its next start, as only it knows what to put there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")

PIECES = {
    "sqlite": "CREATE VIRTUAL TABLE proposal_pieces USING fts5 "
    "(pieces, content='', detail=none, columnsize=0, tokenize='ascii')",
    "postgresql": "CREATE TABLE proposal_pieces (key bigint PRIMARY KEY, pieces tsvector NOT NULL)",
}


def upgrade() -> None:
    op.create_table(
        "posting_list",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("of", TEXT, nullable=False),
        sa.Column("facet", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_list")),
        sa.UniqueConstraint("of", "facet", "value", name=op.f("uq_posting_list_of_facet_value")),
    )
    op.create_index(op.f("ix_posting_list_of_facet_count"), "posting_list", ["of", "facet", "count"])
    op.create_table(
        "posting",
        sa.Column("list_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("list_id", "key", name=op.f("pk_posting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_posting_key_list_id"), "posting", ["key", "list_id"])
    dialect = op.get_context().dialect.name
    op.execute(PIECES[dialect])
    if dialect == "postgresql":
        op.execute("CREATE INDEX ix_proposal_pieces_pieces ON proposal_pieces USING gin (pieces)")

    # Nothing is to be filled where there is nothing yet.
    op.execute("INSERT INTO data_version SELECT 'postings', '1' WHERE NOT EXISTS (SELECT 1 FROM article)")


def downgrade() -> None:
    op.execute("DROP TABLE proposal_pieces")
    op.drop_table("posting")
    op.drop_table("posting_list")
    op.execute("DELETE FROM data_version WHERE part = 'postings'")
