"""Coming in with the identity of a provider (Pro Santé Connect, by OpenID Connect). Off unless the settings name one.

provider     what is asked of it and what it answers
identities   who somebody is for it: linked once, by the person
awaiting     an identity that nobody has linked yet, until its owner signs in
views        to the provider and back
"""
