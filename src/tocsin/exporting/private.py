"""A record in which private persons cannot be told, from which all formats are written.

Formats and reports of losses see the protected record alone, so that none of them can tell what it does not hold.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tocsin.codebook.imports import DATASETS, load_import
from tocsin.codebook.loader import load_codebook
from tocsin.codebook.private import load_private
from tocsin.datamodel import CodedDocument, Decision
from tocsin.datamodel.identity import document_key, mention_key
from tocsin.datamodel.relation import RELATIONS, Relation
from tocsin.export.private import Disclosures, NameFinder, Protector, new_key
from tocsin.export.text import text_stream
from tocsin.exporting.files import whole_file
from tocsin.extract.persons import one_person
from tocsin.gazetteer import open_gazetteer
from tocsin.pipeline import Settings
from tocsin.store.record import Record
from tocsin.store.scratch import ScratchRecord, scratch_record
from tocsin.version import VERSION

#: Decisions that a protected record tells: the last about each mention that stands.
_TOLD = ("accept", "reject")
_CODER = "protected"
_DEFAULTS = Settings()


def is_public_name(output: Path | None) -> bool:
    """Whether a file is named as a public export, so that it is protected unless the user says otherwise."""
    return output is not None and "public" in re.split(r"[^a-z]+", output.name.lower())


@contextmanager
def protected_record(
    record: Record, settings: Settings = _DEFAULTS, *, key: bytes | None = None, public: Iterable[str] = ()
) -> Iterator[tuple[Record, Disclosures]]:
    """Give a record, in memory, that holds what may be shown of another one, and what was held back.

    Its ids, and the pseudonyms of names, are keyed: with another key they are others, and without the key none can be
    made from a name.

    Args:
        record: left as it is.
        settings: whose codebook says who is a public person.
        key: of this export; a random one if not given, which nobody keeps.
        public: names of people and bodies that stay.
    """
    codebook, disclosures = load_codebook(settings.codebook), Disclosures()
    places = open_gazetteer()
    datasets = (load_import(name, codebook.vocabulary).publisher for name in DATASETS if name != "csv")
    protector = Protector(
        key or new_key(),
        NameFinder(load_private(settings.codebook), places),
        places,
        lambda words: one_person(words, codebook.actors),
        public=(*public, *datasets),
        disclosures=disclosures,
    )
    for coded in record.coded():
        protector.learn(coded)
    protector.settle()
    with scratch_record("the protected record") as scratch:
        _fill(scratch, record, protector, settings)
        _note_decisions(record.decisions(), disclosures)
        yield scratch, disclosures


def write_disclosures(held: Disclosures, output: Path) -> Path:
    """Write what was held back beside a file; return where."""
    report = output.with_name(output.name + ".private.csv")
    with whole_file(report) as stream, text_stream(stream) as lines:
        held.write(lines)
    return report


def _fill(scratch: ScratchRecord, record: Record, protector: Protector, settings: Settings) -> None:
    run = scratch.start_run(f"tocsin {VERSION}", _CODER)
    names: dict[str, str] = {}
    for coded in record.coded():
        shown = protector.protect(coded)
        scratch.add(shown, run=run, coder=_CODER)
        names |= _new_names(coded, shown)
    scratch.end_run(run)
    made = [one for one in record.decisions() if one.kind in _TOLD]
    for mention, kind in sorted(record.judgements().items()):
        at = next(one.at for one in reversed(made) if (one.subject, one.kind) == (mention, kind))
        if mention in names:
            scratch.decide(kind, names[mention], reviewer="reviewer", at=at)
    clusters = [[names[m] for m in held if m in names] for held in record.events().values()]
    if clusters:
        relations = [relation for kind in RELATIONS for relation in _relations(record, kind, names)]
        scratch.set_events([c for c in clusters if c], linker=settings.linker, relations=relations)
        copies = {protector.alias("document", a): protector.alias("document", b) for a, b in record.copies().items()}
        scratch.set_copies(copies)


def _new_names(coded: CodedDocument, shown: CodedDocument) -> dict[str, str]:
    """Return for the id of each mention the one that it has in the protected record."""
    key = document_key(shown.document)
    return {mention.id: mention_key(key, other) for mention, other in zip(coded.mentions, shown.mentions, strict=True)}


def _relations(record: Record, kind: str, names: dict[str, str]) -> Iterator[Relation]:
    held = record.events()
    for relation in record.relations_of_kind(kind):
        holder, member = (held.get(event, ())[:1] for event in (relation.holder, relation.member))
        if holder and member and holder[0] in names and member[0] in names:
            yield Relation(kind, names[holder[0]], names[member[0]], "left out")


def _note_decisions(decisions: Iterable[Decision], disclosures: Disclosures) -> None:
    for decision in decisions:
        if decision.kind in _TOLD:
            disclosures.note("reviewer and reason", "decisions", '"reviewer" stands instead, and no reason')
        else:
            disclosures.note(f"decision: {decision.kind}", "decisions", "left out; what it changed is in the mentions")
