"""The page in plain words that a new workspace starts with."""

from collections.abc import Iterable
from textwrap import fill

from clpt_growth.model.principle import Pack

_PAGE = """\
What this folder is for
=======================

A trust keeps here what it knows about itself and about each school that might
join. The program reads these files; it sends nothing anywhere.

  trust.yaml             the trust: each lead fills in their own block
  schools/example.yaml   a blank school file: copy it, one file for each school
  schema/                lets an editor complete and check as you type

Later you may add, if you need them:

  pipeline.yaml          the board's order of joiners and their terms
  principles/            the trust's own principles, laid over the shipped ones
  templates/             the trust's own paper
  data/                  downloads from the Department's services

First steps
-----------

  clpt-growth new "Oakfield Primary School" --phase primary
  clpt-growth check                             every mistake at once
  clpt-growth check --by holder                 who still owes what
  clpt-growth assess schools/oakfield-primary-school.yaml

A line left blank means "not evidenced". It never counts as nought or as no.
If a question does not arise, write  n/a (and the reason).
Never write the name of a person: write a role or a count.

Editors: with the YAML extension of your editor, the first line of each file
finds the schema, and help appears beside every line.

What the principles' ids mean
-----------------------------

"""


def workspace_page(packs: Iterable[Pack]) -> str:
    """What the folder is for, the first commands, and which letter belongs to which pack."""
    return _PAGE + "\n".join(_pack(pack) for pack in packs)


def _pack(pack: Pack) -> str:
    ids = [p.id for p in pack.principles]
    span = f"{ids[0]} to {ids[-1]}" if ids else ""
    return fill(f"{pack.title} ({span}). {pack.about}", 78, initial_indent="  ", subsequent_indent="  ") + "\n"
