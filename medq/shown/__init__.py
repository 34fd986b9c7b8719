"""What people read of results: tables and sentences, said through `medq.terminal`."""
