"""Makes the model that ships with the package: `python -m training --help`."""
