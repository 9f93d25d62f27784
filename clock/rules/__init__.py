"""Rules of time: pure functions over values; no database and no clock."""
