"""One run: items, questions, answers, rows, results, files."""
