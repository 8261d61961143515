"""The village's business before everybody: what is authorised, decided in steps, and published."""
