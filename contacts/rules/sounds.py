"""Names and addresses made comparable, as `common.sounds` does for the whole hub."""

from common.sounds import LONGEST_KEY, plain_address, sound_of, sounds_of

__all__ = ["LONGEST_KEY", "plain_address", "sound_of", "sounds_of"]
