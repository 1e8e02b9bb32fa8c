"""Keys that allow writing, and merges of people that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("name", name=op.f("uq_api_key_name")),
    )

    with op.batch_alter_table("actor") as actor:
        actor.add_column(sa.Column("merged_into", ID, nullable=True))
        actor.create_foreign_key(
            op.f("fk_actor_merged_into"), "actor", ["merged_into"], ["id"], ondelete="CASCADE"
        )
        actor.create_index(op.f("ix_actor_merged_into"), ["merged_into"])

    op.create_table(
        "person_merge",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("brought", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["actor.id"], name=op.f("fk_person_merge_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_merge")),
    )

    op.create_table(
        "merged_article",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person_merge.person_id"],
            name=op.f("fk_merged_article_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_merged_article_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "article_id", name=op.f("pk_merged_article")),
    )
    op.create_index(op.f("ix_merged_article_article_id"), "merged_article", ["article_id"])


def downgrade() -> None:
    op.drop_table("merged_article")
    op.drop_table("person_merge")
    # Else those who were merged would stand there as people whom nobody names.
    op.execute("DELETE FROM actor WHERE merged_into IS NOT NULL")
    with op.batch_alter_table("actor") as actor:
        actor.drop_index(op.f("ix_actor_merged_into"))
        actor.drop_constraint(op.f("fk_actor_merged_into"), type_="foreignkey")
        actor.drop_column("merged_into")
    op.drop_table("api_key")
