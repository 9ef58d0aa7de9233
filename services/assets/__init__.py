"""What the office owns: the register, its wear, its life, and how it leaves the books."""
