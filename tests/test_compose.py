import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REQUIRED = {"SECRET_KEY": "s" * 50, "ALLOWED_HOSTS": "a.example", "POSTGRES_PASSWORD": "p1"}


@pytest.fixture(scope="session")
def compose() -> list[str]:
    for command in (["docker-compose"], ["docker", "compose"]):
        if (
            shutil.which(command[0])
            and not subprocess.run(
                [*command, "version"], capture_output=True, check=False
            ).returncode
        ):
            return command
    pytest.skip("NOT TESTED: docker-compose is not found (Debian: apt-get install docker-compose)")


Config = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def config(compose: list[str], tmp_path: Path) -> Config:
    """Runs `config` with only the given settings, on a copy that no `.env` lies beside."""
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)

    def config(**variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*compose, "config"],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return config


def test_compose_accepts_the_file_with_the_required_settings(config: Config) -> None:
    done = config(**REQUIRED)

    assert done.returncode == 0, done.stderr
    assert "postgresql://cqc:p1@database:5432/cqc" in done.stdout


def test_the_profile_cluster_adds_the_parts_of_several_machines(
    config: Config,
) -> None:
    done = config(**REQUIRED, COMPOSE_PROFILES="cluster")

    assert done.returncode == 0, done.stderr
    services = re.split(r"^  (?=[a-z]+:$)", done.stdout, flags=re.MULTILINE)
    optional = {each.partition(":")[0] for each in services if "\n    - cluster\n" in each}
    assert optional == {"replica", "pooler", "opensearch", "bucket"}


def test_settings_of_a_cluster_reach_the_site(config: Config) -> None:
    """Those that docs/scaling.md tells to put into .env."""
    text = (ROOT / "docs" / "scaling.md").read_text()
    named = dict(re.findall(r"^    ([A-Z_]+)=(.*)$", text, re.MULTILINE))
    assert {"SEARCH_URL", "STORAGE_URL", "DATABASE_HOST", "REQUIREMENTS"} <= named.keys()

    done = config(**REQUIRED, **named)

    assert done.returncode == 0, done.stderr
    for name in ("SEARCH_URL", "STORAGE_URL", "DATABASE_REPLICA_URLS", "REQUIREMENTS"):
        assert named[name] in done.stdout, name
    assert "@pooler:5432/cqc" in done.stdout


@pytest.mark.parametrize("missing", REQUIRED)
def test_compose_names_a_missing_setting(config: Config, missing: str) -> None:
    done = config(**{name: value for name, value in REQUIRED.items() if name != missing})

    assert done.returncode != 0
    assert missing in done.stderr
