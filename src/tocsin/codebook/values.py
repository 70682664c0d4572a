"""Whether values that a person gives are words of the codebook."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tocsin.codebook.types import Vocabulary
from tocsin.errors import DecisionError


def check_values(vocabulary: Vocabulary, kind: str, values: Mapping[str, Any], *, type: str | None = None) -> None:
    """Raise DecisionError where a value is no word of the codebook.

    Args:
        vocabulary: the closed lists.
        kind: what the values are of: "mention", "claim", "place", "actor", "demand" or "evidence".
        values: by field, as docs/reviewing.md writes them; fields without a closed list are not looked at.
        type: of the mention, where `values` sets its form and not its type.
    """
    for field, known in _closed(vocabulary, kind).items():
        if field in values:
            _check(field, values[field], known)
    if kind == "claim":
        for speaker in _listed(values.get("said_by")):
            _check("kind", speaker.get("kind"), vocabulary.speaker_kinds)
    if kind == "mention":
        for name in _listed(values.get("means")):
            _check("means", name, vocabulary.means)
        date = values.get("date")
        if isinstance(date, Mapping):
            _check("precision", date.get("precision"), vocabulary.precisions)
            _check("basis", date.get("basis"), vocabulary.bases)
        found = vocabulary.types.get(str(values.get("type", type)))
        if values.get("form") is not None and found is not None:
            _check("form", values["form"], found.forms)
        for key, part in (("claims", "claim"), ("actors", "actor")):
            for one in _listed(values.get(key)):
                check_values(vocabulary, part, one)


def _closed(vocabulary: Vocabulary, kind: str) -> Mapping[str, Collection[str]]:
    if kind == "mention":
        return {"type": vocabulary.types, "modality": vocabulary.modalities, "scope": vocabulary.scopes}
    return {"claim": {"attribute": vocabulary.attributes}, "actor": {"role": vocabulary.roles}}.get(kind, {})


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _check(field: str, value: Any, known: Collection[str]) -> None:
    if not isinstance(value, str) or value not in known:
        raise DecisionError(f"{field} {value!r}", "is none of the codebook", "known are " + ", ".join(known))
