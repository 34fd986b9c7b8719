"""Tiny models with random weights, each in the layout, tokenizer and chat format of a real family.

    python tests/tiny_models.py qwen2_5_vl FOLDER        # or internvl, gemma3, llava

For tests and benchmarks: what they answer is noise and never a result. The same call writes the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

TEXT: dict[str, Any] = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "head_dim": 16,
    "max_position_embeddings": 32768,
    "tie_word_embeddings": False,
    # Random weights of the usual size say the same thing to every question; these do not.
    "initializer_range": 0.3,
}
TINY_QWEN: dict[str, Any] = TEXT | {
    "num_key_value_heads": 2,
    "rope_parameters": {"rope_type": "default", "mrope_section": [2, 3, 3], "rope_theta": 1e6},
}
TINY_QWEN_VISION: dict[str, Any] = {
    "depth": 2,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_heads": 2,
    "out_hidden_size": 32,
    "fullatt_block_indexes": [1],
    "initializer_range": 0.3,
}
QWEN_TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system\n"
    "You are a helpful assistant.<|im_end|>\n{% endif %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}{% for content in message['content'] %}"
    "{% if content['type'] == 'image' %}@IMAGE@{% elif 'text' in content %}{{ content['text'] }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
GEMMA_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<start_of_turn>{{ message['role'] }}\n"
    "{% for content in message['content'] %}{% if content['type'] == 'image' %}<start_of_image>"
    "{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}<end_of_turn>\n{% endfor %}"
    "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)
LLAVA_TEMPLATE = (
    "{% for message in messages %}{{ message['role'].upper() }}: {% for content in message['content'] %}"
    "{% if content['type'] == 'image' %}<image>\n{% endif %}{% endfor %}{% for content in message['content'] %}"
    "{% if content['type'] == 'text' %}{{ content['text'] }}{% endif %}{% endfor %} {% endfor %}"
    "{% if add_generation_prompt %}ASSISTANT:{% endif %}"
)


# The class of lmms-eval that loads each.
CLASSES = {"qwen2_5_vl": "qwen2_5_vl", "internvl": "internvl_hf", "gemma3": "huggingface", "llava": "llava_hf"}
KEPT = Path(__file__).parent.parent / ".pytest_cache" / "tiny"


def tiny(family: str) -> Path:
    """The folder of that family's model, written once for all tests and workers until this file changes."""
    version = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    folder = KEPT / f"{family}-{version}"
    if not folder.is_dir():
        KEPT.mkdir(parents=True, exist_ok=True)
        partial = write_tiny(family, Path(mkdtemp(dir=KEPT)))
        try:
            partial.rename(folder)
        except OSError as error:  # another worker was faster
            if not folder.is_dir():
                raise RuntimeError(f"{folder} cannot be written") from error
    return folder


def write_tiny(family: str, folder: Path, *, seed: int = 0) -> Path:
    """Writes the model of that family into the folder, which is made where it is missing, and returns the folder."""
    import torch

    torch.manual_seed(seed)
    folder.mkdir(parents=True, exist_ok=True)
    {"qwen2_5_vl": _qwen, "internvl": _internvl, "gemma3": _gemma, "llava": _llava}[family](folder)
    return folder


