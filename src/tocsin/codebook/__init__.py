"""The coding rules as data: TOML files in `data/`, each parsed and checked by the module of its name."""

from tocsin.codebook.loader import Codebook, load_codebook

__all__ = ["Codebook", "load_codebook"]
