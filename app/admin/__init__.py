"""The consoles under /console/: who may come in, who has access to what, who did what. Flask-Admin, closed.

perimeter       how far a console reaches: a hospital, or the nation (pure)
asked           what the address of a list asks
base            `Console`: closed until it says who opens it and which rows it shows
words           the words of the consoles: roles, factors, acts of the journal
details         what the journal says of an act besides: on which page, by which means
account_lines   the accounts of a perimeter, as the consoles show them
twins           accounts that may be the same person's
buttons         each act as a button: open, or greyed with its reason
places          the hospitals and sites that a console offers to choose from
ids             ids as people may send them
ages            how long a request has been waiting
requests        the queue of requests, age first
accounts        the accounts: list, export
account_page    one account, beside the list or in its own page
account_columns the columns of the export
acts            what is done to an account
acts_forms      the forms of these acts
account_history what was done to an account
sites           who has access to a site
hospitals       the hospitals: their managers, their minimum factor
journal         the audit, read
journal_lines   the events of a perimeter
missing_codes   the codes that no list has, for the filières
definitions     the editions of a definition, weighed and published
permissions     the table of roles and permissions
documents       the connected mode: what a hospital receives, its channels, its test site
long_works      which long works the consoles start (replays, the test site)
menu            the menu of the consoles
sheets          lists as CSV and Excel, formulas neutralised (D5)
consoles        all of it, registered
"""
