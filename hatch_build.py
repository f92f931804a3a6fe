"""Compile the shipped principles into the wheel, so that no command has to read them from YAML again."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPrinciples(BuildHookInterface):
    """Adds `compiled.bin` to a standard wheel; an editable install compiles on first use."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from clpt_growth.files.library import COMPILED, compile_shipped

        place = root / "build" / COMPILED
        compile_shipped(root / "principles", place)
        build_data["force_include"][str(place)] = f"clpt_growth/{COMPILED}"
