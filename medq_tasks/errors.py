"""The errors of `medq_tasks`, drawn as one tree.

    TasksError
    ├── InputError            what the user gave cannot be used: one line, exit code 2
    │   ├── DataError         a file of items, a row or a column of it
    │   ├── ImageError        an image that cannot be read, decoded or sent
    │   └── DegradationError  an unknown degradation, a wrong modality, a severity out of range
    └── FetchError            a download that failed and can be tried again

Every message says what was expected, what was found, where, and what to do next.
"""


class TasksError(Exception):
    """Root of everything that `medq_tasks` raises on purpose."""


class InputError(TasksError):
    """What the user gave cannot be used; reported as one line with exit code 2."""


class DataError(InputError):
    """A file of items, one of its rows or one of its columns is wrong."""


class ImageError(InputError):
    """An image cannot be read, decoded or sent as it is."""


class DegradationError(InputError):
    """A degradation is unknown, does not fit the image, or got a parameter out of range."""


class FetchError(TasksError):
    """A download failed; running the same command again continues it."""
