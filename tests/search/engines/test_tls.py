"""A real OpenSearch node behind TLS and a password, as a hosted one is."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from reports.search.engines.opensearch import OpenSearchEngine
from reports.search.engines.seam import EngineAwayError
from tests.search.engines.conftest import build, document
from tests.search.engines.test_contract import found
from tests.support import nginx
from tests.support.opensearch.node import Node
from tests.support.ports import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.opensearch]

PROXY = """
server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.pem;
    auth_basic "search";
    auth_basic_user_file {folder}/passwords;
    location / {{ proxy_pass http://{node}; }}
}}
"""


@dataclass(frozen=True)
class Hosted:
    port: int
    ca: Path

    def url(self, account: str, ca: str) -> str:
        return f"opensearchs://{account}@localhost:{self.port}/t{secrets.token_hex(6)}{ca}"


@pytest.fixture(scope="module")
def hosted(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    if not nginx.find_nginx():
        pytest.skip(nginx.HOW)
    folder, port = tmp_path_factory.mktemp("hosted"), free_port()
    authority = trustme.CA()
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(
        folder / "server.pem"
    )
    authority.cert_pem.write_to_path(folder / "ca.pem")
    (folder / "passwords").write_text("ada:{PLAIN}p@ss\n", encoding="ascii")
    proxy = PROXY.format(port=port, folder=folder, node=node.address)
    with nginx.serving(folder, port, proxy):
        yield Hosted(port, folder / "ca.pem")


def test_a_certificate_and_a_password_are_enough(hosted: Hosted) -> None:
    engine = OpenSearchEngine(hosted.url("ada:p%40ss", f"?ca={hosted.ca}"))
    build(engine, [document("a", "Carers waited.")])
    assert found(engine, "carers") == ["a"]


@pytest.mark.parametrize(
    ("account", "ca", "why"),
    [
        ("ada:wrong", "?ca={ca}", "401"),
        ("ada:p%40ss", "", "CERTIFICATE_VERIFY_FAILED"),
    ],
)
def test_a_wrong_password_or_an_unknown_certificate_is_an_engine_that_is_away(
    hosted: Hosted, account: str, ca: str, why: str
) -> None:
    engine = OpenSearchEngine(hosted.url(account, ca.format(ca=hosted.ca)))
    with pytest.raises(EngineAwayError, match=why):
        engine.size()
