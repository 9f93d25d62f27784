"""The other contacts of the demo hub: plots told of invented households, never twice in the same words and names."""

from demo.stories.telling import PLOTS, tell

__all__ = ["PLOTS", "tell"]
