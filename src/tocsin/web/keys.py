"""What can be done with one key, and with which: the usual keys, or those that a reviewer chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

#: The cookie that a reviewer's own keys are kept in: name=key pairs, as in an address.
KEYS_COOKIE = "tocsin_keys"


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done.

    Attributes:
        name: what scripts call it.
        key: as browsers name it; the usual one.
        words: on its button.
        where: the pages it is for: "everywhere", "document", "event", "list".
        said: what it does, one line.
    """

    name: str
    key: str
    words: str
    where: str
    said: str


COMMANDS = (
    Command("accept", "a", "Accept", "document", "the mention is as the text tells it"),
    Command("reject", "x", "Reject", "document", "the text tells no such thing"),
    Command("skip", " ", "Skip", "document", "on to the next mention that is open; nothing is decided"),
    Command("undo", "Backspace", "Undo", "everywhere", "take back your last act, and the one before, without end"),
    Command("redo", "r", "Redo", "everywhere", "do again what you took back"),
    Command("next-field", "n", "Field", "document", "to the next field of the mention"),
    Command("previous-field", "p", "Field before", "document", "to the field before"),
    Command("mend", "e", "Mend", "document", "change the field: choose, or select other words in the text"),
    Command("words", "v", "Words", "document", "choose words in the text by arrow keys"),
    Command("everywhere", "*", "All places", "document", "add every other place of the words of this field"),
    Command("add", "i", "Add", "document", "add a mention, or a field to this one"),
    Command("drop", "Delete", "Drop", "document", "take the field out of the mention"),
    Command("type", "t", "Type", "document", "set the type"),
    Command("modality", "o", "Told as", "document", "set whether it occurred, goes on, is planned, denied, supposed"),
    Command("scope", "c", "Scope", "document", "set whether it is single, a series, a total"),
    Command(
        "split", "s", "Split", "document", "move fields to a mention of their own; on an event, mentions to another"
    ),
    Command("merge", "m", "Merge", "document", "make two mentions one; on an event, two events"),
    Command("down", "j", "Next", "everywhere", "to the next mention or row"),
    Command("up", "k", "Before", "everywhere", "to the mention or row before"),
    Command("done", "d", "Done", "document", "the document is done; on to the next of the queue"),
    Command("note", ",", "Why", "document", "say why, with the next act"),
    Command("queue", "q", "Queue", "everywhere", "back to the queue"),
    Command("help", "?", "Keys", "everywhere", "show and change these keys"),
)
_NAMES = {command.name for command in COMMANDS}
#: Keys with a name; any other is one printable character.
_NAMED = {
    "Backspace",
    "Delete",
    "Enter",
    "Insert",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    *(f"F{n}" for n in range(2, 11)),
}
_SHOWN = {" ": "space", "Backspace": "⌫", "Delete": "del", "Enter": "↵", "PageUp": "pg↑", "PageDown": "pg↓"}
#: Never a command's: digits choose fields, these move and leave.
_TAKEN = frozenset("0123456789")


def keys_of(cookie: str) -> Mapping[str, str]:
    """Return the key of each command.

    Args:
        cookie: what the browser sent; anything in it that is no key of a command, or a key given twice, is passed over.
    """
    chosen = {name: key for name, key in parse_qsl(cookie) if name in _NAMES and _is_key(key)}
    usual = {command.name: command.key for command in COMMANDS}
    keys = {**usual, **chosen}
    if len(set(keys.values())) < len(keys):
        return usual
    return keys


def shown(key: str) -> str:
    """Return what stands on a key."""
    return _SHOWN.get(key, key)


def _is_key(key: str) -> bool:
    return key in _NAMED or (len(key) == 1 and key.isprintable() and key not in _TAKEN)
