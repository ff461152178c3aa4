import io
import os
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cqc_site.storages import storages_in_folders
from reports import corrections, roles
from reports.desk.staging import safe_name
from reports.models import Assessment, Authority, Finding, IndexChange, SourceDocument
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text

pytestmark = pytest.mark.django_db

REPORT = report_text(STAFF, PEOPLE, title="Camden").encode()


@pytest.fixture(autouse=True)
def var_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    settings.STORAGES = settings.STORAGES | storages_in_folders(settings.VAR_DIR / "uploads")
    return settings.VAR_DIR


@pytest.fixture
def admin() -> Client:
    return signed_in("ada", roles.ADMINS)


def signed_in(name: str, *groups: str) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, *files: tuple[str, bytes]) -> Any:
    uploaded = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/desk/upload/", {"documents": uploaded})


def preview(client: Client, *files: tuple[str, bytes]) -> Any:
    return client.get(upload(client, *files)["Location"])


def confirm(client: Client, *files: tuple[str, bytes]) -> Any:
    return client.post(upload(client, *files)["Location"] + "confirm/")


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assertRedirects(
        client.get("/desk/upload/"), "/sign-in/?next=/desk/upload/", target_status_code=200
    )
    assert upload(client, ("a.txt", REPORT)).status_code == 302
    assert not SourceDocument.objects.exists()


def test_editors_may_not_upload(var_dir: Path) -> None:
    editor = signed_in("ed", roles.EDITORS)

    assert editor.get("/desk/upload/").status_code == 403
    assert upload(editor, ("a.txt", REPORT)).status_code == 403
    assert editor.post("/desk/upload/x/confirm/").status_code == 403
    assert not var_dir.exists()


def test_admins_and_superusers_may_upload(admin: Client, admin_client: Client) -> None:
    for client in (admin, admin_client):
        response = client.get("/desk/upload/")
        assertContains(response, 'type="file"')
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/admin/", "/desk/"])
def test_is_linked_for_those_who_may(admin: Client, address: str) -> None:
    assertContains(admin.get(address), 'href="/desk/upload/"')
    assertNotContains(signed_in("ed", roles.EDITORS).get(address), 'href="/desk/upload/"')


def test_a_form_of_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("root"))

    assert upload(client, ("a.txt", REPORT)).status_code == 403


def test_the_form_of_this_site_is_accepted() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("root"))
    token, *_ = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/desk/upload/").text)
    data = {"documents": SimpleUploadedFile("a.txt", REPORT), "csrfmiddlewaretoken": token}

    assert client.post("/desk/upload/", data).status_code == 302


def test_shows_what_a_file_would_do(admin: Client) -> None:
    odd = report_text(STAFF, PEOPLE, title="Camden", score="Score: 7")

    response = preview(admin, ("camden.txt", odd.encode()))

    assertContains(response, "Nothing has been changed yet. 1 document: 1 would be created;")
    assertContains(response, "Camden")
    assertContains(response, "Its title: “Camden: local authority assessment”")
    assertContains(response, "Undated")
    assertContains(
        response,
        '<tr><th scope="row">Learning, improvement and innovation</th>'
        '<td class="number">none</td><td class="number">2</td></tr>',
        html=True,
    )
    assertContains(response, "(line 5)")


def test_marks_text_that_was_not_understood_in_its_context(admin: Client) -> None:
    text = "A line of nobody knows what.\n\n" + report_text(STAFF, title="Camden")

    response = preview(admin, ("camden.txt", text.encode()))

    assertContains(response, "Text that was not understood")
    assertContains(response, "<mark>A line of nobody knows what.")


def test_looking_changes_nothing(admin: Client, settings: Settings) -> None:
    preview(admin, ("camden.txt", REPORT))

    assert not SourceDocument.objects.exists()
    assert not Assessment.objects.exists()
    assert not IndexChange.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


def test_files_that_belong_together_are_judged_together(admin: Client) -> None:
    response = preview(admin, ("one.txt", REPORT), ("two.txt", REPORT))

    assertContains(response, "1 would be created; 1 unchanged;")


def test_confirming_ingests_and_leads_to_the_pages(admin: Client, var_dir: Path) -> None:
    response = confirm(admin, ("camden.txt", REPORT))

    document = SourceDocument.objects.get()
    assertContains(response, "1 created, 0 updated, 0 unchanged, 0 failed.")
    assertContains(response, document.get_absolute_url())
    assertContains(response, 'href="/authorities/camden/"')
    assert document.path == "/uploads/camden.txt"
    assertContains(admin.get("/findings/?q=supervision"), "1 finding")
    assert list((var_dir / "uploads").iterdir()) == []


