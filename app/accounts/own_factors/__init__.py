"""One's own factors, on the profile: add, name, remove; each change is audited and told by letter.

may_change   only who proved their best factor in this session
overview     what the page shows
note         the trace and the letter of a change
afterwards   what follows it: the session raised, recovery codes shown once, or why not
forms        a code, a name
views        the page, the app, the recovery codes, the browsers, the identity
key_views    the security keys
"""
