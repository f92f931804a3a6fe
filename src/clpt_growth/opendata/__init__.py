"""Published data about schools, as downloaded, turned into facts with their sources."""
