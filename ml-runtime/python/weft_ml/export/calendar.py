"""Parts of dates as nodes, from seconds since 1970; years have 365.2425 days for all times."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weft_ml.export.transforms import Nodes

SECONDS_OF_DAY = 86_400.0
# From 1st of March of the year 0 to 1970: a year that begins then ends with its leap day.
DAYS_TO_1970 = 719_468.0
# Of 400, 100 and 4 years, and of five months from March on.
DAYS_OF_400, DAYS_OF_100, DAYS_OF_4 = 146_097.0, 36_524.0, 1_460.0
FROM_YEAR_1_TO_1970 = 719_162.0


class _Date:
    """A date taken apart, after Hinnant's "chrono-compatible low-level date algorithms"."""

    def __init__(self, nodes: Nodes, seconds: str) -> None:
        self._nodes = nodes
        self.days: str = self._over(seconds, SECONDS_OF_DAY)
        since = self._plus(self.days, DAYS_TO_1970)
        era = self._over(since, DAYS_OF_400)
        day = self._minus(since, self._times(era, DAYS_OF_400))
        kept = self._minus(day, self._over(day, DAYS_OF_4))
        kept = self._sum(kept, self._over(day, DAYS_OF_100))
        year = self._over(self._minus(kept, self._over(day, DAYS_OF_400 - 1)), 365.0)
        leaps = self._minus(self._over(year, 4.0), self._over(year, 100.0))
        of_year = self._minus(day, self._sum(self._times(year, 365.0), leaps))
        march = self._over(self._plus(self._times(of_year, 5.0), 2.0), 153.0)
        before = self._over(self._plus(self._times(march, 153.0), 2.0), 5.0)
        self.day: str = self._plus(self._minus(of_year, before), 1.0)
        # March is the month 0 of such a year, January and February are its last.
        late = nodes.graph.double(nodes.add("Less", nodes.number(9.5), march))
        self.month: str = self._minus(self._plus(march, 3.0), self._times(late, 12.0))
        self.year: str = self._sum(self._sum(year, self._times(era, 400.0)), late)

    def quarter(self) -> str:
        return self._plus(self._over(self._plus(self.month, -1.0), 3.0), 1.0)

    def of_year(self) -> str:
        last = self._plus(self.year, -1.0)
        leaps = self._minus(self._over(last, 4.0), self._over(last, 100.0))
        leaps = self._sum(leaps, self._over(last, 400.0))
        first = self._plus(self._sum(self._times(last, 365.0), leaps), -FROM_YEAR_1_TO_1970)
        return self._plus(self._minus(self.days, first), 1.0)

    def of_week(self, shift: float, first: float) -> str:
        shifted = self._plus(self.days, shift)
        weeks = self._times(self._over(shifted, 7.0), 7.0)
        return self._plus(self._minus(shifted, weeks), first)

    def _plus(self, value: str, number: float) -> str:
        return self._nodes.add("Add", value, self._nodes.number(number))

    def _times(self, value: str, number: float) -> str:
        return self._nodes.add("Mul", value, self._nodes.number(number))

    def _over(self, value: str, number: float) -> str:
        return self._nodes.add("Floor", self._nodes.add("Div", value, self._nodes.number(number)))

    def _sum(self, one: str, other: str) -> str:
        return self._nodes.add("Add", one, other)

    def _minus(self, one: str, other: str) -> str:
        return self._nodes.add("Sub", one, other)


PARTS: dict[str, Callable[[Nodes, str], str]] = {
    "year": lambda nodes, seconds: _Date(nodes, seconds).year,
    "quarter": lambda nodes, seconds: _Date(nodes, seconds).quarter(),
    "month": lambda nodes, seconds: _Date(nodes, seconds).month,
    "day_of_month": lambda nodes, seconds: _Date(nodes, seconds).day,
    "day_of_year": lambda nodes, seconds: _Date(nodes, seconds).of_year(),
    # The first day of 1970 was a Thursday.
    "day_of_week": lambda nodes, seconds: _Date(nodes, seconds).of_week(4.0, 1.0),
    "weekday": lambda nodes, seconds: _Date(nodes, seconds).of_week(3.0, 0.0),
}
