"""The published prompts of the judge as text files, one a task and axis, in folders by version.

A published text is never edited: a change is a new folder, so that a verdict's version says which words it answered.
"""
