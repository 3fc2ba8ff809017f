"""Who may come in: registration → confirmation → approval → sign-in → second step → session.

models          the rows of people, their rights and their sessions
permissions     who may do what: one table (pure)
person          Person and Place: what a page knows of who is signed in
people          creating an account, listing accounts
registration/   asking for an account
approval/       who decides on it, and what a decision changes
sign_in/        the password, its tries and its lock
factors/        the second step
links/          links of letters, each good once
mail/           letters wait in PostgreSQL and leave from their own process
session_rows    one row per browser; its hash, its age, its person
sessions        the same rows as Flask's `session` and Flask-Login's `current_user`
way_back        the page to return to after sign-in, kept on the server
same_site       a page acts only for the site it was made for
commands        `users …`
"""
