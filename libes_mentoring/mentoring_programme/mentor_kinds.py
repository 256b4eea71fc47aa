"""Kinds of mentors, and the field by which a programme says that it takes them. Pure.

Source: handbook, "Mentors' role: co-national, survivor and local mentors". Nobody is asked in public which of them
they are: staff note it once they know.
"""

KIND_FIELDS = {
	"kind_local": "Local volunteer",
	"kind_survivor": "Survivor",
	"kind_migrant": "Migrant background",
}
