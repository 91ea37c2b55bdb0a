"""Engines in processes of their own, where the settings want it (`engines.apart`).

A native library that crashes ends its process; one that hangs cannot be ended but with its
process. In one of its own it takes nobody along: it is started again, and the call is made once
more. And when it is unloaded, all of its memory is given back, that of its libraries too.

    Worker -> ApartTranscriber -> Process  ~ socket pair ~  child.main -> WhisperTranscriber

To everybody else such an engine is like any other: an object that keeps the protocol of its stage,
loaded, called and closed by one Worker.

Messages are pickled, by both sides, over a socket pair that only these two processes have: the
child is our own program, started by us, with no more rights than we have. Whoever could make it
send something evil (a model file that breaks its engine) would, without it, be in our own process.
"""
