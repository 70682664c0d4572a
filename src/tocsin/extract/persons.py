"""Whether the words for an actor mean one person."""

import re

from tocsin.codebook.actors import ActorWords

_DETERMINER = re.compile(r"(?:an?|one|another|the only|his|her|their|its|the) ", re.IGNORECASE)
_HEAD_ENDS = re.compile(r" (?:of|from|at|in|for|with|who|on|named|called|by|to|near) |,")
#: How English names a person by what they do.
_PERSON_ENDINGS = ("er", "or", "ist", "man", "woman", "ess", "ian", "ant", "ent", "ard", "boy", "girl", "son", "wife")
_CROWDS = frozenset(
    ("people", "men", "women", "children", "staff", "crowd", "crowds", "mob", "police", "family", "couple", "group")
)
_PRONOUNS = frozenset(("he", "she", "him", "her", "i", "me"))
_BODIES = frozenset(("authorities", "organisers", "employers"))


def one_person(quote: str, words: ActorWords) -> bool:
    """Return whether an actor's words mean one person: a name, a pronoun, or a singular noun for a person.

    Bodies ("the Ministry of Labour") and things ("the air") are told from people by the nouns in them.
    """
    plain = quote.strip()
    if plain.lower() in _PRONOUNS:
        return True
    tokens = re.findall(r"[\w'’-]+", plain.lower())
    if not tokens or tokens[-1] == "others" or re.search(r" and |;", plain):
        return False
    determiner = _DETERMINER.match(plain)
    head = _HEAD_ENDS.split(plain[determiner.end() :] if determiner else plain)[0].split()
    if not head:
        return False
    groups = words.groups.get(head[-1].lower(), frozenset())
    if groups & _BODIES and "people" not in groups:
        return False
    if head[-1][:1].isupper() and not groups:
        return True
    return bool(determiner) and is_person_noun(head[-1].lower(), bool(groups))


def is_person_noun(noun: str, known: bool = False) -> bool:
    """Return whether a noun in small letters means one person; `known` where a list has it as a word for people."""
    if noun in _CROWDS or (noun.endswith("s") and not noun.endswith("ss")) or noun.endswith("men"):
        return False
    return known or noun.endswith(_PERSON_ENDINGS)
