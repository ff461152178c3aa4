"""Releases: everything published, as an immutable folder of files that describe themselves."""

from reports.releases.building import Built, ReleaseError, build
from reports.releases.release import releases
