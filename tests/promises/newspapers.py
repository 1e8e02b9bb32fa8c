"""Invented articles that meet in their people, bodies and proposals: what came before shows in what comes."""

import json
from collections.abc import Sequence
from pathlib import Path

PEOPLE = ("湖北省政协委员余望舒", "江西省政协副主席车明浩", "湖南省人大代表苗雨", "安徽省政协委员谷一鸣")


def text_of(number: int) -> str:
    """Every seventh is nearly the one before it, every fifth repeats what an earlier one proposed."""
    if number % 7 == 6:
        return text_of(number - 1) + f"(转载第{number}号)\n"
    who, other = PEOPLE[number % 4], PEOPLE[(number + 1) % 4]
    topic = f"建设江汉实验室{(number // 5 if number % 5 == 4 else number)}期"
    return (
        f"跨省协商会议第{number}次会议召开\n\n"
        f"{who}建议,加快{topic},投入{number + 1}亿元。\n"
        f"{other}表示,将支持武汉市与南昌市共建5G产业园{number}个,覆盖{number + 2}公里。\n"
    )


def write(path: Path, numbers: Sequence[int]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in numbers:
            day = f"2024-03-{number % 28 + 1:02}"
            file.write(json.dumps({"text": text_of(number), "published_on": day}) + "\n")
    return path
