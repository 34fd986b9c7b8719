"""What a run will ask, take and be able to show, before anything is spent."""
