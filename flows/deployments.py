"""What prefect.yaml declares."""

import yaml

from flows.checkout import ROOT

POOL = "mandates"
FIRST_RUN = "enforce/daily"
"""Does everything that is owed, whatever was missed: asked for when the automation server starts."""

SECOND_RUN = "assemble/assemble"
"""Builds every package that is owed, whatever was missed: asked for when the automation server starts."""


def declared() -> set[str]:
    """The names of the deployments in prefect.yaml."""
    document = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    return {deployment["name"] for deployment in document["deployments"]}
