"""The closed lists every room speaks in: kinds, qualifiers, levels. Imports nothing of ours."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """Base of the lists that stand in answers: each code has a name and a meaning in two languages.

    A member is written as code, Chinese name, meaning in English and meaning in Chinese.
    """

    name_zh: str
    meaning_en: str
    meaning_zh: str

    # The defaults are for looking a member up by its code alone, as Kind("plan") does.
    def __new__(cls, code: str, name_zh: str = "", meaning_en: str = "", meaning_zh: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.name_zh = name_zh
        member.meaning_en, member.meaning_zh = meaning_en, meaning_zh
        return member

    @property
    def name_en(self) -> str:
        return self.value.replace("_", " ")


class Kind(Code):
    """What a proposal is (建言类型)."""

    RECOMMENDATION = (
        "recommendation",
        "建议",
        "A person or body asks that something be done.",
        "某人或某机构希望落实某事。",
    )
    PLAN = (
        "plan",
        "计划",
        "A person or body says what it will do itself.",
        "某人或某机构说明自己将要做什么。",
    )
    AGREEMENT = (
        "agreement",
        "协议",
        "Two or more parties signed, agreed or set up something together.",
        "两方或多方共同签署、商定或设立某事。",
    )


class Joining(StrEnum):
    """How several values of one filter combine."""

    OR = "or"
    AND = "and"


class CitationStyle(StrEnum):
    """How a reference is written."""

    GBT7714_2025 = "gbt7714-2025"
    GBT7714_2015 = "gbt7714-2015"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


class ActorKind(Code):
    """Who can stand behind a proposal (发言主体类别)."""

    PERSON = ("person", "人物", "A human being.", "自然人。")
    INSTITUTION = ("institution", "机构", "A named body.", "有名称的单位或组织。")
    REGION = (
        "region",
        "地区",
        "A place acting as a party: 两江新区与天府新区签署协议.",
        "作为一方行事的地区：两江新区与天府新区签署协议。",
    )


class Qualifier(Code):
    """How exactly a metric's value is meant (数值限定)."""

    ABOUT = ("about", "约", "Near the value: 约, 近, 左右.", "接近该数值：约、近、左右。")
    OVER = ("over", "超", "More than the value: 超, 逾, 以上.", "大于该数值：超、逾、以上。")
    AT_LEAST = ("at_least", "不少于", "The value or more: 不少于, 至少.", "该数值或更多：不少于、至少。")
    UNDER = ("under", "不到", "Less, or at most the value: 不到, 以内.", "小于或至多为该数值：不到、以内。")


class RegionLevel(Code):
    """The rungs of the gazetteer (地区级别)."""

    PROVINCE = (
        "province",
        "省级",
        "A province, autonomous region, special region or municipality directly under the state.",
        "省、自治区、直辖市、特别行政区。",
    )
    PREFECTURE = (
        "prefecture",
        "地级",
        "A city with districts or counties, an autonomous prefecture or a league.",
        "地级市、自治州、地区、盟。",
    )
    COUNTY = ("county", "县级", "A county, a district or a city of that rank.", "县、市辖区、县级市、旗。")
    ZONE = (
        "zone",
        "功能区",
        "A functional area inside one or a few divisions: 两江新区, 西部科学城.",
        "位于一个或几个行政区内的功能区：两江新区、西部科学城。",
    )
    BLOC = (
        "bloc",
        "合作区域",
        "A cooperation area over several divisions: 成渝地区, 长三角.",
        "跨几个行政区的合作区域：成渝地区、长三角。",
    )


class AttributionForm(Code):
    """By which form of mention a proposal was tied to its speaker, strongest first (指称方式)."""

    EXPLICIT = (
        "explicit",
        "明示",
        "Named with a post in the sentence itself.",
        "句中写明姓名和职务。",
    )
    SHORT = (
        "short",
        "简称",
        "A bare name, surname with title or short form of a body.",
        "只写姓名、姓氏加职务，或机构简称。",
    )
    PRONOUN = ("pronoun", "代称", "他, 她, 双方, 两地, 代表们.", "他、她、双方、两地、代表们。")
    IMPLIED = (
        "implied",
        "承接",
        "Speech that goes on without naming anyone.",
        "发言延续下来，句中未指明何人。",
    )
    NONE = ("none", "无", "No speaker is known.", "发言人不明。")


class FindingType(Code):
    """What can be found in an article (条目类型)."""

    PROPOSAL = ("proposal", "建言", "A sentence that puts something forward.", "提出诉求的句子。")
    METRIC = ("metric", "指标", "A number that measures something.", "有所衡量的数字。")
    PERSON = ("person", "人物", "The mention of a person.", "提到某人之处。")
    INSTITUTION = ("institution", "机构", "The mention of an institution.", "提到某机构之处。")
    REGION = (
        "region",
        "地区",
        "The mention of a place that acts as a party.",
        "提到作为一方行事的地区之处。",
    )


class Outcome(Code):
    """What an import did with one article (导入结果)."""

    NEW = ("new", "新增", "It was stored.", "已存入。")
    UNCHANGED = ("unchanged", "未变", "It was there already.", "已有，未作改动。")
    REPLACED = ("replaced", "更新", "Its findings were made anew.", "已有，抽取结果已重新生成。")
    FAILED = ("failed", "失败", "It could not be read or stored.", "未能读取或存入。")


LISTS: tuple[type[Code], ...] = (
    Kind,
    ActorKind,
    Qualifier,
    RegionLevel,
    AttributionForm,
    FindingType,
    Outcome,
)
"""All lists of codes that stand in answers or reports."""
