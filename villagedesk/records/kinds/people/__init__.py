"""The village and its people."""
