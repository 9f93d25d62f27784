"""Words that say nothing by themselves: ordinary words that are names too, and those that sentences are made of."""

from __future__ import annotations


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEVER_ALONE = _these("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday easter christmas ramadan eid spring summer autumn winter red amber green yes no
    will mark please police school church hub team child mother father
""")
"""What is written with a capital in the middle of a sentence and names nobody."""

ALSO_NAMES = _these("""
    abbot able alder amber angel april ash august autumn baker banks barber barn bear bell best bill bird bishop
    black blessing bloom blue bond booth bowman box branch bray bridge bridges bright brook brooks brother brown
    burn bush butcher butler buttons cane carpenter carter cash chambers chance charity chase cherry child childs
    church clay cliff close coast cook cooper corner court crane cream crisp cross crow crystal dale daisy dawn day
    dean dear doctor down drake drew duke duty dyer earl early east easter english eve even fair faith farmer father
    field fields finch first fisher fleet flint flood flower flowers foot ford forest forester forward fox france
    francis frank freed freeman french friend frost gale gallant garden gardener gate gates gay gift glass gold
    golden good goodchild grace grand grant gray green grey grove guest guy hall hand hands hardy hare harper
    harvest hawk hay hazel head heath heather hill hills holiday holly home honey hood hope house hunt hunter ice
    iris ivory ivy jack jade january jasmine jewel joy judge july june justice keen keeper key king kind knight lake
    lamb lance land lane law leaf light lilac lily little lock long lord love low lucky luck mace major manger march
    marina mark marks market marsh marshall mason may mayor mead meadow mercy merry miles mill miller mills miner
    mist monday moody moon moor moore moss mother mount music new nice noble noon north nurse oak ocean old olive
    page pace palmer paris park parker parson patience peace pearl penny pepper percy piper pit place plant player
    pleasant plum pond pool poor pope poppy porter potter pound power precious price pride priest prince prior
    promise providence purchase queen quick quill rain ranger ray read reed rich ridge ring rise rivers river rob
    robin rock root rose rosemary royal ruby rule rush rye sage sailor saint salmon salt sands saturday savage
    scarlet school scott season senior sharp shaw shepherd short sierra silver singer singh single skipper sky
    slater small smart smith snow south spark sparrow speed spencer spring stack staff star steel steward stone
    storm street strong sue summer summers sunday swan sweet swift tailor talent taylor temple thorn tide tiger town
    towns trinity true trust tuesday turner twist usher vale valley victory viola violet vine virtue wade wait
    walker wall walls ward warden warm water waters way weaver webb week weeks welcome well wells west wheeler white
    whitehall wild will willow winter winters wise wolf wood woods work worth wren wright yard young younger zion
""")
"""Small, because it is only asked of a name that stands alone."""

OF_SENTENCES = _these("""
    a about after again against all also an and any are as at be because been before being between both but by can
    could did do does doing down during each for from had has have having he her here hers him his how i if in into
    is it its just me more most my no nor not of off on once only or other our ours out over own same she should so
    some such than that the their theirs them then there these they this those through to too under until up us very
    was we were what when where which while who whom why will with would you your yours one two said says been s t
""")
"""Words that every text shares with every other."""

KINDS_OF_PLACE = _these("""
    school primary secondary junior infant infants academy college nursery preschool catholic church of england c e
    ce rc grammar high comprehensive community centre surgery practice clinic hospital medical health the and
    special first middle lower upper sixth form foundation trust playgroup kindergarten children childrens day ysgol
    gynradd uwchradd gyfun gymunedol feithrin meithrin bunscoil gaelscoil
""")
"""What schools, nurseries and practices are called before or behind the name of their own."""

KINDS_OF_HOUSE = _these("cottage lodge vicarage rectory court tower house farm bungalow annexe barn flat")
"""What says by itself only what sort of house it is."""

HOMES = _these("refuge hostel shelter home homes place centre unit project accommodation")
"""What a house where somebody hides is called by those who know of it."""
