"""Facts to findings, findings to a proposal."""
