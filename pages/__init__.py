"""One folder a public; no page directly here: Streamlit would run it without app.py."""
