"""Themes: reference rows, loaded from the seeds."""

from sqlmodel import Field, SQLModel


class Theme(SQLModel, table=True):
    """A subject proposals are filed under; `ordinal` is its place in lists, from 0."""

    __tablename__ = "theme"

    code: str = Field(primary_key=True)
    name_zh: str
    name_en: str
    ordinal: int


class ThemeAlias(SQLModel, table=True):
    """A name a theme goes by, its code, 中文 and English among them; no two themes share one."""

    __tablename__ = "theme_alias"

    alias: str = Field(primary_key=True)
    theme_code: str = Field(foreign_key="theme.code", ondelete="CASCADE", index=True)
