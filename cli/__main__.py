"""`python -m cli`: the command `mandates`."""

from cli.main import main

main()
