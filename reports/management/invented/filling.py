"""The sentences of `texts.toml`, filled in."""

import re
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).parent / "texts.toml"
SLOT = re.compile(r"{(\w+)}")


@cache
def texts() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def finding(random: Random, topic: str, tone: str) -> str:
    """Two or three sentences on one topic, all of one tone."""
    known = texts()[tone][topic]
    chosen = [filled(random, text) for text in random.sample(known, random.randint(2, len(known)))]
    return " ".join(chosen)


def filled(random: Random, text: str) -> str:
    """A sentence with its slots filled, in capitals where it begins."""
    words = texts()["words"]
    text = SLOT.sub(lambda slot: random.choice(words[slot[1]]), text)
    return text[0].upper() + text[1:]


def reworded(random: Random, text: str) -> str:
    """The same finding with one sentence more, as a later report may have it."""
    return f"{text} {filled(random, 'This had been so since {month}.')}"
