"""Many schools in the board's order, each beside the trust as it then stands, and the plan of their start terms."""
