"""Letters: written in the transaction that decides them, sent by a process of their own.

models     the letters that wait
letters    what they say; their subjects are the guide's (account_letters: the ones about an account)
outbox     `post`: keep a letter and wake the mailer
mailer     the process that sends: a lane for codes, a lane for the rest
delivery   one letter: taken, handed over, and what became of it
retries    when a letter is tried again, when it is given up (pure)
carriers   the mail server, or the demonstration mailbox
mailbox    the page of the demonstration mailbox
"""
