"""Two hundred texts that would run if a page took them for markup: none does, wherever it stands."""

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser
from tests.web.conftest import entered, serving
from tests.web.payloads import PAYLOADS, hostile

from tocsin.datamodel.verdict import FAILED, ReadVerdict
from tocsin.pipeline import link_record
from tocsin.store.record import open_record

#: Payloads that stand in one document together: each in the text, the title, the publisher and every other field.
TOGETHER = 12


def test_there_are_two_hundred() -> None:
    assert len(PAYLOADS) >= 200


def test_no_text_runs_loads_or_leaves(browser: Browser, record_path: Path) -> None:
    groups = [" ".join(PAYLOADS[at : at + TOGETHER]) for at in range(0, len(PAYLOADS), TOGETHER)]
    reviewer = PAYLOADS[0]
    with open_record(record_path) as record:
        run = record.start_run("test", "test")
        for number, group in enumerate(groups):
            document = hostile(group, number)
            verdict = ReadVerdict(f"{group}.html", FAILED, group)
            record.add(document, run=run, coder=group)
            record.add_verdict(run, verdict)
        record.end_run(run)
        link_record(record)
        coded = list(record.coded())
        for one, group in zip(coded, groups, strict=True):
            record.decide("accept", one.mentions[0].id, reviewer=reviewer, reason=group)
        keys = [record.document_key(one.document.id) for one in coded]
        events = list(record.events())
        two = (coded[0].mentions[0].id, coded[1].mentions[0].id)
    pages = [f"/documents/{key}" for key in keys] + [f"/events/{event}" for event in events[:4]]
    pages += ["/", "/documents", "/mentions", "/claims", "/history", "/events", "/keys", "/export"]
    pages += [f"/pairs/{two[0]}/{two[1]}", f"/history?only={quote(reviewer)}"]
    for payload in PAYLOADS[::25]:
        named = quote(payload, safe="")
        pages += [f"/documents/{named}", f"/events/{named}", f"/mentions?where={named}", f"/about/{named}"]
    with serving(record_path, reviewer=reviewer) as served:
        context, watched = entered(browser, served)
        for path in pages:
            page = watched.open(path)
            if path.startswith("/documents/doc-"):
                page.wait_for_selector("#desk[data-ready]")
                page.keyboard.press("e")
                page.keyboard.press("Escape")
                page.keyboard.press("4")
                page.keyboard.press("e")
                page.wait_for_selector("#mend")
                page.keyboard.press("Escape")
            faults = [one for one in watched.faults if "status of 40" not in one and "status of 42" not in one]
            assert faults == [], path
            assert page.locator("script:not([src]), iframe, object, embed, base, main img, main link").count() == 0
        context.close()
