"""The judge stage as the application runs it: settings, calls, journal."""
