"""Turns news reports into a sourced record of protests, strikes and repression."""
