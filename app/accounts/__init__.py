"""Who may come in: registration → confirmation → approval → sign-in → second step → session.

models          the rows of people, their rights and their sessions
permissions     who may do what: one table (pure)
person          Person and Place: what a page knows of who is signed in
addresses       how an address is kept, and which ones are professional (pure)
people          creating an account, listing accounts
registration/   asking for an account
approval/       who decides on it, and what a decision changes
sign_in/        the password, its tries and its lock
factors/        what proves, beside the password, who somebody is
second_step/    the pages that ask for it, at a sign-in or later
outside/        coming in with the identity of a provider
own_factors/    one's own factors, on the profile
links/          links of letters, each good once
mail/           letters wait in PostgreSQL and leave from their own process
sessions/       from one page to the next: who is signed in, since when, for which site
profile/        one's own account: identity, password, open sessions, language
let_in          who enters a hospital's test site
commands        `users …`
"""
