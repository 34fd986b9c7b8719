"""Makes lmms-eval's qwen2_5_vl class start without a GPU; Python imports this where PYTHONPATH names its folder.

The class wants libraries for video (decord, qwen_vl_utils, torchvision) and takes bfloat16 alone. Images go to the
model's own processor without a part for video, and weights are float32, as `hardware=cpu` has them.
"""

import sys
from types import ModuleType

import torch
import transformers

from medq.models.local.loading import images_as_they_are
from medq.models.local.processor import ImageOnly

for name, attributes in (
    ("decord", {"VideoReader": None, "cpu": None}),
    ("qwen_vl_utils", {"process_vision_info": images_as_they_are}),
):
    sys.modules[name] = ModuleType(name)
    sys.modules[name].__dict__.update(attributes)
transformers.AutoProcessor.from_pretrained = staticmethod(ImageOnly().from_pretrained)
_loads = transformers.PreTrainedModel.__dict__["from_pretrained"].__func__


def _in_float32(cls, *arguments, **options):
    options.pop("torch_dtype", None)
    return _loads(cls, *arguments, **options | {"dtype": torch.float32})


transformers.PreTrainedModel.from_pretrained = classmethod(_in_float32)
