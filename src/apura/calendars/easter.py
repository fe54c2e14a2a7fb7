"""The date of Easter, on which Carnival, Good Friday and Corpus Christi depend."""

from datetime import date


def easter_on(year: int) -> date:
    """Give Easter Sunday of a year of the Gregorian calendar.

    The method is the anonymous one published in Nature in 1876, with its letters.
    """
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
