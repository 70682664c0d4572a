"""The codebook as the program uses it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tocsin.codebook.actors import ActorWords, parse_actors
from tocsin.codebook.claims import ClaimWords, parse_claims
from tocsin.codebook.dates import DateWords, parse_dates
from tocsin.codebook.demands import DemandWords, parse_demands
from tocsin.codebook.exports import check_exports
from tocsin.codebook.figures import FigureRules, parse_figures
from tocsin.codebook.forms import FormWords, parse_forms
from tocsin.codebook.grammar import parse_grammar
from tocsin.codebook.link import LinkRules, parse_link
from tocsin.codebook.means import MeansWords, parse_means
from tocsin.codebook.modality import ModalityWords, parse_modality
from tocsin.codebook.numbers import NumberWords, parse_numbers
from tocsin.codebook.places import PlaceWords, parse_places
from tocsin.codebook.scope import ScopeWords, parse_scope
from tocsin.codebook.speakers import SpeakerWords, parse_speakers
from tocsin.codebook.tables import Faults, check_names, read_table
from tocsin.codebook.triggers import TriggerWords, parse_triggers
from tocsin.codebook.types import Vocabulary, parse_types
from tocsin.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Codebook:
    """All coding rules that are data: one field a file of `codebook/data/`."""

    vocabulary: Vocabulary
    dates: DateWords
    numbers: NumberWords
    places: PlaceWords
    speakers: SpeakerWords
    actors: ActorWords
    demands: DemandWords
    means: MeansWords
    triggers: TriggerWords
    scope: ScopeWords
    modality: ModalityWords
    claims: ClaimWords
    forms: FormWords
    link: LinkRules
    figures: FigureRules


@cache
def load_codebook(folder: Path | None = None) -> Codebook:
    """Return the packaged codebook, with a user's folder laid over it.

    Args:
        folder: TOML files of the same names as the packaged ones; each may hold only what differs.

    Raises:
        CodebookError: with every fault of every file, not only the first.
    """
    if folder is not None and not folder.is_dir():
        raise CodebookError(str(folder), "is not a folder", "name the folder that holds your TOML files")
    faults = Faults()
    if folder is not None:
        check_names(folder, faults)
    vocabulary = parse_types(read_table("types", folder, faults))
    if folder is not None:
        check_exports(folder, vocabulary, faults)
    grammar = parse_grammar(read_table("grammar", folder, faults))
    codebook = Codebook(
        vocabulary=vocabulary,
        actors=parse_actors(read_table("actors", folder, faults), grammar, vocabulary),
        demands=parse_demands(read_table("demands", folder, faults)),
        means=parse_means(read_table("means", folder, faults), vocabulary),
        speakers=parse_speakers(read_table("speakers", folder, faults), grammar, vocabulary),
        dates=parse_dates(read_table("dates", folder, faults)),
        numbers=parse_numbers(read_table("numbers", folder, faults)),
        places=parse_places(read_table("places", folder, faults), read_table("place_words", folder, faults)),
        triggers=parse_triggers(read_table("triggers", folder, faults), vocabulary.types),
        scope=parse_scope(read_table("scope", folder, faults)),
        modality=parse_modality(read_table("modality", folder, faults), vocabulary),
        claims=parse_claims(read_table("claims", folder, faults), vocabulary),
        forms=parse_forms(read_table("forms", folder, faults), vocabulary),
        link=parse_link(
            read_table("link", folder, faults), read_table("link_weights", folder, faults), vocabulary.types
        ),
        figures=parse_figures(read_table("figures", folder, faults), vocabulary),
    )
    faults.raise_any()
    return codebook
