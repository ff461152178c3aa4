"""Originals and waiting uploads in folders, or in a bucket of a real S3 server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from cqc_site.storages import StorageUrlError, storages_in_bucket, storages_in_folders
from tests.support.ports import free_port

ROOT = Path(__file__).parent.parent
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The STORAGE_URL of an empty bucket."""
    port = free_port()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(Bucket="cqc")
    yield f"s3://cqc/site?endpoint={endpoint}&region=us-east-1"
    server.stop()


def test_what_one_machine_received_another_ingests(bucket, tmp_path):
    environment = {
        **os.environ,
        **KEYS,
        "STORAGE_URL": bucket,
        "SECRET_KEY": "the same on all machines",
        "SESSION_FILE": str(tmp_path / "session"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
    }

    def on(machine: str, step: str) -> dict[str, object]:
        run = subprocess.run(
            [sys.executable, "-m", "tests.support.two_machines", step],
            cwd=ROOT,
            env=environment | {"VAR_DIR": str(tmp_path / machine)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        told: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
        return told

    assert on("one", "upload") == {"status": 302}
    assert on("two", "confirm") == {"status": 200, "findings": 18, "original": True}
    assert on("one", "read") == {"status": 200, "waiting": 0}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://cqc/site", "write s3://bucket/prefix"),
        ("s3://", "write s3://bucket/prefix"),
        ("s3://key:secret@cqc/site", "keep keys out of it"),
        ("s3://cqc/site?colour=red", "does not know colour"),
    ],
)
def test_a_wrong_address_is_explained(url, sentence):
    with pytest.raises(StorageUrlError, match=sentence):
        storages_in_bucket(url)


def test_documents_and_uploads_lie_apart_in_a_bucket():
    found = storages_in_bucket("s3://cqc/site")

    locations = {name: each["OPTIONS"]["location"] for name, each in found.items()}
    assert locations == {"default": "site/documents", "uploads": "site/uploads"}


def test_waiting_uploads_in_a_folder_are_for_this_program_alone(tmp_path):
    options = storages_in_folders(tmp_path)["uploads"]["OPTIONS"]

    assert (options["file_permissions_mode"], options["directory_permissions_mode"]) == (
        0o600,
        0o700,
    )
