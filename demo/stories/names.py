"""Places and services out of which stories are made. All invented; a likeness is chance."""

STREETS = (
    "Albion Street", "Barley Mow Lane", "Castle Rise", "Dockside", "Elm Grove", "Fishergate", "Granary Court",
    "Hawthorn Drive", "Inkerman Terrace", "Jubilee Way", "Kiln Lane", "Lighthouse Road", "Market Hill",
    "North Parade", "Orchard Close", "Pilgrim Street", "Queensway", "Ropewalk", "Sandpiper Close", "Tanners Yard",
    "Upper Dock Street", "Victoria Buildings", "Weavers Row", "Yew Tree Avenue", "Bridge End", "Coopers Lane",
    "Dunes View", "Estuary Road", "Ferry Lane", "Gasworks Cottages",
)  # fmt: skip
AREA = "AM"
"""No area of postcodes in the United Kingdom has this name."""

PRIMARY_SCHOOLS = (
    "Saltmarsh Primary School", "Beacon Hill Primary School", "Northfield Primary School",
    "Kingsmead Primary School", "St Brannock's Primary School", "Riverside Primary School",
    "Tollgate Primary School",
)  # fmt: skip
SECONDARY_SCHOOLS = (
    "Harbour Academy", "Aldermere High School", "Queen's Wharf School",
)  # fmt: skip
NURSERIES = (
    "Little Herons Nursery", "Seashells Playgroup", "Quayside Children's Centre",
)  # fmt: skip
PRACTICES = (
    "Quay Street Surgery", "Beacon Hill Practice", "Riverside Medical Centre", "Station Road Surgery",
)  # fmt: skip
