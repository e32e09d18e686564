"""Plain words for sign-in names: short, concrete, easy to say aloud, none of them a mood."""

WORDS = tuple(
    """
    acorn alder almond amber anchor apple apricot april apron arbour arch ash aspen attic autumn
    avenue badger bakery balcony bamboo barley barn basil basket bay beacon beech bell berry
    birch biscuit blanket blossom bluebell boat bonfire bottle boulder bramble branch bread
    breeze briar brick bridge bronze brook broom bucket button cabin cactus candle canoe canvas
    caramel cardigan carrot cedar cellar chalk cherry chestnut chimney cider cinnamon clay cliff
    clock cloud clover coast cobalt cocoa comet compass copper coral cork cotton cove cradle
    crane creek cricket crocus crystal cup curlew curtain cushion cypress daffodil dahlia daisy
    dale damson dawn delta dew dock dolphin door dove dune dusk eagle easel east echo eddy elder
    elm ember emerald engine evening falcon feather fennel fern ferry fiddle field fig finch fir
    fjord flag flannel flint flour flute foal fog forest forge fountain fox foxglove galaxy
    gallery garden garlic garnet gate gentle ginger glade glass glen globe goose gorse granite
    grape grass gravel grove gull hammock harbour hare harvest hazel heath heather hedge heron
    hill hive hollow holly honey hoop horizon hornbeam house indigo inlet iris iron island ivory
    ivy jacket jasmine jetty jug juniper kayak kestrel kettle kitchen kite ladder lagoon lake
    lamp lantern larch lark laurel lavender leaf ledger lemon lichen lilac lily lime linen
    linnet lobby locket loft logbook loom lupin magnolia magpie mallow maple marble marigold
    marina market marsh meadow medlar melon midday milk mill mint mirror mist mitten moor
    morning mosaic moss moth mountain mulberry mustard nectar needle nest nettle north nutmeg
    oak oasis oat ocean olive onyx opal orange orchard orchid osprey otter oven owl oyster
    paddle paint palm pansy paper parcel parsley path pavilion peach pear pearl pebble pencil
    pepper petal piano picnic pier pigeon pillow pine pixel plain planet plank plaster plum poem
    pond poplar poppy porch port pottery prairie primrose prism puffin pumpkin purple quail
    quarry quartz quay quill quilt quince rain rainbow raven reed reef ribbon ridge river robin
    rocket rook rose rosemary rowan ruby rug rush rye saddle saffron sage sail salmon sand
    sandal sapling satin saucer scarf sea seal season seed shade shadow shawl shelf shell shore
    silk silver skylark slate sleet snow sofa song sorrel south spark sparrow spice spindle
    spoon spring spruce squirrel stable star starling station stone stork storm stove straw
    stream summer sun sunday swallow swan swift sycamore table tangerine tapestry teal teapot
    tent tern thatch thicket thimble thistle thrush thyme tide timber tinder toast topaz towel
    tower trail tram tulip tunnel turnip turtle twig valley vanilla velvet verbena village vine
    violet wagon walnut water wave west wharf wheat wheel whistle willow window winter wool wren
    yarn yarrow yellow zephyr zinnia
    """.split()
)
