"""Bands by rank, so that what texts are compared with does not depend on which came first.

The application fills the bands at its next start.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for of in ("article", "proposal"):
        op.drop_table(f"{of}_band")
        _create_bands(of, ["band", "rank", f"{of}_id"])
    # Nothing is to be filled where there is nothing yet.
    op.execute(
        "UPDATE data_version SET version = '2' WHERE part = 'bands' AND NOT EXISTS (SELECT 1 FROM article)"
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
    for of in ("article", "proposal"):
        op.drop_table(f"{of}_band")
        _create_bands(of, ["band", f"{of}_id"])
    op.execute("DELETE FROM data_version WHERE part = 'bands'")
