"""The model's own scores: mentions built from triggers alone, values and links by their words."""

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from tocsin.datamodel.coded import CodedDocument, to_json
from tocsin.extract.sentences import split_sentences
from tocsin.extract.tagged import HeadLabels, LinkRule, TaggedDocument, decode
from tocsin.extract.windows import WindowSize, cut
from training.labels import LINK_SIZE, RELATIONS, columns, heads
from training.model import TOKEN_STEPS, Network


def head_labels() -> dict[str, HeadLabels]:
    """Return the heads as the package reads them."""
    at = columns()
    return {h.name: HeadLabels(h.name, h.labels, h.softmax, at[h.name]) for h in heads()}


def link_rule(network: Network) -> LinkRule:
    """Return the trained part of the link scores that is not in the vectors."""
    bias, by_sentence, by_token = (p.detach().numpy() for p in (network.bias, network.by_sentence, network.by_token))
    return LinkRule(RELATIONS, LINK_SIZE, bias, by_sentence, by_token, np.array(TOKEN_STEPS))


def tag(
    network: Network, tokenizer: Tokenizer, documents: Sequence[CodedDocument], size: WindowSize
) -> list[TaggedDocument]:
    """Read documents with the network as it stands, window by window."""
    rule, labels, found = link_rule(network), head_labels(), []
    network.eval()
    with torch.inference_mode():
        for coded in documents:
            text = coded.document.text
            sentences = split_sentences(text)
            windows = list(cut(tokenizer, text, sentences, coded.document.title, size=size))
            outputs = []
            for window in windows:
                scores, links = network(torch.tensor([window.ids]))
                outputs.append((scores[0].numpy(), links[0].numpy()))
            found.append(decode(text, sentences, windows, outputs, labels, rule))
    return found


def mentions(
    tagged: TaggedDocument, *, trigger: float = 0.25, same: float = 0.5, link: float = 0.5, in_scope: float = 0.5
) -> list[dict[str, Any]]:
    """Return mentions as coded events, built in the plainest way: triggers of one type in one sentence are one mention,
    and those of two sentences where the model says so. Dates stay open and numbers unread.

    Args:
        trigger: the least `strength` of a trigger.
        same: the least mean probability that two triggers are of one mention.
        link: the least probability that a value belongs to a trigger.
        in_scope: the least probability that the document tells of anything that is coded.
    """
    if tagged.in_scope < in_scope:
        return []
    same_as = {(p.first, p.second): p.score for p in tagged.pairs if p.relation == "same"}
    groups: list[list[int]] = []
    for i, one in enumerate(tagged.triggers):
        if strength(tagged, i) < trigger:
            continue
        best, home = -1.0, None
        for group in groups:
            others = [tagged.triggers[j] for j in group]
            if others[0].type != one.type:
                continue
            near = any(other.sentence == one.sentence for other in others)
            alike = [(same_as.get((i, j), 0.0) + same_as.get((j, i), 0.0)) / 2 for j in group]
            if (near or float(np.mean(alike)) >= same) and max(alike) + near > best:
                best, home = max(alike) + near, group
        if home is None:
            groups.append([i])
        else:
            home.append(i)
    return [_mention(tagged, number, group, link) for number, group in enumerate(groups)]


def strength(tagged: TaggedDocument, index: int) -> float:
    """Return how sure a trigger is: its own probability and that of its sentence, 7 parts to 3."""
    trigger = tagged.triggers[index]
    return float(trigger.score**0.7 * tagged.sentences[trigger.sentence].types[trigger.type] ** 0.3)


def _likeliest(rows: Sequence[Mapping[str, float]]) -> str:
    return max(rows[0], key=lambda label: sum(row[label] for row in rows))


