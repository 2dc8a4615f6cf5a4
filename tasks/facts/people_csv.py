"""People as CSV: one row for each, with what they stand for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from policies.facts.people import ProgramRole
from policies.pack.pack import Pack
from policies.people.directory import EMAIL, ENGLISH, Directory
from policies.people.directory_file import DirectoryFile, directory_problems, filed
from policies.problems import RefusedFileError, parse
from tasks.facts.csv_files import csv_of, read_cells, refused

COLUMNS = ("id", "name", "address", "language", "station", "channels", "actors", "roles")
_NAMES = "name_"


def is_csv(file: Path) -> bool:
    """Say whether a file is a table and not TOML, by its name."""
    return file.suffix.casefold() == ".csv"


def csv_of_people(directory: Directory) -> bytes:
    """Return who is who on a day, with a column for the names in each further language."""
    languages = sorted({language for person in directory.people for language in person.names})
    rows = [
        {
            **{f"{_NAMES}{language}": person.names.get(language, "") for language in languages},
            "id": person.id,
            "name": person.name,
            "address": person.address,
            "language": person.language,
            "station": person.station or "",
            "channels": " ".join(person.channels),
            "actors": " ".join(directory.actors_of(person.id)),
            "roles": " ".join(directory.roles_of(person.id)),
        }
        for person in directory.people
    ]
    return csv_of((*COLUMNS, *(f"{_NAMES}{language}" for language in languages)), rows)


def read_csv(file: Path, now: Directory, pack: Pack) -> DirectoryFile:
    """Return what a CSV file says of people; of all else it says what is on record now.

    What a row has no cell for stays as it is: names in other languages, language, station, channels.

    Raises:
        RefusedFileError: with every mistake; nothing is taken.
    """
    cells = read_cells(file)
    further = [column for column in cells.columns if column.startswith(_NAMES)]
    unknown = [column for column in cells.columns if column not in (*COLUMNS, *further)]
    if unknown or not {"id", "name", "address"} <= {*cells.columns}:
        found, wanted = ", ".join(cells.columns) or "nothing", ", ".join(COLUMNS)
        raise refused(file, "line 1", found, f"the columns id, name, address, and any others of: {wanted}")
    actors: defaultdict[str, list[str]] = defaultdict(list)
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for _, row in cells.rows:
        for actor in row.get("actors", "").split():
            actors[actor].append(row["id"])
        for role in row.get("roles", "").split():
            roles[role].append(row["id"])
    duty = roles.pop(ProgramRole.DUTY_OFFICER, [])
    said = filed(now).model_dump() | {
        "people": [_person(row, further, now) for _, row in cells.rows],
        "actors": actors if "actors" in cells.columns else _of(now.actors, cells.rows),
        "roles": roles if "roles" in cells.columns else filed(now).roles,
        "duty_officer": (duty[0] if duty else None) if "roles" in cells.columns else now.duty_officer,
    }
    taken, recorded = parse(DirectoryFile, said, file), [person.id for person in now.people]
    known = (sorted(pack.actors), sorted(pack.instrument.stations))
    if problems := [*directory_problems(taken, file.name, *known, recorded)]:
        raise RefusedFileError(problems)
    return taken


def _of(
    actors: Mapping[str, Sequence[str]], rows: Sequence[tuple[int, Mapping[str, str]]]
) -> dict[str, list[str]]:
    """Return who of the rows stands for each actor on record."""
    named = {row["id"] for _, row in rows}
    found = {actor: [each for each in people if each in named] for actor, people in actors.items()}
    return {actor: people for actor, people in found.items() if people}


def _person(row: Mapping[str, str], further: Sequence[str], now: Directory) -> dict[str, object]:
    before = next((person for person in now.people if person.id == row["id"]), None)
    names = {column.removeprefix(_NAMES): row[column] for column in further if row[column]}
    return {
        "id": row["id"],
        "name": row["name"],
        "address": row["address"],
        "names": names if further else dict(before.names) if before else {},
        "language": row.get("language") or (before.language if before else ENGLISH),
        "station": row.get("station") or (before.station if before else None),
        "channels": tuple(row.get("channels", "").split()) or (before.channels if before else (EMAIL,)),
    }
