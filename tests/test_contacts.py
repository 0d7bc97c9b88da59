"""Addresses and telephone numbers are found however they are written, and dates, book numbers and links are not."""

from __future__ import annotations

import pytest

from toolkit.rules.contacts import contacts

ADDRESSES = (
    "ana@harbor.example",
    "write to ana.k+b@mail.harbor.example.",
    "<ana_k@harbor.example>",
    "mailto:ana@harbor.example",
    "@ana@social.example",
)
NUMBERS = (
    "+351 912 345 678",
    "tel:+351912345678",
    "Tel: 912345678",
    "móvil 912 345 678",
    "(650) 555-0123",
    "650-555-0123",
    "650.555.0123",
    "01 23 45 67 89",
    "+1 (650) 555-0123",
    "on 2026-10-22 650-555-0123",
    "2026-10-22 or 2026-10-23, phone 650 555 0123",
)
NEITHER = (
    "- [ ] Write it down @ana-kovacs due:2026-11-05 id:a1",
    "2026-10-22 16:00 2026-11-05",
    "2026-10-22 2026-10-23",
    "01.10.2026 17",
    "tue 17:00-19:00",
    "Room 12, line 40",
    "2026 - 2027 - 2028",
    "ISBN 978-0-12-345678-9",
    "doi 10.1016/j.jvb.2005.08.007",
    "https://doi.org/10.1177/0149206308318614",
    "Journal of Mentoring 72(2), 254-267 (2008)",
    "25 @ 4 each",
)


@pytest.mark.parametrize("text", ADDRESSES)
def test_address_is_found_once(text: str):
    assert [each.noun for each in contacts(text)] == ["an e-mail address"]


@pytest.mark.parametrize("text", NUMBERS)
def test_number_is_found_once_where_it_stands(text: str):
    found = list(contacts(text))
    assert [each.noun for each in found] == ["a telephone number"]
    assert text[found[0].start :].startswith(found[0].text)


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_looks_like_it_is_left_alone(text: str):
    assert list(contacts(text)) == []


def test_numbers_are_left_alone_where_asked():
    assert [each.text for each in contacts("650-555-0123, ana@harbor.example", numbers=False)] == ["ana@harbor.example"]
