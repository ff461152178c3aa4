"""Where originals and waiting uploads are kept: folders of this machine, or a bucket in S3.

    STORAGE_URL=s3://BUCKET/PREFIX?endpoint=https://s3.example.org&region=eu-west-2

Several web machines need a bucket: what was uploaded to one of them is confirmed on another. The
keys come from the environment variables of Amazon's tools (AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY), never from the address.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FOLDERS = "django.core.files.storage.FileSystemStorage"
S3 = "storages.backends.s3.S3Storage"
PRIVATE: dict[str, Any] = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
KINDS = ("documents", "uploads")


class StorageUrlError(ValueError):
    """A STORAGE_URL that cannot be used. The message says what to write."""


def storages_in_folders(uploads: Path) -> dict[str, dict[str, Any]]:
    """Django's STORAGES for this machine's folders, readable for this program alone. Uploads wait
    outside the documents' folder."""
    return {
        "default": {"BACKEND": FOLDERS, "OPTIONS": PRIVATE},  # in MEDIA_ROOT
        "uploads": {"BACKEND": FOLDERS, "OPTIONS": PRIVATE | {"location": uploads}},
    }


def storages_in_bucket(url: str) -> dict[str, dict[str, Any]]:
    """Django's STORAGES for a bucket. Raises StorageUrlError."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise StorageUrlError("write s3://bucket/prefix, or leave it out to use folders")
    if parts.username or parts.password:
        raise StorageUrlError("keep keys out of it: set AWS_ACCESS_KEY_ID and its secret instead")
    wanted = parse_qs(parts.query)
    unknown = set(wanted) - {"endpoint", "region"}
    if unknown:
        raise StorageUrlError(f"does not know {', '.join(sorted(unknown))}: endpoint and region")
    options: dict[str, Any] = {
        "bucket_name": parts.hostname,
        "endpoint_url": wanted.get("endpoint", [None])[0],
        "region_name": wanted.get("region", [None])[0],
        "default_acl": None,
        "file_overwrite": True,
        "querystring_auth": True,
    }
    prefix = parts.path.strip("/")
    documents, uploads = (
        {"BACKEND": S3, "OPTIONS": options | {"location": "/".join(filter(None, (prefix, kind)))}}
        for kind in KINDS
    )
    return {"default": documents, "uploads": uploads}
