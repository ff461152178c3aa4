"""Signing in at a provider of OpenID Connect: a real one, with keys and tokens, on this machine."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.support.own_process import run_script

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
JOURNEY = """
import sys, django, os
from urllib.parse import parse_qs, urlsplit
django.setup()
from django.contrib.auth.models import User
User.objects.create_user("ada", "ada@example.org", is_staff=True)
from django.test import Client
import requests
client = Client()
asked = client.get("/sign-in/organisation/")
given = requests.get(asked["Location"], allow_redirects=False, timeout=20).headers["Location"]
back = client.get(urlsplit(given).path + "?" + urlsplit(given).query)
print(back.status_code, back["Location"], client.session.get("_auth_user_id"), User.objects.count())
"""


def _part(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _part(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Provider(BaseHTTPRequestHandler):
    claims: dict[str, object] = {}
    nonce = ""

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/authorize":
            type(self).nonce = query["nonce"][0]
            self.send_response(302)
            back = f"{query['redirect_uri'][0]}?code=once&state={query['state'][0]}"
            self.send_header("Location", back)
            self.end_headers()
        elif path == "/keys":
            numbers = KEY.public_key().public_numbers()
            key = {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "one"}
            self._send({"keys": [key | {"n": _number(numbers.n), "e": _number(numbers.e)}]})
        else:
            self._send(self.claims)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        head = _part({"alg": "RS256", "typ": "JWT", "kid": "one"})
        body = _part({"sub": "1", "aud": "site", "nonce": self.nonce, **self.claims})
        signature = KEY.sign(f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
        self._send({"access_token": "x", "id_token": f"{head}.{body}.{_part(signature)}"})

    def _send(self, value: object) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def provider() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


ADA = {"sub": "1", "email": "ada@example.org", "email_verified": True}


@pytest.mark.parametrize(
    ("claims", "signed_in"),
    [
        (ADA, True),
        (ADA | {"email": "ADA@example.org"}, True),
        (ADA | {"email_verified": False}, False),
        (ADA | {"email": "stranger@example.org"}, False),
    ],
    ids=["known", "in capitals", "not verified", "unknown"],
)
def test_only_a_known_account_with_a_verified_address_signs_in(
    provider: str, tmp_path: Path, claims: dict[str, object], signed_in: bool
) -> None:
    Provider.claims = claims
    done = run_script(
        JOURNEY,
        tmp_path,
        TWO_FACTOR_REQUIRED="1",
        OIDC_CLIENT_ID="site",
        OIDC_CLIENT_SECRET="secret",
        OIDC_AUTHORIZATION_URL=f"{provider}/authorize",
        OIDC_TOKEN_URL=f"{provider}/token",
        OIDC_USER_URL=f"{provider}/user",
        OIDC_KEYS_URL=f"{provider}/keys",
    )

    assert done.returncode == 0, done.stderr
    place, account = ("/sign-in/done/", "1") if signed_in else ("/sign-in/", "None")
    assert done.stdout.split() == ["302", place, account, "1"]
