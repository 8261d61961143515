"""The parts screens are put together from; each looks and speaks the same everywhere."""
