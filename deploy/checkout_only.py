"""The build backend: hatchling's, for an editable install from a checkout and for nothing else.

What stands at the top of the project (`cli`, `tasks`, …) has names too plain for a folder shared with other
packages, and it needs files that stand beside it: `prefect.yaml`, the policy pack, the data folder.
"""

from typing import NoReturn

from hatchling.build import build_editable, get_requires_for_build_editable

__all__ = ["build_editable", "build_sdist", "build_wheel", "get_requires_for_build_editable"]

REFUSED = (
    "Mandate Keeper runs from a checkout and is not built into a package: clone the repository and type "
    "`make run` in it. From a checkout, `pip install --editable .` works as well."
)


def build_wheel(*_: object, **__: object) -> NoReturn:
    """Refuse to build a wheel, and say what to do instead.

    Raises:
        SystemExit: always.
    """
    raise SystemExit(REFUSED)


def build_sdist(*_: object, **__: object) -> NoReturn:
    """Refuse to build an archive of the sources, and say what to do instead.

    Raises:
        SystemExit: always.
    """
    raise SystemExit(REFUSED)
