"""Words for people and formats for programs: nothing here decides anything."""
