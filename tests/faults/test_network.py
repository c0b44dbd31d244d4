"""The network between the gate and PostgreSQL: refused, cut anywhere, stalled, slow: all of it blocks."""

import os

import pytest

from tests.faults.door import ANSWER_SECONDS, CONNECT_SECONDS, SLACK, Door, Ground, behind, typed
from tests.faults.proxy import Proxy
from tests.faults.state import faults, missing

LONG = bool(os.environ.get("HOLDFAST_FAULTS_LONG"))
ASKED = 100 if LONG else 4
CUTS = (*range(0, 6_000, 61 if LONG else 450), 1, 5, 6)
"""After how many bytes of answers the line is cut: inside a message, between two, before the commit's."""


@pytest.mark.parametrize("fault", ["refuse", "stall", "half", "slow"])
def test_no_answer_of_a_sick_network_is_a_yes(found: Ground, door: Door, proxy: Proxy, fault: str) -> None:
    assert door.wait_open(found.free).may_proceed
    with proxy.faulty(fault, delay=ANSWER_SECONDS * 0.6):
        answers = door.ask_many(found.free, ASKED)
        said = typed(found, behind(proxy), found.free)
    assert (said.status, said.decision) == (3, "blocked")
    assert said.seconds < CONNECT_SECONDS + ANSWER_SECONDS + SLACK
    assert [verdict.decision for verdict, _ in answers] == ["blocked"] * ASKED
    assert max(seconds for _, seconds in answers) < ANSWER_SECONDS + SLACK
    assert door.wait_open(found.free).may_proceed  # nothing has to be mended by hand afterwards
    assert typed(found, behind(proxy), found.free).status == 0
    assert {door.ask(found.held).decision, typed(found, behind(proxy), found.held).decision} == {"blocked"}
    assert faults(found.record.owner) == {}


@pytest.mark.parametrize("fresh", [True, False], ids=["new connections", "connections that stood"])
def test_a_line_cut_anywhere_is_no_yes(found: Ground, door: Door, proxy: Proxy, fresh: bool) -> None:
    told, cut = [], 0
    for allowance in CUTS:
        assert door.wait_open(found.free).may_proceed
        if fresh:
            proxy.drop()
        before = proxy.cuts
        with proxy.faulty("cut", allowance=allowance):
            # The first finds that the old connections are gone; the next has one that is made anew.
            verdicts = [door.ask(found.free) for _ in range(2 if fresh else 1)]
        if proxy.cuts > before:
            cut += 1
            assert verdicts[-1].decision == "blocked" or allowance > 0
        for verdict in verdicts:
            if verdict.may_proceed:
                assert verdict.reference is not None
                told.append(verdict.reference)
    assert cut >= len(CUTS) // 2
    assert missing(found.record.owner, "ledger_row", told) == set()
    assert faults(found.record.owner) == {}


def test_many_short_waits_are_one_long_one(found: Ground, proxy: Proxy) -> None:
    """No single exchange is slow, but a check at the command line takes dozens: the time is for all of it."""
    with proxy.faulty("slow", delay=0.3):
        said = typed(found, behind(proxy), found.free)
    assert (said.status, said.decision) == (3, "blocked")
    assert said.seconds < CONNECT_SECONDS + ANSWER_SECONDS + SLACK
