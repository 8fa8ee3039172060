"""`python -m jurat`: the command line."""

from jurat.cli import main

main()
