"""What a model is asked: the paper's fixed words, or the row's own question as the released code sends it."""

from pathlib import Path

from medq_tasks.prompt_file import FixedPrompt, PromptFile

PROMPT = FixedPrompt(PromptFile(Path(__file__).parent / "prompts"))
VERSIONS = PROMPT.versions
render = PROMPT.render
