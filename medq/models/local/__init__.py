"""Open weights in this process, through lmms-eval's chat classes; nothing here imports torch before it is needed."""
