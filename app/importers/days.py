"""Days as pages, files and addresses write them; what is no day of the calendar is None."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

CHINA = timezone(timedelta(hours=8))
"""By whose clock the day of an article is told."""
YEARS = range(1900, 2100)
FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
"""2021-05-28, 2021/5/28, 2021年5月28日."""
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}(?:\d\d)?)?(?!\d)")
"""20210528, also with hours, minutes and seconds behind."""
IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(\d\d)[-_/.]?(\d\d)(?:[0-2]\d[0-5]\d[0-5]\d)?(?!\d)")
"""/2021-05/28/content_1.htm, /t20210528_1.html, /2021/0528/c1.html, 2021-05-28.txt, 20210528093000.htm."""
WITHOUT_YEAR = re.compile(r"(?<![\d/-])(?<!\d年)(\d{1,2})\s*[-月/]\s*(\d{1,2})(?:日|(?=\s|$))")
"""10月21日, 今年10月21日, 10-21 09:10."""


def day_in(words: str) -> date | None:
    """The first whole day that the words hold: ISO, with Chinese marks, without marks, or as RFC 2822.

    A moment with a zone is told by the clock of all of China.
    """
    if day := _moment(words, datetime.fromisoformat):
        return day
    for pattern in (FULL, COMPACT):
        for day in _days(pattern, words):
            return day
    return _moment(words, parsedate_to_datetime)


def day_of_name(name: str) -> date | None:
    """The last day in a path or an address, its file's name before its folders."""
    return next(reversed(list(_days(IN_PATH, name.replace("%2F", "/")))), None)


def day_near(words: str, known: date | None) -> date | None:
    """The day that words without a year mean, as close to a `known` day as can be; None without one.

    Nothing can be made of 今天, 昨天 or 3小时前: these count from when somebody looked at the page.
    """
    found = WITHOUT_YEAR.search(words)
    if found is None or known is None:
        return None
    month, day = map(int, found.groups())
    days = [each for year in (-1, 0, 1) if (each := _day(known.year + year, month, day))]
    return min(days, key=lambda each: abs(each - known), default=None)


def _moment(words: str, read: Callable[[str], datetime]) -> date | None:
    """The day of what is nothing but a moment with its zone, or without one; None for all else."""
    try:
        moment = read(words.strip())
        day = (moment.astimezone(CHINA) if moment.tzinfo else moment).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if day.year in YEARS else None


def _days(pattern: re.Pattern[str], words: str) -> Iterator[date]:
    for found in pattern.finditer(words):
        if day := _day(*map(int, found.groups())):
            yield day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