def _mention(tagged: TaggedDocument, number: int, group: list[int], least: float) -> dict[str, Any]:
    triggers = [tagged.triggers[i] for i in group]
    evidence: dict[int, dict[str, str]] = {}
    for trigger in triggers:
        text = tagged.sentences[trigger.sentence].span.quote
        evidence.setdefault(trigger.sentence, {"text": text, "trigger": trigger.span.quote})
    values: dict[int, tuple[str, float]] = {}
    for link in tagged.links:
        if link.relation != "speaker" and link.source in group and link.score >= least:
            best = max(values.get(link.value, ("", 0.0)), (link.relation, link.score), key=lambda found: found[1])
            values[link.value] = best
    form = _likeliest([t.form for t in triggers])
    found: dict[str, Any] = {
        "id": f"e{number}",
        "type": triggers[0].type,
        "form": None if form == "none" else form,
        "modality": _likeliest([t.modality for t in triggers]),
        "scope": _likeliest([t.scope for t in triggers]),
        "date": {"start": None, "end": None, "precision": "none", "basis": "none"},
        "places": [],
        "actors": [],
        "claims": [],
        "demands": [],
        "means": [],
        "context": None,
        "evidence": list(evidence.values()),
    }
    for index, (relation, _) in values.items():
        value = tagged.values[index]
        if value.score < 0.5:
            continue
        quote = value.span.quote
        if relation == "place":
            found["places"].append({"quote": quote, "name": quote, "country": ""})
        elif relation == "demand":
            found["demands"].append(quote)
        elif relation == "claim":
            said = [s for s in tagged.links if s.relation == "speaker" and s.source == index and s.score >= 0.5]
            found["claims"].append(
                {
                    "attribute": value.label,
                    "low": quote,
                    "high": quote,
                    "quote": quote,
                    "said_by": [{"quote": tagged.values[s.value].span.quote, "kind": "other"} for s in said],
                }
            )
        else:
            found["actors"].append({"role": value.label, "quote": quote})
    return found


def _plain(coded: CodedDocument) -> dict[str, Any]:
    """A gold document with what the model does not read (countries, numbers) put in the plain form of `mentions`."""
    data = to_json(coded)
    for event in data["events"]:
        event["places"] = [
            {"quote": p["quote"], "name": p["quote"], "country": ""} for p in event["places"] if p["quote"]
        ]
        for claim in event["claims"]:
            claim["low"] = claim["high"] = claim["quote"]
            claim["unit"] = None
    return data


def scorer(shared: Path) -> Any:
    """Return the measuring program as a module, with claims compared by the words of their quotes."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.same_claim = lambda g, p: g["attribute"] == p["attribute"] and module.overlap(g["quote"], p["quote"]) >= 0.5
    return module


def by_type(
    score: Any, gold: Sequence[CodedDocument], tagged: Sequence[TaggedDocument], **thresholds: float
) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of mentions by type."""
    found = {c.document.id: {"events": mentions(t, **thresholds)} for c, t in zip(gold, tagged, strict=True)}
    report, _ = score.score({c.document.id: _plain(c) for c in gold}, found)
    return dict(report["types"])


def measure(
    score: Any, gold: Sequence[CodedDocument], tagged: Sequence[TaggedDocument], **thresholds: float
) -> dict[str, float]:
    """Return the main measures of mentions built by `mentions`, all and on real documents ("wn") alone."""
    wanted = {c.document.id: _plain(c) for c in gold}
    found = {
        c.document.id: {"document": {"id": c.document.id}, "events": mentions(t, **thresholds)}
        for c, t in zip(gold, tagged, strict=True)
    }
    report, _ = score.score(wanted, found)
    real = {k: v for k, v in wanted.items() if v["document"]["publisher"] == "Wikinews"}
    on_real, _ = score.score(real, found) if real else (report, None)
    main = {
        "mention": report["mention"]["f1"],
        "precision": report["mention"]["precision"],
        "recall": report["mention"]["recall"],
        "category": report["category"]["f1"],
        "wn": on_real["mention"]["f1"],
        "wn_category": on_real["category"]["f1"],
        "place": report["place"]["f1"],
        "actor": report["actor"]["f1"],
        "claim": report["claim"]["f1"],
    }
    for name in ("modality", "scope", "speaker", "empty documents left empty"):
        main[name.split()[0]] = report.get(name, {"share": float("nan")})["share"]
    return main
