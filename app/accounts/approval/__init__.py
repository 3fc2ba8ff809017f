"""Who decides on a request for an account, and what a decision changes.

routing     who decides on a request (pure)
states      the life of an account, one cell per act and state (pure)
rules       who may do what on which account, and why not (pure)
sentences   each reason in French: the refusal, the tooltip and the text beside the greyed button
subject     an account as the rules see it; who decides, read again when they decide
decide      approve, refuse, suspend… each asks the rule, is audited, and writes its letter
sites       the sites of an account: those it asked for, those it keeps
roles       the roles that the national team gives and takes back
cut_off     what dies at once with a suspension or a change of role
"""
