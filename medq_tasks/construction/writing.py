"""What all texts of one split are written with: the bank, and whose turn a template is."""

from __future__ import annotations

from dataclasses import dataclass, field

from medq_tasks.construction.bank import Attribute, Bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.rotation import Rotation
from medq_tasks.construction.variants import Variant


@dataclass(frozen=True, slots=True)
class Writing:
    """The bank and the turns of one split."""

    bank: Bank
    turn: Rotation = field(default_factory=Rotation)

    def truth(self, variant: Variant) -> Attribute | None:
        """The applied attribute's entry, None where there is none."""
        return None if variant.attribute is None else self.bank.attributes[variant.attribute]

    def noun(self, original: Original) -> str:
        """The next of the image's names."""
        nouns = original.source.nouns or self.bank.words[original.modality].nouns
        return self.turn.next(f"noun {original.modality} {original.source.name}", nouns)

    def subject(self, original: Original) -> str:
        """What the image shows, with its article."""
        return original.source.subject or self.bank.words[original.modality].subject

    def structures(self, original: Original) -> str:
        """The structures that the image is read for."""
        return original.source.structures or self.bank.words[original.modality].structures

    def absent(self, variant: Variant) -> tuple[str, ...]:
        """The attributes that the image certainly does not show; none beside a degradation that is no attribute's.

        Left out are those that the source shows by itself, those of the family of the applied one, and those that its
        traces could be taken for. The source's own attributes come first, so that questions about absence and presence
        ask about the same things.
        """
        known, original = self.bank.attributes, variant.original
        free = [key for key in self.bank.vocabulary[original.modality] if key not in original.source.shows]
        truth = self.truth(variant)
        if truth is None and not variant.clean:
            return ()
        if truth is not None:
            free = [key for key in free if known[key].family != truth.family and key not in truth.unlike]
        return tuple(sorted(free, key=lambda key: key not in original.source.attributes))

    def distractors(self, variant: Variant) -> tuple[str, ...]:
        """Wrong options of a What question: first what is certainly absent, then what is of another family."""
        first, truth = self.absent(variant), self.truth(variant)
        if truth is None:
            return first
        vocabulary = self.bank.vocabulary[variant.original.modality]
        others = [key for key in vocabulary if self.bank.attributes[key].family != truth.family]
        second = [key for key in others if key not in first and key not in variant.original.source.shows]
        return (*first, *second)
