"""The folders of releases, each named by its version and never changed."""

from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Release:
    version: str
    folder: Path

    @property
    def files(self) -> tuple[str, ...]:
        """Paths within the folder, in order."""
        return tuple(
            str(path.relative_to(self.folder))
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        )


def releases(root: Path) -> list[Release]:
    """Complete releases, the latest first. They are sorted by time, because the names of two
    versions of one day are in no order."""
    if not root.is_dir():
        return []
    folders = [path for path in root.iterdir() if (path / SUMS).is_file()]
    folders.sort(key=lambda folder: ((folder / SUMS).stat().st_mtime_ns, folder.name), reverse=True)
    return [Release(folder.name, folder) for folder in folders]
