"""Limits of fairness: the best plan that keeps them by trying everything, what they cost, and what is said of them."""

from __future__ import annotations

import datetime
import html
import itertools
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World, run  # noqa: E402
from test_forming import everything, seatings  # noqa: E402
from test_forming import make as make_seating  # noqa: E402
from test_models import of_model  # noqa: E402
from test_objective import assignments, instances, key_of  # noqa: E402

from toolkit.load import load  # noqa: E402
from toolkit.matching.arrangement import key, values  # noqa: E402
from toolkit.matching.fairness import price_words  # noqa: E402
from toolkit.matching.forming import Impossible, form  # noqa: E402
from toolkit.matching.limits import Bounds  # noqa: E402
from toolkit.matching.objective import Stage  # noqa: E402
from toolkit.matching.partition import improve  # noqa: E402
from toolkit.matching.proposal import propose  # noqa: E402
from toolkit.matching.within import limited  # noqa: E402
from toolkit.matching.write import targets  # noqa: E402
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF  # noqa: E402
from toolkit.publish.extras import Extras  # noqa: E402
from toolkit.publish.pages import pages  # noqa: E402
from toolkit.publish.project import project  # noqa: E402
from toolkit.publish.strings import Speech, load_strings  # noqa: E402
from toolkit.workspace import Workspace  # noqa: E402

AIMS = ("max_matched", "raise_the_lowest", "max_total", "most_first_choices", "even_load")


@st.composite
def bounds_for(draw, rows, spread=True):
    """Two or three groups of a few mentees, who may be in no group, and some of the limits."""
    group = [draw(st.integers(0, 3)) for _ in range(rows)]
    members = [np.flatnonzero(np.array(group) == each) for each in range(3)]
    pairs = tuple((a, b) for a, b in itertools.combinations(members, 2) if len(a) and len(b))
    share = st.sampled_from([None, 0.0, 0.1, 0.3, 0.5])
    mean = draw(st.sampled_from([None, 0, 1, 500, 3_000]))
    return Bounds(pairs, draw(share), mean, draw(st.sampled_from([None, 0, 1, 2])) if spread else None)


def is_fair(bounds, score, pairs, loads):
    """Look at every limit in plain fractions: `pairs` are (mentee, mentor), `loads` those of mentors with room."""
    seated = {row for row, _ in pairs}
    for one, other in bounds.groups:
        rates = [Fraction(len(seated & set(group.tolist())), len(group)) for group in (one, other)]
        if bounds.rate is not None and abs(rates[0] - rates[1]) > Fraction(str(bounds.rate)):
            return False
        got = [[int(score[pair]) for pair in pairs if pair[0] in group] for group in (one, other)]
        if bounds.mean is not None and all(got):
            means = [Fraction(sum(each), len(each)) for each in got]
            if abs(means[0] - means[1]) > bounds.mean:
                return False
    return bounds.spread is None or not loads or max(loads) - min(loads) <= bounds.spread


@st.composite
def limited_instances(draw):
    instance = draw(instances())
    return instance, draw(bounds_for(len(instance.score)))


def as_seating(instance, bounds):
    rows, columns = instance.score.shape
    pins = np.zeros((rows, columns), dtype=bool)
    pinned = np.flatnonzero(instance.pinned >= 0)
    pins[pinned, instance.pinned[pinned]] = True
    seating = make_seating(instance.score[:], (1, max(int(instance.room.max()), 1)))
    own = {name: getattr(instance, name)[:] for name in ("room", "carried", "first", "pinned", "tie")}
    return replace(seating, eligible=instance.eligible | pins, limits=bounds, **own)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(limited_instances(), st.permutations(AIMS), st.integers(1, 5), st.integers(1, 3))
def test_a_plan_within_limits_is_the_best_that_trying_everything_finds(drawn, order, length, depth):
    instance, bounds = drawn
    stages = tuple(Stage(aim, depth if aim == "raise_the_lowest" else 1) for aim in order[:length])

    def fair(mate):
        pairs = [(row, column) for row, column in enumerate(mate) if column >= 0]
        loads = [
            int(instance.carried[each]) + mate.count(each) for each in range(len(instance.room)) if instance.room[each]
        ]
        return is_fair(bounds, instance.score, pairs, loads)

    every = [mate for mate in assignments(instance) if fair(mate)]
    if not every:
        with pytest.raises(Impossible):
            limited(instance, stages, bounds, lambda: as_seating(instance, bounds))
        return
    matching, gaps, _ = limited(instance, stages, bounds, lambda: as_seating(instance, bounds))
    mate, best = tuple(matching.mate.tolist()), key_of(instance, stages)
    assert set(gaps) <= {0.0}
    assert fair(mate)
    assert best(mate) == max(map(best, every))


