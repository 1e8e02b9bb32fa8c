"""How many rows any two lists share, for counts by facet within a theme, a region and the like.

The application fills it at its next start, as it makes all postings anew, which are of another version.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "posting_pair",
        sa.Column("one", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("other", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_posting_pair")),
        sqlite_with_rowid=False,
    )
    # Nothing is to be filled where there is nothing yet.
    op.execute(
        "UPDATE data_version SET version = '2' WHERE part = 'postings' AND NOT EXISTS (SELECT 1 FROM article)"
    )


def downgrade() -> None:
    op.drop_table("posting_pair")
    # The older version numbers its lists otherwise.
    op.execute("DELETE FROM data_version WHERE part = 'postings'")
