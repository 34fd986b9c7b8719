"""What all texts of one split are written with: the bank, and whose turn a template is."""

from __future__ import annotations

from dataclasses import dataclass, field

from medq_tasks.construction.bank import Bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.variants import Variant
from medq_tasks.sample.catalogue import Attribute
from medq_tasks.sample.rotation import Rotation


@dataclass(frozen=True, slots=True)
class Writing:
    """The bank and the turns of one split."""

    bank: Bank
    turn: Rotation = field(default_factory=Rotation)

    def truth(self, variant: Variant) -> Attribute | None:
        """The applied attribute's entry, None for an original."""
        return None if variant.attribute is None else self.bank.attributes[variant.attribute]

    def noun(self, original: Original) -> str:
        """The next of the image's names."""
        nouns = original.source.nouns or self.bank.words[original.modality].nouns
        return self.turn.next(f"noun {original.modality} {'|'.join(nouns)}", nouns)

    def subject(self, original: Original) -> str:
        """What the image shows, with its article."""
        return original.source.subject or self.bank.words[original.modality].subject

    def structures(self, original: Original) -> str:
        """The structures that the image is read for."""
        return original.source.structures or self.bank.words[original.modality].structures

    def absent(self, variant: Variant) -> tuple[str, ...]:
        """The attributes that the image certainly does not show.

        Left out are those that the source shows by itself, those of the family of the applied one, and those that its
        traces could be taken for.
        """
        known, original = self.bank.attributes, variant.original
        free = [key for key in self.bank.vocabulary[original.modality] if key not in original.source.shows]
        truth = self.truth(variant)
        if truth is not None:
            own = variant.attribute
            alike = {key for key in free if key in truth.unlike or own in known[key].unlike}
            free = [key for key in free if known[key].family != truth.family and key not in alike]
        return tuple(free)

    def distractors(self, variant: Variant) -> tuple[str, ...]:
        """Wrong options of a What question: first what is certainly absent, then what is of another family."""
        first, truth = self.absent(variant), self.truth(variant)
        if truth is None:
            return first
        vocabulary = self.bank.vocabulary[variant.original.modality]
        others = [key for key in vocabulary if self.bank.attributes[key].family != truth.family]
        second = [key for key in others if key not in first and key not in variant.original.source.shows]
        return (*first, *second)
