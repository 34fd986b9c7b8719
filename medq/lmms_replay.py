"""Answers made elsewhere, replayed inside lmms-eval (`--model medq_replay --model_args path=answers.jsonl`)."""

from __future__ import annotations

from medq.lmms_model import MedqModel


class MedqReplay(MedqModel):
    """Gives back the `prediction` that a jsonl, tsv, csv or xlsx file has for a document's id.

    A document without a row is a failed call, which medq's tasks count as an error.
    """

    option = "replay"
