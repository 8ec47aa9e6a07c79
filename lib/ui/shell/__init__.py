"""What every page stands in: navigation, head, services, messages, HTML."""
