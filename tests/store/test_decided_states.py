"""Whatever people decide, undo and decide again: what stands is what a plain model says, and no id is ever lost."""

import tempfile
from pathlib import Path

import networkx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import parse
from tocsin.errors import DecisionError
from tocsin.link.cluster import cluster_mentions
from tocsin.store.record import Record, open_record

MENTIONS = 6
PAIRS = st.tuples(st.integers(0, MENTIONS - 1), st.integers(0, MENTIONS - 1))
REVIEWERS = st.sampled_from(["Ann", "tocsin"])


TEXT = "Miners walked out on Monday. Police detained 12 of them."


def _mention(name: str, kind: str, trigger: str, sentence: str) -> dict[str, object]:
    empty: dict[str, object] = {
        "places": [],
        "actors": [],
        "claims": [],
        "demands": [],
        "means": [],
        "context": None,
        "form": None,
    }
    date = {"start": None, "end": None, "precision": "none", "basis": "none"}
    told: dict[str, object] = {"id": name, "type": kind, "modality": "occurred", "scope": "single", "date": date}
    return {**told, **empty, "evidence": [{"text": sentence, "trigger": trigger}]}


def _coded(name: str) -> CodedDocument:
    first, second = TEXT.split(". ")
    events = [_mention("m1", "strike", "walked out", first + "."), _mention("m2", "detention", "detained", second)]
    return parse({"document": {"id": name, "text": TEXT, "publisher": name}, "events": events})


def small_record(path: Path) -> Record:
    """Return a record of three documents with two mentions each."""
    record = open_record(path)
    run = record.start_run("tocsin 1", "rules 1")
    for name in "abc":
        record.add(_coded(name), run=run, coder="rules 1")
    return record


class Decisions(RuleBasedStateMachine):
    """A record beside a list of (kind, pair or number of the undone, reviewer)."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.record: Record = small_record(Path(self.folder.name) / "r")
        self.mentions = sorted(m.id for coded in self.record.coded() for m in coded.mentions)
        self.made: list[tuple[str, tuple[int, int] | int, str]] = []
        self.given: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "record"):
            self.record.close()
            self.folder.cleanup()

    def _standing(self) -> dict[tuple[int, int], str]:
        gone: set[int] = set()
        for number in range(len(self.made) - 1, -1, -1):
            kind, about, _ = self.made[number]
            if kind == "undo" and number not in gone:
                assert isinstance(about, int)
                gone.add(about)
        stands: dict[tuple[int, int], tuple[str, str]] = {}
        for number, (kind, about, who) in enumerate(self.made):
            if kind != "undo" and number not in gone and isinstance(about, tuple):
                if who == "tocsin" and stands.get(about, ("", "tocsin"))[1] != "tocsin":
                    continue
                stands[about] = (kind, who)
        return {pair: kind for pair, (kind, _) in stands.items()}

    def _is_at_odds(self) -> bool:
        stands = self._standing()
        graph = networkx.Graph([pair for pair, kind in stands.items() if kind == "same"])
        graph.add_nodes_from(range(MENTIONS))
        return any(kind == "different" and networkx.has_path(graph, *pair) for pair, kind in stands.items())

    def _try(self, kind: str, about: tuple[int, int] | int, who: str) -> None:
        before = self.record.decisions()
        self.made.append((kind, about, who))
        at_odds = self._is_at_odds()
        try:
            if isinstance(about, int):
                self.record.undo(before[about].id, reviewer=who)
            else:
                one, two = (self.mentions[n] for n in about)
                self.record.decide(kind, one, other=two, reviewer=who)
            assert not at_odds
        except DecisionError:
            assert at_odds
            self.made.pop()
            assert self.record.decisions() == before

    @rule(kind=st.sampled_from(["same", "different", "unsure"]), pair=PAIRS, who=REVIEWERS)
    def decide(self, kind: str, pair: tuple[int, int], who: str) -> None:
        if pair[0] != pair[1]:
            self._try(kind, (min(pair), max(pair)), who)

    @rule(number=st.integers(0, 30), who=REVIEWERS)
    def undo(self, number: int, who: str) -> None:
        undone = self.record.undone()
        free = [n for n, one in enumerate(self.record.decisions()) if one.id not in undone]
        if free:
            self._try("undo", free[number % len(free)], who)

    @rule()
    def link(self) -> None:
        same, different = self.record.decided_pairs()
        number = {mention: n for n, mention in enumerate(self.mentions)}
        always, never = ([(number[a], number[b]) for a, b in some] for some in (same, different))
        grouped = cluster_mentions(MENTIONS, {}, apart=range(MENTIONS), always=always, never=never)
        graph = networkx.Graph(always)
        graph.add_nodes_from(range(MENTIONS))
        assert sorted(grouped) == sorted(tuple(sorted(some)) for some in networkx.connected_components(graph))
        self.record.set_events([[self.mentions[n] for n in some] for some in grouped], {}, linker="test")
        self.given |= set(self.record.events())

    @invariant()
    def what_stands_is_what_the_model_says(self) -> None:
        if not hasattr(self, "record"):
            return
        stands = self._standing()
        for kind, pairs in zip(("same", "different"), self.record.decided_pairs(), strict=True):
            named = [tuple(sorted(self.mentions[n] for n in pair)) for pair, k in stands.items() if k == kind]
            assert list(pairs) == sorted(named)

    @invariant()
    def every_id_ever_given_leads_to_an_event(self) -> None:
        events = self.record.events() if hasattr(self, "record") else {}
        assert all(self.record.event(name)[0] in events for name in getattr(self, "given", ()))


Decisions.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestDecisions = Decisions.TestCase
