"""The shell: each command reads, asks and writes; what a test could want is elsewhere."""