@st.composite
def limited_seatings(draw):
    seating = draw(seatings())
    if seating.leaders[1] == 1:
        seating = replace(seating, joined=np.zeros_like(seating.joined))
    return replace(seating, limits=draw(bounds_for(seating.shape[0], spread=False)))


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(limited_seatings(), st.permutations(AIMS))
def test_groups_within_limits_are_the_best_that_trying_everything_finds(seating, order):
    stages = tuple(Stage(aim, 1) for aim in order[:3])

    def pairs_of(found):
        return [
            (row, column)
            for row, slot in enumerate(found.mentee)
            for column, place in enumerate(found.mentor)
            if slot == place >= 0
        ]

    free = replace(seating, limits=Bounds())
    every = [each for each in everything(free) if is_fair(seating.limits, seating.score, pairs_of(each), [])]
    if not every:
        with pytest.raises(Impossible):
            form(seating, stages)
        return
    found = form(seating, stages)
    assert set(found.gaps) <= {0.0}
    assert is_fair(seating.limits, seating.score, pairs_of(found.arrangement), [])
    assert key(found.reached) == max(key(values(seating, each, stages)) for each in every)
    searched = improve(seating, stages)
    assert is_fair(seating.limits, seating.score, pairs_of(searched.arrangement), [])


ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 2, 1)
SCORE = "score: {offers_meet_seeks: 1}\n"
PATH = "content/programs/harbor/2026/matching.yaml"


def harbor(tmp_path, policy, south=10, north=10, mentors=12, capacity=1):
    """Ten of the south seek what is offered fully, ten of the north what is offered half as well; places are short."""
    world = World(tmp_path, SCORE + policy)
    for number in range(south + north):
        south_side = number < south
        world.mentee(f"taker-{number:02d}", "topic-a" if south_side else "topic-b")
        site = "South" if south_side else "North"
        world.put(f"private/people/taker-{number:02d}.yaml", f"protected: {{origin: {site}}}\n")
    for number in range(mentors):
        offers = "{topic: topic-a, strength: 5}, {topic: topic-b, strength: 3}"
        world.mentor(f"giver-{number:02d}", offers, capacity=capacity)
    return world


def planned(world):
    return propose(world.records, "harbor/2026", TODAY)


def rates(proposal):
    matched = {each.mentee for each in proposal.pairs}
    return [sum(f"taker-{number:02d}" in matched for number in group) / 10 for group in (range(10), range(10, 20))]


GAP = "fairness:\n  report_by: [origin]\n  limit: {match_rate_gap: 0.1}\n"


def test_a_gap_of_groups_is_closed_and_its_price_told(tmp_path):
    free = planned(harbor(tmp_path / "free", ""))
    assert rates(free) == [1.0, 0.2]
    assert (free.limits, free.reach) == ((), ())

    fair = planned(harbor(tmp_path / "fair", GAP))
    assert rates(fair) == [0.6, 0.6]
    (price,) = fair.limits
    # ten at 1 and two at 0.6 make 11.2; six of each make 9.6
    assert (price.limit, price.fewer, price.proven) == ("match_rate_gap", 0, True)
    assert price.moved >= 8
    assert price.price == pytest.approx(1.6 / 11.2)
    assert price_words(price).startswith("match_rate_gap 0.1 costs 14.3% of the total score, ")
    assert fair.reach == ("the shares that are matched differ by 0.00 at the most, of 0.1",)
    assert all(step.proven for step in fair.steps)


def test_groups_that_are_too_small_limit_nothing_and_that_is_said(tmp_path):
    (price,) = planned(harbor(tmp_path, GAP, south=9)).limits
    assert (price.idle, price.moved, price.price) == (True, 0, 0)
    assert "limits nothing here" in price_words(price)


def test_a_gap_is_not_told_where_it_would_give_a_small_group_away(tmp_path):
    world = harbor(tmp_path, GAP, mentors=15)
    for number in range(4):
        world.mentee(f"other-{number}", "topic-a")
    proposal = planned(world)
    assert not proposal.limits[0].idle
    assert proposal.reach == ()


