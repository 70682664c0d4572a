"""Requests made up from the description of the routes: whatever is sent, the desk answers and does not fail."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from tests.conftest import _coded
from tests.web.conftest import Served, fill, serving

from tocsin.pipeline import link_record
from tocsin.store.record import open_record
from tocsin.web.app import create_app
from tocsin.web.desk import Desk, Door

#: What there is in the record, to be put into addresses in the place of half the names that are made up.
THERE: list[str] = []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path: Path = tmp_path_factory.mktemp("routes") / "test.tocsin"
    with open_record(path) as record:
        fill(record, _coded("a"), _coded("b", publisher="Northgate Wire"))
        link_record(record)
        THERE[:] = [record.document_key("a"), *record.events()]
        THERE.extend(mention.id for one in record.coded() for mention in one.mentions)
    with serving(path) as served:
        yield served


schema = schemathesis.openapi.from_dict(create_app(Desk(Path("none"), 1, Door())).openapi())


@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_no_request_ends_in_an_error_of_the_desk(case: Any, served: Served) -> None:
    random = Random(repr(case.path_parameters))
    for name in case.path_parameters or {}:
        if random.random() < 0.5:
            case.path_parameters[name] = random.choice(THERE)
    if isinstance(case.body, dict) and random.random() < 0.5:
        for name in ("mention", "subject", "keep", "other"):
            if name in case.body:
                case.body[name] = random.choice(THERE)
    answer = case.call(base_url=served.base, headers=served.own, allow_redirects=False)
    assert answer.status_code < 500, answer.text
