"""The application: compose a configuration, run it, journal it."""