def test_a_file_can_be_left_out_and_the_others_go_on(admin: Client) -> None:
    other = report_text(STAFF, title="London Borough of Brent").encode()
    address = upload(admin, ("camden.txt", REPORT), ("brent.txt", other))["Location"]
    assertContains(admin.get(address), "The files that you select here are not ingested.")

    response = admin.post(address + "confirm/", {"leave-out": ["0", "x"]})

    assertContains(response, "1 created, 0 updated, 0 unchanged, 0 failed.")
    assert SourceDocument.objects.get().name == "brent.txt"


def test_nothing_can_be_confirmed_twice(admin: Client) -> None:
    address = upload(admin, ("camden.txt", REPORT))["Location"]
    admin.post(address + "confirm/")

    response = admin.post(address + "confirm/")

    assertContains(response, "are no longer here", status_code=410)
    assertContains(response, "There is a problem", status_code=410)


def test_cancelling_throws_the_files_away(admin: Client, var_dir: Path) -> None:
    address = upload(admin, ("camden.txt", REPORT))["Location"]

    assertRedirects(admin.post(address + "cancel/"), "/desk/upload/")

    assert list((var_dir / "uploads").iterdir()) == []
    assert admin.get(address).status_code == 410


def test_a_known_text_has_nothing_to_confirm(admin: Client) -> None:
    confirm(admin, ("camden.txt", REPORT))

    response = preview(admin, ("again.txt", REPORT))

    assertContains(response, "Unchanged: this text is already held.")
    assertNotContains(response, "Confirm and ingest")


def test_shows_which_edits_a_new_version_would_disagree_with(admin: Client) -> None:
    confirm(admin, ("camden.txt", report_text(STAFF, PEOPLE, DATA, title="Camden").encode()))
    finding = Finding.objects.get(text=PEOPLE)
    corrections.change(
        finding,
        {"heading": "Waiting"},
        corrections.Why(editor="ed", reason="parsing", note=""),
    )
    moved = report_text(STAFF, f"Waiting times\n\n{PEOPLE}", DATA, LEADERS, title="Camden").encode()

    response = preview(admin, ("camden.txt", moved))

    assertContains(response, "Would be updated")
    assertContains(response, "Would be in conflict with an edit")
    assertContains(response, "Camden: Learning, improvement and innovation, finding 2: heading.")
    assertContains(response, "Readers see “Waiting”; the report now says “Waiting times”.")


def test_shows_what_the_assessment_would_disagree_about(admin: Client) -> None:
    confirm(admin, ("camden.txt", REPORT))
    assessment = Assessment.objects.get()
    assessment.outcomes.create(scores={"safeguarding": 4})
    assessment.outcomes.create(
        document=SourceDocument.objects.get(), scores={"safeguarding": 2, "learning": 2}
    )

    response = preview(
        admin,
        (
            "more.txt",
            report_text(
                DATA, LEADERS, title="Camden", statement="Equity in experience and outcomes"
            ).encode(),
        ),
    )

    assertContains(response, "About the assessment it belongs to: Safeguarding:")


def test_a_zip_archive_gives_its_documents(admin: Client) -> None:
    packed = archive(**{"in/camden.txt": REPORT, "in/empty.txt": b""})

    response = confirm(admin, ("reports.zip", packed))

    assertContains(response, "1 created, 0 updated, 0 unchanged, 1 failed.")
    assertContains(response, "reports.zip/in/camden.txt")


def test_an_archive_that_leads_out_of_itself_is_refused(admin: Client) -> None:
    response = preview(admin, ("reports.zip", archive(**{"../../camden.txt": REPORT})))

    assertContains(response, "It cannot be ingested")
    assertNotContains(response, "Confirm and ingest")


@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.zip", "report.html"])
def test_a_file_that_is_not_what_its_name_says_fails_with_the_reason(
    admin: Client, name: str
) -> None:
    response = preview(admin, (name, b"\x00\x01 not a report"))

    assertContains(response, "It cannot be ingested: ")


def test_a_bad_file_does_not_keep_a_good_one_out(admin: Client) -> None:
    response = confirm(admin, ("bad.pdf", b"%PDF-1.7"), ("camden.txt", REPORT))

    assertContains(response, "1 created, 0 updated, 0 unchanged, 1 failed.")


def test_no_file_is_an_error_that_leads_to_the_field(admin: Client) -> None:
    response = upload(admin)

    assertContains(
        response, '<a href="#id_documents">Choose one file or more.</a>', status_code=422, html=True
    )
    assertContains(response, 'aria-invalid="true"', status_code=422)
    assertContains(response, "<title>Error: Upload reports", status_code=422)


