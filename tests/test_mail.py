"""The command `mentoring mail`: drafts in the reader's language, and sending through a real server in this process."""

import datetime
import email
import re
import socket
import ssl
import subprocess
from email.policy import default
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner
from scenarios import write_base

from toolkit.cli.app import cli
from toolkit.cli.mail import KINDS
from toolkit.errors import ToolkitError
from toolkit.mailing.kinds import KINDS as CHECKS
from toolkit.mailing.letter import address_of
from toolkit.mailing.send import server_of
from toolkit.mailing.template import GAPS, read_template
from toolkit.mailing.words import read_words
from toolkit.model.formats import LANGUAGES
from toolkit.workspace import shipped

KEY = "harbor/2026/ana-li"
PAIR = f"content/programs/{KEY.replace('2026/', '2026/pairs/')}/pair.yaml"
CLOSURE = PAIR.replace("pair.yaml", "closure.md")
ANA = "content/people/ana-kovacs.yaml"
ADDRESSES = ("ana@harbor.example", "li@harbor.example")


@pytest.fixture
def program(tmp_path):
    """A small program; call it with a path and a change of that file's text."""
    write_base(tmp_path)

    def edit(name, old, new):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")

    edit.root = tmp_path
    return edit


def run(program, *arguments, today="2026-11-02"):
    result = CliRunner().invoke(
        cli, ["-C", str(program.root), "mail", "--today", today, *arguments], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result


def drafts(program, kind):
    folder = program.root / "build" / "mail" / kind
    return {path.name: email.message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*.eml")}


class Mailbox:
    """What a server got: one envelope a message; it refuses whom it is told to."""

    def __init__(self):
        self.envelopes = []
        self.refused = ()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        if address in self.refused:
            return f"550 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    # aiosmtpd asks its own port with the number it was given; a free one is found first.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
    controller.start()
    box.smtp = f"127.0.0.1:{controller.port}"
    yield box
    controller.stop()


def send(program, mailbox, *more):
    return run(program, "reminder", KEY, "--send", "--smtp", mailbox.smtp, "--from", "desk@harbor.example", *more)


def test_the_kinds_of_the_command_are_those_of_the_room():
    assert tuple(CHECKS) == KINDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_text_can_be_used(kind, language):
    template = read_template(kind, language, (shipped("templates") / "messages",))

    assert {"name", "program", "support"} <= template.gaps <= set(GAPS)
    assert len(template.body.split()) < 130


@pytest.mark.parametrize("kind", KINDS)
def test_the_three_languages_of_a_text_leave_the_same_gaps(kind):
    texts = [read_template(kind, language, (shipped("templates") / "messages",)) for language in LANGUAGES]

    assert len({text.gaps for text in texts}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_names_are_joined_as_the_language_does(language):
    words = read_words(language, (shipped("templates") / "messages",))

    said = {"en": "1 March 2027", "es": "1 de marzo de 2027", "fr": "1er mars 2027"}
    assert words.day(datetime.date(2027, 3, 1)) == said[language]
    listed = {"en": "Ana, a member and Inés", "es": "Ana, otra persona e Inés", "fr": "Ana, une autre personne et Inés"}
    assert words.names(("Ana", "", "Inés")) == listed[language]
    assert words.names(()) is None


def test_a_program_changes_single_words_of_its_messages(program):
    (program.root / "templates/messages").mkdir(parents=True)
    (program.root / "templates/messages/words.en.yaml").write_text("page: 'To open: {kind}'\n", encoding="utf-8")
    run(program, "reminder")
    page = (program.root / "build/mail/index.html").read_text(encoding="utf-8")
    assert "<h1>To open: reminder</h1>" in page
    assert "Each link opens" in page
    (program.root / "templates/messages/words.en.yaml").write_text("months: [May]\n", encoding="utf-8")
    with pytest.raises(ToolkitError, match="lacks a word"):
        run(program, "reminder")


def test_a_reminder_is_drafted_to_each_person_alone(program, golden):
    program(ANA, "locale: en", "locale: es")
    result = run(program, "reminder", KEY)

    made = drafts(program, "reminder")
    assert sorted(made) == ["ana-kovacs--harbor--2026--ana-li.eml", "li-wei--harbor--2026--ana-li.eml"]
    assert [str(made[name]["To"]) for name in sorted(made)] == list(ADDRESSES)
    for draft in made.values():
        assert not any(draft[name] for name in ("Cc", "Bcc", "From"))
        assert draft["X-Unsent"] == "1"
    assert "5 de noviembre de 2026" in made["ana-kovacs--harbor--2026--ana-li.eml"].get_content()
    assert "Li Wei" in made["ana-kovacs--harbor--2026--ana-li.eml"].get_content()
    assert result.stdout.strip().endswith("index.html")
    golden("mail/reminder.eml", (program.root / "build/mail/reminder/li-wei--harbor--2026--ana-li.eml").read_text())


def test_drafts_are_the_same_bytes_each_time_and_old_ones_go(program):
    run(program, "reminder", KEY)
    first = {name: draft.as_bytes() for name, draft in drafts(program, "reminder").items()}
    run(program, "reminder", KEY)
    assert {name: draft.as_bytes() for name, draft in drafts(program, "reminder").items()} == first

    run(program, "reminder", "li-wei")
    assert sorted(drafts(program, "reminder")) == ["li-wei--harbor--2026--ana-li.eml"]


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.found += [value for name, value in attrs if name in ("href", "src")]


def test_the_page_opens_each_draft_in_a_mail_program(program):
    program(ANA, "name: Ana Kovacs", 'name: "Ana & <b>Co</b>?subject=x&bcc=e@evil.example #1 %0A"')
    run(program, "reminder", KEY)

    links = Links()
    links.feed((program.root / "build/mail/index.html").read_text(encoding="utf-8"))
    assert len(links.found) == 2
    assert "b" not in links.tags
    assert not links.tags & {"script", "link", "img"}
    for link, address in zip(links.found, ADDRESSES, strict=True):
        parts = urlsplit(link)
        assert (parts.scheme, unquote(parts.path)) == ("mailto", address)
        fields = parse_qs(parts.query, strict_parsing=True)
        assert set(fields) == {"subject", "body"}
        assert "Ana & <b>Co</b>?subject=x&bcc=e@evil.example #1 %0A" in fields["body"][0]


@pytest.mark.parametrize(
    ("kind", "status", "today", "fits"),
    [
        ("introduction", "status: accepted", "2026-10-10", True),
        ("introduction", "status: active", "2026-11-02", False),
        ("introduction", "status: proposed", "2026-10-06", False),
        ("reminder", "status: active", "2026-11-06", False),
        ("nudge", "status: active", "2026-11-02", False),
        ("nudge", "status: active", "2026-12-20", True),
        ("closing", "status: active", "2027-07-10", True),
        ("closing", "status: active", "2026-11-02", False),
        ("thanks", "status: active", "2026-11-02", False),
        ("thanks", "status: closed\nended: 2026-11-01", "2026-11-02", False),
    ],
)
def test_a_cohort_is_written_to_only_where_the_message_fits(program, kind, status, today, fits):
    program(PAIR, "status: active", status)
    if "accepted" in status or "proposed" in status:
        program(PAIR, "started: 2026-10-19\n", "")
    run(program, kind, "harbor/2026", today=today)

    assert len(drafts(program, kind)) == (2 if fits else 0)


@pytest.mark.parametrize(("ending", "count"), [("planned", 2), ("safety", 0), ("lost-contact", 0)])
def test_who_had_a_bad_ending_is_not_thanked_by_a_machine(program, ending, count):
    program(PAIR, "status: active", "status: closed\nended: 2026-11-01")
    program(CLOSURE, "", f"---\non: 2026-11-01\nkind: {ending}\ndata: deleted\n---\n")
    result = run(program, "thanks", KEY)

    assert len(drafts(program, "thanks")) == count
    assert ("a word of your own" in result.stderr) == (count == 0)


def test_a_survey_goes_to_whom_the_open_wave_asks(program):
    name = "content/programs/harbor/2026/cohort.yaml"
    program(name, "closes: 2026-12-08}", "closes: 2026-12-08, audience: [mentee]}")
    run(program, "survey", "harbor/2026", "--link", "https://forms.example.org/a", today="2026-12-02")

    (draft,) = drafts(program, "survey").values()
    assert str(draft["To"]) == "li@harbor.example"
    assert "https://forms.example.org/a" in draft.get_content()
    assert "8 December 2026" in draft.get_content()


def test_people_without_an_address_are_named_by_their_id(program):
    program("private/people/li-wei.yaml", "contact: {email: li@harbor.example}", "contact: {phone: '40'}")
    result = run(program, "reminder", KEY)

    assert "not written: li-wei: no e-mail address" in result.stderr
    assert len(drafts(program, "reminder")) == 1


@pytest.mark.parametrize(
    "address",
    [
        "li@harbor.example, x@evil.example",
        "li@harbor.example\\nBcc: x@evil.example",
        "Li <li@harbor.example>",
        "li",
        "a@b@c",
    ],
)
def test_what_is_not_one_plain_address_is_not_written_to(program, address):
    program("private/people/li-wei.yaml", "email: li@harbor.example", f'email: "{address}"')
    result = run(program, "reminder", KEY)

    assert "not written: li-wei: this is not one plain e-mail address" in result.stderr
    assert "evil" not in result.stderr
    assert len(drafts(program, "reminder")) == 1


def test_a_name_cannot_add_a_header(program):
    program(ANA, "name: Ana Kovacs", 'name: "Ana\\nBcc: x@evil.example"')
    result = run(program, "reminder", KEY)

    assert "not written: ana-kovacs: {name} holds a line break" in result.stderr
    assert "not written: li-wei: {other} holds a line break" in result.stderr
    assert "evil" not in result.stderr
    assert drafts(program, "reminder") == {}


def test_a_program_writes_its_own_texts_with_known_gaps_only(program):
    own = program.root / "templates" / "messages" / "reminder.en.txt"
    own.parent.mkdir(parents=True)
    own.write_text("Subject: Ahoy {name}\n\nOn {day}. {{name}} {% x %}\n", encoding="utf-8")
    with pytest.raises(ToolkitError, match="a gap"):
        run(program, "reminder", KEY)

    own.write_text("Subject: Ahoy {name}\n\nOn {day}.\n", encoding="utf-8")
    run(program, "reminder", KEY)
    assert {str(each["Subject"]) for each in drafts(program, "reminder").values()} == {"Ahoy Ana Kovacs", "Ahoy Li Wei"}


@pytest.mark.parametrize("text", ["no subject\n\nbody", "Subject: \n\nbody", "Subject: x\n\n", ""])
def test_a_text_that_is_no_message_is_refused(tmp_path, text):
    (tmp_path / "reminder.en.txt").write_text(text, encoding="utf-8")

    with pytest.raises(ToolkitError, match="is no message"):
        read_template("reminder", "en", (tmp_path,))


def test_sending_gives_each_person_a_message_of_their_own(program, mailbox):
    result = send(program, mailbox)

    assert result.return_value == 0
    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [[address] for address in ADDRESSES]
    for envelope in mailbox.envelopes:
        message = email.message_from_bytes(envelope.content, policy=default)
        assert envelope.mail_from == message["From"] == "desk@harbor.example"
        assert [str(message["To"])] == envelope.rcpt_tos
        assert message["X-Unsent"] is None
        other = next(address for address in ADDRESSES if address not in envelope.rcpt_tos)
        assert other.encode() not in envelope.content
    assert not (program.root / "build/mail/reminder").exists()


def test_the_log_names_people_and_no_address(program, mailbox):
    mailbox.refused = ("li@harbor.example",)
    result = send(program, mailbox)

    log = (program.root / "build/mail/log.txt").read_text(encoding="utf-8")
    assert result.return_value == 1
    assert log.splitlines() == [
        "2026-11-02 reminder harbor/2026/ana-li ana-kovacs sent",
        "2026-11-02 reminder harbor/2026/ana-li li-wei refused 550",
    ]
    assert "@" not in log + result.stdout + result.stderr


def test_a_second_run_sends_only_what_was_refused(program, mailbox):
    mailbox.refused = ("li@harbor.example",)
    send(program, mailbox)
    mailbox.refused = ()
    result = send(program, mailbox)

    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [[address] for address in ADDRESSES]
    assert "1 sent today already" in result.stderr


def test_a_dry_run_shows_everything_and_touches_nothing(program, mailbox):
    result = send(program, mailbox, "--dry-run")

    assert mailbox.envelopes == []
    assert not (program.root / "build").exists()
    assert "to ana-kovacs (harbor/2026/ana-li), en" in result.stdout
    assert "you and Ana Kovacs planned to meet on 5 November 2026" in result.stdout
    assert "2 messages; nothing was sent" in result.stderr
    assert "@" not in result.stdout


def test_the_sender_is_the_programs_support_where_it_is_an_address(program, mailbox):
    with pytest.raises(ToolkitError, match="who sends"):
        run(program, "reminder", KEY, "--send", "--smtp", mailbox.smtp)
    program("content/programs/harbor/program.yaml", "Room 12, or", "Write to help@harbor.example, or")
    run(program, "reminder", KEY, "--send", "--smtp", mailbox.smtp)

    assert {envelope.mail_from for envelope in mailbox.envelopes} == {"help@harbor.example"}


def test_a_password_is_not_sent_without_encryption(program, mailbox, monkeypatch):
    monkeypatch.setenv("MENTORING_SMTP_USER", "desk")
    monkeypatch.setenv("MENTORING_SMTP_PASSWORD", "a-secret")

    with pytest.raises(ToolkitError, match="no encryption") as caught:
        send(program, mailbox)
    assert "a-secret" not in caught.value.message
    assert mailbox.envelopes == []


def test_a_password_is_used_over_an_encrypted_connection(program, tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run(made, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not here to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    seen = []

    def authenticator(server, session, envelope, mechanism, data):
        from aiosmtpd.smtp import AuthResult

        seen.append((data.login, data.password, session.ssl is not None))
        return AuthResult(success=True)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    controller = Controller(
        box, hostname="localhost", port=port, tls_context=context, authenticator=authenticator, auth_required=True
    )
    controller.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("MENTORING_SMTP_USER", "desk")
    monkeypatch.setenv("MENTORING_SMTP_PASSWORD", "a-secret")
    box.smtp = f"localhost:{port}"
    try:
        send(program, box)
    finally:
        controller.stop()

    assert seen == [(b"desk", b"a-secret", True)]
    assert len(box.envelopes) == 2


def test_a_server_that_is_not_there_is_said_in_a_sentence(program):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with pytest.raises(ToolkitError, match="does not answer"):
        run(program, "reminder", KEY, "--send", "--smtp", f"127.0.0.1:{port}", "--from", "desk@harbor.example")


@pytest.mark.parametrize("text", ["mail", "mail:", ":25", "mail:0", "mail:x", "mail:70000", "mail:²"])
def test_a_server_is_a_host_and_a_port(text):
    with pytest.raises(ToolkitError, match="HOST:PORT"):
        server_of(text)


@pytest.mark.parametrize("text", ["a@b\r\nBcc: c@d", "a b@c", "a@b c", ".a@b", "a..b@c", "ä@b", "a@", "@b", ""])
def test_an_address_is_one_plain_address(text):
    with pytest.raises(ToolkitError):
        address_of(text)


@pytest.mark.parametrize(
    "options",
    [
        ("reminder", "--smtp", "a:25"),
        ("reminder", "--send"),
        ("survey",),
        ("survey", "--link", "javascript:x"),
        ("reminder", "--link", "https://a.example"),
        ("reminder", "nobody"),
        ("reminder", "--send", "--smtp", "a:25", "--from", "a@b\nBcc: c@d"),
    ],
)
def test_options_that_do_not_fit_are_refused_before_anything_is_done(program, options):
    with pytest.raises(ToolkitError):
        run(program, *options)
    assert not (program.root / "build").exists()


def test_the_help_names_no_secret_option():
    result = CliRunner().invoke(cli, ["mail", "--help"])

    assert not re.search(r"--(user|password|token)", result.output)
