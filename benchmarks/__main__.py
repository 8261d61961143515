"""All of them, one after the other: `python -m benchmarks`."""

from benchmarks import exchange, finding, paper

exchange.main()
paper.main()
finding.main()
