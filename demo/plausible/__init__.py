"""What is plausible in a hub that was lived in, as rules; the demo is held to them, and a command prints them."""

from demo.plausible import agreed, families, reached, words, worked
from demo.plausible.rule import Rule
from demo.plausible.seen import HubSeen

RULES: tuple[Rule, ...] = (*families.RULES, *reached.RULES, *agreed.RULES, *worked.RULES, *words.RULES)

__all__ = ["RULES", "HubSeen", "Rule"]
