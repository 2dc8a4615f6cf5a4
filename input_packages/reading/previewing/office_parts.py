"""The parts of an Office file, by their names and by their relations; names of any letters are the same."""

from dataclasses import dataclass
from zipfile import ZipFile

from input_packages.reading.guarding.relations import Relation, Relations
from input_packages.reading.xml_parts import Watch, read_xml

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an archive that was looked into before."""

    archive: ZipFile

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of a part; of the whole file, its name is empty."""
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".lstrip("/")
        kept = Relations()
        if name.casefold() in map(str.casefold, self.archive.namelist()):
            self.read(name, kept)
        return kept.all

    def read(self, part: str, watch: Watch) -> None:
        """Show a part to a watch.

        Raises:
            StopIteration: there is no such part.
        """
        name = next(n for n in self.archive.namelist() if n.casefold() == part.casefold())
        with self.archive.open(name) as stream:
            read_xml(iter(lambda: stream.read(_CHUNK), b""), watch)
