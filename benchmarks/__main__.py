"""All of them, one after the other: `python -m benchmarks`."""

from benchmarks import desk, engines, exchange, finding, paper, takein

desk.main()
exchange.main()
takein.main()
paper.main()
engines.main()
finding.main()
