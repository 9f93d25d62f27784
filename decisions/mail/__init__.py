"""How messages, feedback and letters of this stage are worded: references and kinds only in anything that is mailed."""
