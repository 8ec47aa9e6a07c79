"""All Streamlit code that the pages share. Only pages, this room and the entry file know it."""
