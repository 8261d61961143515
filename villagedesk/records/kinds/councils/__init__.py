"""Councils and assemblies, their meetings and what they decided."""
