"""Cases for every test, made through the actions by the people whose work it is.

- `families`: whom somebody worried about, and what they said, as data.
- `stages`: the steps that every case takes: logged, screened, rated, assigned.
- `screening`: contacts, enquiries and handovers as they stand at the front door.
- `enquiries`: an enquiry whose agencies are asked and answer.
- `case`: one contact the whole way to an answer for its referrer.
- `kept`: lets a scene that several tests begin with be made once.
- `rows`: single rows, written as the database takes them, for tests of the kernel below the actions.

The stories of the demo (`demo/builder`) run through the same actions; `tests/architecture/planting.py` puts them,
and what they do not come to, before the sweeps. `tests/browser/journey.py` tells the same stories by hand.
"""
