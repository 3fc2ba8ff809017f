"""The demonstration: invented people, real structure.

documents.py      `make_document`: the XML of a described document, for the demonstration, the tests and the benchmark
described.py      four descriptions: a newborn, her mother before and after the birth, a child sent in 2022
described_mother.py · described_parts.py   the mother's two, and what descriptions are made of
header.py · body.py   the two halves of a document
patient_sections.py · birth_sections.py   what is about the patient
encounter_sections.py · diagnosis_section.py · pregnancy_section.py   its blocks (subjects.py: the fetus they are about)
sections.py · questions.py · markup.py   what they are written with

addressed.py      documents that H001 takes as its own (commands.py: `demo document`)

create.py         the whole demonstration, once
hospitals.py      three hospitals and their sites
requests.py       people who ask for an account
twice.py          a woman entered at two sites under two names, and the search that finds her
populate.py       invented patients in bulk (commands.py: `demo populate`)
patients.py · visits.py · diseases.py · people.py   a patient, who follows them, what they have, what they are called
"""
