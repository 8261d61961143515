"""All of them, one after the other: `python -m benchmarks`."""

from benchmarks import desk, exchange, finding, paper, takein

desk.main()
exchange.main()
takein.main()
paper.main()
finding.main()
