"""The scanner finds what is seeded, in every disguise, and leaves alone what may be said."""

import base64
import gzip
import hashlib
import html
import io
import json
import random
import struct
import time
import zipfile
import zlib
from urllib.parse import quote

import pytest
from canary import CLOSED, OPEN, TODAY, program

from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF
from toolkit.publish.needles import needles
from toolkit.publish.prove import prove, scan

CANARY = "zxcvbnmkwrtplkjh"
FULL_WIDTH = "".join(chr(ord(letter) + 0xFEE0) for letter in CANARY)


def _zip(data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", data)
    return stream.getvalue()


def _zip_named(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "nothing")
    return stream.getvalue()


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(kind, body):
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    image = _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(kind, body) + image + _chunk(b"IEND", b"")


def _page(text):
    return f"<!doctype html><html><body><p>Some words {text} and more.</p></body></html>".encode()


def _base64(text, before=0):
    return base64.b64encode(b"x" * before + text.encode() + b"yy").decode()


DISGUISES = {
    "plain": _page(CANARY),
    "upper case": _page(CANARY.upper()),
    "beginning": _page(CANARY[:12] + "..."),
    "end": _page("..." + CANARY[-12:]),
    "inside a longer word": _page(f"a{CANARY}b"),
    "reversed": _page(CANARY[::-1]),
    "hex": _page(CANARY.encode().hex()),
    "hex, upper case": _page(CANARY.encode().hex().upper()),
    "hex, begun in the middle": _page("a" + CANARY.encode().hex()),
    "base64, phase 0": _page(_base64(CANARY)),
    "base64, phase 1": _page(_base64(CANARY, 1)),
    "base64, phase 2": _page(_base64(CANARY, 2)),
    "base64, cut off in front": _page(_base64(CANARY, 5)[3:]),
    "base64 for addresses": _page(base64.urlsafe_b64encode(f"???{CANARY}>>>".encode()).decode().rstrip("=")),
    "data address": b'<a href="data:text/plain;base64,' + base64.b64encode(CANARY.encode()) + b'">x</a>',
    "md5": _page(hashlib.md5(CANARY.encode()).hexdigest()),
    "sha1": _page(hashlib.sha1(CANARY.encode()).hexdigest()),
    "sha256": _page(hashlib.sha256(CANARY.encode()).hexdigest()),
    "gzip": gzip.compress(_page(CANARY)),
    "gzip in gzip": gzip.compress(gzip.compress(_page(CANARY))),
    "zip member": _zip(CANARY),
    "name of a zip member": _zip_named(f"{CANARY}.txt"),
    "PNG text": _png(b"tEXt", b"Comment\x00" + CANARY.encode()),
    "PNG packed text": _png(b"zTXt", b"Comment\x00\x00" + zlib.compress(CANARY.encode())),
    "PNG international text": _png(b"iTXt", b"Comment\x00\x01\x00\x00\x00" + zlib.compress(CANARY.encode())),
    "named entities": _page(html.escape("<&>") + CANARY),
    "decimal entities": _page("".join(f"&#{ord(letter)};" for letter in CANARY)),
    "hexadecimal entities": _page("".join(f"&#x{ord(letter):x};" for letter in CANARY)),
    "percent": _page("".join(f"%{ord(letter):02x}" for letter in CANARY)),
    "percent, twice": _page(quote("".join(f"%{ord(letter):02x}" for letter in CANARY))),
    "JSON escapes": json.dumps({"text": "_"}).replace("_", "".join(f"\\u{ord(each):04x}" for each in CANARY)).encode(),
    "script escapes": "".join(f"\\x{ord(letter):02x}" for letter in CANARY).encode(),
    "full width": _page(FULL_WIDTH),
    "split by tags": _page("<b>" + "</b><b>".join(CANARY) + "</b>"),
    "split by one tag over lines": _page(f"{CANARY[:8]}<span\nclass='x'>{CANARY[8:]}</span>"),
    "split by soft hyphens": _page("\u00ad".join(CANARY)),
    "split by hyphens": _page("-".join([CANARY[:4], CANARY[4:8], CANARY[8:]])),
    "split by unseen blanks": _page("\u200b".join(CANARY)),
    "split by word breaks": _page("<wbr>".join(CANARY)),
    "split by blanks": _page(" ".join(CANARY)),
    "UTF-16, little end first": CANARY.encode("utf-16-le"),
    "UTF-16, big end first": CANARY.encode("utf-16-be"),
    "UTF-16 with a mark": _page(CANARY).decode().encode("utf-16"),
    "an attribute": f'<img alt="{CANARY}" src="x.png">'.encode(),
    "a comment": f"<!-- {CANARY} -->".encode(),
    "a script": f'<script>var x = {{"name":"{CANARY}"}}</script>'.encode(),
    "a search index": json.dumps({"docs": [{"title": f"<em>{CANARY}</em>"}]}).encode(),
}


@pytest.mark.parametrize("data", DISGUISES.values(), ids=DISGUISES)
def test_a_seeded_value_is_found(tmp_path, data):
    (tmp_path / "page.html").write_bytes(data)
    (tmp_path / "other.html").write_bytes(_page("nothing of the kind"))
    assert [(hit.file, hit.value) for hit in scan(tmp_path, needles([CANARY]))] == [("page.html", CANARY)]


def test_a_value_in_a_file_name_is_found(tmp_path):
    (tmp_path / "people" / CANARY).mkdir(parents=True)
    (tmp_path / "people" / CANARY / "index.html").write_text("nothing", encoding="utf-8")
    assert [hit.value for hit in scan(tmp_path, needles([CANARY]))] == [CANARY]


def test_nothing_is_found_where_nothing_is(tmp_path):
    generator = random.Random(7)
    (tmp_path / "noise.bin").write_bytes(generator.randbytes(200_000))
    (tmp_path / "page.html").write_bytes(_page("The quick brown fox jumps over the lazy dog. " * 50))
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b" + b"\x00" * 20)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 20)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\xff" * 20)
    assert scan(tmp_path, needles([CANARY, "Ana Kovács", "two words"])) == ()


