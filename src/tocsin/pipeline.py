"""The only file that joins the stages.

    1. read        sources -> verdicts with documents                 (read)
    2. code        documents -> mentions with claims                  (extract, with codebook and gazetteer)
    3. store       one transaction a document                         (store)
    4. link        mentions of all documents -> events                (link)
    5. reconcile   claims of each event -> figures, made anew when asked for, by any policy and convention (reconcile)

Coding is a pure function of the document, the program's version and the codebook: one process or many give the same
bytes.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.codebook.fingerprint import codebook_hash, link_hash
from tocsin.codebook.loader import Codebook, load_codebook
from tocsin.datamodel import CodedDocument, Document, Event
from tocsin.datamodel.extraction import Extractor, count_notes
from tocsin.datamodel.headline import Headline, Mover, PolicySum
from tocsin.datamodel.identity import mention_key
from tocsin.datamodel.ids import content_id
from tocsin.datamodel.kept import FORMAT
from tocsin.datamodel.relation import COVERS, DISPUTE, SERIES
from tocsin.datamodel.verdict import FAILED, READ, ReadVerdict
from tocsin.errors import BudgetError, CodedError, EndpointError, RecordError, TocsinError, UsageError
from tocsin.extract.conventions import CODED_UNDER, read_again
from tocsin.extract.model_files import model_hash
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import place_lexicon
from tocsin.extractors import ASKING, OfflineExtractor, both_of, model_name, needed, open_model
from tocsin.gazetteer import open_gazetteer
from tocsin.llm.settings import LlmSettings
from tocsin.parallel import map_in_order, map_in_threads
from tocsin.read import ReadOptions, read_sources
from tocsin.reconcile import DEFAULT_POLICY, Sums, make_sums, policy_named, reconcile_events
from tocsin.reconcile.sensitivity import compare_policies
from tocsin.store.kept import KeptRows
from tocsin.store.record import Record, open_record
from tocsin.store.recorded_events import Changed, EventChange
from tocsin.version import VERSION

if TYPE_CHECKING:
    from tocsin.extract.tagger import Tagger
    from tocsin.link import PackedDocument
    from tocsin.llm.extractor import Forecast

#: How documents can be coded, the default first.
EXTRACTORS = ("tagger", "rules", *ASKING)
#: Documents that are linked one by one as they come, at most: these many, or this share of the record. One costs what
#: its block costs, which is more than its share of linking all anew.
FEW, SHARE = 200, 10
#: Documents that a process reads for linking before it hands them over: 0.1 s of work.
PACKED = 100
#: Numbers and ids of versions of documents.
Numbered = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides how documents are coded.

    Attributes:
        language: of the documents; only "en" so far.
        codebook: the user's folder of TOML files laid over the packaged codebook, or None.
        extractor: "tagger" for the trained tagger with the rules behind it, "rules" for rules alone, "llm" for a
            language model with the tagger behind it, "both" for the two joined.
        model: folder of the tagger's files; None for the packaged ones.
        llm: the language model, for "llm" and "both".
    """

    language: str = "en"
    codebook: Path | None = None
    extractor: str = EXTRACTORS[0]
    model: Path | None = None
    llm: LlmSettings | None = None

    @property
    def coder(self) -> str:
        """Name under which codings are stored: a document coded under it needs no second coding."""
        how = "rules" if self.extractor == "rules" else f"tagger {model_hash(self.model)}"
        offline = f"{how} {VERSION}, codebook {codebook_hash(self.codebook)}"
        if self.extractor not in ASKING:
            return offline
        return f"{model_name(self.llm, self.codebook, both=self.extractor == 'both')}; {offline}"

    @property
    def linker(self) -> str:
        """Name under which events are stored: mentions put together under it are not put together again."""
        return f"{VERSION}, link {link_hash(self.codebook)} {FORMAT}"