def test_no_file_of_a_plan_and_no_reason_speaks_of_a_group(tmp_path):
    world = harbor(tmp_path, GAP)
    proposal = planned(world)
    written = "\n".join(text for _, text in targets(proposal)).casefold()
    assert not {"south", "north", "origin"} & set(re.findall("[a-z]+", written))
    reasons = [each.reasons[0] for each in proposal.without if each.role == "mentee"]
    assert len(reasons) == 8
    assert set(reasons) <= {"no mentor is left: all 12 mentors who fit have no place left"}
    assert "14.3" in written  # what the limit costs is no secret


def test_who_is_left_over_for_a_limit_reads_of_a_rule(tmp_path):
    proposal = planned(harbor(tmp_path, GAP.replace("match_rate_gap", "mean_score_gap"), mentors=20))
    left = [each.reasons for each in proposal.without if each.role == "mentee"]
    said = "a pair is possible, but a rule of the program or what the objective asks for first stands against it"
    assert left == [(said,)] * 10


def test_mean_scores_and_loads_are_limited_too(tmp_path):
    mean = GAP.replace("match_rate_gap: 0.1", "mean_score_gap: 0.1")
    proposal = planned(harbor(tmp_path / "mean", mean, mentors=20))
    assert proposal.limits[0].fewer == 10  # the north scores 0.6 whoever it gets: the south alone is matched
    assert {each.mentee[-2:] for each in proposal.pairs} in (
        {f"{n:02d}" for n in range(10)},
        {f"{n}" for n in range(10, 20)},
    )

    spread = "fairness: {limit: {load_spread: 1}}\nobjective: [max_total]\n"
    proposal = planned(harbor(tmp_path / "load", spread, mentors=4, capacity=9))
    loads = Counter(each.mentor for each in proposal.pairs)
    assert max(loads.values()) - min(loads.values()) <= 1
    share = planned(harbor(tmp_path / "share", "fairness: {limit: {load_share: 0.25}}\n", mentors=5, capacity=9))
    assert max(Counter(each.mentor for each in share.pairs).values()) <= 5


def test_the_lowest_score_is_a_floor_with_a_price(tmp_path):
    proposal = planned(harbor(tmp_path, "fairness: {limit: {lowest_score: 0.7}}\n", mentors=20))
    assert len(proposal.pairs) == 10
    assert proposal.limits[0].fewer == 10
    assert "10 fewer mentees are matched" in price_words(proposal.limits[0])


def test_several_limits_are_priced_each_and_together(tmp_path):
    policy = "fairness:\n  report_by: [origin]\n  limit: {match_rate_gap: 0.1, load_spread: 0}\n"
    proposal = planned(harbor(tmp_path, policy))
    assert [each.limit for each in proposal.limits] == ["match_rate_gap", "load_spread", "together"]
    assert proposal.limits[2].at is None


@pytest.mark.parametrize("model", ["group", "team", "near-peer"])
def test_groups_of_mentees_with_a_mentor_keep_a_gap(tmp_path, model):
    world = of_model(
        harbor(tmp_path, GAP, mentors=3, capacity=4), model, "size: {min: 3, max: 4}\n" if model == "group" else ""
    )
    proposal = planned(world)
    one, other = rates(proposal)
    assert abs(one - other) <= 0.1 + 1e-9
    assert proposal.limits[0].limit == "match_rate_gap"


def test_a_limit_that_cannot_be_met_is_named_with_its_line_and_what_stands_beside_it(tmp_path):
    policy = "fairness: {limit: {load_spread: 0}}\npins:\n  - {mentor: giver-00, mentee: taker-00, reason: Asked}\n"
    world = harbor(tmp_path, policy, mentors=3, capacity=2)
    world.mentor("giver-99", "topic-a", more="  other_load: 9\n")
    result = run(world, "propose", "2026")
    assert result.return_value == 1
    assert "no plan keeps `load_spread` with these pins and the places that there are" in result.stderr
    assert f"--> {PATH}:2:" in result.stderr
    assert f"see also: {PATH}:4:" in result.stderr


def test_a_share_that_leaves_nobody_anything_is_refused(tmp_path):
    result = run(harbor(tmp_path, "fairness: {limit: {load_share: 0.01}}\n"), "propose", "2026")
    assert result.return_value == 1
    assert "`load_share` leaves no mentor anybody: 0.01 of 20 mentees is less than one" in result.stderr
    assert "raise it to 0.050 or more" in result.stderr


def test_groups_of_private_records_are_refused_where_those_are_not_here(tmp_path):
    world = harbor(tmp_path, GAP)
    shutil.rmtree(tmp_path / "private")
    result = run(world, "propose", "2026")
    assert result.return_value == 1
    assert "`match_rate_gap` compares groups by origin, and private/" in result.stderr


