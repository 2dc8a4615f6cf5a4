"""Coverage: every provision that creates a duty, and the obligations that keep it, or why none does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policies.obligations.instrument import Provision
from policies.obligations.obligations import Obligation
from policies.problems import Problem


@dataclass(frozen=True, slots=True)
class Covered:
    """A provision and the obligations that name it, or that name the item it is a part of."""

    provision: Provision
    kept_by: tuple[str, ...]


def coverage(provisions: Iterable[Provision], obligations: Iterable[Obligation]) -> list[Covered]:
    """Return the provisions in their own order, each with the obligations that keep it."""
    rules = sorted(obligations, key=lambda obligation: obligation.id)
    return [Covered(each, tuple(_keepers(each, rules))) for each in provisions]


def coverage_problems(
    provisions: Iterable[Provision], obligations: Iterable[Obligation]
) -> Iterator[Problem]:
    """Yield the provisions that are neither kept nor say why not, and those that are and do."""
    for each in coverage(provisions, obligations):
        provision, why_not = each.provision, each.provision.why_not
        if not each.kept_by and not why_not:
            yield _problem(provision, "nothing", "an obligation that names it, or why_not")
        if each.kept_by and why_not:
            yield _problem(provision, repr(str(why_not)), f"no why_not: {', '.join(each.kept_by)} keeps it")


def _keepers(provision: Provision, obligations: Iterable[Obligation]) -> Iterator[str]:
    names = {provision.id, provision.whole}
    return (obligation.id for obligation in obligations if names & set(obligation.provisions))


def _problem(provision: Provision, found: str, expected: str) -> Problem:
    return Problem("provisions.toml", f"{provision.id}.why_not", found, expected)
