"""My work: all that waits for one person, from every stage."""

from mash.worklist.lists import Group, Worklist, work_of
from mash.worklist.sections import SECTIONS

__all__ = ["SECTIONS", "Group", "Worklist", "work_of"]
