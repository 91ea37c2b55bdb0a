"""Volume, outputs, programs that sound, the microphone: PulseAudio and PipeWire."""
