"""Undoing all that reviewers did, on whatever branches, gives back what there was; redoing all of it what they made.

Beside the record stands another one that sees the runs of the program alone. `python -m bench.undo` runs 500 programs
of up to 100 acts; here are fewer.
"""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.store.standing import standing_by_rows
from tests.store.test_decided_states import TEXT, _coded

from tocsin.datamodel import Document, Span
from tocsin.datamodel.coded import CodedDocument
from tocsin.datamodel.parts import mention_json, part_json
from tocsin.datamodel.state import DocumentState, MentionState, Part
from tocsin.errors import DecisionError, RecordError
from tocsin.store.imports import ImportSource
from tocsin.store.record import Record, open_record

WHO = st.sampled_from(["Ann", "Ben", "tocsin"])
ANY = st.integers(0, 50)
DOCUMENTS = "abc"


def dump(record: Record) -> str:
    """Return all that a record says: documents, mentions, judgements, pairs and which mentions are one event.

    What an event is called hangs on when mentions were put together, so that is told by the tests of events.
    """
    same, _ = pairs = record.decided_pairs()
    told = {mention.id for coded in record.coded() for mention in coded.mentions}
    graph = networkx.Graph([pair for pair in same if set(pair) <= told])
    graph.add_nodes_from(told)
    record.set_events([sorted(group) for group in networkx.connected_components(graph)], {}, linker="test")
    documents = [
        [coded.document.id, coded.document.text, [[one.id, mention_json(one)] for one in coded.mentions]]
        for coded in record.coded()
    ]
    finished = [document.id for document in record.documents() if record.state(document.id).finished]
    claims = [claim.id for coded in record.coded() for mention in coded.mentions for claim in mention.claims]
    sizes = record.sizes()
    counted = [sizes.documents, sizes.mentions]
    said = [
        documents,
        sorted(record.judgements().items()),
        pairs,
        finished,
        claims,
        counted,
        sorted(record.events().values()),
    ]
    return json.dumps(said, default=list)


