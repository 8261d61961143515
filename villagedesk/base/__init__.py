"""What every room stands on: errors, paths, whole files, the clock, ids and words."""
