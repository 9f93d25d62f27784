"""The security kernel: who is looking, what their role may do, which rows they may see, who signs for it."""
