"""Screens: what a clerk sees of one list or of one record."""
