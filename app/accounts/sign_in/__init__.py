"""Coming in: the password, then the second step; and what to do when the password does not open.

passwords       Argon2id
password_rule   what a good password holds (pure)
lockout         five wrong passwords lock an address (pure)
attempts        the tries of an address, counted before the password is read
models          the rows of the tries
steps           the outcome of a password, the outcome of a code
unlock          the letter that lifts a lock
reset           the letter of a forgotten password, and what a new one closes
sentences       what the sign-in answers
forms, views    the screens; `reset_forms`, `reset_views`, `unlock_views` those of the letters
"""
