"""Which state the data is in, so that whoever knows it need not read the data again."""

from sqlmodel import Field, SQLModel


class DataVersion(SQLModel, table=True):
    """The version of a part of the data; triggers of the other tables give it a new, random one.

    `data` is the version of all that answers are made of, `imports` that of the import runs.
    Not counted up: a copy that is restored would count again through numbers that were seen already.
    """

    __tablename__ = "data_version"

    part: str = Field(primary_key=True)
    version: str
