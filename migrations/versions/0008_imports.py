"""What imports keep: pages, what was given, like texts and bands to find them by, sources seen.

The application fills the bands at its next start.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
HASH = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

OUTCOME_KEYS = (["run_id", "id"], ["run_id", "outcome", "id"])

# The tables with triggers, by the part of the data they belong to; see 0004.
PARTS = {
    "imports": ("import_run", "import_outcome"),
    "data": (
        *("article", "region", "theme", "actor", "proposal", "region_alias", "region_ancestor"),
        *("theme_alias", "actor_alias", "actor_mention", "metric", "position", "proposal_region"),
        *("proposal_speaker", "proposal_theme", "metric_region", "metric_theme", "person_merge"),
        "merged_article",
    ),
}
RENEW = "UPDATE data_version SET version = lower(hex(randomblob(16))) WHERE part = '{part}'"
UNLESS_ANNOUNCED = "WHEN NOT EXISTS (SELECT 1 FROM data_version WHERE part = 'announced')"


def upgrade() -> None:
    with op.batch_alter_table("article") as article:
        article.add_column(sa.Column("page_sha256", HASH, nullable=True))
        article.add_column(sa.Column("same_text_as", ID, nullable=True))
        article.add_column(sa.Column("given", sa.JSON(), nullable=True))
        article.create_foreign_key(
            op.f("fk_article_same_text_as"), "article", ["same_text_as"], ["id"], ondelete="SET NULL"
        )
        article.create_index(op.f("ix_article_same_text_as"), ["same_text_as"])
    sources = sa.Column("sources", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    op.add_column("import_run", sources)
    op.add_column("import_run", sa.Column("stopped_after", TEXT, nullable=True))
    op.create_table(
        "import_source",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("validators", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_import_source")),
    )
    # A page of an import's outcomes, or of those of one kind, is read from one of them.
    op.drop_index(op.f("ix_import_outcome_run_id"), "import_outcome")
    for columns in OUTCOME_KEYS:
        op.create_index(_index_of(columns), "import_outcome", columns)
    for of in ("article", "proposal"):
        _create_bands(of)
    # Nothing is to be filled where there is nothing yet.
    op.execute(
        "INSERT INTO data_version (part, version) "
        "SELECT 'bands', '1' WHERE NOT EXISTS (SELECT 1 FROM article)"
    )
    _make_triggers(UNLESS_ANNOUNCED)


def _index_of(columns: list[str]) -> str:
    return op.f("_".join(["ix_import_outcome", *columns]))


def _create_bands(of: str) -> None:
    op.create_table(
        f"{of}_band",
        sa.Column("band", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column(f"{of}_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            [f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_{of}_band_{of}_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", f"{of}_id", name=op.f(f"pk_{of}_band")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f(f"ix_{of}_band_{of}_id"), f"{of}_band", [f"{of}_id"])


def _make_triggers(condition: str) -> None:
    """On SQLite they run for every row: a bulk writer renews the version itself and spares them that.

    To be called last, as a table that was rebuilt has none.
    """
    if op.get_context().dialect.name != "sqlite":
        return
    for part, tables in PARTS.items():
        for table in tables:
            for change in ("INSERT", "UPDATE", "DELETE"):
                name = f"version_{table}_{change.lower()}"
                op.execute(f"DROP TRIGGER IF EXISTS {name}")
                renew = RENEW.format(part=part)
                op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} {condition} BEGIN {renew}; END")


def downgrade() -> None:
    op.execute("DELETE FROM data_version WHERE part = 'bands'")
    op.drop_table("proposal_band")
    op.drop_table("article_band")
    op.drop_table("import_source")
    for columns in OUTCOME_KEYS:
        op.drop_index(_index_of(columns), "import_outcome")
    op.create_index(op.f("ix_import_outcome_run_id"), "import_outcome", ["run_id"])
    op.drop_column("import_run", "stopped_after")
    op.drop_column("import_run", "sources")
    with op.batch_alter_table("article") as article:
        article.drop_index(op.f("ix_article_same_text_as"))
        article.drop_constraint(op.f("fk_article_same_text_as"), type_="foreignkey")
        article.drop_column("given")
        article.drop_column("same_text_as")
        article.drop_column("page_sha256")
    _make_triggers("")
