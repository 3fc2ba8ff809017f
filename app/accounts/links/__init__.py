"""Links sent by letter: each good once, shown by GET, used by POST.

models    their rows
one_use   make one, look at it, use it
send      its letter, when its account is to have one
dead      the page of a link that opens nothing any more
"""
