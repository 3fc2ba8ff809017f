"""What proves, beside the password, who somebody is.

models              codes, authenticator apps, keys, recovery codes, known browsers, outside identities
strength            how much each proves, which are asked for, when they may be changed (pure)
one_time_code       eight digits by mail, sixty seconds, five tries
send_code           a new code and its letter, in one transaction
authenticator_app   six digits every thirty seconds
recovery_codes      ten codes for the day the rest is lost
passkeys            security keys, fingerprint or face of a device
known_browsers      the browsers that passed the second step lately
enrolled            what an account has, and how all of it is forgotten
"""
