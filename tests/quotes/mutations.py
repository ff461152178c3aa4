"""Quotations cut from findings, and ten kinds of change that make them false."""

import re
from collections.abc import Callable, Iterable
from random import Random

Mutation = Callable[[list[str], Random], list[str]]


def cut_quotation(text: str, random: Random, least: int = 8, most: int = 30) -> str:
    """Some words in a row out of a text; all of a shorter one."""
    words = list(re.finditer(r"\S+", text))
    count = min(len(words), random.randint(least, most))
    start = random.randint(0, len(words) - count)
    return text[words[start].start() : words[start + count - 1].end()]


def mutate(quotation: str, kind: str, random: Random, others: Iterable[str]) -> str:
    """`quotation` changed in one way; `others` are words and quotations of elsewhere."""
    if kind == "splice":
        other = random.choice(list(others)).split()
        words = quotation.split()
        return " ".join([*words[: len(words) // 2], *other[len(other) // 2 :]])
    return " ".join(MUTATIONS[kind](quotation.split(" "), random))


def _drop(words: list[str], random: Random) -> list[str]:
    at = random.randint(1, len(words) - 2)
    return words[:at] + words[at + 1 :]


def _swap(words: list[str], random: Random) -> list[str]:
    at = random.randint(0, len(words) - 2)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _replace(words: list[str], random: Random) -> list[str]:
    at = random.randint(0, len(words) - 1)
    return [*words[:at], "nevertheless", *words[at + 1 :]]


def _negate(words: list[str], random: Random) -> list[str]:
    at = random.randint(1, len(words) - 1)
    return [*words[:at], "not", *words[at:]]


def _repeat(words: list[str], random: Random) -> list[str]:
    at = random.randint(0, len(words) - 1)
    return [*words[: at + 1], words[at], *words[at + 1 :]]


def _number(words: list[str], random: Random) -> list[str]:
    at = random.randint(1, len(words) - 1)
    return [*words[:at], str(random.randint(100, 999)), *words[at:]]


def _letter(words: list[str], random: Random) -> list[str]:
    at = random.randint(0, len(words) - 1)
    return [*words[:at], f"{words[at]}z" if words[at][-1:].isalpha() else "z", *words[at + 1 :]]


def _capital(words: list[str], random: Random) -> list[str]:
    at = next(
        at for at in random.sample(range(len(words)), len(words)) if words[at].upper() != words[at]
    )
    return [*words[:at], words[at].upper(), *words[at + 1 :]]


def _comma(words: list[str], random: Random) -> list[str]:
    at = random.randint(0, len(words) - 2)
    changed = words[at][:-1] if words[at].endswith(",") else f"{words[at]},"
    return [*words[:at], changed, *words[at + 1 :]]


MUTATIONS: dict[str, Mutation] = {
    "drop a word": _drop,
    "swap two words": _swap,
    "replace a word": _replace,
    "negate": _negate,
    "repeat a word": _repeat,
    "put a number in": _number,
    "change a letter": _letter,
    "change a capital": _capital,
    "change a comma": _comma,
}
KINDS = (*MUTATIONS, "splice")
