"""Compile the shipped principles and templates into the wheel, so that no command has to do it again."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compiled(BuildHookInterface):
    """Adds the compiled principles and the templates as Python to a standard wheel; a checkout compiles for itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from clpt_growth.files.library import COMPILED, compile_shipped

        compile_shipped(root / "principles", root / "build")
        for name in COMPILED.values():
            build_data["force_include"][str(root / "build" / name)] = f"clpt_growth/{name}"
        from clpt_growth.papers import render

        templates = root / "build" / render.COMPILED
        render.compile_templates(templates)
        build_data["force_include"][str(templates)] = f"clpt_growth/{render.COMPILED}"