class Programs(RuleBasedStateMachine):
    """Reviewers at work on three documents, while the program runs now and then."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.record, self.alone = (open_record(Path(self.folder.name) / name) for name in ("r", "alone"))
        self._run([_coded(name) for name in DOCUMENTS])
        self.acts = 0

    def teardown(self) -> None:
        if not hasattr(self, "record"):
            return
        try:
            self._undo_and_redo_all()
        finally:
            self.record.close()
            self.alone.close()
            self.folder.cleanup()

    def _run(self, coded: list[CodedDocument], coder: str = "rules 1") -> None:
        for record in (self.record, self.alone):
            run = record.start_run("tocsin", coder)
            for one in coded:
                record.add(one, run=run, coder=coder)

    def _try(self, act: Callable[[], Any]) -> None:
        before = self.record.decisions()
        try:
            act()
            self.acts += 1
        except (DecisionError, RecordError):
            assert self.record.decisions() == before

    def _document(self, number: int) -> DocumentState:
        return self.record.state(DOCUMENTS[number % len(DOCUMENTS)])

    def _mention(self, number: int) -> MentionState | None:
        mentions = self._document(number).mentions
        return mentions[number % len(mentions)] if mentions else None

    def _part(self, number: int, other: int) -> Part | None:
        mention = self._mention(number)
        return mention.parts[other % len(mention.parts)] if mention and mention.parts else None

    @rule(who=WHO, number=ANY, kind=st.sampled_from(["accept", "reject"]))
    def judge(self, who: str, number: int, kind: str) -> None:
        if mention := self._mention(number):
            self._try(lambda: self.record.decide(kind, mention.mention.id, reviewer=who))

    @rule(who=WHO, kind=st.sampled_from(["accept", "reject"]))
    def judge_all(self, who: str, kind: str) -> None:
        steps = [(kind, one.id, None) for coded in self.record.coded() for one in coded.mentions]
        self._try(lambda: self.record.act(steps, kind="all", reviewer=who))

    @rule(who=WHO, number=ANY, field=st.sampled_from(["modality", "scope", "form"]), value=st.sampled_from("xyz"))
    def set_field(self, who: str, number: int, field: str, value: str) -> None:
        if mention := self._mention(number):
            self._try(lambda: self.record.set(mention.mention.id, {field: value}, reviewer=who))

    @rule(who=WHO, number=ANY, low=st.integers(0, 9))
    def add_claim(self, who: str, number: int, low: int) -> None:
        value = {"attribute": "affected", "low": low, "high": None, "span": part_json(Span.find(TEXT, "12"))}
        if mention := self._mention(number):
            self._try(lambda: self.record.add_part(mention.mention.id, "claim", value, reviewer=who))

    @rule(who=WHO, number=ANY, other=ANY, low=st.integers(0, 9))
    def set_part(self, who: str, number: int, other: int, low: int) -> None:
        if (part := self._part(number, other)) and part.kind == "claim":
            self._try(lambda: self.record.set(part.id, {"low": low}, reviewer=who))

    @rule(who=WHO, number=ANY, other=ANY)
    def drop_part(self, who: str, number: int, other: int) -> None:
        if part := self._part(number, other):
            self._try(lambda: self.record.drop(part.id, reviewer=who))

    @rule(who=WHO, number=ANY, kind=st.sampled_from(["force", "riot"]))
    def add_mention(self, who: str, number: int, kind: str) -> None:
        sentence = Span.find(TEXT, "Police detained 12 of them.")
        evidence = {"sentence": part_json(sentence), "trigger": part_json(Span.find(TEXT, "detained"))}
        key = self._document(number).key
        self._try(lambda: self.record.add_mention(key, {"type": kind, "evidence": [evidence]}, reviewer=who))

    @rule(who=WHO, number=ANY)
    def drop_mention(self, who: str, number: int) -> None:
        if mention := self._mention(number):
            self._try(lambda: self.record.drop(mention.mention.id, reviewer=who))

    @rule(who=WHO, number=ANY, other=ANY)
    def merge_or_split_mentions(self, who: str, number: int, other: int) -> None:
        mentions = self._document(number).mentions
        if len(mentions) > 1 and other % 2:
            keep, gone = (mentions[n % len(mentions)].mention.id for n in (number, other))
            self._try(lambda: self.record.merge_mentions(keep, gone, reviewer=who))
        elif mentions:
            mention = mentions[number % len(mentions)]
            parts = [part.id for part in mention.parts if part.kind == "claim"]
            named = {"form": str(other)}
            self._try(lambda: self.record.split_mention(mention.mention.id, parts, values=named, reviewer=who))

    @rule(who=WHO, number=ANY, other=ANY, kind=st.sampled_from(["same", "different", "unsure"]))
    def judge_pair(self, who: str, number: int, other: int, kind: str) -> None:
        one, two = self._mention(number), self._mention(other)
        if one and two:
            self._try(lambda: self.record.decide(kind, one.mention.id, other=two.mention.id, reviewer=who))

    @rule(who=WHO, number=ANY, other=ANY)
    def merge_or_split_events(self, who: str, number: int, other: int) -> None:
        dump(self.record)
        names = sorted(self.record.events())
        if not names:
            return
        one, two = names[number % len(names)], names[other % len(names)]
        mentions = self.record.event(one)[1]
        if len(mentions) > 1:
            self._try(lambda: self.record.split(one, mentions[:1], reviewer=who))
        else:
            self._try(lambda: self.record.merge(one, two, reviewer=who))

    @rule(who=WHO, number=ANY)
    def finish(self, who: str, number: int) -> None:
        self._try(lambda: self.record.finish(self._document(number).key, reviewer=who))

    @rule(who=WHO, content=st.sampled_from("ij"))
    def bring_in(self, who: str, content: str) -> None:
        coded = _coded("imported")
        text = f"{TEXT} {content}"
        rows = [
            replace(coded, document=replace(coded.document, text=text)),
            CodedDocument(Document(f"{content}2", text, publisher=content), ()),
        ]
        source = ImportSource("import test 1", "test.csv", content)
        self._try(lambda: self.record.add_import(source, rows, program="tocsin", reviewer=who))

    @rule(
        number=ANY, coder=st.sampled_from(["rules 2", "rules 3"]), kept=st.integers(0, 2), form=st.sampled_from("uvw")
    )
    def run_again(self, number: int, coder: str, kept: int, form: str) -> None:
        coded = _coded(DOCUMENTS[number % len(DOCUMENTS)])
        mentions = [replace(one, form=form) if n else one for n, one in enumerate(coded.mentions)]
        self._run([replace(coded, mentions=tuple(mentions[:kept]))], coder)

    @rule(number=ANY, more=st.sampled_from(["One.", "Two."]), in_front=st.booleans())
    def edit(self, number: int, more: str, in_front: bool) -> None:
        coded = _coded(DOCUMENTS[number % len(DOCUMENTS)])
        text = f"{more} {TEXT}" if in_front else TEXT.replace("12", "14") + " " + more
        self._run([CodedDocument(replace(coded.document, text=text), ())])

    @rule(who=WHO, number=ANY)
    def take_back(self, who: str, number: int) -> None:
        standing = [one.id for one in self.record.standing()]
        if standing:
            self._try(lambda: self.record.undo(standing[number % len(standing)], reviewer=who))

    @rule(who=WHO, times=st.integers(1, 4))
    def go_back(self, who: str, times: int) -> None:
        for _ in range(times):
            self._try(lambda: self.record.back(reviewer=who))

    @rule(who=WHO, times=st.integers(1, 4))
    def go_forward(self, who: str, times: int) -> None:
        for _ in range(times):
            self._try(lambda: self.record.forward(reviewer=who))

    @rule(who=WHO, number=ANY)
    @precondition(lambda self: self.acts)
    def go_anywhere(self, who: str, number: int) -> None:
        acts = [None, *(act.id for act in self.record.history(reviewer=who))]
        self._try(lambda: self.record.go(acts[number % len(acts)], reviewer=who))

    def _undo_and_redo_all(self) -> None:
        made = dump(self.record)
        assert {one.id for one in self.record.standing()} == standing_by_rows(Path(self.record.name))
        moves: list[tuple[str, str | None]] = []
        while standing := sorted({act.reviewer for act in self.record.history() if act.stands}):
            for who in standing:
                head = self.record.head(reviewer=who)
                try:
                    self.record.back(reviewer=who)
                except DecisionError:
                    continue
                moves.append((who, head))
                break
            else:
                raise AssertionError("no one can undo")
        assert dump(self.record) == dump(self.alone)
        for who, head in reversed(moves):
            redone = self.record.forward(reviewer=who)
            assert redone is not None and redone.id == head
        assert dump(self.record) == made


Programs.TestCase.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
TestPrograms = Programs.TestCase
