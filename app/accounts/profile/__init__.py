"""One's own account: who one is, one's password, one's open sessions, one's language.

identity       names, civility, RPPS number, phone: read, changed
password       a new one, for who knows the former one
own_sessions   the open sessions: listed, closed
own_acts       what was done lately with the account
sentences      what these pages say
forms, views, session_views   the screens
"""
