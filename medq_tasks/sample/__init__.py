"""The sample set: real images of installed packages, degraded with known truth, in the official files' shape."""

from medq_tasks.sample.build import (
    DEGRADATION_FILES,
    DEGRADATION_SPEC,
    FILES,
    SPEC,
    build_sample,
    sample_file,
    sample_files,
    sample_folder,
    sample_modalities,
    sample_picture,
)

__all__ = [
    "DEGRADATION_FILES",
    "DEGRADATION_SPEC",
    "FILES",
    "SPEC",
    "build_sample",
    "sample_file",
    "sample_files",
    "sample_folder",
    "sample_modalities",
    "sample_picture",
]