def _tokenizer(template: str, *, eos: str, pad: str, bos: str | None = None, **named: str) -> Any:
    """A byte-level tokenizer whose vocabulary is the 256 bytes, a few pairs and the family's own special tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    vocabulary = {token: number for number, token in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    pairs = [("Ġ", letter) for letter in "ABCDEF"]
    vocabulary |= {first + second: len(vocabulary) + n for n, (first, second) in enumerate(pairs)}
    core = Tokenizer(models.BPE(vocab=vocabulary, merges=pairs))
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    special = [token for token in dict.fromkeys((pad, eos, bos, *named.values())) if token]
    core.add_special_tokens(special)
    return PreTrainedTokenizerFast(
        tokenizer_object=core,
        eos_token=eos,
        pad_token=pad,
        bos_token=bos,
        chat_template=template,
        extra_special_tokens=named,
        clean_up_tokenization_spaces=False,
    )


def _save(folder: Path, model: Any, processor: Any, *, eos: list[int], pad: int) -> None:
    model.generation_config.eos_token_id = eos
    model.generation_config.pad_token_id = pad
    from transformers import logging

    logging.disable_progress_bar()
    model.save_pretrained(folder)
    processor.save_pretrained(folder)


def write_qwen_7b(folder: Path) -> Path:
    """Random weights in the shape of Qwen2.5-VL-7B (8.3e9 numbers in bfloat16), for throughput alone."""
    import torch

    torch.manual_seed(0)
    folder.mkdir(parents=True, exist_ok=True)
    text = {
        "hidden_size": 3584,
        "intermediate_size": 18944,
        "num_hidden_layers": 28,
        "num_attention_heads": 28,
        "num_key_value_heads": 4,
        "max_position_embeddings": 128000,
        "tie_word_embeddings": False,
        "initializer_range": 0.02,
        "rope_parameters": {"rope_type": "default", "mrope_section": [16, 24, 24], "rope_theta": 1e6},
    }
    vision = {"hidden_size": 1280, "intermediate_size": 3420, "num_heads": 16, "depth": 32, "out_hidden_size": 3584}
    kind = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16)
    try:
        _qwen(folder, text=text, vision=vision, vocabulary=152064, max_pixels=12845056)
    finally:
        torch.set_default_dtype(kind)
    return folder


def _qwen(
    folder: Path,
    *,
    text: dict[str, Any] = TINY_QWEN,
    vision: dict[str, Any] = TINY_QWEN_VISION,
    vocabulary: int | None = None,
    max_pixels: int = 196 * 196,
) -> None:
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration, Qwen2_5_VLProcessor
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    template = QWEN_TEMPLATE.replace("@IMAGE@", "<|vision_start|><|image_pad|><|vision_end|>")
    tokens = ("<|im_start|>", "<|vision_start|>", "<|vision_end|>", "<|video_pad|>")
    tokenizer = _tokenizer(
        template,
        eos="<|im_end|>",
        pad="<|endoftext|>",
        image_token="<|image_pad|>",
        **{f"token_{number}": token for number, token in enumerate(tokens)},
    )
    number = tokenizer.convert_tokens_to_ids
    ends = {"bos_token_id": None, "eos_token_id": number("<|im_end|>")}
    config = Qwen2_5_VLConfig(
        text_config=text | ends | {"vocab_size": vocabulary or len(tokenizer)},
        vision_config=vision,
        image_token_id=number("<|image_pad|>"),
        video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"),
        vision_end_token_id=number("<|vision_end|>"),
        tie_word_embeddings=False,
    )
    model = Qwen2_5_VLForConditionalGeneration(config)
    images = Qwen2VLImageProcessorPil(min_pixels=56 * 56, max_pixels=max_pixels)
    processor = _without_video(Qwen2_5_VLProcessor)(images, tokenizer, chat_template=template)
    _save(folder, model, processor, eos=[number("<|im_end|>"), number("<|endoftext|>")], pad=number("<|endoftext|>"))


def _internvl(folder: Path) -> None:
    from transformers import InternVLConfig, InternVLForConditionalGeneration, InternVLProcessor
    from transformers.models.got_ocr2.image_processing_pil_got_ocr2 import GotOcr2ImageProcessorPil

    template = QWEN_TEMPLATE.replace("@IMAGE@", "<IMG_CONTEXT>\n")
    tokenizer = _tokenizer(
        template,
        eos="<|im_end|>",
        pad="<|endoftext|>",
        start_image_token="<img>",
        end_image_token="</img>",
        context_image_token="<IMG_CONTEXT>",
        video_token="<video>",
        turn="<|im_start|>",
    )
    number = tokenizer.convert_tokens_to_ids
    config = InternVLConfig(
        text_config=TEXT | {"model_type": "qwen2", "vocab_size": len(tokenizer)},
        vision_config={
            "hidden_size": 32,
            "intermediate_size": 48,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "image_size": [56, 56],
            "patch_size": [14, 14],
            "initializer_range": 0.3,
        },
        image_token_id=number("<IMG_CONTEXT>"),
        image_seq_length=4,
        tie_word_embeddings=False,
    )
    model = InternVLForConditionalGeneration(config)
    images = GotOcr2ImageProcessorPil(
        size={"height": 56, "width": 56}, crop_to_patches=True, min_patches=1, max_patches=12
    )
    processor = _without_video(InternVLProcessor)(images, tokenizer, image_seq_length=4, chat_template=template)
    _save(folder, model, processor, eos=[number("<|im_end|>")], pad=number("<|endoftext|>"))


def _gemma(folder: Path) -> None:
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration, Gemma3Processor
    from transformers.models.gemma3.image_processing_pil_gemma3 import Gemma3ImageProcessorPil

    tokenizer = _tokenizer(
        GEMMA_TEMPLATE,
        eos="<eos>",
        pad="<pad>",
        bos="<bos>",
        boi_token="<start_of_image>",
        eoi_token="<end_of_image>",
        image_token="<image_soft_token>",
        turn="<start_of_turn>",
        end_of_turn="<end_of_turn>",
    )
    number = tokenizer.convert_tokens_to_ids
    config = Gemma3Config(
        tie_word_embeddings=False,
        text_config=TEXT
        | {
            "vocab_size": len(tokenizer),
            "sliding_window": 64,
            "layer_types": ["sliding_attention", "full_attention"],
            "query_pre_attn_scalar": 16,
            "eos_token_id": number("<eos>"),
            "pad_token_id": number("<pad>"),
            "bos_token_id": number("<bos>"),
        },
        vision_config={
            "hidden_size": 32,
            "intermediate_size": 48,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "image_size": 56,
            "patch_size": 14,
        },
        mm_tokens_per_image=4,
        boi_token_index=number("<start_of_image>"),
        eoi_token_index=number("<end_of_image>"),
        image_token_index=number("<image_soft_token>"),
    )
    model = Gemma3ForConditionalGeneration(config)
    images = Gemma3ImageProcessorPil(size={"height": 56, "width": 56})
    processor = Gemma3Processor(images, tokenizer, chat_template=GEMMA_TEMPLATE, image_seq_length=4)
    _save(folder, model, processor, eos=[number("<eos>"), number("<end_of_turn>")], pad=number("<pad>"))


def _llava(folder: Path) -> None:
    from transformers import LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    tokenizer = _tokenizer(LLAVA_TEMPLATE, eos="</s>", pad="<pad>", bos="<s>", image_token="<image>")
    number = tokenizer.convert_tokens_to_ids
    config = LlavaConfig(
        text_config=TEXT | {"model_type": "llama", "vocab_size": len(tokenizer)},
        vision_config={
            "model_type": "clip_vision_model",
            "hidden_size": 32,
            "intermediate_size": 48,
            "projection_dim": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "image_size": 56,
            "patch_size": 14,
        },
        image_token_index=number("<image>"),
        image_seq_length=16,
        vision_feature_layer=-2,
        vision_feature_select_strategy="default",
    )
    model = LlavaForConditionalGeneration(config)
    images = CLIPImageProcessorPil(size={"shortest_edge": 56}, crop_size={"height": 56, "width": 56})
    processor = LlavaProcessor(
        images,
        tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=LLAVA_TEMPLATE,
    )
    _save(folder, model, processor, eos=[number("</s>")], pad=number("<pad>"))


def _without_video(processor: type) -> type:
    """The processor class without the part that reads video, which a machine without torchvision cannot build."""
    parts = ["image_processor", "tokenizer"]
    return type(processor.__name__, (processor,), {"get_attributes": classmethod(lambda _: parts)})


if __name__ == "__main__":
    print(write_tiny(sys.argv[1], Path(sys.argv[2])))
