"""Who may come in: people → password → one-time code → session → site.

models          the rows of schema `control`
person          Person and Place: what a page knows of who is signed in
people          creating an account, listing accounts
passwords       Argon2id, and the rule of a good password
lockout         five wrong passwords lock an address, known or not
one_time_code   eight digits by mail, sixty seconds, five tries
sign_in         the outcome of a password, the outcome of a code
outbox, mailer  letters wait in PostgreSQL and leave from their own process
letters         what the letters say
send_code       a new code and its letter, in one transaction
carriers        the mail server, or the demonstration mailbox
sentences       what the sign-in answers
session_rows    one row per browser; its hash, its age, its person
sessions        the same rows as Flask's `session` and Flask-Login's `current_user`
way_back        the page to return to after sign-in, kept on the server
same_site       a page acts only for the site it was made for
forms, views    the screens
mailbox         the demonstration mailbox
commands        `users …`
"""
