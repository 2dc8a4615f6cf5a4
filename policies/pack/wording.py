"""Which words of a pack people are shown, and whether each is said in every language of the instrument.

What a message or a package says must be there in all of `languages`. A provision that no obligation names is
shown in listings alone: English is enough for it, and any other language is welcome.
"""

from collections.abc import Iterable, Iterator, Mapping

from policies.obligations.instrument import Instrument, Provision, Words
from policies.obligations.obligations import Obligation
from policies.pack.packages import PackageDefinition
from policies.problems import Problem

Shown = tuple[str, str, Words]  # the file, the key in it, the words

_OF_INSTRUMENT = ("title", "institution")
_OF_OBLIGATION = ("title", "asked", "evidence")


def wording_problems(
    instrument: Instrument,
    provisions: Iterable[Provision],
    obligations: Mapping[str, Obligation],
    packages: Mapping[str, PackageDefinition],
    names: Mapping[str, Words],
) -> Iterator[Problem]:
    """Yield the words that lack a language.

    `obligations` and `packages` are by file name, `names` are those of the members of rolls, by id.
    """
    shown = [*_instrument(instrument), *_provisions(provisions, obligations.values())]
    shown += [each for file, obligation in obligations.items() for each in _obligation(file, obligation)]
    shown += [each for file, package in packages.items() for each in _package(f"packages/{file}", package)]
    shown += [("rolls.toml", f"names.{member}", words) for member, words in names.items()]
    for file, key, words in shown:
        if lacking := [language for language in instrument.languages if not words.get(language, "").strip()]:
            said = ", ".join(language for language in words if words[language].strip())
            listed = ", ".join(lacking)
            expected = (
                f"words in {listed} as well: messages show them, and languages of the instrument names it"
            )
            yield Problem(file, key, f"words in {said}", expected)


def _instrument(instrument: Instrument) -> Iterator[Shown]:
    file = "instrument.toml"
    yield from ((file, key, getattr(instrument, key)) for key in _OF_INSTRUMENT)
    yield from ((file, f"events.{name}", words) for name, words in instrument.events.items())
    yield from ((file, f"meetings.{name}", words) for name, words in instrument.meetings.items())
    yield from ((file, f"stations.{name}.name", each.name) for name, each in instrument.stations.items())
    yield from ((file, f"actors.{actor.id}.name", actor.name) for actor in instrument.actors)


def _provisions(provisions: Iterable[Provision], obligations: Iterable[Obligation]) -> Iterator[Shown]:
    named = {provision for obligation in obligations for provision in obligation.provisions}
    yield from (("provisions.toml", f"{each.id}.says", each.says) for each in provisions if each.id in named)


def _obligation(file: str, obligation: Obligation) -> Iterator[Shown]:
    yield from ((file, key, getattr(obligation, key)) for key in _OF_OBLIGATION)
    yield from ((file, f"package.{item.id}.title", item.title) for item in obligation.package)
    for version in obligation.versions:
        yield file, f"versions.{version.in_force_from}.cadence", version.cadence


def _package(file: str, package: PackageDefinition) -> Iterator[Shown]:
    yield from ((file, f"warnings.{number}", words) for number, words in enumerate(package.warnings))
    yield from ((file, f"questions.{each.id}.asks", each.asks) for each in package.questions)
    for reference in package.references:
        yield file, f"references.{reference.id}.title", reference.title
        yield file, f"references.{reference.id}.where", reference.where
    if package.parts:
        yield file, "parts.title", package.parts.title
        yield file, "parts.asks", package.parts.asks
