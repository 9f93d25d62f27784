"""Rules of a contact: pure functions over values, no database, no clock."""
