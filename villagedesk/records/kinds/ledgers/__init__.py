"""The ledgers of the six councils: what each of them does besides meeting (domain: 六会专项台账)."""
