"""`mandates explain`: why a date is what it is."""

from typing import Annotated

import typer

from cli.days import AsOf, KnownAt, day, instant
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import say, say_wrapped, write_json
from cli.status.work_plan import say_beside_due, say_work_plan, work_plan_json
from language.catalogues import languages
from language.changes import rule_checked, what_changes
from language.explanations import sentence, standing_sentence
from policies.obligations.rule_versions import RuleVersion
from policies.status.explanation import Step, steps
from policies.status.status import ObligationStatus
from records.database import reading
from records.facts.facts import read_facts
from tasks.enforcement.notice_contents import names
from tasks.status.statuses import bounds_json

Language = Annotated[
    str, typer.Option("--language", help="The language of the sentences: en, ar, es, fr, ru, zh.")
]


def explain(
    obligation: Annotated[str, typer.Argument(help="An obligation's id, as in: mandates status")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    language: Language = "en",
    *,
    as_json: AsJson = False,
) -> None:
    """Show why the dates of an obligation's current cycle are what they are."""
    _refuse_unless_spoken(language)
    with open_installation() as installation, reading(installation.engine) as session:
        known = instant(known_at, installation)
        on = day(as_of, installation, known)
        found = installation.pack.status(obligation, read_facts(session, known), on)
        cycle = found.current.cycle
        named = names(installation.pack, cycle)
        derived = steps(cycle, ", ".join(found.obligation.provisions))
        if as_json:
            write_json(_json(found, derived))
            return
        title = found.obligation.title
        say_wrapped(f"{title.get(language, title['en'])} ({cycle.key}): {found.current.state}")
        for provision in found.obligation.provisions:
            says = installation.pack.provisions[provision].says
            say()
            say_wrapped(f"{provision}  {says.get(language, says['en'])}")
        say()
        for step in derived:
            say(f"{step.of}  {step.result:%a %Y-%m-%d}")
            say_wrapped(sentence(step, language, named), "  ")
            say_wrapped(f"{step.arithmetic}  [{step.anchor_source}]", "  ")
            say_wrapped(what_changes(step, language), "  ")
            if step.of == "due_on":
                say_beside_due(found.current, language)
        if derived:
            rule = _rule(found)
            checked = rule_checked(rule.in_force_from, rule.last_checked_on, language)
            say()
            say_wrapped(f"{checked}  [{rule.source}]")
            say()
        say_work_plan(found.current, language)
        if cycle.standing:
            say_wrapped(standing_sentence(cycle.last_done, language, named))
        for missing in cycle.unknown:
            say(f"not known, so no date is given: {missing}")
        for name, bounds in bounds_json(cycle).items():
            if bounds:
                say(f"{name.removesuffix('_between')} between {' and '.join(bounds)}: a range is no date")


def _refuse_unless_spoken(language: str) -> None:
    if language not in languages():
        known = ", ".join(sorted(languages()))
        raise typer.BadParameter(f"found {language!r}; expected one of: {known}", param_hint="--language")


def _rule(found: ObligationStatus) -> RuleVersion:
    """Return the rule version the current cycle was derived under."""
    versions = found.obligation.versions
    since = found.current.cycle.rule_in_force_from
    return next((version for version in versions if version.in_force_from == since), versions[-1])


def _json(found: ObligationStatus, derived: tuple[Step, ...]) -> dict[str, object]:
    cycle = found.current.cycle
    return {
        "obligation": found.obligation.id,
        "cycle": cycle.key,
        "state": found.current.state,
        "rule_last_checked_on": _rule(found).last_checked_on.isoformat(),
        "due_on": cycle.due_on.isoformat() if cycle.due_on else None,
        "target_on": cycle.target_on.isoformat() if cycle.target_on else None,
        "unknown": list(cycle.unknown),
        **bounds_json(cycle),
        "steps": [_step(step) for step in derived],
        **work_plan_json(found.current),
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "of": step.of,
        "provision": step.provision,
        "rule_in_force_from": step.rule_in_force_from.isoformat(),
        "basis": step.basis,
        "source": step.source,
        "anchor": {
            "kind": step.anchor_kind,
            "subject": step.anchor,
            "on": step.anchor_on.isoformat(),
            "certainty": step.certainty,
            "source": step.anchor_source,
        },
        "arithmetic": step.arithmetic,
        "result": step.result.isoformat(),
    }
