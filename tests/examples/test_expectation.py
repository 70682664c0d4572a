"""What is expected of the example reports stands in them."""

from bench.demo import expected_documents, found

EXPECTED = list(expected_documents())


def test_every_report_has_its_expectation_and_only_the_irrelevant_one_is_empty() -> None:
    assert len({one.document.id for one in EXPECTED}) == 12
    assert [one.document.publisher for one in EXPECTED if not one.mentions] == ["Stadium Daily"]
    assert all(3 <= len(one.mentions) <= 6 for one in EXPECTED if one.mentions)


def test_every_quote_stands_in_its_report() -> None:
    assert sum(one.ungrounded for one in EXPECTED) == 0
    for one in EXPECTED:
        for mention in one.mentions:
            assert all(one.document.text[e.trigger.start : e.trigger.end] == e.trigger.quote for e in mention.evidence)


def test_the_measure_finds_all_in_itself_and_nothing_in_another() -> None:
    first, second = EXPECTED[0], EXPECTED[1]
    assert found(first, first) == (len(first.mentions),) * 3
    assert found(first, second) == (0, 0, 0)
