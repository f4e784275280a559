"""The recipes of docs/ci.md: which there are (blocks), what they need (world, machines), and how each is run (runs)."""
