"""Watch: say that nothing was enforced for too long. The second line; the first needs no Prefect."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows import clock
from tasks.installation.file_modes import close_files
from tasks.installation.settings import read_settings
from tasks.operations.watch import watching


@flow(name="watch")
def watch() -> State:
    """Look when all obligations were last enforced, and tell people if it is too long ago, or again well."""
    settings = read_settings()
    close_files(settings.group)
    seen = watching.watch(settings, clock.now())
    return Completed(message=" ".join([seen.what, *(f"Told: {told}." for told in seen.told)]))
