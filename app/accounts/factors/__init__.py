"""What proves, beside the password, who somebody is.

models          codes, authenticator apps, keys, recovery codes, known browsers, outside identities
one_time_code   eight digits by mail, sixty seconds, five tries
send_code       a new code and its letter, in one transaction
"""
