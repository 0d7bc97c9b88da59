"""`mentoring report` as its readers see it: every metric has its words, and nobody is seen through a figure."""

import dataclasses
import datetime
import html
import json
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from scenarios import base_files, write_files

from toolkit.cli.app import cli
from toolkit.cli.pages import extras
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.model.formats import LANGUAGES
from toolkit.model.metric import METRICS as CODES
from toolkit.publish.audience import PUBLIC
from toolkit.publish.pages import pages
from toolkit.publish.project import project
from toolkit.publish.strings import Speech, load_strings
from toolkit.reports.document import against, document
from toolkit.reports.metrics import _FOUND, METRICS, Figure, Scope
from toolkit.reports.metrics.base import CAUTION, Beside, Family, Kind, Needs, Unit, average, middle, share
from toolkit.reports.report import Line, as_data, report
from toolkit.reports.wording import Wording
from toolkit.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
FOLDER = (ROOT / "site_config",)
COHORT = "lantern/2026"
TODAY = datetime.date(2026, 11, 2)


def run(root, *arguments):
    result = CliRunner().invoke(cli, ["-C", str(root), "report", *arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


@pytest.fixture(scope="module")
def demo():
    return load(Workspace(ROOT)).records


def counted(records, readers="staff", today=TODAY):
    return report(records, records.cohorts[COHORT], today, readers)


# ---- every metric has its page and its words ----


def test_every_code_that_a_target_may_name_has_a_page_and_no_other_has():
    assert tuple(METRICS) == CODES
    assert set(_FOUND) == set(CODES)
    for metric in METRICS.values():
        first, _, rest = metric.page.partition("\n\n")
        assert first.endswith((".", ")")), metric.code
        assert len(rest.split(CAUTION)) <= 2, metric.code
        assert (metric.count is None) == bool(metric.needs), metric.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_has_its_title_in_every_language_and_what_it_counts(language):
    own = load_strings(language, FOLDER)["metrics"]
    assert set(own["titles"]) == set(METRICS)
    if language != "en":
        assert set(own["counts"]) == set(METRICS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_and_every_count_beside_a_figure_has_its_words(language):
    own = load_strings(language, FOLDER)["metrics"]
    assert set(own["units"]) == set(get_args(Unit)) - {""}
    assert set(own["beside"]) == set(get_args(Beside))
    assert set(own["families"]) == set(get_args(Family))
    assert {*own["values"], "bounds"} == {*get_args(Kind), "bounds"}
    assert set(own["needs"]) == set(get_args(Needs)) - {""}


def test_the_reference_describes_every_metric_in_every_language(demo):
    tables = {each: load_strings(each, FOLDER) for each in LANGUAGES}
    for language in LANGUAGES:
        world = project(demo, PUBLIC, TODAY)
        site = pages(world, Speech(tables[language], tables), extras(), (ROOT / "templates/pages",))
        text = html.unescape(site.files["reference/metrics.md"])
        for code, metric in METRICS.items():
            assert f"{{ #{code} }}" in text
            assert f"<code>{code}</code>" in text
            assert not metric.needs or tables[language]["metrics"]["needs"][metric.needs] in text


# ---- a figure in words ----


@pytest.mark.parametrize(
    ("language", "want"),
    [
        ("en", ["7 of 8", "6 of 12 (50%)", "2.5 days, median of 4", "0.67, mean of 3"]),
        ("es", ["7 de 8", "6 de 12 (50 %)", "2,5 días, mediana de 4", "0,67, media de 3"]),
        ("fr", ["7 sur 8", "6 sur 12 (50 %)", "2,5 jours, médiane de 4", "0,67, moyenne de 3"]),
    ],
)
def test_a_figure_stands_with_how_many_it_is_made_of(language, want):
    figures = [
        share(7, 8, ""),
        share(6, 12, ""),
        middle([1, 2, 3, 9], "days", ""),
        average([1, 1, 0], "", ""),
    ]
    said = [Wording(language, FOLDER).value(each).replace("\u00a0", " ").replace("\u202f", " ") for each in figures]
    assert said == want


def test_bounds_are_given_from_five_on_and_no_value_leaves_its_scale():
    words = Wording("en", FOLDER)
    assert words.bounds(share(3, 4, "")) == ""
    assert words.bounds(share(0, 5, "")) == "0% to 43%"
    assert words.bounds(average([1, 1, 1, 0.2, 1], "", "", most=1.0)) == "0.4 to 1"
    assert words.bounds(middle([1, 2, 3, 4, 5], "days", "")) == ""


def test_of_nothing_there_is_no_figure():
    assert share(0, 0, "") is None
    assert middle([], "days", "") is None
    assert average([], "", "") is None


# ---- who may know what ----


def test_who_keeps_the_records_sees_every_figure(demo):
    found = counted(demo)
    assert found.hidden == 0
    assert found.row("completion-rate").figure.beside == (("running", 9),)


@pytest.mark.parametrize(("readers", "k"), [("members", 5), ("public", 10)])
def test_no_small_group_is_seen_through_a_figure_or_worked_out(demo, readers, k):
    found = counted(demo, readers)
    assert found.k == k
    shown = [row.figure for _, rows in found.families for row in rows if row.figure is not None]
    assert shown
    assert found.hidden
    for figure in shown:
        assert figure.n >= k
        assert not 0 < 10 - figure.n < k, "ten pairs, ten mentors, ten mentees: who is not among them is few"
        assert [name for name, _ in figure.beside if name != "running"] == []
        if figure.kind == "share":
            assert all(size == 0 or size >= k for size in (figure.part, figure.n - figure.part))


def test_what_the_staff_wrote_down_is_read_by_the_staff(demo):
    """The group to compare with, the cohort's own lines, and one person's hours."""
    group, hours = demo.cohorts[COHORT].comparison_group.definition, "admin-hours"
    for form in ("text", "markdown", "json"):
        staff = run(ROOT, COHORT, "--format", form).stdout.replace("\n  ", " ")
        assert group in staff
        for readers in ("members", "public"):
            text = run(ROOT, COHORT, "--for", readers, "--format", form).stdout.replace("\n  ", " ")
            assert group not in text
            assert "91.5" not in text
    assert counted(demo).row(hours) is not None
    assert counted(demo, "members").row(hours) is None
    assert {each.code for each in counted(demo).lines} - {each.code for each in counted(demo, "public").lines} == {
        "active-share",
        "cadence-adherence",
    }


def test_many_pairs_of_one_mentor_are_not_many(demo):
    mentor = demo.pairs["lantern/2026/ines-tomas"].members[0]
    pairs = {
        key: pair.model_copy(update={"members": (mentor, pair.members[1])}).placed(pair.origin)
        for key, pair in demo.pairs.items()
        if key.startswith(COHORT + "/")
    }
    found = counted(dataclasses.replace(demo, pairs=pairs), "members")
    assert found.row("asking-telling-ratio").figure is None
    assert counted(demo, "members").row("asking-telling-ratio").figure is not None


def test_one_pair_that_never_met_is_not_worked_out(demo):
    sessions = {key: notes for key, notes in demo.sessions.items() if key != "lantern/2026/camila-noah"}
    found = counted(dataclasses.replace(demo, sessions=sessions), "members")
    assert found.row("first-meeting-days").figure is None
    assert counted(demo, "members").row("first-meeting-days").figure is not None


def test_why_a_line_has_no_figure_is_said(demo):
    lines = {"training-completion": 1, "retention": 0.9, "rematch-success": 1}
    cohort = demo.cohorts[COHORT].model_copy(update={"benchmarks": lines}).placed(demo.cohorts[COHORT].origin)
    records = dataclasses.replace(demo, cohorts={**demo.cohorts, COHORT: cohort})
    words = Wording("en", FOLDER)
    said = {code: against(counted(records), Line(code, value), words)[1] for code, value in lines.items()}
    assert said["retention"] == "not counted from these records"
    assert said["rematch-success"] == "nothing to count yet"
    assert said["training-completion"].startswith("9 of 10")
    inside = against(counted(records, "members"), Line("training-completion", 1), words)
    assert inside[1] == "kept inside"
    without = dataclasses.replace(records, has_private=False)
    assert against(counted(without), Line("training-completion", 1), words)[1] == "not counted from these records"


def test_a_line_is_said_in_the_form_of_its_figure(demo):
    words = Wording("en", FOLDER)
    said = {line.code: against(counted(demo), line, words)[2] for line in counted(demo).lines}
    assert said["completion-rate"] == "80% by 30 April 2027"
    assert said["first-meeting-days"] == "10 days by 15 June 2026"
    later = report(demo, demo.cohorts["lantern/2027"], TODAY, "staff")
    assert "first-meeting-days" not in [line.code for line in later.lines], "its day was before that cohort began"


def test_more_mentees_than_could_take_part_give_no_bounds(demo):
    cohort = demo.cohorts[COHORT].model_copy(update={"eligible_population": 7}).placed(demo.cohorts[COHORT].origin)
    found = counted(dataclasses.replace(demo, cohorts={**demo.cohorts, COHORT: cohort})).row("coverage").figure
    assert (found.part, found.n, found.low, found.high) == (10, 7, None, None)


def test_a_pair_that_ended_later_was_active_on_the_day(demo):
    early = counted(demo, today=datetime.date(2026, 9, 1))
    assert early.row("active-share").figure.n == 10
    assert counted(demo).row("active-share").figure.n == 8


def test_what_could_not_be_read_is_told(tmp_path):
    tree = base_files()
    path = "content/programs/harbor/2026/pairs/ana-li/pair.yaml"
    write_files(tmp_path, {**tree, path: tree[path] + "statuss: active\n"})
    result = run(tmp_path, "--today", "2026-11-02")
    assert "1 files could not be read" in result.stdout
    assert "mentoring check" in result.stderr
    assert json.loads(run(tmp_path, "--format", "json", "--today", "2026-11-02").stdout)["files_not_read"] == 1


def test_what_somebody_wrote_stays_in_its_line_of_the_page(demo):
    odd = demo.cohorts[COHORT].comparison_group.model_copy(update={"definition": "<b>x</b>\n\n# A head [l](u)"})
    cohort = demo.cohorts[COHORT].model_copy(update={"comparison_group": odd}).placed(demo.cohorts[COHORT].origin)
    found = counted(dataclasses.replace(demo, cohorts={**demo.cohorts, COHORT: cohort}))
    text = document(found, "X", Wording("en", FOLDER))
    assert "<b>" not in text
    assert "\n# A head" not in text
    assert "[l](u)" not in text.replace("\\[", "")


def test_many_notes_of_few_pairs_are_not_many(demo):
    keys = [each.pair_key for each in demo.pairs_of(COHORT)]
    for count, shown in ((4, False), (10, True)):
        meetings = {key: demo.sessions[key] for key in keys[:count]}
        found = counted(dataclasses.replace(demo, sessions=meetings), "members")
        assert (found.row("preparedness").figure is not None) is shown


def test_a_small_sum_is_not_read_from_its_mean_over_many(demo):
    """Three introductions in ten pairs are 0.3 for each, and three pairs that can be found."""
    assert counted(demo).row("network-reach").figure.value == pytest.approx(0.3)
    assert counted(demo, "members").row("network-reach").figure is None
    made = demo.pairs["lantern/2026/ines-tomas"].introductions
    more = {
        key: pair.model_copy(update={"introductions": made}).placed(pair.origin) for key, pair in demo.pairs.items()
    }
    assert counted(dataclasses.replace(demo, pairs=more), "members").row("network-reach").figure is not None


def test_both_sides_of_a_share_need_their_pairs(demo):
    """Promises broken by one pair alone would be its own, however many others kept theirs."""
    staff, members = counted(demo), counted(demo, "members")
    assert staff.row("action-completion").figure.n > 100
    assert members.row("action-completion").figure is None


def test_of_a_cohort_with_few_pairs_nothing_is_told_to_others(demo):
    few = {each.pair_key: each for each in demo.pairs_of(COHORT)[:4]}
    found = counted(dataclasses.replace(demo, pairs=few), "members")
    data = as_data(found)
    assert data["pairs"] is None
    assert not any(each["shown"] for each in data["figures"])
    assert {key for each in data["figures"] for key in each} == {"code", "family", "shown"}


def test_what_is_not_shown_stands_in_no_format(demo):
    for form in ("text", "markdown", "json"):
        text = run(ROOT, COHORT, "--for", "public", "--format", form).stdout
        assert "7 of 8" not in text
        assert "still run" not in text


# ---- the command ----


def test_the_report_of_the_shipped_program(golden):
    golden("report/lantern.txt", run(ROOT, COHORT).stdout)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_to_send(golden, language):
    text = run(ROOT, COHORT, "--for", "members", "--format", "markdown", "--lang", language).stdout
    golden(f"report/members.{language}.md", text)


def test_data_for_scripts():
    data = json.loads(run(ROOT, COHORT, "--format", "json").stdout)
    assert (data["version"], data["cohort"], data["today"], data["pairs"]) == (1, COHORT, "2026-11-02", 10)
    figures = {each["code"]: each for each in data["figures"]}
    assert (figures["completion-rate"]["part"], figures["completion-rate"]["n"]) == (0, 10)
    assert figures["coverage"]["low"] == pytest.approx(0.0872, abs=1e-3)
    assert {each["code"] for each in data["lines"]} >= {"completion-rate", "active-share"}


def test_without_a_name_it_takes_the_cohort_that_runs(tmp_path):
    write_files(tmp_path, base_files())
    assert "harbor" in str(run(tmp_path, "--format", "json", "--today", "2026-11-02").stdout)


def test_a_cohort_that_is_not_there_is_told_by_its_nearest_name():
    with pytest.raises(ToolkitError) as told:
        run(ROOT, "lantern/2025")
    assert "did you mean" in told.value.hint


def test_where_it_is_not_clear_which_cohort_is_meant_the_cohorts_are_named():
    with pytest.raises(ToolkitError) as told:
        run(ROOT)
    assert "lantern/2026, lantern/2026-teams" in told.value.hint


def test_without_a_cohort_the_command_to_write_one_is_named(tmp_path):
    tree = {path: text for path, text in base_files().items() if "/cohorts/" not in path and "/2026/" not in path}
    write_files(tmp_path, tree)
    with pytest.raises(ToolkitError) as told:
        run(tmp_path)
    assert "mentoring new cohort" in told.value.hint


def test_what_lies_after_the_day_does_not_count(demo):
    early = counted(demo, today=datetime.date(2026, 6, 10))
    late = counted(demo)
    assert early.pairs <= late.pairs
    assert early.row("dosage").figure.value < late.row("dosage").figure.value
    assert counted(demo, today=datetime.date(2026, 5, 1)).families == ()


def test_the_same_records_give_the_same_report(demo):
    shuffled = dataclasses.replace(demo, pairs=dict(reversed(demo.pairs.items())))
    assert as_data(counted(demo)) == as_data(counted(shuffled))


def test_a_figure_is_asked_only_of_its_scope(demo):
    scope = Scope(demo, demo.cohorts["lantern/2027"], TODAY)
    found = [metric.figure(scope) for metric in METRICS.values()]
    assert all(each is None or isinstance(each, Figure) for each in found)
