"""Random aliases under which a mentee is known outside the case file. Pure.

A neutral noun and a number. Nothing about the person, the day or the order of arrival goes into it.
"""

import secrets

WORDS = tuple(
	"""Acorn Alder Almond Amber Anchor Apple Arbour Ash Aspen Aster Autumn Bamboo Barley Basil Bay Beacon
	Beech Birch Blossom Breeze Bridge Brook Canyon Cedar Cherry Chestnut Cloud Clover Cobalt Comet Coral
	Cotton Cove Crane Crystal Cypress Daisy Dawn Delta Dune Elm Fern Fig Finch Fjord Garden Ginkgo Glade
	Granite Grove Harbour Hazel Heath Heron Hill Holly Indigo Iris Island Ivory Ivy Jade Jasmine Juniper
	Kestrel Lagoon Lake Lantern Larch Lark Laurel Lavender Lemon Lilac Lily Linden Lotus Maple Marble Marigold
	Meadow Mint Moon Moss Myrtle Nectar North Oak Oasis Olive Opal Orchard Otter Palm Peach Pearl Pebble
	Peony Pine Planet Plum Poplar Prairie Quartz Quince Rain Raven Reed River Robin Rosemary Rowan Saffron
	Sage Sail Sapphire Sequoia Sierra Silver Sky Sparrow Spring Spruce Starling Summit Swallow Teal Thyme
	Tulip Valley Velvet Violet Walnut Wave Willow Wren""".split()
)


def draw() -> str:
	"""An alias such as `Heron-4821`, drawn from about 1.3 million with the system's random source."""
	return f"{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
