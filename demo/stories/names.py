"""Names and places out of which households are made. All invented; a likeness is chance."""

GIRLS = (
    "Amelia", "Poppy", "Zara", "Grace", "Aisha", "Ellie", "Niamh", "Chloe", "Freya", "Hafsa", "Isla", "Jasmine",
    "Kezia", "Leila", "Maja", "Naomi", "Orla", "Priya", "Rosie", "Safiya", "Tilly", "Yasmin", "Alicja", "Bethan",
    "Daisy", "Esme", "Fatima", "Gabriela", "Holly", "Ivy",
)  # fmt: skip
BOYS = (
    "Mason", "Noah", "Ibrahim", "Theo", "Kian", "Oscar", "Rhys", "Samuel", "Kacper", "Dylan", "Elijah", "Finn",
    "George", "Hamza", "Isaac", "Joshua", "Kofi", "Leon", "Mohammed", "Nathan", "Oliver", "Patryk", "Reuben",
    "Stefan", "Tyler", "Usman", "Vihaan", "William", "Yusuf", "Zack",
)  # fmt: skip
WOMEN = (
    "Joanne", "Natasha", "Sadia", "Michelle", "Katarzyna", "Laura", "Gemma", "Comfort", "Rebecca", "Shanice",
    "Tracey", "Nadia", "Siobhan", "Emma", "Lucy", "Farida", "Donna", "Stacey", "Agnieszka", "Holly-Ann", "Louise",
    "Rukhsana", "Vanessa", "Abigail", "Catrin", "Marcia", "Simone", "Teresa", "Ottilie", "Bronwen",
)  # fmt: skip
MEN = (
    "Darren", "Lee", "Imran", "Paul", "Tomasz", "Wayne", "Kwame", "Stephen", "Marlon", "Neil", "Ahmed", "Shane",
    "Jason", "Robert", "Andrei", "Callum", "Delroy", "Ewan", "Francis", "Gary", "Hassan", "Iwan", "Jerome", "Keith",
    "Liam", "Mustafa", "Nigel", "Owen", "Piotr", "Ross",
)  # fmt: skip
SURNAMES = (
    "Aldridge", "Banerjee", "Cartwright", "Dunmore", "Eccles", "Farrow", "Gallimore", "Hussain", "Ingleby",
    "Jarvis", "Kowalski", "Lathbury", "Mbeki-Shaw", "Nettleton", "Okafor", "Pemberton", "Quarmby", "Ridgeway",
    "Sokolov", "Thirlby", "Underwood", "Varley", "Wainwright", "Yeboah", "Ashdown", "Begum", "Crowther", "Devlin",
    "Everard", "Fennimore", "Garside", "Hollins", "Ismail", "Jessop", "Kettering", "Lovelock", "Murgatroyd",
    "Nowak", "Osgood", "Pickering", "Rahman", "Stannard", "Tolley", "Vickers", "Whitlam", "Abara", "Birtwhistle",
    "Chaudhry", "Dacre", "Elphick", "Fairburn", "Grimshaw", "Holroyd", "Iqbal", "Jolley", "Kirkby", "Loxley",
    "Merrick", "Nkemelu", "Oldroyd", "Prentice", "Ramsbottom", "Swindlehurst", "Tregear", "Uttley", "Vance",
    "Winstanley", "Yarrow", "Ackroyd", "Bracewell", "Copperwheat", "Drinkwater", "Entwistle", "Firth", "Goodall",
    "Heseltine", "Illingworth", "Jagger", "Kellett",
)  # fmt: skip
STREETS = (
    "Albion Street", "Barley Mow Lane", "Castle Rise", "Dockside", "Elm Grove", "Fishergate", "Granary Court",
    "Hawthorn Drive", "Inkerman Terrace", "Jubilee Way", "Kiln Lane", "Lighthouse Road", "Market Hill",
    "North Parade", "Orchard Close", "Pilgrim Street", "Queensway", "Ropewalk", "Sandpiper Close", "Tanners Yard",
    "Upper Dock Street", "Victoria Buildings", "Weavers Row", "Yew Tree Avenue", "Bridge End", "Coopers Lane",
    "Dunes View", "Estuary Road", "Ferry Lane", "Gasworks Cottages",
)  # fmt: skip
PRIMARY_SCHOOLS = (
    "Saltmarsh Primary School", "Beacon Hill Primary School", "Northfield Primary School",
    "Kingsmead Primary School", "St Brannock's Primary School", "Riverside Infant School",
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
ETHNICITIES = (
    "White British", "White British", "White British", "White Irish", "White other", "Pakistani", "Bangladeshi",
    "Indian", "Black African", "Black Caribbean", "Mixed, White and Black Caribbean", "Mixed, White and Asian",
    "Not stated",
)  # fmt: skip
STAFF = (
    "Alison Birch", "Bernard Coyle", "Chitra Nair", "Denise Fallow", "Edwin Marr", "Florence Abbot", "Graham Pike",
    "Helen Sayers", "Isobel Tuck", "Jerome Wills", "Kavita Shah", "Lionel Frith", "Moira Kemp", "Nuala Byrne",
    "Oliver Stead", "Pamela Cross", "Quentin Hale", "Rosalind Dey", "Sunil Verma", "Theresa Noon",
)  # fmt: skip
