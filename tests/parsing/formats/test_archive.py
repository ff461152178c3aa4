import stat
import struct
import tracemalloc
import zipfile

import pytest

from reports.parsing.errors import ReadError
from reports.parsing.formats.archive import open_archive
from reports.parsing.formats.zipped import MEBIBYTE, Limits
from tests.parsing.formats.samples import word_of, zip_of

LIMITS = Limits(entries=4, entry_bytes=2 * MEBIBYTE, total_bytes=3 * MEBIBYTE, ratio=100)
ONE = [("a.txt", b"one")]


def refusal(data: bytes, limits: Limits = LIMITS) -> ReadError:
    """Why the archive, or its first file that is not read, is refused."""
    try:
        found = [content for _, content in open_archive(data, limits)]
    except ReadError as error:
        return error
    return next(content for content in found if isinstance(content, ReadError))


def with_flag(data: bytes, flag: int) -> bytes:
    """A zip whose entries have this bit set in both of their headers."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= flag
            at = changed.find(signature, at + 4)
    return bytes(changed)


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_files_come_in_order_and_furniture_is_passed_over():
    data = zip_of(
        [
            ("2025/", b""),
            ("2025/b.txt", b"two"),
            ("__MACOSX/2025/b.txt", b"x"),
            ("2025/._b.txt", b"x"),
            ("2025/.DS_Store", b"x"),
            ("./a.txt", b"one"),
        ]
    )

    assert list(open_archive(data, Limits(9, MEBIBYTE, MEBIBYTE, 100))) == [
        ("2025/b.txt", b"two"),
        ("a.txt", b"one"),
    ]


def test_word_documents_are_not_taken_for_archives():
    word = word_of("<w:p/>")

    assert list(open_archive(zip_of([("a.docx", word)]))) == [("a.docx", word)]


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "a/../../b.txt",
        "/etc/passwd",
        "C:\\a.txt",
        "..\\a.txt",
        "c:a.txt",
        "\\\\host\\a",
    ],
)
def test_paths_that_lead_out_are_refused(name: str):
    assert refusal(zip_of([*ONE, (name, b"x")])).code == "unsafe-path"


def test_a_file_without_a_name_is_refused():
    entry = zipfile.ZipInfo("a")
    entry.filename = entry.orig_filename = ""

    assert refusal(zip_of([(entry, b"one")])).code == "unsafe-path"


def test_an_unusual_compression_is_refused():
    data = zip_of(ONE, compression=zipfile.ZIP_LZMA)

    assert refusal(data).code == "bad-archive"


def test_links_are_refused():
    assert refusal(zip_of([(link("a.txt"), b"/etc/passwd")])).code == "unsafe-path"


@pytest.mark.parametrize("name", ["inner.zip", "inner.ZIP", "inner.7z", "report.txt"])
def test_archives_in_archives_are_refused(name: str):
    error = refusal(zip_of([(name, zip_of(ONE))]))

    assert error.code == "nested-archive"
    assert name in error.message


def test_a_refused_file_hides_none_of_the_others():
    data = zip_of(
        [("a.txt", b"one"), ("../b.txt", b"x"), ("c.zip", zip_of(ONE)), ("d.txt", b"two")]
    )

    found = list(open_archive(data))

    assert [(name, getattr(content, "code", content)) for name, content in found] == [
        ("a.txt", b"one"),
        ("../b.txt", "unsafe-path"),
        ("c.zip", "nested-archive"),
        ("d.txt", b"two"),
    ]


def test_an_encrypted_entry_is_named():
    error = refusal(with_flag(zip_of([("secret.txt", b"one")]), 0x1))

    assert (error.code, "secret.txt" in error.message) == ("encrypted", True)


def test_too_many_files_are_refused():
    assert refusal(zip_of([(f"{n}.txt", b"") for n in range(5)])).code == "too-many-files"


def test_a_table_of_contents_without_end_is_refused_unread():
    assert refusal(b"PK\x01\x02" * 100_000).code == "too-many-files"


@pytest.mark.parametrize(
    "files",
    [
        [("a.txt", bytes(2 * MEBIBYTE + 1))],
        [("a.txt", bytes(MEBIBYTE + MEBIBYTE // 2))],
        [(f"{n}.txt", b"\0" * MEBIBYTE) for n in range(4)],
    ],
    ids=["one file", "the ratio", "all files"],
)
def test_what_becomes_too_large_is_refused(files: list[tuple[str, bytes]]):
    assert refusal(zip_of(files)).code == "too-large"


def test_a_bomb_that_lies_about_its_size_costs_little_memory():
    honest = zip_of([("a.txt", bytes(64 * MEBIBYTE))])
    lying = honest.replace(struct.pack("<L", 64 * MEBIBYTE), struct.pack("<L", 1000))
    tracemalloc.start()

    error = refusal(lying)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code in {"too-large", "bad-archive"}
    assert peak < 8 * MEBIBYTE


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"no archive", zip_of(ONE)[:40]],
    ids=["empty", "signature", "text", "cut"],
)
def test_damaged_archives_are_refused(data: bytes):
    assert refusal(data).code == "bad-archive"


def test_a_damaged_entry_is_named():
    data = bytearray(zip_of([("a.txt", b"abcdefgh" * 50)]))
    data[40] ^= 0xFF

    error = refusal(bytes(data))

    assert (error.code, "a.txt" in error.message) == ("bad-archive", True)
