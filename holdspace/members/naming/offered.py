"""Three kindly names to choose from: birds, plants, weather, water, things of a house."""

from collections.abc import Collection
from random import Random

from holdspace.members.naming.reading import skeleton

THINGS = """
Wren Heron Plover Linnet Curlew Lapwing Dunnock Siskin Swift Martlet Egret Goldcrest Nightjar
Sandpiper Kittiwake Bittern Chaffinch Fieldfare Redwing Skylark Sparrow Starling Turnstone Wagtail
Alder Aspen Beech Birch Bracken Bramble Bulrush Burdock Campion Cedar Chervil Clover Comfrey
Cornflower Cowslip Elder Fennel Fern Foxglove Gorse Harebell Hawthorn Hornbeam Larch Lichen Linden
Lovage Mallow Maple Meadowsweet Medlar Mistletoe Moss Mullein Nettle Oxlip Pine Quince Reed Samphire
Sedge Sorrel Speedwell Spruce Tansy Teasel Thistle Thyme Vetch Walnut Willow Woodruff Yarrow
Breeze Cirrus Cloud Drizzle Dusk Dew Frost Gale Haze Hoarfrost Mist Moonrise Rain Snowfall Squall
Sunbreak Thaw Twilight Brook Cove Estuary Harbour Lagoon Marsh Meadow Moor Pebble Ripple Rivulet
Shingle Spring Tarn Tide Acorn Amber Anchor Barley Basket Candle Copper Cotton Ember Flint Hearth
Kettle Lantern Linen Oat Quilt Rye Saffron Slate Spindle Thimble Wool
""".split()

KINDS = """
Quiet Early Evening Slow Small Steady Gentle Autumn Winter Summer April Northern Southern Western
Hidden Distant Grey Silver Copper Blue Green Warm Clear Second Patient Plain Drifting Morning
Coastal Upland Wandering Resting
""".split()


def offer_names(n: int, taken: Collection[str], random: Random) -> list[str]:
    """`n` different names whose skeletons are not in `taken`, in the order chance gave them.

    `taken` holds skeletons. When single words run short, a second word is put before them.
    """
    offered: list[str] = []
    used = set(taken)
    plain = list(THINGS)
    random.shuffle(plain)
    paired = (f"{kind} {thing}" for thing in plain for kind in random.sample(KINDS, len(KINDS)))
    for name in [*plain, *paired]:
        if len(offered) == n:
            break
        if skeleton(name) not in used:
            used.add(skeleton(name))
            offered.append(name)
    return offered
