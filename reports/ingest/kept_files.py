"""Original bytes and decoded text, kept under the hash of their content."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@dataclass(frozen=True)
class Content:
    """One document: its path, its bytes and the text read from them. `id_scope` is set only for a
    document that is restored."""

    path: Path
    data: bytes
    text: str
    id_scope: str | None = None

    @property
    def name(self) -> str:
        """The whole path, which tells apart two files with the same name."""
        return str(self.path.absolute())

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def text_bytes(self) -> bytes:
        return self.text.encode("utf-8")

    @cached_property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text_bytes).hexdigest()

    @property
    def original_name(self) -> str:
        return f"originals/{self.sha256[:2]}/{self.sha256}{self.path.suffix.lower()}"

    @property
    def text_name(self) -> str:
        return f"texts/{self.text_sha256[:2]}/{self.text_sha256}.txt"


def store_content(content: Content) -> None:
    """Keep the bytes and the text. Called before the rows that name them are committed. A crash in
    between leaves a file that the next run finds and uses."""
    _keep(content.original_name, content.data)
    _keep(content.text_name, content.text_bytes)


def _keep(name: str, data: bytes) -> None:
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return
        # A run killed while writing leaves a part of the file.
        default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
