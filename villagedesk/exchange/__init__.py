"""What leaves a desk and what comes in: seals, bundles, and the files other programs read."""
