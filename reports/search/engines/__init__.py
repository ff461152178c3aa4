"""Search engines: what any engine must do (`seam`), and the engines."""
