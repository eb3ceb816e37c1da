"""What the tests of the stores share: the real engines, and ways to drive any store."""
