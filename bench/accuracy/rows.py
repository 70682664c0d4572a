"""One line of the table of measured figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        task: "numbers", "dates", "places", ...
        data: what it was measured on ("numbers/ccc-2017-2019").
        measure: what was measured ("low, weighted").
        value: the figure, a share of 1 unless the measure says otherwise.
        target: what it should reach, or None where none is set.
    """

    task: str
    data: str
    measure: str
    value: float
    target: float | None
