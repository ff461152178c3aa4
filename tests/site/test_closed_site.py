"""LOGIN_REQUIRED closes the site: whatever is asked for, a visitor is led to the sign-in page."""

from pathlib import Path

from tests.support.own_process import run_script

ASK_FOR_EVERYTHING = """
import re, django
django.setup()
from django.contrib.auth.models import User
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve

VALUES = ("1", "csv", "ris", "pdf", "0" * 32)

def is_one(address):
    try:
        return bool(resolve(address))
    except Resolver404:
        return False

def addresses(resolver, prefix):
    for key in resolver.reverse_dict:
        for possibilities, *_ in resolver.reverse_dict.getlist(key):
            for template, _ in possibilities:
                for value in VALUES:
                    yield prefix + re.sub(r"%\\(\\w+\\)s", value, template)
    for below, namespace in resolver.namespace_dict.values():
        yield from addresses(namespace, prefix + below)

visitor = Client()
everything = sorted(filter(is_one, set(addresses(get_resolver(), "/"))))
print(len(everything) > 200)
for address in everything:
    response = visitor.get(address)
    leads_in = response.get("Location", "").startswith(("/sign-in/?", "/admin/login/?"))
    if not leads_in:
        print(address, response.status_code)
print("healthz", visitor.get("/healthz").status_code)
reader = Client()
reader.force_login(User.objects.create_user("rosa"))
print("signed in", reader.get("/findings/").status_code, reader.get("/api/v1/findings").status_code)
"""


def test_nothing_but_the_sign_in_is_open(tmp_path: Path) -> None:
    done = run_script(ASK_FOR_EVERYTHING, tmp_path, LOG_LEVEL="ERROR", LOGIN_REQUIRED="1")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "True",
        "/admin/login/ 302",
        "/sign-in/ 200",
        "healthz 200",
        "signed in 200 200",
    ]
