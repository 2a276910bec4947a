"""What was decided about freed time, what was promised against what came, and the closing report."""
