"""Kinds of mentors, and the field by which a programme says that it takes them. Pure.

Source: handbook, the chapter on the mentors' role. Nobody is asked in public of which kind they are: staff note it once
they know.
"""

KIND_FIELDS = {
	"kind_local": "Local volunteer",
	"kind_survivor": "Survivor",
	"kind_migrant": "Migrant background",
}
