"""Controlled expansion of seed questions: templates alone, or a language model held within them."""

from medq_tasks.construction.expansion.checking import Proposal, problems_of
from medq_tasks.construction.expansion.expander import Expander, TemplateExpander, expand_all

__all__ = ["Expander", "Proposal", "TemplateExpander", "expand_all", "problems_of"]
