"""What is recorded: each kind described once; what an entry is; what law, stages and duties say.  No disk, no screen."""
