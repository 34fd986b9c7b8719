"""The one error of `analysis`: what the user gave cannot be analysed; one line, exit code 2."""


class AnalysisError(Exception):
    """A run, a file of it or an option is not what was expected; the message says which and what to do next."""
