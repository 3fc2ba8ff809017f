"""The second step of a sign-in, and the stronger one asked for later.

step        who is at the second step, and the ways open to them
sentences   what it answers
forms       a code, whatever made it
tries       the guesses of an account, counted before the code is read
mail_code   a code of a letter, as a decision
arrival     the end of the step: a new session id, a browser known for some hours, the page asked for
browser_cookie   what a known browser keeps
minimum     a hospital that demands more than the session passed: nothing of it opens before
views       the pages of each way
"""
