"""Fits the network to the examples."""

import copy
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from tocsin.extract.windows import WindowSize
from training.examples import Example, spliced
from training.labels import OF_TRIGGER, columns, heads
from training.model import Network
from training.targets import Target, target, windows


@dataclass(frozen=True)
class Settings:
    """How the model is trained; figures behind each choice are in docs/model-experiments.md.

    Attributes:
        cycles: how often the learning rate rises and falls; each starts from the averaged weights of the one before.
        epochs: passes over the examples in a cycle.
        tokens: about how many a batch holds.
        rate, head_rate: the highest learning rates of the encoder and of the heads.
        decay: the rate of a layer is that of the next one times this.
        mask: share of tokens masked.
        average: how much of the averaged weights each step keeps.
        empty: share of the documents without happenings drawn each epoch.
        splice: share of the real ones of these that get a coded document put into their middle.
        seed: of everything drawn at random.
    """

    cycles: int = 2
    epochs: int = 4
    tokens: int = 800
    rate: float = 1e-4
    head_rate: float = 2e-3
    decay: float = 0.9
    mask: float = 0.08
    average: float = 0.995
    empty: float = 0.35
    splice: float = 0.5
    seed: int = 7


def fit(
    network: Network,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    settings: Settings,
    *,
    size: WindowSize,
    log: Callable[[str], None],
    after_epoch: Callable[[int, Network], None],
) -> Network:
    """Train the network and return the one with averaged weights.

    Args:
        after_epoch: called with the number of the epoch and the averaged network.
    """
    for cycle in range(settings.cycles):
        log(f"cycle {cycle + 1}")
        turn = replace(settings, seed=settings.seed + cycle)
        network = _cycle(network, tokenizer, examples, turn, size=size, log=log, after_epoch=after_epoch)
    return network


def _cycle(
    network: Network,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    settings: Settings,
    *,
    size: WindowSize,
    log: Callable[[str], None],
    after_epoch: Callable[[int, Network], None],
) -> Network:
    random = Random(settings.seed)
    torch.manual_seed(settings.seed)
    network.encoder.words.requires_grad_(False)
    optimizer = torch.optim.AdamW(_groups(network, settings), weight_decay=0.01)
    total = settings.epochs * len(_epoch(tokenizer, examples, settings, size, Random(0)))
    averaged = copy.deepcopy(network).eval()
    step, began = 0, time.time()
    for epoch in range(1, settings.epochs + 1):
        network.train()
        sums: dict[str, float] = {}
        batches = _epoch(tokenizer, examples, settings, size, random)
        for batch in batches:
            scale = _schedule(step / max(total, 1))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * scale
            losses = _losses(network, batch)
            loss = torch.stack(list(losses.values())).sum()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            _average(averaged, network, min(settings.average, (step + 1) / (step + 10)))
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            if step % 100 == 0:
                log(f"batch {step} of about {total}, {time.time() - began:.0f} s, loss {loss.item():.2f}")
        shown = " ".join(f"{name} {value / len(batches):.3f}" for name, value in sums.items())
        log(f"epoch {epoch}: {len(batches)} batches, {time.time() - began:.0f} s; {shown}")
        after_epoch(epoch, averaged)
    return averaged


def _groups(network: Network, settings: Settings) -> list[dict[str, object]]:
    layers = network.encoder.layers
    encoder = {id(p) for p in network.encoder.parameters()}
    groups: list[dict[str, object]] = []
    for number, layer in enumerate(layers):
        rate = settings.rate * settings.decay ** (len(layers) - 1 - number)
        groups.append({"params": list(layer.parameters()), "peak": rate, "lr": rate})
    low = settings.rate * settings.decay ** len(layers)
    inner = {id(p) for layer in layers for p in layer.parameters()}
    below = [p for p in network.encoder.parameters() if id(p) not in inner and p.requires_grad]
    groups.append({"params": below, "peak": low, "lr": low})
    rest = [p for p in network.parameters() if id(p) not in encoder]
    return [*groups, {"params": rest, "peak": settings.head_rate, "lr": settings.head_rate}]


def _schedule(done: float, warm: float = 0.06) -> float:
    return done / warm if done < warm else 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (done - warm) / (1 - warm)))


def _average(averaged: Network, network: Network, keep: float) -> None:
    with torch.no_grad():
        for ours, theirs in zip(averaged.parameters(), network.parameters(), strict=True):
            if theirs.requires_grad:
                ours.lerp_(theirs, 1 - keep)


