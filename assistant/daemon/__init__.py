"""The program that runs for long: its control socket, its one instance, what watches over it.

Everything here stands around the loop. Nothing in the loop waits for it: what happens is put into
bounded queues, and who does not read them in time misses some.
"""
