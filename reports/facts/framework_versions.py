"""The shape of a version of CQC's assessment framework, and how its file is read.

CQC revises its framework. Each version is a file of its own in `data/frameworks/`: themes, quality
statements, the words beside each score, and the rating bands. A new version is a new file.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

FOLDER = Path(__file__).parent / "data" / "frameworks"
HIGHEST_SCORE = 4
Named = TypeVar("Named", "Theme", "Statement", "RatingBand")


@dataclass(frozen=True, slots=True)
class Theme:
    slug: str
    number: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A quality statement.

    `code` is the column name in tables of published scores, `address_key` the last part of the
    statement's page address on CQC's site (`barnet-0125-theme1-needs`).
    """

    slug: str
    code: str
    address_key: str
    theme: Theme
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingBand:
    """An overall rating and the lowest percentage that earns it."""

    slug: str
    name: str
    from_percent: int


@dataclass(frozen=True)
class FrameworkVersion:
    """One version: `in_force_from` is a partial ISO date, `score_descriptions` maps each score to
    the sentence that CQC prints beside it, `rating_bands` go from the lowest to the highest."""

    slug: str
    name: str
    in_force_from: str
    themes: tuple[Theme, ...]
    statements: tuple[Statement, ...]
    score_descriptions: Mapping[int, str]
    rating_bands: tuple[RatingBand, ...]

    @cached_property
    def statement_by_slug(self) -> Mapping[str, Statement]:
        return {statement.slug: statement for statement in self.statements}

    @cached_property
    def highest_total(self) -> int:
        """The sum of the highest scores of all statements."""
        return HIGHEST_SCORE * len(self.statements)

    def statements_of(self, theme: Theme) -> tuple[Statement, ...]:
        return tuple(statement for statement in self.statements if statement.theme == theme)


def read_versions(folder: Path) -> tuple[FrameworkVersion, ...]:
    """The versions in a folder of TOML files, the earliest first.

    Raises ValueError, with the file's name, if a file lacks something or two versions are in force
    from the same date.
    """
    versions = sorted(
        (_read_version(path) for path in folder.glob("*.toml")),
        key=lambda version: version.in_force_from,
    )
    if not versions:
        raise ValueError(f"{folder} holds no framework version: it needs at least one .toml file.")
    starts = [version.in_force_from for version in versions]
    if len(set(starts)) < len(starts):
        raise ValueError(f"Two framework versions in {folder} have the same in_force_from.")
    return tuple(versions)


def version_for(
    versions: Sequence[FrameworkVersion], statements: Iterable[str], published: str
) -> FrameworkVersion:
    """The version that an assessment with these statements (slugs), published then, belongs to.

    It is the latest version in force at that date that has all the statements. An assessment can
    come out after a new version began and still follow the one before, so the statements decide
    first. An undated assessment belongs to the latest version that has them.
    """
    wanted = set(statements)
    fitting = [version for version in versions if wanted <= set(version.statement_by_slug)]
    candidates = fitting or list(versions)
    begun = [
        version for version in candidates if not published or version.in_force_from <= published
    ]
    return begun[-1] if begun else candidates[0]


def _read_version(path: Path) -> FrameworkVersion:
    with path.open("rb") as file:
        data = tomllib.load(file)
    try:
        return _version(data)
    except KeyError as error:
        raise ValueError(f"The framework version {path.name} lacks {error}.") from error


def _version(data: Mapping[str, Any]) -> FrameworkVersion:
    themes = [(_made(Theme, entry), entry["statement"]) for entry in data["theme"]]
    return FrameworkVersion(
        slug=data["slug"],
        name=data["name"],
        in_force_from=data["in_force_from"],
        themes=tuple(theme for theme, _ in themes),
        statements=tuple(
            _made(Statement, entry | {"theme": theme})
            for theme, entries in themes
            for entry in entries
        ),
        score_descriptions={int(score): words for score, words in data["scores"].items()},
        rating_bands=tuple(_made(RatingBand, band) for band in data["rating"]),
    )


def _made(kind: type[Named], entry: dict[str, Any]) -> Named:
    """A record from the entry of the file with the same names. Only `aliases` may be left out."""
    values = entry | {"aliases": tuple(entry.get("aliases", ()))}
    return kind(**{each.name: values[each.name] for each in fields(kind)})
