"""Writes what transformers' full Qwen2.5-VL processor and qwen-vl-utils make of some pictures, to compare with.

Needs torchvision, which CPU builds of torch cannot import as it is; two schemas declared beforehand are enough for what
is used of it:  python -m tests.medq.models.local.qwen_reference FOLDER_OF_TINY_QWEN
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

SIZES = ((150, 100), (56, 28), (640, 480), (33, 900))


def main(folder: str) -> None:
    """Writes qwen_reference.json beside this file."""
    import torch

    for name in ("nms", "qnms"):
        torch.library.define(f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    from qwen_vl_utils import process_vision_info
    from transformers import AutoTokenizer, Qwen2_5_VLProcessor, Qwen2VLImageProcessor, Qwen2VLVideoProcessor

    from tests.medq.models.local.test_processor import picture

    tokenizer = AutoTokenizer.from_pretrained(folder)
    template = (Path(folder) / "chat_template.jinja").read_text()
    images = Qwen2VLImageProcessor(min_pixels=56 * 56, max_pixels=12845056)
    processor = Qwen2_5_VLProcessor(images, tokenizer, Qwen2VLVideoProcessor(), chat_template=template)
    found = {}
    for width, height in SIZES:
        content = [{"type": "image", "image": picture(width, height)}, {"type": "text", "text": "Is it sharp?"}]
        chat = [{"role": "user", "content": content}]
        text = processor.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        resized, _ = process_vision_info(chat)
        made = processor(text=[text], images=resized, return_tensors="pt")
        values = made["pixel_values"].double()
        found[f"{width}x{height}"] = {
            "input_ids": made["input_ids"][0].tolist(),
            "mm_token_type_ids": made["mm_token_type_ids"][0].tolist(),
            "image_grid_thw": made["image_grid_thw"].tolist(),
            "shape": list(values.shape),
            "sum": values.sum().item(),
            "squares": values.square().sum().item(),
            "some": values[:: max(1, len(values) // 8), ::147].flatten().tolist(),
        }
    (Path(__file__).parent / "qwen_reference.json").write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
