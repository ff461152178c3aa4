"""Typed readers of environment variables, and the secret key that is made if none is set.

A reader notes what is wrong and goes on with its default; `check` then reports all faults at once,
one sentence for each variable. An empty variable counts as not set: that is what `NAME=${NAME:-}`
gives.
"""

import os
from collections.abc import Collection, Mapping
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from filelock import FileLock

from cqc_site.storages import StorageUrlError, storages_in_bucket, storages_in_folders

FLAGS = {"1": True, "true": True, "yes": True, "on": True}
FLAGS |= {"0": False, "false": False, "no": False, "off": False}
# This machine, and networks that nobody outside can send from.
PRIVATE = (
    "127.0.0.0/8",
    "::1/128",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
)


class Environment:
    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._problems: list[str] = []

    def check(self) -> None:
        if self._problems:
            raise ImproperlyConfigured("\n".join(self._problems))

    def wrong(self, name: str, sentence: str) -> None:
        self._problems.append(f"{name} {sentence}")

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def required(self, name: str) -> str:
        """A text that is required because of another setting."""
        text = self.text(name)
        if not text:
            self.wrong(name, "is missing: other settings of its kind are set.")
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        text = self.text(name).lower()
        if not text:
            return default
        if text not in FLAGS:
            self.wrong(name, f"is “{text}”: write 1 for yes or 0 for no.")
        return FLAGS.get(text, default)

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and int(text) >= least):
            self.wrong(name, f"is “{text}”: write a whole number, {least} or more.")
            return default
        return int(text)

    def choice(self, name: str, default: str, choices: Collection[str]) -> str:
        text = self.text(name, default).upper()
        if text not in choices:
            self.wrong(name, f"is “{text}”: write one of {', '.join(choices)}.")
            return default
        return text

    def names(self, name: str, default: Collection[str] = ()) -> list[str]:
        """The names between commas."""
        text = self.text(name)
        return [part.strip() for part in text.split(",") if part.strip()] or list(default)

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Addresses and networks between commas; 1 means those of `PRIVATE`."""
        is_private = FLAGS.get(self.text(name).lower())
        names = self.names(name) if is_private is None else PRIVATE if is_private else ()
        try:
            return tuple(map(ip_network, names))
        except ValueError as error:
            self.wrong(
                name,
                f"has something that is not a network ({error}): write 10.0.0.0/8 or 127.0.0.1.",
            )
            return ()

    def folder(self, name: str, default: Path) -> Path:
        """A folder by its whole path. It is made if it does not exist."""
        path = Path(self.text(name, str(default)))
        if path.is_absolute():
            self._make_folder(name, path)
        else:
            self.wrong(name, f"is “{path}”: write the whole path of a folder, beginning with /.")
        return path

    def search_url(self, name: str, default: str) -> str:
        """The address of an index. That of OpenSearch is checked further by the engine. That of a
        folder of this machine has four slashes, because its path begins with one."""
        url = self.text(name, default)
        if urlsplit(url).scheme in {"opensearch", "opensearchs"}:
            if find_spec("opensearchpy") is None:
                library = "pip install 'opensearch-py>=3.1,<4'"
                self.wrong(name, f"names OpenSearch, whose library is missing: {library}.")
        elif not _is_file_url(url, "tantivy"):
            # The URL may hold a password, so it is not repeated.
            self.wrong(
                name,
                "does not name an index: write tantivy:////folder, with the folder's whole path, "
                "or opensearch://user:password@host:port/prefix.",
            )
        return url

    def database_url(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings of a database. The folder of an SQLite file is made."""
        url = self.text(name, default)
        if _is_file_url(url, "sqlite"):
            self._make_folder(name, Path(urlsplit(url).path[1:]).parent)
        elif urlsplit(url).scheme not in {"postgresql", "postgres"}:
            # The URL may hold a password, so it is not repeated.
            self.wrong(
                name,
                "is not a database this program knows: write sqlite:////folder/file.sqlite3 "
                "or postgresql://user:password@host:5432/database.",
            )
            return {}
        return self._database(name, url)

    def replica_url(self, name: str, url: str) -> dict[str, Any]:
        """Django's settings of one read replica. It has two seconds to be reached, because a
        replica that does not answer must not delay pages that another database can serve."""
        if urlsplit(url).scheme not in {"postgresql", "postgres"}:
            self.wrong(name, "holds addresses such as postgresql://user:password@host:5432/name.")
            return {}
        settings = self._database(name, url)
        settings["OPTIONS"] = {"connect_timeout": 2} | settings.get("OPTIONS", {})
        settings["TEST"] = {"MIRROR": "default"}
        return settings

    def storages(self, name: str, *, uploads: Path) -> dict[str, dict[str, Any]]:
        """Django's STORAGES of originals and waiting uploads: folders, unless a bucket is named."""
        url = self.text(name)
        if url:
            try:
                return storages_in_bucket(url)
            except StorageUrlError as error:
                self.wrong(name, f"is wrong: {error}.")
        return storages_in_folders(uploads)

    def _database(self, name: str, url: str) -> dict[str, Any]:
        try:
            return dict(dj_database_url.parse(url))
        except ValueError:
            self.wrong(name, "cannot be read: write signs such as @ : / # in a password as %40 …")
            return {}

    def _make_folder(self, name: str, path: Path) -> None:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.wrong(name, f"needs the folder {path}, which cannot be made: {error.strerror}.")
            return
        if not os.access(path, os.W_OK):
            self.wrong(name, f"needs the folder {path}, which this user may not write to.")


def secret_key_made_once(path: Path) -> str:
    """The key in a file that only its owner can read. The first process makes it."""
    with FileLock(path.with_name(f"{path.name}.lock")):
        if not path.exists():
            new = path.with_name(f"{path.name}.new")
            new.touch(mode=0o600)
            new.write_text(get_random_secret_key(), encoding="ascii")
            new.rename(path)
    return path.read_text(encoding="ascii")


def _is_file_url(url: str, scheme: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == scheme and not parts.netloc and parts.path.startswith("//")
