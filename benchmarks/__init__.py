"""Side-by-side measurements, each against a named floor, printed as ratios."""
