"""Settings: `local` for the demo and development, `test` for the suite, `production` for a real hub."""
