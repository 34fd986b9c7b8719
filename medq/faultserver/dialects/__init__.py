"""The providers' ways of saying the same thing: how a request is read, and an answer or an error written."""

from __future__ import annotations

from medq.faultserver.dialects.anthropic import AnthropicDialect
from medq.faultserver.dialects.dialect import Completion, Dialect
from medq.faultserver.dialects.gemini import GeminiDialect
from medq.faultserver.dialects.openai import OpenAIDialect

__all__ = ["AnthropicDialect", "Completion", "Dialect", "GeminiDialect", "OpenAIDialect"]
