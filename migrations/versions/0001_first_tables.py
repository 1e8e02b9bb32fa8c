"""The first tables: articles, actors, positions, proposals, metrics, themes, regions, imports."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Each after those it refers to.
TABLES = (
    "article",
    "import_run",
    "region",
    "theme",
    "actor",
    "import_outcome",
    "proposal",
    "region_alias",
    "region_ancestor",
    "theme_alias",
    "actor_alias",
    "actor_mention",
    "metric",
    "position",
    "proposal_region",
    "proposal_speaker",
    "proposal_theme",
    "metric_region",
    "metric_theme",
)


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", ID, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("bylines", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("extractor_version", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("sha256", name=op.f("uq_article_sha256")),
    )
    op.create_index(op.f("ix_article_published_on_id"), "article", ["published_on", "id"])

    op.create_table(
        "import_run",
        sa.Column("id", ID, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extractor_version", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_table(
        "theme",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_theme")),
    )
    op.create_table(
        "actor",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_actor_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
    )
    op.create_index(op.f("ix_actor_kind_name"), "actor", ["kind", "name"])
    op.create_index(op.f("ix_actor_region_code"), "actor", ["region_code"])

    op.create_table(
        "import_outcome",
        sa.Column("id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_import_outcome_article_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_outcome_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_outcome")),
    )
    op.create_index(op.f("ix_import_outcome_article_id"), "import_outcome", ["article_id"])
    op.create_index(op.f("ix_import_outcome_run_id"), "import_outcome", ["run_id"])

    op.create_table(
        "proposal",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("spillover", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("duplicate_of", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_proposal_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["proposal.id"], name=op.f("fk_proposal_duplicate_of"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("article_id", "ordinal", name=op.f("uq_proposal_article_id_ordinal")),
    )
    op.create_index(op.f("ix_proposal_digest"), "proposal", ["digest"])
    op.create_index(op.f("ix_proposal_duplicate_of"), "proposal", ["duplicate_of"])
    op.create_index(op.f("ix_proposal_published_on_id"), "proposal", ["published_on", "id"])

    op.create_table(
        "region_alias",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_region_alias_region_code"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("region_code", "alias", name=op.f("pk_region_alias")),
    )
    op.create_index(op.f("ix_region_alias_alias"), "region_alias", ["alias"])

    op.create_table(
        "region_ancestor",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("ancestor_code", sa.String(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_code"],
            ["region.code"],
            name=op.f("fk_region_ancestor_ancestor_code"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_region_ancestor_region_code"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("region_code", "ancestor_code", name=op.f("pk_region_ancestor")),
    )
    op.create_index(
        op.f("ix_region_ancestor_ancestor_code_region_code"),
        "region_ancestor",
        ["ancestor_code", "region_code"],
    )

    op.create_table(
        "theme_alias",
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("theme_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_code"], ["theme.code"], name=op.f("fk_theme_alias_theme_code"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_theme_alias")),
    )
    op.create_index(op.f("ix_theme_alias_theme_code"), "theme_alias", ["theme_code"])

    op.create_table(
        "actor_alias",
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.id"], name=op.f("fk_actor_alias_actor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("actor_id", "alias", name=op.f("pk_actor_alias")),
    )
    op.create_index(op.f("ix_actor_alias_alias"), "actor_alias", ["alias"])

    op.create_table(
        "actor_mention",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_actor_mention_actor_id")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_actor_mention_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "actor_id", "name", name=op.f("pk_actor_mention")),
    )
    op.create_index(op.f("ix_actor_mention_actor_id"), "actor_mention", ["actor_id"])

    op.create_table(
        "metric",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("value_max", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("qualifier", sa.String(20), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("proposal_id", ID, nullable=True),
        sa.Column("spillover", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_metric_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_metric_proposal_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric")),
        sa.UniqueConstraint("article_id", "ordinal", name=op.f("uq_metric_article_id_ordinal")),
    )
    op.create_index(op.f("ix_metric_proposal_id"), "metric", ["proposal_id"])
    op.create_index(op.f("ix_metric_unit_value"), "metric", ["unit", "value"])

    op.create_table(
        "position",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("institution_id", ID, nullable=True),
        sa.Column("institution_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_position_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["actor.id"], name=op.f("fk_position_institution_id")),
        sa.ForeignKeyConstraint(["person_id"], ["actor.id"], name=op.f("fk_position_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    op.create_index(op.f("ix_position_article_id_person_id"), "position", ["article_id", "person_id"])
    op.create_index(op.f("ix_position_institution_id"), "position", ["institution_id"])
    op.create_index(op.f("ix_position_person_id"), "position", ["person_id"])

    op.create_table(
        "proposal_region",
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_region_proposal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_proposal_region_region_code")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "region_code", name=op.f("pk_proposal_region")),
    )
    op.create_index(
        op.f("ix_proposal_region_region_code_proposal_id"), "proposal_region", ["region_code", "proposal_id"]
    )

    op.create_table(
        "proposal_speaker",
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_proposal_speaker_actor_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_speaker_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proposal_id", "actor_id", name=op.f("pk_proposal_speaker")),
    )
    op.create_index(
        op.f("ix_proposal_speaker_actor_id_proposal_id"), "proposal_speaker", ["actor_id", "proposal_id"]
    )

    op.create_table(
        "proposal_theme",
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("theme_code", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_theme_proposal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_code"], ["theme.code"], name=op.f("fk_proposal_theme_theme_code")),
        sa.PrimaryKeyConstraint("proposal_id", "theme_code", name=op.f("pk_proposal_theme")),
    )
    op.create_index(
        op.f("ix_proposal_theme_theme_code_published_on_proposal_id"),
        "proposal_theme",
        ["theme_code", "published_on", "proposal_id"],
    )

    op.create_table(
        "metric_region",
        sa.Column("metric_id", ID, nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["metric_id"], ["metric.id"], name=op.f("fk_metric_region_metric_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_metric_region_region_code")),
        sa.PrimaryKeyConstraint("metric_id", "region_code", name=op.f("pk_metric_region")),
    )
    op.create_index(
        op.f("ix_metric_region_region_code_metric_id"), "metric_region", ["region_code", "metric_id"]
    )

    op.create_table(
        "metric_theme",
        sa.Column("metric_id", ID, nullable=False),
        sa.Column("theme_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["metric_id"], ["metric.id"], name=op.f("fk_metric_theme_metric_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_code"], ["theme.code"], name=op.f("fk_metric_theme_theme_code")),
        sa.PrimaryKeyConstraint("metric_id", "theme_code", name=op.f("pk_metric_theme")),
    )
    op.create_index(op.f("ix_metric_theme_theme_code_metric_id"), "metric_theme", ["theme_code", "metric_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
