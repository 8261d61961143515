"""All of them, one after the other: `python -m benchmarks`."""

from benchmarks import exchange, paper

exchange.main()
paper.main()
