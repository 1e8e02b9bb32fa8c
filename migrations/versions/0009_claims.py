"""What articles say of who is who, bands by rank and who is of a family with them: so that nothing depends on
which article came first.

The application fills all of it at its next start.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
WORD = sa.String(20).with_variant(sa.String(20, collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for of in ("article", "proposal"):
        op.drop_table(f"{of}_band")
        _create_bands(of, ["band", "rank", f"{of}_id"])
    op.add_column("proposal", sa.Column("reported_with", ID, nullable=True))
    _create_claims()
    # Nothing is to be filled where there is nothing yet.
    op.execute(
        "UPDATE data_version SET version = '2' WHERE part = 'bands' AND NOT EXISTS (SELECT 1 FROM article)"
    )
    op.execute(
        "INSERT INTO data_version (part, version) "
        "SELECT 'claims', '1' WHERE NOT EXISTS (SELECT 1 FROM article)"
    )


def _create_claims() -> None:
    op.create_table(
        "claim",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("said", TEXT, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_claim_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    for column in ("key", "actor_id"):
        op.create_index(op.f(f"ix_claim_{column}"), "claim", [column])
    op.create_table(
        "article_claim",
        sa.Column("claim_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_article_claim_claim_id")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_claim_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "article_id", name=op.f("pk_article_claim")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_claim_article_id"), "article_claim", ["article_id"])
    op.create_table(
        "article_cast",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_cast_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_cast")),
    )


def _create_bands(of: str, key: list[str]) -> None:
    numbers = [
        sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)
        for name in key
        if name in ("band", "rank")
    ]
    op.create_table(
        f"{of}_band",
        *numbers,
        sa.Column(f"{of}_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            [f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_{of}_band_{of}_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{of}_band")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f(f"ix_{of}_band_{of}_id"), f"{of}_band", [f"{of}_id"])


def downgrade() -> None:
    for table in ("article_cast", "article_claim", "claim"):
        op.drop_table(table)
    op.execute("DELETE FROM data_version WHERE part = 'claims'")
    op.drop_column("proposal", "reported_with")
    for of in ("article", "proposal"):
        op.drop_table(f"{of}_band")
        _create_bands(of, ["band", f"{of}_id"])
    op.execute("DELETE FROM data_version WHERE part = 'bands'")
