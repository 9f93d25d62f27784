"""The leak check: where an outgoing text gives away something that its recipient may not have.

One matcher for every kind of document. It asks no database and knows no record: whoever sends a text hands over what
this recipient may not have, and what of that they may have all the same. Everything is compared in the one normal
form of `common/normal/`.
"""

from common.leaks.check import find_leaks
from common.leaks.refusing import leaks_in_words, refuse_leaks
from common.leaks.values import Kind, Match, Secret, excerpt

__all__ = ["Kind", "Match", "Secret", "excerpt", "find_leaks", "leaks_in_words", "refuse_leaks"]
