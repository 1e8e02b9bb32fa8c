"""The dictionary as it is answered."""

from pydantic import Field

from app.schemas.shape import Shape


class DictionaryEntry(Shape):
    """What a field, a column or a code means (词条)."""

    of: str = Field(
        description="The answer, table or list of codes it belongs to (所属：所属的答复、表或代码表).",
        examples=["Proposal"],
    )
    key: str = Field(
        description="The field, column or code (键：字段名、列名或代码).", examples=["confidence"]
    )
    name_en: str = Field(description="English name (英文名：英文名称).", examples=["confidence"])
    name_zh: str = Field(description="Chinese name (中文名：中文名称).", examples=["置信度"])
    meaning_en: str = Field(
        description="Meaning in English (英文含义：用英文说明的含义).",
        examples=["How sure the extraction is, from 0 to 1."],
    )
    meaning_zh: str = Field(
        description="Meaning in Chinese (中文含义：用中文说明的含义).",
        examples=["抽取结果有多可靠，0 到 1。"],
    )


class Dictionary(Shape):
    """What everything in the answers means (数据字典)."""

    fields: list[DictionaryEntry] = Field(description="The fields of all answers (字段：各答复的字段).")
    columns: list[DictionaryEntry] = Field(
        description="The columns of all tables in files (列：各导出表的列)."
    )
    codes: list[DictionaryEntry] = Field(
        description="The codes of kinds, qualifiers, levels, forms and themes (代码：各代码表和主题的代码)."
    )
