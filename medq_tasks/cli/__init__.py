"""The subcommands of `python -m medq_tasks` that belong to the data, one file each."""
