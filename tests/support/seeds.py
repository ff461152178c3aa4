"""The five seeds as rows, kept documents and a search index; and the table of published scores.

They are read once per test process. Every further test that asks for them gets copies: inserting
some hundred rows takes milliseconds, reading them most of a second.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from reports import search
from reports.facts.gazetteer import DATA
from reports.ingest import ingest_paths
from reports.ingest.published_scores import load_published_scores
from reports.models import Authority

FOLDER = Path(__file__).parents[2] / "seeds"

Row = dict[str, Any]


def ingest_seeds() -> None:
    """The five seeds become rows, and searchable."""
    list(ingest_paths(sorted(FOLDER.glob("*.txt"))))
    search.catch_up()


def load_scores() -> None:
    """The table of published scores that comes with the project becomes rows."""
    load_published_scores(DATA / "published_scores.csv")


@dataclass
class MadeOnce:
    """What `make` makes. `folder` keeps the files. The authorities are not copied, since every
    database has them; one that was flushed in between has them under other keys."""

    folder: Path
    make: Callable[[], None]
    _rows: dict[type[Model], list[Row]] = field(default_factory=dict)
    _slugs: dict[int, str] = field(default_factory=dict)

    def put(self) -> None:
        """Into the present database and the folders that the settings name."""
        if self._rows:
            self._put_copy()
        else:
            self.make()
            self._take_copy()

    def _take_copy(self) -> None:
        for name, source in _folders():
            if source.exists():
                shutil.copytree(source, self.folder / name)
        self._slugs = dict(Authority.objects.values_list("pk", "slug"))
        models = (model for model in apps.get_app_config("reports").get_models())
        self._rows = {
            model: list(model._base_manager.values()) for model in models if model != Authority
        }

    def _put_copy(self) -> None:
        for name, target in _folders():
            if (self.folder / name).exists():
                shutil.copytree(self.folder / name, target, dirs_exist_ok=True)
        keys = dict(Authority.objects.values_list("slug", "pk"))
        for model, rows in self._rows.items():
            model._base_manager.bulk_create(
                model(**row | self._authority(row, keys)) for row in rows
            )

    def _authority(self, row: Row, keys: dict[str, int]) -> Row:
        """The key that the row's authority has now."""
        former = row.get("authority_id")
        return {"authority_id": keys[self._slugs[former]]} if former else {}


def _folders() -> list[tuple[str, Path]]:
    index = settings.SEARCH_URL.removeprefix("tantivy:///")
    return [("documents", Path(settings.MEDIA_ROOT)), ("index", Path(index))]
