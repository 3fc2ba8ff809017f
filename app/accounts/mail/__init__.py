"""Letters: written in the transaction that decides them, sent by a process of their own.

models     the letters that wait
letters    what they say; their subjects are the guide's
outbox     `post`: keep a letter and wake the mailer
mailer     the process that sends, tries again, and wipes the secrets sent
carriers   the mail server, or the demonstration mailbox
mailbox    the page of the demonstration mailbox
"""
