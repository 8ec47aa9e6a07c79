"""The yardsticks: apps that do next to nothing."""
