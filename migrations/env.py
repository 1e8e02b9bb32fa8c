"""Alembic's entry: migrates the engine `app.database.migrate` hands over, else the one of the settings."""

import sys
from pathlib import Path

from alembic import context

# The alembic command may be run from any folder, and the application is not an installed package.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlmodel import SQLModel

import app.tables  # noqa: F401  fills the metadata for drift checks
from app.database import make_engine, migrating
from app.settings import Settings

engine = context.config.attributes.get("engine") or make_engine(Settings().database_url)
with migrating(engine) as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    context.run_migrations()
