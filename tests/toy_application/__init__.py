"""An application that tests add by one line of the table: it makes dark videos bright again."""
