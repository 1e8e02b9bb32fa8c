"""The words of the field, as the API and the code use them."""

from typing import NamedTuple


class Term(NamedTuple):
    """A word in Chinese, the one name it has in addresses, fields and code, and what it means."""

    name_zh: str
    name: str
    meaning_en: str
    meaning_zh: str


GLOSSARY = (
    Term("建言", "proposal", "one sentence that puts something forward", "提出某事的一句话"),
    Term("建议、计划、协议", "recommendation, plan, agreement", "its kinds", "建言的三种类型"),
    Term("发言人", "speaker", "who stands behind it", "提出建言的人、机构或地区"),
    Term(
        "人物、机构",
        "person, institution",
        "actors, each with one canonical name and aliases",
        "各有一个规范名称和若干别名",
    ),
    Term(
        "职务",
        "position",
        "a post as one article states it: institution and title",
        "某篇文章写明的机构和职务名称",
    ),
    Term("指标", "metric", "a number that measures something", "衡量某事物的数字"),
    Term("主题", "theme", "what a proposal asks for", "建言所求之事的类别"),
    Term(
        "地区",
        "region",
        "a place a sentence names: a division, zone or bloc",
        "句中提到的地方：行政区划、功能区或合作区域",
    ),
    Term("功能区、合作区域", "zone, bloc", "regions that are no divisions", "不是行政区划的地区"),
    Term("文章", "article", "what was read, its text unchanged", "读入的文章，全文从不改写"),
    Term(
        "原文位置",
        "span",
        "where it says so: [start, end) in the article's text, in code points",
        "在全文中的起止位置，按码点计",
    ),
    Term("置信度", "confidence", "how sure the extraction is, 0 to 1", "抽取结果有多可靠，0 到 1"),
    Term("其他报道", "report", "the same proposal in another article", "另一篇文章中的同一建言"),
)
