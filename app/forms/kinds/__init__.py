"""One kind of field per kind of answer. Pure: what a field shows, what it receives, what that means.

wire (the contract) → text, whole_number, quantity, yes_no, partial_date (with written_dates), choice (value sets),
terminology (with references), site, rpps, group → of_item (which kind an item takes).
"""
