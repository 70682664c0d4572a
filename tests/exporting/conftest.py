"""A record of the packaged examples, linked, on which some mentions were judged and mended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.examples import example_folder
from tocsin.pipeline import RunOptions, Settings, run
from tocsin.store.record import Record, open_record

SETTINGS = Settings(extractor="rules")


@pytest.fixture(scope="session")
def linked_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as a run leaves them."""
    path = tmp_path_factory.mktemp("linked") / "linked.tocsin"
    with open_record(path) as record:
        run([example_folder()], record, RunOptions(SETTINGS, link=True))
    return path


@pytest.fixture(scope="session")
def judged_record(linked_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with a mention accepted, one rejected, a claim mended and a decision undone."""
    path = tmp_path_factory.mktemp("judged") / "judged.tocsin"
    shutil.copy(linked_record, path)
    with open_record(path) as record:
        told = [(coded.document, mention) for coded in record.coded() for mention in coded.mentions]
        first, second, third = (mention for _, mention in told[:3])
        record.decide("accept", first.id, reviewer="Ann", reason="seen")
        record.decide("reject", second.id, reviewer="Ann")
        undone = record.decide("reject", third.id, reviewer="Ben", reason="=1+1")
        record.undo(undone.id, reviewer="Ben")
        claimed = next(mention for _, mention in reversed(told) if mention.claims)
        record.set(claimed.claims[0].id, {"high": 77777, "low": 7}, reviewer="Ann", reason="a slip")
    return path


@pytest.fixture
def record(judged_record: Path, tmp_path: Path) -> Iterator[Record]:
    """A copy of the judged record, open."""
    shutil.copy(judged_record, tmp_path / "record.tocsin")
    with open_record(tmp_path / "record.tocsin") as opened:
        yield opened
