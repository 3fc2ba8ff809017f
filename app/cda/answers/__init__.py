"""What is answered to a mail: one answer, once the last of its documents has its final state (connected-mode 8).

plan       whether it is answered, and how: a notification (RFC 8098), a letter, nothing (pure)
codes      our refusals among the application codes of the exchange (pure)
compose    the mail itself, the original attached (pure)
owed       the row that says that an answer is owed, written with the last final state
post       the answers owed handed to the mailer: it sends them, this writes nothing of a patient outside the hospital
letters    what the mailer calls back to compose one
"""
