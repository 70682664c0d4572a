"""The review desk: a page on loopback where a person turns proposals into a record."""