def test_every_file_that_cannot_be_taken_is_named(
    admin: Client, settings: Settings, var_dir: Path
) -> None:
    settings.MAX_DOCUMENT_BYTES = 100

    response = upload(admin, ("run.exe", b"MZ"), ("big.txt", b"x" * 101), ("ok.txt", b"x"))

    assertContains(
        response,
        "“run.exe” cannot be read. Choose a file in one of these formats: web page (.html),",
        status_code=422,
    )
    assertContains(response, "“big.txt” is too large (101\xa0bytes)", status_code=422)
    assertNotContains(response, "ok.txt", status_code=422)
    assert not var_dir.exists()


def test_an_archive_may_be_larger_than_a_document(admin: Client, settings: Settings) -> None:
    settings.MAX_DOCUMENT_BYTES = 100
    small = archive(**{"a.txt": b"x" * 90})

    assert len(small) > 100
    assert upload(admin, ("a.zip", small)).status_code == 302


def test_a_request_that_is_too_large_is_not_read(
    admin: Client, settings: Settings, var_dir: Path
) -> None:
    settings.MAX_ARCHIVE_BYTES = -1024 * 1024

    response = upload(admin, ("a.txt", REPORT))

    assertContains(response, "Upload fewer at a time.", status_code=413)
    assert not var_dir.exists()


def test_at_most_twenty_files_at_once(admin: Client) -> None:
    response = upload(admin, *[(f"{number}.txt", REPORT) for number in range(21)])

    assertContains(response, "You chose 21 files. Choose at most 20", status_code=422)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\a.txt", "a.txt"),
        ("C:\\fakepath\\camden-0225.html", "camden-0225.html"),
        ("a\x00b\n.txt", "ab.txt"),
        ("..", "unnamed"),
        ("/", "unnamed"),
        ("Report (1).pdf", "Report (1).pdf"),
        ("x" * 300 + ".docx", "x" * 145 + ".docx"),
    ],
)
def test_a_name_is_not_a_path(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_name_that_leads_elsewhere_leads_nowhere(admin: Client, var_dir: Path) -> None:
    body = (
        b'--edge\r\nContent-Disposition: form-data; name="documents"; '
        b'filename="../../../escaped.txt"\r\n\r\n' + REPORT + b"\r\n--edge--\r\n"
    )
    response = admin.post("/desk/upload/", body, content_type="multipart/form-data; boundary=edge")

    kept = [path for path in var_dir.rglob("*") if path.is_file()]

    assert response.status_code == 302
    assert [path.name for path in kept] == ["0"]
    assert not list(var_dir.parent.rglob("escaped*"))


def test_the_name_of_a_file_identifies_the_authority(admin: Client) -> None:
    confirm(admin, ("camden-0225-theme4-learning.txt", report_text(STAFF).encode()))

    document = SourceDocument.objects.get()
    assert (document.name, document.authority.slug) == (
        "camden-0225-theme4-learning.txt",
        "camden",
    )


def test_another_users_upload_is_not_to_be_had(admin: Client) -> None:
    address = upload(admin, ("camden.txt", REPORT))["Location"]
    other = signed_in("bea", roles.ADMINS)

    assert other.get(address).status_code == 410
    assert other.post(address + "confirm/").status_code == 410
    assert other.post(address + "cancel/").status_code == 302
    assert not SourceDocument.objects.exists()
    assert admin.get(address).status_code == 200


@pytest.mark.parametrize("token", ["x", "..", "%2e%2e", "ü"])
def test_an_unknown_token_is_stale(admin: Client, token: str) -> None:
    upload(admin, ("camden.txt", REPORT))

    assert admin.get(f"/desk/upload/{token}/").status_code in (404, 410)


def test_the_next_upload_replaces_the_last(admin: Client, var_dir: Path) -> None:
    first = upload(admin, ("camden.txt", REPORT))["Location"]
    upload(admin, ("camden.txt", REPORT))

    assert len(list((var_dir / "uploads").iterdir())) == 1
    assert admin.get(first).status_code == 410


def test_what_nobody_confirmed_in_a_day_is_thrown_away(admin: Client, var_dir: Path) -> None:
    upload(signed_in("bea", roles.ADMINS), ("camden.txt", REPORT))
    [old] = (var_dir / "uploads").iterdir()
    os.utime(old / "0", (time.time() - 90_000,) * 2)

    upload(admin, ("camden.txt", REPORT))

    assert not old.exists()


def test_leading_authority_is_linked_only_where_it_is_known(admin: Client) -> None:
    response = confirm(admin, ("report.txt", report_text(STAFF).encode()))

    assertContains(response, "not identified")
    assert not Authority.objects.filter(assessments__isnull=False).exists()
