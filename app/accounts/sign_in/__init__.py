"""Coming in: the password, then the second step.

passwords   Argon2id, and the rule of a good password
lockout     five wrong passwords lock an address (pure)
attempts    the tries of an address, counted before the password is read
models      the rows of the tries
steps       the outcome of a password, the outcome of a code
sentences   what the sign-in answers
forms, views   the screens
"""
