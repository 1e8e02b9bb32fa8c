"""Numbers as Chinese texts write them: 1,936 · 1.4万 · 两千亿 · 三点五万 · 十几 · 三百二十."""

import re
from decimal import Decimal

NUMBER = re.compile(r"\d+(?:\.\d+)?")
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MAGNITUDES = {
    "万": 10**4,
    "亿": 10**8,
    "百万": 10**6,
    "千万": 10**7,
    "万亿": 10**12,
    "百亿": 10**10,
    "千亿": 10**11,
    "兆": 10**12,
    "百": 100,
    "千": 1000,
    "十万": 10**5,
    "十亿": 10**9,
}
LONGEST_FIRST = sorted(MAGNITUDES, key=len, reverse=True)
CHINESE = "零〇一二三四五六七八九十百千两"
ARABIC = r"\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE_NUMBER = rf"半|[{CHINESE}]+(?:[万亿][{CHINESE}]+)+|[{CHINESE}]+(?:点[零〇一二三四五六七八九]+)?"


def parse_number(text: str) -> float | None:
    """The value of a plain number, Arabic or Chinese, with 万 and 亿 multiplied out; None if it is none."""
    text = text.replace(",", "").replace(" ", "")
    if NUMBER.fullmatch(text):
        return float(text)
    for magnitude in LONGEST_FIRST if text[:1].isdigit() else ():
        head = text.removesuffix(magnitude)
        if head != text and (len(magnitude) > 1 or magnitude in "万亿兆"):
            # Decimal, because 586.3 × 10⁸ in binary fractions is 58629999999.99999.
            return float(Decimal(head) * MAGNITUDES[magnitude]) if NUMBER.fullmatch(head) else None
    if "万" in text or "亿" in text:
        return _sum_of_magnitudes(text)
    return _below_ten_thousand(text)


def _sum_of_magnitudes(text: str) -> float | None:
    """三万五千, 一亿二千万: each magnitude with what stands before it."""
    for mark, factor in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.partition(mark)
        if found and mark in tail:
            return None  # said twice it is no number, and read on it would be parsed as deep as it is long
        if found:
            left, right = parse_number(head), parse_number(tail) if tail else 0.0
            return None if left is None or right is None else left * factor + right
    return None


def _below_ten_thousand(text: str) -> float | None:
    if text == "半":
        return 0.5
    whole, point, decimals = text.partition("点")
    if point:
        value = _below_ten_thousand(whole)
        places = "".join(str(DIGITS.get(c, "x")) for c in decimals)
        return None if value is None or not places.isdigit() else value + float(f"0.{places}")
    if text and all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text))
    total, digit = 0, None
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in TENS:
            total += (1 if digit is None else digit) * TENS[c]
            digit = None
        else:
            return None
    return float(total + (digit or 0)) if text else None