def test_profiles_group_without_private_records(tmp_path):
    world = harbor(tmp_path, GAP.replace("origin", "strand"))
    shutil.rmtree(tmp_path / "private")
    for number in range(20):
        path = world.root / f"content/people/taker-{number:02d}.yaml"
        path.write_text(f"strand: {'science' if number < 10 else 'arts'}\n" + path.read_text())
    assert rates(planned(world)) == [0.6, 0.6]


def test_prices_are_written_compared_and_read_back(tmp_path):
    world = harbor(tmp_path, GAP)
    written = run(world, "propose", "2026", "--write", "--plan-only")
    assert written.return_value == 0
    (plan,) = world.records.plans["harbor/2026"]
    assert [(each.limit, each.at, each.price, each.fewer) for each in plan.limits] == [
        ("match_rate_gap", 0.1, 0.1429, 0)
    ]
    other = tmp_path / "other.yaml"
    other.write_text(SCORE)
    found = run(world, "compare", plan.id, "--policy", str(other)).stdout
    assert re.search(r"match_rate_gap, at most 0\.1 +0\.00 +0\.80", found)
    assert "costs 14.3%" in found
    assert run(world, "apply", plan.id, "--write").return_value == 0


@pytest.mark.parametrize(
    ("policy", "said", "lines"),
    [
        (
            "model: peer\nfairness: {limit: {load_spread: 1}}",
            "`load_spread`: it means nothing for the model peer",
            (3, 2),
        ),
        (
            "model: flash\nfairness: {report_by: [site], limit: {mean_score_gap: 0}}",
            "`mean_score_gap`: it means nothing",
            (3, 2),
        ),
        ("solver: stable\nfairness: {limit: {load_spread: 1}}", "`stable` looks at one person at a time", (3, 2)),
        ("fairness: {limit: {match_rate_gap: 0.1}}", "this compares groups, and no group is named", (2,)),
        (
            "floor: 0.2\nfairness: {limit: {lowest_score: 0.3}}",
            "limited twice, by `floor` and by `lowest_score`",
            (3, 2),
        ),
        ("fairness: {limit: {match_rate_gap: 2}}", "the number is too large", (2,)),
        ("fairness: {limit: {load_share: 0}}", "with a share of 0 no mentor could have anybody", (2,)),
        ("fairness: {limit: {load_sprad: 1}}", "`load_sprad` is no field", (2,)),
        ("fairness: {report_by: [site, site]}", "a name stands twice", (2,)),
        ("fairness: 0.1", "fields are needed here", (2,)),
    ],
)
def test_a_limit_that_is_written_wrong_is_a_finding_with_its_lines(tmp_path, policy, said, lines):
    loaded = load(Workspace(World(tmp_path, SCORE + policy + "\n").root))
    (found,) = loaded.diagnostics
    assert said in found.message
    assert (found.place.span.line, *(each.span.line for each in found.related)) == lines


def test_the_page_of_the_staff_shows_what_limits_cost_and_no_other_page_does(tmp_path):
    world = harbor(tmp_path, GAP)
    run(world, "propose", "2026", "--write", "--plan-only")
    records = world.records
    speech = Speech(load_strings("en", (ROOT / "site_config",)))
    for audience in (STAFF, MEMBERS, PUBLIC):
        site = pages(project(records, audience, TODAY), speech, Extras(), (ROOT / "templates" / "pages",))
        shown = {path for path, text in site.files.items() if "costs 14.3% of the total" in html.unescape(text)}
        assert shown == ({"programs/harbor/2026/matching.md"} if audience is STAFF else set())


@pytest.mark.parametrize("model", ["one-to-one", "group"])
def test_where_few_are_matched_again_limits_are_said_not_to_be_kept(tmp_path, model):
    world = harbor(tmp_path, GAP, mentors=4, capacity=4 if model == "group" else 1)
    if model == "group":
        of_model(world, model, "size: {min: 3, max: 4}\n")
    run(world, "propose", "2026", "--write")
    pair = world.records.pairs_of("harbor/2026")[0]
    shown = run(world, "rematch", "2026", pair.id)
    assert "limits of fairness are kept by whole plans, not here" in " ".join(shown.stdout.split())


def test_the_data_for_scripts_hold_prices_and_what_is_reached(tmp_path):
    data = json.loads(run(harbor(tmp_path, GAP), "propose", "2026", "--json").stdout)
    assert [each["limit"] for each in data["limits"]] == ["match_rate_gap"]
    assert data["limits_reached"] == ["the shares that are matched differ by 0.00 at the most, of 0.1"]
