"""Tiny models with random weights of the further families that the catalogue sends through lmms-eval's generic class.

As in `tiny_models`: layout, tokenizer and chat format are the family's, what they answer is noise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.tiny_models import QWEN_TEMPLATE, TEXT, _save, _tokenizer, _without_video

MARKS = ("<|im_start|>", "<|vision_start|>", "<|vision_end|>", "<|video_pad|>")
MROPE = {"rope_type": "default", "mrope_section": [2, 3, 3], "rope_theta": 1e6}
VISION = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2}
IDEFICS_TEMPLATE = (
    "<|begin|>{% for message in messages %}{{ message['role'] }}:{% for content in message['content'] %}"
    "{% if content['type'] == 'image' %}<image>{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}"
    "<end_of_utterance>\n{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}"
)
JANUS_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>: {% for content in message['content'] %}"
    "{% if content['type'] == 'image' %}<image_placeholder>\n{% elif 'text' in content %}{{ content['text'] }}"
    "{% endif %}{% endfor %}\n\n{% endfor %}<|Assistant|>:"
)
GLM_TEMPLATE = (
    "[gMASK]<sop>{% for message in messages %}<|{{ message['role'] }}|>\n{% for content in message['content'] %}"
    "{% if content['type'] == 'image' %}<|begin_of_image|><|image|><|end_of_image|>"
    "{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)


def write_family(family: str, folder: Path) -> Path:
    """Writes the tiny model of that family into the folder and returns the folder."""
    import torch

    torch.manual_seed(0)
    FAMILIES[family](folder)
    return folder


def _qwen2_vl(folder: Path) -> None:
    from transformers import Qwen2VLConfig, Qwen2VLForConditionalGeneration, Qwen2VLProcessor

    tokenizer, ids = _qwen_tokenizer()
    config = Qwen2VLConfig(
        text_config=_qwen_text(tokenizer),
        vision_config={"depth": 2, "embed_dim": 32, "hidden_size": 32, "num_heads": 2, "mlp_ratio": 2},
        tie_word_embeddings=False,
        **ids,
    )
    processor = _without_video(Qwen2VLProcessor)(_qwen_images(patch=14), tokenizer, chat_template=_qwen_template())
    _write(folder, Qwen2VLForConditionalGeneration(config), processor, eos="<|im_end|>")


def _qwen3_vl_moe(folder: Path) -> None:
    from transformers import Qwen3VLMoeConfig, Qwen3VLMoeForConditionalGeneration, Qwen3VLProcessor

    tokenizer, ids = _qwen_tokenizer()
    experts = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 16}
    vision = {"depth": 2, "hidden_size": 32, "intermediate_size": 48, "num_heads": 2, "out_hidden_size": 32}
    config = Qwen3VLMoeConfig(
        text_config=_qwen_text(tokenizer) | experts,
        vision_config=vision | {"num_position_embeddings": 64, "deepstack_visual_indexes": [0, 1]},
        tie_word_embeddings=False,
        **ids,
    )
    processor = _without_video(Qwen3VLProcessor)(_qwen_images(patch=16), tokenizer, chat_template=_qwen_template())
    _write(folder, Qwen3VLMoeForConditionalGeneration(config), processor, eos="<|im_end|>")


def _idefics3(folder: Path) -> None:
    from transformers import Idefics3Config, Idefics3ForConditionalGeneration, Idefics3Processor
    from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil

    tiles = [f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)]
    marks = ("<fake_token_around_image>", "<end_of_utterance>", "<global-img>", "<|begin|>", *tiles)
    tokenizer = _tokenizer(IDEFICS_TEMPLATE, eos="<|end|>", pad="<pad>", image_token="<image>", **_named(marks))
    config = Idefics3Config(
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        text_config=TEXT | {"model_type": "llama", "vocab_size": len(tokenizer)},
        vision_config=VISION | {"image_size": 56, "patch_size": 14},
        scale_factor=2,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=False,
    )
    images = Idefics3ImageProcessorPil(size={"longest_edge": 112}, max_image_size={"longest_edge": 56})
    processor = Idefics3Processor(images, tokenizer, image_seq_len=4, chat_template=IDEFICS_TEMPLATE)
    _write(folder, Idefics3ForConditionalGeneration(config), processor, eos="<end_of_utterance>")


def _janus(folder: Path) -> None:
    from transformers import JanusConfig, JanusForConditionalGeneration, JanusProcessor
    from transformers.models.janus.image_processing_pil_janus import JanusImageProcessorPil

    named = {"image_token": "<image_placeholder>", "boi_token": "<begin_of_image>", "eoi_token": "<end_of_image>"}
    tokenizer = _tokenizer(JANUS_TEMPLATE, eos="<eos>", pad="<pad>", bos="<bos>", **named)
    drawing = {"embed_dim": 8, "num_embeddings": 16, "base_channels": 32, "channel_multiplier": [1, 1]}
    config = JanusConfig(
        text_config=TEXT | {"model_type": "llama", "vocab_size": len(tokenizer)},
        vision_config={"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "mlp_ratio": 2.0}
        | {"image_size": 56, "patch_size": 14, "projection_dim": 32, "num_image_tokens": 16},
        vq_config=drawing | {"num_patches": 4, "projection_dim": 32, "image_token_embed_dim": 32},
        image_token_id=tokenizer.convert_tokens_to_ids("<image_placeholder>"),
        tie_word_embeddings=False,
    )
    images = JanusImageProcessorPil(image_size=56, size={"height": 56, "width": 56})
    processor = JanusProcessor(images, tokenizer, num_image_tokens=16, chat_template=JANUS_TEMPLATE)
    _write(folder, JanusForConditionalGeneration(config), processor, eos="<eos>")


def _glm4v_moe(folder: Path) -> None:
    from transformers import Glm4vMoeConfig, Glm4vMoeForConditionalGeneration, Glm4vProcessor
    from transformers.models.glm4v.image_processing_pil_glm4v import Glm4vImageProcessorPil

    marks = ("image", "video")
    ends = {f"{kind}_{end}": f"<|{end}_of_{kind}|>" for kind in marks for end in ("begin", "end")}
    named = {"image_token": "<|image|>", "video_token": "<|video|>", **ends, "user": "<|user|>"}
    tokenizer = _tokenizer(GLM_TEMPLATE, eos="<|endoftext|>", pad="<|pad|>", **named)
    number = tokenizer.convert_tokens_to_ids
    experts = {"n_routed_experts": 4, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 16}
    text = {"vocab_size": len(tokenizer), "num_key_value_heads": 2}
    text |= {"rope_parameters": MROPE | {"partial_rotary_factor": 1.0}}
    config = Glm4vMoeConfig(
        text_config=TEXT | text | experts | {"first_k_dense_replace": 1, "n_group": 1, "topk_group": 1},
        vision_config={"depth": 2, "hidden_size": 32, "intermediate_size": 48, "num_heads": 2}
        | {"out_hidden_size": 32, "image_size": 56, "patch_size": 14},
        tie_word_embeddings=False,
        **{f"{kind}_token_id": number(f"<|{kind}|>") for kind in marks},
        **{f"{kind}_{word}_token_id": number(ends[f"{kind}_{end}"]) for kind in marks for word, end in START_END},
    )
    images = Glm4vImageProcessorPil(size={"shortest_edge": 56 * 56, "longest_edge": 196 * 196})
    processor = _without_video(Glm4vProcessor)(images, tokenizer, chat_template=GLM_TEMPLATE)
    _write(folder, Glm4vMoeForConditionalGeneration(config), processor, eos="<|endoftext|>")


START_END = (("start", "begin"), ("end", "end"))
FAMILIES = {
    "qwen2_vl": _qwen2_vl,
    "qwen3_vl_moe": _qwen3_vl_moe,
    "idefics3": _idefics3,
    "janus": _janus,
    "glm4v_moe": _glm4v_moe,
}


def _qwen_template() -> str:
    return QWEN_TEMPLATE.replace("@IMAGE@", "<|vision_start|><|image_pad|><|vision_end|>")


def _qwen_tokenizer() -> tuple[Any, dict[str, int]]:
    """The tokenizer and the ids that Qwen's configurations name."""
    named = {"image_token": "<|image_pad|>", **_named(MARKS)}
    tokenizer = _tokenizer(_qwen_template(), eos="<|im_end|>", pad="<|endoftext|>", **named)
    ends = {"image": "image_pad", "video": "video_pad", "vision_start": "vision_start", "vision_end": "vision_end"}
    return tokenizer, {f"{key}_token_id": tokenizer.convert_tokens_to_ids(f"<|{end}|>") for key, end in ends.items()}


def _qwen_text(tokenizer: Any) -> dict[str, Any]:
    return TEXT | {"vocab_size": len(tokenizer), "num_key_value_heads": 2, "rope_parameters": MROPE}


def _qwen_images(*, patch: int) -> Any:
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    return Qwen2VLImageProcessorPil(min_pixels=(4 * patch) ** 2, max_pixels=(14 * patch) ** 2, patch_size=patch)


def _named(marks: tuple[str, ...]) -> dict[str, str]:
    return {f"token_{number}": mark for number, mark in enumerate(marks)}


def _write(folder: Path, model: Any, processor: Any, *, eos: str) -> None:
    tokenizer = processor.tokenizer
    _save(folder, model, processor, eos=[tokenizer.convert_tokens_to_ids(eos)], pad=tokenizer.pad_token_id)
