"""Items from files: the official ones, the user's own, and what is wrong with them."""

from medq_tasks.data.load import load_items

__all__ = ["load_items"]
