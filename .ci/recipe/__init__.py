"""The recipes of docs/ci.md: their list (blocks), their requirements (world, machines), and the way to run each (runs)."""
