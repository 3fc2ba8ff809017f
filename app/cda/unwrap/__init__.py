"""What a reception encloses: a mail, an archive, and in them documents (connected-mode 5 and 6).

limits      how large, how deep, how many: settings
enclosed    a document found, or what is refused or ignored of it
headers     the headers of a mail or of one of its parts, bounded
mail        a MIME tree, walked within limits; forwarded mails are opened
archive     a zip, read as a stream within limits, never written to a disk
metadata    METADATA.XML of an IHE XDM archive (ITI-32)
xdm         the documents that its metadata announce, checked
automatic   was a mail sent by a machine that must not be answered?
envelope    `unwrap`: a mail or an archive, to the documents in it
"""
