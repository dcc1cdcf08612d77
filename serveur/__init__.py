"""The door in front of Streamlit: what is answered and to whom, headers, refusals in French, what the log may say."""
