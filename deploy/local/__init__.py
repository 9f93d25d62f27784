"""The launcher behind ./run: environment, embedded servers, demo, tests and checks; standard library only."""
