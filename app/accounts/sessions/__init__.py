"""From one page to the next: who is signed in, since when, for which site.

rows        one row per browser: its hash, its age, its person
current     the same rows as Flask's `session` and Flask-Login's `current_user`
browsers    the name of a browser, as its owner would say it (pure)
time_left   how long it still lives (pure)
way_back    the page to return to after a sign-in, kept on the server
same_site   a page acts only for the site it was made for
site_switch going from one's site to another
views       how long it lasts, staying, changing site
"""
