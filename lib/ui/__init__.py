"""All Streamlit code. One folder a page (analyze, review, sessions), and what pages share."""
