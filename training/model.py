"""The network: one encoder, one linear layer for all heads, one for the links."""

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from training.labels import LINK_SIZE, RELATIONS, columns, head_named, heads

SENTENCE_REACH = 4
PRIOR = 2.5  # log odds against a label before anything is learnt
TOKEN_STEPS = (1, 3, 6, 11, 21, 41, 81)  # bounds of the buckets of token distance


class Layer(nn.Module):
    """One transformer layer (BERT, post-norm)."""

    def __init__(self, size: int, wide: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.output, self.norm = nn.Linear(size, size), nn.LayerNorm(size, eps)
        self.up, self.down, self.norm2 = nn.Linear(size, wide), nn.Linear(wide, size), nn.LayerNorm(size, eps)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None, count: int) -> Tensor:
        rows, length, size = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(rows, length, count, size // count).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        read = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.drop(self.output(read.transpose(1, 2).reshape(rows, length, size))))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """A BERT encoder."""

    def __init__(self, config: dict[str, float], dropout: float) -> None:
        super().__init__()
        size, eps = int(config["hidden_size"]), config["layer_norm_eps"]
        self.count = int(config["num_attention_heads"])
        self.words = nn.Embedding(int(config["vocab_size"]), size)
        self.positions = nn.Embedding(int(config["max_position_embeddings"]), size)
        self.kind = nn.Parameter(torch.zeros(size))
        self.norm, self.drop = nn.LayerNorm(size, eps), nn.Dropout(dropout)
        wide = int(config["intermediate_size"])
        self.layers = nn.ModuleList(Layer(size, wide, eps, dropout) for _ in range(int(config["num_hidden_layers"])))

    def forward(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.words(ids) + self.positions(places) + self.kind))
        for layer in self.layers:
            x = layer(x, mask, self.count)
        return x


class Network(nn.Module):
    """Tokens to (scores per head and token, link vectors per token)."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.words.embedding_dim
        self.drop = nn.Dropout(0.1)
        self.scores = nn.Linear(size, sum(len(head.labels) for head in heads()))
        self.links = nn.Linear(size, 2 * LINK_SIZE * len(RELATIONS))
        with torch.no_grad():  # most tokens are nothing; to learn that first would cost an epoch
            at = 0
            for head in heads():
                self.scores.bias[at : at + len(head.labels)] = -PRIOR
                self.scores.bias[at] = PRIOR if head.labels[0] == "none" else -PRIOR
                at += len(head.labels)
            for name, usual in (("modality", "occurred"), ("scope", "single")):
                self.scores.bias[columns()[name]] = 0.0
                self.scores.bias[columns()[name].start + head_named(name).labels.index(usual)] = PRIOR / 2
            self.scores.bias[0] = 0.0
        self.by_sentence = nn.Parameter(torch.zeros(len(RELATIONS), 2 * SENTENCE_REACH + 1))
        self.by_token = nn.Parameter(torch.zeros(len(RELATIONS), 2 * len(TOKEN_STEPS) + 1))
        self.bias = nn.Parameter(torch.full((len(RELATIONS),), -PRIOR))

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        x = self.drop(self.encoder(ids, mask))
        return self.scores(x), self.links(x)

    def link_scores(
        self, links: Tensor, queries: list[tuple[int, int]], candidates: list[tuple[int, int]], sentence: Tensor
    ) -> Tensor:
        """Return scores [relation, query, candidate] for one window's link vectors [token, ...]."""
        parts = links.view(links.shape[0], 2, len(RELATIONS), LINK_SIZE)
        q = torch.stack([parts[a:b, 0].mean(0) for a, b in queries])
        k = torch.stack([parts[a:b, 1].mean(0) for a, b in candidates])
        scores = torch.einsum("qrd,crd->rqc", q, k) / math.sqrt(LINK_SIZE)
        by_sentence, by_token = distances(queries, candidates, sentence)
        return scores + self.by_sentence[:, by_sentence] + self.by_token[:, by_token] + self.bias[:, None, None]


def distances(
    queries: list[tuple[int, int]], candidates: list[tuple[int, int]], sentence: Tensor
) -> tuple[Tensor, Tensor]:
    """Return for each query and candidate the bucket of their distance in sentences and in tokens."""
    a, b = torch.tensor(queries), torch.tensor(candidates)
    apart = sentence[b[:, 0]][None, :] - sentence[a[:, 0]][:, None]
    after = (b[None, :, 0] - a[:, None, 1] + 1).clamp(min=0)
    before = (a[:, None, 0] - b[None, :, 1] + 1).clamp(min=0)
    steps = torch.tensor(TOKEN_STEPS)
    bucket = torch.bucketize(after, steps, right=True) - torch.bucketize(before, steps, right=True)
    return apart.clamp(-SENTENCE_REACH, SENTENCE_REACH) + SENTENCE_REACH, bucket + len(TOKEN_STEPS)


def pretrained(folder: Path, dropout: float = 0.0) -> Encoder:
    """Return the encoder that a folder in the Hugging Face layout holds."""
    encoder = Encoder(json.loads((folder / "config.json").read_text(encoding="utf-8")), dropout)
    found = load_file(folder / "model.safetensors")
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    inner = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "output": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for number in range(len(encoder.layers)):
        for ours, theirs in inner.items():
            for part in ("weight", "bias"):
                names[f"layers.{number}.{ours}.{part}"] = f"encoder.layer.{number}.{theirs}.{part}"
    state = {ours: found[theirs] for ours, theirs in names.items()}
    state["kind"] = found["embeddings.token_type_embeddings.weight"][0]
    encoder.load_state_dict(state)
    return encoder


def take_over(network: Network, file: Path) -> None:
    """Take over the weights of a saved network, which may know fewer heads and relations: the later ones stay as they
    are."""
    state = torch.load(file, weights_only=True)
    own = network.state_dict()
    for name in ("scores.weight", "scores.bias", "by_sentence", "by_token", "bias"):
        rows = state[name].shape[0]
        state[name] = torch.cat([state[name], own[name][rows:]])
    known = state["links.bias"].shape[0] // (2 * LINK_SIZE)
    for name in ("links.weight", "links.bias"):
        parts = own[name].view(2, len(RELATIONS), LINK_SIZE, -1).clone()
        parts[:, :known] = state[name].view(2, known, LINK_SIZE, -1)
        state[name] = parts.view(own[name].shape)
    network.load_state_dict(state)
