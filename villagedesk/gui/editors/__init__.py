"""Editors: one for each shape of value, all with the same few promises."""
