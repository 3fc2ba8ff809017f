"""The ways in, one pipeline behind. The hospital comes from the channel only, never from the document (§2).

ways          a token, a watched folder, a mailbox: what each needs, what of it is secret
credentials   open a channel, change its secret, revoke it, list them: what the console and the commands use
room          is there room for one more channel?
reach         a mailbox opened from a page stays on the Internet
commands      `flask channels …`
tokens        which channel calls, by its token
http          the HTTP API
receiver      one thread per mailbox and folder, none of which stops another
mailbox       a mailbox: IDLE, received, committed, then moved (folders: where to)
boxes         connections that read no more than a mail may be
folder        a watched folder: steady, received, committed, then moved
bring         what both bring, in one transaction
trial         does a channel work?
upload        files dropped in the console
"""
