"""Records on paper: Chinese text set on its grid, pages, tables, and the papers themselves."""
