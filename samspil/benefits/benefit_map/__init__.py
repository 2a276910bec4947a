"""The benefit map: solution → changed work → benefit → goal, as data, as a drawing and as a table."""
