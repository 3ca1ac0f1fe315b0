"""Tests of the runtime, without a generated system around it."""
