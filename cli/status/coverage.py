"""`mandates coverage`: every line of the text that creates a duty, and which obligation keeps it."""

from collections import Counter
from typing import Annotated

import typer

from cli.options import AsJson
from cli.output import say, write_json, write_table
from policies.obligations.instrument import NO_LINES, WhyNot
from policies.pack.coverage import Covered
from policies.pack.coverage import coverage as coverage_of
from policies.pack.pack import load_pack
from tasks.installation.settings import read_settings

COLUMNS = ("provision", "kind", "holder", "kept_by")
SAID = {
    WhyNot.STANDING: "- standing duty",
    WhyNot.ENABLING: "- may, need not",
    WhyNot.COVERED_ELSEWHERE: "- covered by",
    WhyNot.COVERED_IN_PART: "- covered in part by",
    WhyNot.ONE_OFF: "- one-off",
    WhyNot.REGISTER: "- kept by a register",
}
WithWords = Annotated[bool, typer.Option("--words", help="Show under each line what it requires.")]


def coverage(*, words: WithWords = False, as_json: AsJson = False) -> None:
    """Show every line of the text that creates a duty, and what keeps it, or why nothing does."""
    pack = load_pack(read_settings().policies)
    found = coverage_of(pack.provisions.values(), pack.obligations.values())
    if as_json:
        write_json([_json(each) for each in found])
        return
    if words:
        for each in found:
            say(f"{each.provision.id}  {each.provision.says['en']}\n    {_kept(each)}")
    else:
        write_table([_row(each) for each in found], COLUMNS, empty="the pack has no provisions")
    _sum_up([each for each in found if each.provision.kind not in NO_LINES])


def _sum_up(found: list[Covered]) -> None:
    kept = sum(1 for each in found if each.kept_by)
    rules = {rule for each in found for rule in each.kept_by}
    told = f"{kept} kept by {len(rules)} obligations, {len(found) - kept} by none"
    say(f"\n{len(found)} lines of the text: {told}")
    for why, count in Counter(each.provision.why_not for each in found if not each.kept_by).most_common():
        say(f"  {count:3} {why}")


def _row(each: Covered) -> dict[str, str]:
    provision = each.provision
    named = {"provision": provision.id, "kind": provision.kind, "holder": provision.holder}
    return {**named, "kept_by": _kept(each)}


def _kept(each: Covered) -> str:
    if each.provision.why_not is None:
        return ", ".join(each.kept_by)
    return " ".join([SAID[each.provision.why_not], ", ".join(each.provision.covered_by)]).rstrip()


def _json(each: Covered) -> dict[str, object]:
    provision = each.provision
    return {
        "provision": provision.id,
        "paragraph": provision.paragraph,
        "kind": provision.kind,
        "holder": provision.holder,
        "says": provision.says,
        "source": provision.source,
        "kept_by": list(each.kept_by),
        "why_not": provision.why_not,
        "covered_by": list(provision.covered_by),
    }