def test_a_value_in_a_large_binary_is_found(tmp_path):
    noise = random.Random(3).randbytes(300_000)
    codings = {"utf-8": CANARY, "utf-16-le": CANARY[::-1], "utf-16-be": "hjklpqrtvwxzbnmc"}
    for coding, text in codings.items():
        (tmp_path / coding).write_bytes(noise + text.encode(coding) + noise)
    began = time.process_time()
    assert {hit.file for hit in scan(tmp_path, needles([CANARY, *codings.values()]))} == set(codings)
    assert time.process_time() - began < 5


def test_a_short_value_is_found_as_a_word_only(tmp_path):
    (tmp_path / "in.html").write_bytes(_page("Good morning, Lisbon!"))
    (tmp_path / "out.html").write_bytes(_page("The Lisboners"))
    assert [hit.file for hit in scan(tmp_path, needles(["Lisbon"]))] == ["in.html"]
    assert scan(tmp_path, needles(["Ana", "Ana K"])) == ()


def test_a_link_in_a_build_is_refused(tmp_path):
    (tmp_path / "link").symlink_to("/etc/hostname")
    found = prove(tmp_path, program(CLOSED), PUBLIC, TODAY)
    assert [each.code for each in found] == ["private-on-public-page"]


def test_a_leak_names_the_file_and_the_field_and_never_the_value(tmp_path):
    records = program(CLOSED)
    pair = next(iter(records.pairs))
    purpose = records.agreements[pair].purpose
    (tmp_path / "index.html").write_bytes(_page(purpose))
    (found,) = prove(tmp_path, records, MEMBERS, TODAY)
    assert (found.code, found.severity, found.place.path) == ("private-on-public-page", "error", "index.html")
    assert "`agreement.purpose`" in found.message
    assert purpose not in repr(found)


def test_what_an_audience_may_read_is_no_leak(tmp_path):
    records = program(OPEN)
    pair = next(iter(records.pairs))
    (tmp_path / "index.html").write_bytes(_page(records.agreements[pair].purpose))
    assert not prove(tmp_path, records, MEMBERS, TODAY)
    assert len(prove(tmp_path, records, PUBLIC, TODAY)) == 1


def test_a_value_that_stands_in_what_may_be_read_is_no_leak(tmp_path):
    records = program(CLOSED)
    pair = next(iter(records.pairs))
    purpose = records.agreements[pair].purpose
    (tmp_path / "index.html").write_bytes(_page(purpose))
    assert not prove(tmp_path, records, PUBLIC, TODAY, said=[f"A template says {purpose} too."])


def test_ids_of_people_goals_and_pairs_are_looked_for(tmp_path):
    records = program(CLOSED)
    goal = next(iter(records.goals.values()))[0]
    person = next(iter(records.people))
    (tmp_path / "index.html").write_bytes(_page(f"{goal.id} {person}"))
    fields = {each.message.split("`")[1] for each in prove(tmp_path, records, PUBLIC, TODAY)}
    assert fields
    assert prove(tmp_path, records, STAFF, TODAY)


def test_a_large_site_is_looked_through_in_seconds(tmp_path):
    generator = random.Random(1)
    vocabulary = ["".join(generator.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(3000)]
    chrome = "\n".join(f'<li class="md-nav__item"><a href="/{each}/">{each}</a></li>' for each in vocabulary[:400])
    for number in range(120):
        prose = "\n".join(" ".join(generator.choices(vocabulary, k=14)) for _ in range(60))
        (tmp_path / f"{number}.html").write_text(f"{chrome}\n<p>{prose}</p>", encoding="utf-8")
    wanted = needles(" ".join(generator.choices(vocabulary, k=9)) for _ in range(20_000))
    began = time.process_time()
    assert scan(tmp_path, wanted) == ()
    assert time.process_time() - began < 15


def test_what_the_theme_says_on_every_page_is_no_leak(tmp_path):
    records = program(CLOSED)
    who = next(iter(records.people))
    named = records.people[who].model_copy(update={"name": "Header", "site": "Center"})
    records.people[who] = named.placed(records.people[who].origin)
    (tmp_path / "index.html").write_text(
        '<div class="md-header">Header <b style="text-align: center">x</b></div>', "utf-8"
    )
    assert not prove(tmp_path, records, PUBLIC, TODAY, said=["text-align: center"])
    assert prove(tmp_path, records, PUBLIC, TODAY) != ()


def test_an_id_of_which_a_list_says_the_pieces_is_not_found_but_the_whole_is(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<li>Mentor 100 <b>mentor</b></li><li>Mentee 093 <b>mentee</b></li>")
    wanted = needles(["mentor-100-mentee-093"], ids=["mentor-100-mentee-093"])

    assert scan(tmp_path, wanted) == ()
    page.write_text('<a href="pairs/mentor-100-mentee-093.html">them</a>')
    assert [hit.value for hit in scan(tmp_path, wanted)] == ["mentor-100-mentee-093"]


def test_a_name_that_an_allowed_table_says_tells_nothing(tmp_path):
    (tmp_path / "page.html").write_text("<td>mentor</td> <td>10</td> <td>Mentor 11</td>")
    wanted = needles(["Mentor 10", "Mentor 11"]).without(["| hopes | mentor | 10 |"])

    assert [hit.value for hit in scan(tmp_path, wanted)] == ["Mentor 11"]
