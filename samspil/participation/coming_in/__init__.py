"""The pages of those who are asked, under /p/<code>/: what is asked and on which promise, and the ways in.

No account, no script, no third party. Whatever leads here – poster, letter, mail, sign-in – ends at one
button, and the room that asks takes over from there (`RoundKind.begin`).
"""
