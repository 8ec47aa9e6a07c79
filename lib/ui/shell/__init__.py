"""The shell of every page: navigation, banner, services, messages, HTML."""
