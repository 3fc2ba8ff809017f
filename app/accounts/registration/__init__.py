"""Asking for an account: the form, the letter that confirms the address, then those who decide are told.

rules       what a request must hold, and why it is refused (pure)
sentences   each reason in French, beside its field
hospitals   which hospitals answer to what is typed (pure)
sites       the sites on offer, a few hospitals at a time
ask         a request is kept, its letter leaves; a known address is told to its owner alone
confirm     the address is confirmed: the request goes to those who decide
tell        their letter, at once or once a day
forget      what was never confirmed
forms, views   the screens
"""
