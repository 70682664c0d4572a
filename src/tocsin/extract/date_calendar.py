"""Days, weeks, months and years: the arithmetic of dates. A result outside the calendar is None."""

from calendar import monthrange
from datetime import date, timedelta

from tocsin.codebook.dates import Holiday

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


def day(year: int, month: int, number: int) -> date | None:
    """Return a day, or None where the calendar has none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def moved(from_day: date, days: int) -> date | None:
    """Return the day so many days on."""
    try:
        return from_day + timedelta(days)
    except OverflowError:
        return None


def months_on(from_day: date, months: int) -> date | None:
    """Return the same day of another month, or its last day where it is shorter."""
    count = from_day.year * 12 + from_day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(from_day.day, monthrange(year, month + 1)[1]))


def whole_month(year: int, month: int) -> tuple[date, date] | None:
    """Return the first and last day of a month."""
    first = day(year, month, 1)
    return (first, date(year, month, monthrange(year, month)[1])) if first else None


def whole_year(year: int) -> tuple[date, date] | None:
    """Return the first and last day of a year."""
    return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9999 else None


def whole_week(of_day: date) -> tuple[date, date] | None:
    """Return the Monday and Sunday of the week that holds a day."""
    first = moved(of_day, -of_day.weekday())
    last = moved(of_day, SUNDAY - of_day.weekday())
    return (first, last) if first and last else None


def unit_around(of_day: date, precision: str) -> tuple[date, date]:
    """Return the first and last day of the day, week, month or year that holds a day."""
    whole = None
    if precision == "week":
        whole = whole_week(of_day)
    elif precision == "month":
        whole = whole_month(of_day.year, of_day.month)
    elif precision == "year":
        whole = whole_year(of_day.year)
    return whole or (of_day, of_day)


def weekday_before(from_day: date, weekday: int, *, same: bool) -> date | None:
    """Return the last such weekday before a day; the day itself counts where `same`."""
    back = (from_day.weekday() - weekday) % 7
    return moved(from_day, -(back or (0 if same else 7)))


def weekday_after(from_day: date, weekday: int, *, same: bool) -> date | None:
    """Return the next such weekday after a day; the day itself counts where `same`."""
    on = (weekday - from_day.weekday()) % 7
    return moved(from_day, on or (0 if same else 7))


def nth_weekday(first: date, last: date, weekday: int, nth: int) -> date | None:
    """Return the nth such weekday between two days, counted from the end where negative."""
    found = weekday_after(first, weekday, same=True) if nth > 0 else weekday_before(last, weekday, same=True)
    found = found and moved(found, 7 * (nth - 1 if nth > 0 else nth + 1))
    return found if found and first <= found <= last else None


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (anonymous Gregorian algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the eastern churches in the Gregorian calendar (Meeus 1991; right for 1900-2099)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    return date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1) + timedelta(13)


def holiday_in(holiday: Holiday, year: int) -> date | None:
    """Return the day of a holiday in a year."""
    if not 1600 <= year <= 9000:
        return None
    if holiday.rule == "fixed":
        return day(year, holiday.month, holiday.day)
    if holiday.rule == "nth":
        month = whole_month(year, holiday.month)
        found = month and nth_weekday(*month, holiday.weekday, holiday.nth)
        return found and moved(found, holiday.offset)
    return moved((easter if holiday.rule == "easter" else orthodox_easter)(year), holiday.day)