def _epoch(
    tokenizer: Tokenizer, examples: Sequence[Example], settings: Settings, size: WindowSize, random: Random
) -> list[list[Target]]:
    short = [example for example in examples if example.triggers and not example.only and len(example.sentences) <= 12]
    targets = []
    for example in examples:
        if not example.in_scope and not example.only and random.random() >= settings.empty:
            continue
        drawn = example
        if example.id.startswith("wikinews") and len(example.sentences) > 2 and random.random() < settings.splice:
            drawn = spliced(example, random.choice(short), random.randrange(len(example.sentences)))
        cuts = windows(tokenizer, drawn, size, random)
        targets.extend(target(drawn, window, random, settings.mask) for window in cuts)
    random.shuffle(targets)
    # Sorted within stretches so that the windows of a batch are about as long and little is padding.
    batches = list(_batches(targets, settings.tokens))
    random.shuffle(batches)
    return batches


def _batches(targets: list[Target], tokens: int) -> Iterator[list[Target]]:
    stretch = 24
    for start in range(0, len(targets), stretch):
        batch: list[Target] = []
        for one in sorted(targets[start : start + stretch], key=lambda t: len(t.ids)):
            if batch and (len(batch) + 1) * len(one.ids) > tokens:
                yield batch
                batch = []
            batch.append(one)
        yield batch


def pad(rows: Sequence[Target]) -> tuple[Tensor, Tensor | None]:
    """Return the ids of windows as one tensor, and the attention mask."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), 1, 1, longest, dtype=torch.bool)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.from_numpy(row.ids)
        mask[i, ..., : len(row.ids)] = True
    return ids, None if bool(mask.all()) else mask


def _losses(network: Network, batch: list[Target]) -> dict[str, Tensor]:
    """Loss per head, each a mean over what it is asked about, in the unit of one sentence."""
    ids, mask = pad(batch)
    scores, links = network(ids, mask)
    at = columns()
    found: dict[str, list[tuple[Tensor, float]]] = {}

    def add(name: str, loss: Tensor, weight: float) -> None:
        found.setdefault(name, []).append((loss, weight))

    for i, one in enumerate(batch):
        length, sentences = len(one.ids), len(one.marks)
        wanted = torch.from_numpy(one.columns)
        part = scores[i, :length]
        if not one.only:
            flag = torch.tensor([float(one.in_scope)])
            add("document", functional.binary_cross_entropy_with_logits(part[0, at["document"]], flag), one.weight)
        marks = torch.from_numpy(one.marks)
        loss = functional.binary_cross_entropy_with_logits(
            part[marks][:, at["sentence"]], wanted[marks][:, at["sentence"]], reduction="sum"
        )
        add("sentence", loss / sentences, one.weight)
        inside = torch.from_numpy(one.sentence >= 0)
        for head in heads():
            if head.name in ("document", "sentence", *OF_TRIGGER):
                continue
            if one.only and head.name not in one.only:
                continue
            a, b = part[inside][:, at[head.name]], wanted[inside][:, at[head.name]]
            if head.softmax:
                loss = functional.cross_entropy(a, b.argmax(1), reduction="sum")
            else:
                loss = functional.binary_cross_entropy_with_logits(a, b, reduction="sum")
            add(head.name, loss / sentences, one.weight)
        if not one.triggers:
            continue
        spans = torch.from_numpy(one.spans)
        means = torch.stack([part[a:b].mean(0) for a, b in one.triggers])
        for head in heads():
            if head.name not in OF_TRIGGER or (one.only and head.name not in one.only):
                continue
            a, b = means[:, at[head.name]], spans[:, at[head.name]]
            if head.softmax:
                loss = functional.cross_entropy(a, b.argmax(1), reduction="sum")
            else:
                loss = functional.binary_cross_entropy_with_logits(a, b, reduction="sum")
            add(head.name, loss / sentences, one.weight)
        if one.only:
            continue
        linked = network.link_scores(links[i, :length], one.queries, one.candidates, torch.from_numpy(one.sentence))
        wish = torch.from_numpy(one.wanted)
        counted = wish >= 0
        loss = functional.binary_cross_entropy_with_logits(linked[counted], wish[counted], reduction="sum")
        add("link", loss / sentences, one.weight)
    weights = {"document": 0.5, "modality": 0.5, "scope": 0.5, "form": 0.3, "means": 0.2, "link": 0.8}
    weights |= {
        "basis": 0.4,
        "precision": 0.3,
        "where": 0.4,
        "claim": 0.8,
        "place": 0.8,
        "actor": 0.6,
        "speaker": 0.6,
        "demand": 0.3,
        "hedge": 0.3,
    }
    return {
        name: torch.stack([loss * weight for loss, weight in pairs]).sum() / len(batch) * weights.get(name, 1.0)
        for name, pairs in found.items()
    }
