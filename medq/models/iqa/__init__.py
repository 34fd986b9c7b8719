"""The embedded baseline: classical no-reference image statistics, thresholds fitted on the sample's dev split."""

from medq.models.iqa.model import Iqa

__all__ = ["Iqa"]