@dataclass(frozen=True, slots=True)
class Resources:
    """What coding leans on, loaded once a process."""

    settings: Settings
    codebook: Codebook
    places: PlaceLexicon
    tagger: "Tagger | None"

    @property
    def offline(self) -> OfflineExtractor:
        """The extractor that sends nothing."""
        settings = replace(self.settings, extractor=EXTRACTORS[self.tagger is None], llm=None)
        return OfflineExtractor(self.codebook, self.places, self.tagger, lambda: settings.coder)


@dataclass(frozen=True, slots=True)
class CodingFailure:
    """A document that could not be coded, and why in one line."""

    document: Document
    reason: str


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run goes about it.

    Attributes:
        settings: how documents are coded.
        reading: what is known beforehand about the sources, and what one may cost.
        processes: to code in; the record is the same.
        again: code documents again that were coded by the same program and codebook.
        link: put the mentions of the record together into events at the end.
    """

    settings: Settings = Settings()
    reading: ReadOptions = field(default_factory=ReadOptions)
    processes: int = 1
    again: bool = False
    link: bool = True


@dataclass
class RunSummary:
    """What a run did, so far or in all.

    Attributes:
        documents: how many became "new", "edited" or "known" ones of the record.
        problems: sources that were refused or failed, and documents that could not be coded.
        unchanged: documents that were coded before in the same way and left alone.
        mentions: coded in this run, by type.
        claims: coded in this run.
        undated: documents with mentions but without a day of publication, so that "yesterday" stays unresolved.
        events: happenings that the mentions of this run are tellings of, where they were put together.
        figures: what the claims of those come to, by event and attribute.
        differing: figures of those for which voices give different numbers.
        notes: on how documents were coded, by kind and field; of tokens and cost their sums.
        stopped: why the run ended before all was coded, or empty: a budget is spent, a model is out of reach.
    """

    documents: Counter[str] = field(default_factory=Counter)
    problems: int = 0
    unchanged: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    undated: int = 0
    events: int = 0
    figures: int = 0
    differing: int = 0
    notes: dict[tuple[str, str], float] = field(default_factory=dict)
    stopped: str = ""

    @property
    def done(self) -> int:
        """Documents that are in the record as they should be."""
        return self.documents.total() + self.unchanged


@cache
def load_resources(settings: Settings = Settings()) -> Resources:
    """Return what coding leans on.

    Raises:
        UsageError: the language is not known.
        CodebookError: the user's codebook has faults.
        GazetteerError: the place index is missing or damaged.
        ModelError: the tagger is missing or damaged.
    """
    if settings.language != "en":
        raise UsageError(f"language {settings.language!r}", "is not known", 'known is "en"')
    if settings.extractor not in EXTRACTORS:
        raise UsageError(f"extractor {settings.extractor!r}", "is not known", f"known are {', '.join(EXTRACTORS)}")
    codebook = load_codebook(settings.codebook)
    places = place_lexicon(codebook.places, open_gazetteer())
    return Resources(settings, codebook, places, _tagger(settings))


def run(
    paths: Sequence[str | Path],
    record: Record,
    options: RunOptions = RunOptions(),
    *,
    report: Callable[[ReadVerdict], None] = lambda verdict: None,
    progress: Callable[[RunSummary], None] = lambda summary: None,
) -> RunSummary:
    """Read, code and store; safe to repeat and to kill: the next run goes on where this one ended.

    Args:
        paths: files, folders, `-` for JSON Lines on standard input.
        record: where all of it goes; a document is on the disk before the next one is counted.
        options: how.
        report: called with every source that was refused or failed, and every document that could not be coded.
        progress: called after every document and problem with what was done so far.

    Raises:
        RecordError: the record cannot be written; what was counted before is in it.
    """
    coder = options.settings.coder
    number = record.start_run(f"tocsin {VERSION}", coder, [str(path) for path in paths])
    summary = RunSummary()
    sources: deque[ReadVerdict] = deque()
    told: set[str] = set()

    def problem(verdict: ReadVerdict) -> None:
        record.add_verdict(number, verdict)
        summary.problems += 1
        report(verdict)
        progress(summary)

    def to_code() -> Iterator[Document]:
        for verdict in read_sources(paths, options=options.reading):
            if verdict.status != READ and not _is_own_file(verdict.source, record):
                problem(verdict)
            for document in verdict.documents:
                if not options.again and record.is_coded(document, coder):
                    summary.unchanged += 1
                    progress(summary)
                else:
                    sources.append(verdict)
                    yield document

    try:
        for result in attempt_documents(to_code(), load_resources(options.settings), processes=options.processes):
            verdict = sources.popleft()
            if isinstance(result, CodingFailure):
                problem(ReadVerdict(verdict.source, FAILED, f"document {result.document.id} {result.reason}"))
                continue
            try:
                stored = record.add(result, run=number, coder=coder, verdict=verdict)
            except CodedError as error:
                problem(ReadVerdict(verdict.source, FAILED, str(error)))
                continue
            _count(summary, result, stored.status)
            told.update(mention_key(stored.key, mention) for mention in result.mentions if options.link)
            progress(summary)
    except (BudgetError, EndpointError) as error:
        summary.stopped = str(error)
    if options.link:
        link_record(record, options.settings, processes=options.processes)
        _count_figures(summary, reconcile_tellings(record, told, options.settings))
    record.end_run(number)
    return summary


def link_record(record: Record, settings: Settings = Settings(), *, processes: int = 1) -> None:
    """Put the mentions of a record together into its events, unless they are; what was decided by a person stands.

    What was coded or decided since the last time is linked at the cost of what it may have to do with, and gives the
    same events as linking all anew.

    Args:
        record: with its documents coded.
        settings: whose codebook holds the weights.
        processes: to read many documents in; the events are the same.

    Raises:
        RecordError: the record cannot be written.
    """
    linker = settings.linker
    while not record.is_linked(linker):
        changed = record.changed_documents() if record.is_linked_by(linker) else None
        if changed is None or len(changed.fresh) > max(FEW, record.count_documents() // SHARE):
            done = _link_all(record, settings, processes)
        else:
            done = _link_changed(record, settings, changed)
        if done:
            return


def _link_all(record: Record, settings: Settings, processes: int) -> bool:
    from tocsin.link import link_all

    changed = record.all_documents()
    work = partial(_pack_here, record, settings) if processes == 1 else partial(_pack_there, record.name, settings)
    starts = range(0, len(changed.fresh), PACKED)
    batches = (changed.fresh[start : start + PACKED] for start in starts)
    packed = list(chain.from_iterable(map_in_order(work, batches, processes=processes)))
    same, different = record.decided_pairs()
    rules = load_codebook(settings.codebook).link
    found = link_all(packed, record.text, rules, same=same, different=different)
    return record.set_events(
        found.clusters,
        found.reasons.levels,
        linker=settings.linker,
        scale=found.reasons.scale,
        relations=[(one.key, one.relation) for one in found.related],
        keep=found.keep,
        changed=changed,
    )


def _pack_there(name: str, settings: Settings, batches: tuple[Numbered, ...]) -> "tuple[list[PackedDocument], ...]":
    with open_record(Path(name), must_exist=True) as record:
        return _pack_here(record, settings, batches)


def _pack_here(record: Record, settings: Settings, batches: tuple[Numbered, ...]) -> "tuple[list[PackedDocument], ...]":
    from tocsin.link import pack_document

    rules, places = load_codebook(settings.codebook).link, open_gazetteer()
    return tuple(
        [
            pack_document(number, coded, rules, places)
            for (number, _), coded in zip(batch, record.coded_versions(key for _, key in batch), strict=True)
        ]
        for batch in batches
    )


def _link_changed(record: Record, settings: Settings, changed: Changed) -> bool:
    from tocsin.link import digest_of, update_links

    rules, places = load_codebook(settings.codebook).link, open_gazetteer()
    coded = record.coded_versions(key for _, key in changed.fresh)
    fresh = {number: digest_of(one, rules, places) for (number, _), one in zip(changed.fresh, coded, strict=True)}
    same, different = record.decided_pairs()

    def change(kept: KeptRows) -> EventChange:
        found = update_links(kept, fresh, changed.gone, rules, same=same, different=different)
        return EventChange(
            found.clusters,
            found.gone,
            found.reasons.levels,
            [(one.key, one.relation) for one in found.related],
            found.chains,
            found.voices,
        )

    return record.update_events(change, changed)


def reconcile_record(
    record: Record, settings: Settings = Settings(), *, policy: str = DEFAULT_POLICY, convention: str = CODED_UNDER
) -> tuple[Event, ...]:
    """Return the events of a record with their figures, sorted by id.

    A mention that was not put together with others yet is an event by itself, under its own id.

    Args:
        record: linked, as `link_record` does.
        settings: whose codebook says whom policies go by and what vague numbers come to.
        policy: short or full name of the policy of figures.
        convention: what vague numbers come to.

    Raises:
        UsageError: there is no such policy or convention.
    """
    return _reconcile(record.coded(), record.events(), record, settings, policy, convention)


def reconcile_event(
    record: Record,
    event: str,
    settings: Settings = Settings(),
    *,
    policy: str = DEFAULT_POLICY,
    convention: str = CODED_UNDER,
) -> Event | None:
    """Return one event with its figures as `reconcile_record` does, or None where all its mentions were rejected.

    Raises:
        RecordError: there is no such event.
        UsageError: there is no such policy or convention.
    """
    name, mentions = record.event(event)
    if policy_named(policy) == "weighted":  # what a publisher weighs hangs on the whole record
        found = {one.id: one for one in reconcile_record(record, settings, policy=policy, convention=convention)}
        return found.get(name)
    told = _tellings(record, mentions)
    return next(iter(_reconcile(told, {name: mentions}, record, settings, policy, convention)), None)


def reconcile_tellings(record: Record, mentions: Iterable[str], settings: Settings = Settings()) -> tuple[Event, ...]:
    """Return the events of some mentions with their figures, at the cost of those events and not of the record."""
    events = record.events_of(mentions)
    told = _tellings(record, [mention for held in events.values() for mention in held])
    return _reconcile(told, events, record, settings, DEFAULT_POLICY, CODED_UNDER)


def _tellings(record: Record, mentions: Iterable[str]) -> Iterator[CodedDocument]:
    """Yield mentions with their documents, and the documents that those are copies of."""
    copies = record.copies()
    groups: set[str] = set()
    for one in record.tellings(mentions):
        groups.add(copies.get(one.document.id, one.document.id))
        yield one
    for name in sorted(groups | {copy for copy, first in copies.items() if first in groups}):
        for document in record.versions(name)[-1:]:
            yield CodedDocument(document, ())


def sum_record(
    record: Record,
    settings: Settings = Settings(),
    *,
    by: str = "type",
    policy: str = DEFAULT_POLICY,
    convention: str = CODED_UNDER,
) -> Sums:
    """Return what the events of a record come to.

    Args:
        record, settings, policy, convention: as for `reconcile_record`.
        by: "type", "day" or "place".

    Raises:
        UsageError: there is no such policy, convention or key.
    """
    events = reconcile_record(record, settings, policy=policy, convention=convention)
    return make_sums(events, load_codebook(settings.codebook), open_gazetteer(), by=by, covers=held_events(record))


def headlines_of(
    events: Sequence[Event], settings: Settings = Settings(), *, policy: str = DEFAULT_POLICY
) -> tuple[Headline, ...]:
    """Return what the single happenings of a record come to by type, under this policy and all others.

    Args:
        events: of the record, under any policy.
        settings: whose codebook says what may be added.
        policy: short or full name of the one in force.

    Raises:
        UsageError: there is no such policy.
    """
    chosen = policy_named(policy)
    return tuple(
        Headline(
            one.type,
            one.attribute,
            one.unit,
            chosen,
            one.sums[chosen].events,
            tuple(PolicySum(name, s.low, s.best, s.high, s.counted) for name, s in one.sums.items()),
            tuple(Mover(m.event.id, m.low, m.low_policy, m.high, m.high_policy) for m in one.movers),
        )
        for one in compare_policies(events, load_codebook(settings.codebook), open_gazetteer())
        if chosen in one.sums
    )


def held_events(record: Record) -> dict[str, tuple[str, ...]] | None:
    """Return for each total and series the happenings that it holds, or None where nothing was put together yet."""
    if not record.events():
        return None
    found: dict[str, list[str]] = {}
    for kind in (COVERS, SERIES):
        for relation in record.relations_of_kind(kind):
            found.setdefault(relation.holder, []).append(relation.member)
    return {holder: tuple(members) for holder, members in found.items()}


def first_of_dispute(record: Record) -> dict[str, str]:
    """Return for each stoppage that another one of its dispute came before the first one of them."""
    return {relation.member: relation.holder for relation in reversed(record.relations_of_kind(DISPUTE))}


def _reconcile(
    coded: Iterable[CodedDocument],
    events: Mapping[str, Sequence[str]],
    record: Record,
    settings: Settings,
    policy: str,
    convention: str,
) -> tuple[Event, ...]:
    from tocsin.link.words import fold, sound, stem  # beside arrays that take 0.1 s to load

    codebook = load_codebook(settings.codebook)
    return reconcile_events(
        (read_again(one, codebook.numbers, convention) for one in coded),
        events,
        codebook,
        policy=policy_named(policy),
        copies=record.copies(),
        judgements=record.judgements(),
        spell=lambda word: sound(stem(fold(word)), codebook.link.sounds),
    )


def code_documents(
    documents: Iterable[Document], resources: Resources, *, processes: int = 1
) -> Iterator[CodedDocument]:
    """Yield each document with its mentions, in the order given, holding only a few in memory.

    Args:
        documents: taken as they are needed.
        resources: from `load_resources`.
        processes: how many to work in; 1 is this one. The results are the same.

    Raises:
        TocsinError: a document cannot be coded.
    """
    for result in attempt_documents(documents, resources, processes=processes):
        if isinstance(result, CodingFailure):
            raise TocsinError(f"document {result.document.id}", result.reason)
        yield result


def attempt_documents(
    documents: Iterable[Document], resources: Resources, *, processes: int = 1
) -> Iterator[CodedDocument | CodingFailure]:
    """Yield each document with its mentions, or the reason why it has none; one bad document stops nothing."""
    if processes < 1:
        raise UsageError(f"{processes} processes", "are too few", "ask for 1 or more")
    if resources.settings.extractor in ASKING:
        return _attempt_asking(documents, resources)
    return map_in_order(partial(_attempt_some, resources.settings), documents, processes=processes)


def code_document(document: Document, resources: Resources) -> CodedDocument:
    """Return a document with its mentions."""
    with _extractor(resources) as extractor:
        return _coded(document, extractor)


def forecast_all(documents: Iterable[Document], resources: Resources) -> "tuple[int, Forecast]":
    """Return how many documents there are, and what asking a language model about them would cost; nothing is sent.

    Raises:
        UsageError: the settings name no model, or do not hold.
    """
    from tocsin.llm.extractor import Forecast

    settings, number, total = resources.settings, 0, Forecast()
    llm = settings.llm
    if llm is not None and llm.answers is not None and not llm.answers.exists():
        llm = replace(llm, answers=None)
    with open_model(llm, resources.offline, folder=settings.codebook, name="") as model:
        for document in documents:
            number, total = number + 1, total + model.forecast(document)
    return number, total


def forecast_run(
    paths: Sequence[str | Path],
    options: RunOptions,
    record: Record | None,
    *,
    report: Callable[[ReadVerdict], None] = lambda verdict: None,
) -> "tuple[int, int, Forecast]":
    """Return how many documents a run would code and leave alone, and what it would cost; nothing is sent or written.

    Args:
        paths, options, report: as for `run`.
        record: the record, where there is one already.

    Raises:
        UsageError: the settings name no model, or do not hold.
    """
    coder, left = options.settings.coder, 0

    def to_code() -> Iterator[Document]:
        nonlocal left
        for verdict in read_sources(paths, options=options.reading):
            if verdict.status != READ and (record is None or not _is_own_file(verdict.source, record)):
                report(verdict)
            for document in verdict.documents:
                if record is not None and not options.again and record.is_coded(document, coder):
                    left += 1
                else:
                    yield document

    number, total = forecast_all(to_code(), load_resources(options.settings))
    return number, left, total


@contextmanager
def _extractor(resources: Resources) -> Iterator[Extractor]:
    settings, offline = resources.settings, resources.offline
    if settings.extractor not in ASKING:
        yield offline
        return
    with open_model(settings.llm, offline, folder=settings.codebook, name=settings.coder) as model:
        if settings.extractor == "llm":
            yield model
        else:
            yield both_of(model, offline, policy=needed(settings.llm).join, name=settings.coder)


def _attempt_asking(documents: Iterable[Document], resources: Resources) -> Iterator[CodedDocument | CodingFailure]:
    at_once = needed(resources.settings.llm).at_once
    with _extractor(resources) as extractor:
        yield from map_in_threads(partial(_attempt, extractor=extractor), documents, threads=at_once)


def _coded(document: Document, extractor: Extractor) -> CodedDocument:
    found = extractor.extract(document)
    return CodedDocument(document, found.mentions, notes=found.notes)


def _tagger(settings: Settings) -> "Tagger | None":
    if settings.extractor == "rules":
        return None
    from tocsin.extract.tagger import load_tagger  # numpy and onnxruntime: not for those who code by rules alone

    return load_tagger(settings.model)


def link_documents(coded: Sequence[CodedDocument], settings: Settings = Settings()) -> list[CodedDocument]:
    """Return coded documents, in their order, with the event of each mention that another document tells too.

    Args:
        coded: documents with their mentions; events that they name already are not looked at.
        settings: whose codebook holds the weights.

    Raises:
        CodedError: two documents have one id, or two mentions of one document have.
    """
    from tocsin.link import link_mentions, name_mentions  # its arrays take 0.1 s to load, which coding can do without

    named = list(name_mentions(coded))
    clusters = link_mentions(named, load_codebook(settings.codebook).link, open_gazetteer()).clusters
    told = [cluster for cluster in clusters if len(cluster) > 1]
    event = {name: content_id("e", cluster[0]) for cluster in told for name in cluster}
    return [
        replace(
            one,
            mentions=tuple(
                replace(mention, event=event.get(same.id))
                for mention, same in zip(one.mentions, long.mentions, strict=True)
            ),
            collection=True,
        )
        for one, long in zip(coded, named, strict=True)
    ]


def _attempt_some(settings: Settings, documents: tuple[Document, ...]) -> tuple[CodedDocument | CodingFailure, ...]:
    extractor = load_resources(settings).offline
    return tuple(_attempt(document, extractor) for document in documents)


def _attempt(document: Document, extractor: Extractor) -> CodedDocument | CodingFailure:
    try:
        return _coded(document, extractor)
    except (BudgetError, EndpointError, RecordError):
        raise
    except Exception as error:  # whatever a text does to a rule, the next one is coded
        return CodingFailure(document, f"could not be coded ({type(error).__name__}: {error})".replace("\n", " "))


def _is_own_file(source: str, record: Record) -> bool:
    """Whether a source is the record itself, which may lie in the folder that is read."""
    own = Path(record.name).resolve()
    return Path(source).resolve() in (own, *(own.with_name(own.name + end) for end in ("-wal", "-shm", "-answers")))


def _count(summary: RunSummary, coded: CodedDocument, status: str) -> None:
    summary.documents[status] += 1
    summary.mentions.update(mention.type for mention in coded.mentions)
    summary.claims += sum(len(mention.claims) for mention in coded.mentions)
    count_notes(summary.notes, coded.notes)
    unresolved = any(mention.date.start is None for mention in coded.mentions)
    summary.undated += unresolved and coded.document.published is None


def _count_figures(summary: RunSummary, events: Iterable[Event]) -> None:
    for event in events:
        summary.events += 1
        summary.figures += len(event.figures)
        summary.differing += sum(figure.differs for figure in event.figures)
