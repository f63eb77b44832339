"""The parts of the page that reviews a drafted plan."""
