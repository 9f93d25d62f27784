"""Names and addresses made comparable, as `mash.common.sounds` does for the whole hub."""

from mash.common.sounds import LONGEST_KEY, plain_address, sound_of, sounds_of

__all__ = ["LONGEST_KEY", "plain_address", "sound_of", "sounds_of"]
