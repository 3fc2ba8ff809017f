"""Links sent by letter: each good once, shown by GET, used by POST.

models   their rows
"""
