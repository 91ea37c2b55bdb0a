"""Sound of programs, outputs, the microphone: what people say, and which function they mean."""

EN = {
    "volume.app_set": [
        ("Set the volume of Firefox to 30 percent.", {"app": "firefox", "level": 30}),
        ("set firefox to forty percent", {"app": "firefox", "level": 40}),
        ("spotify volume 20", {"app": "spotify", "level": 20}),
        ("turn the volume of the browser down to ten", {"app": "browser", "level": 10}),
        ("change the volume of odd machine to 50", {"program": "odd machine", "level": 50}),
    ],
    "volume.app_up": [
        ("Turn up Firefox.", {"app": "firefox"}),
        ("turn spotify up", {"app": "spotify"}),
        ("turn the volume of vlc up by 20", {"app": "vlc", "by": 20}),
        ("make firefox a bit louder", {"app": "firefox"}),
        ("turn up the volume of odd machine", {"program": "odd machine"}),
    ],
    "volume.app_down": [
        ("Turn down Firefox.", {"app": "firefox"}),
        ("turn spotify down a little", {"app": "spotify"}),
        ("lower the volume of the browser", {"app": "browser"}),
        ("make vlc quieter", {"app": "vlc"}),
        ("turn down discord", {"app": "discord"}),
    ],
    "volume.app_mute": [
        ("Mute Spotify.", {"app": "spotify"}),
        ("mute the browser", {"app": "browser"}),
        ("silence firefox", {"app": "firefox"}),
        ("mute the sound of zoom", {"app": "zoom"}),
    ],
    "volume.app_unmute": [
        ("Unmute Spotify.", {"app": "spotify"}),
        ("unmute the browser", {"app": "browser"}),
    ],
    "volume.app_level": [
        ("what is the volume of firefox", {"app": "firefox"}),
        ("how loud is spotify", {"app": "spotify"}),
    ],
    "volume.output": [
        ("Switch to the headphones.", {"output": "headphones"}),
        ("use the HDMI output", {"output": "hdmi"}),
        ("play the sound through the speakers", {"output": "speakers"}),
        ("switch the audio to bluetooth", {"output": "bluetooth"}),
        ("send the sound to the TV", {"output": "hdmi"}),
        ("use my headset", {"output": "headphones"}),
        ("change the output to the usb headset", {"output": "usb"}),
        ("switch the output to jabra evolve", {"name": "jabra evolve"}),
    ],
    "volume.outputs": [
        "What speakers are there?",
        "which audio outputs do I have",
        "list the sound devices",
        "where does the sound come out",
    ],
    "volume.mute_microphone": [
        "Mute the microphone.",
        "turn off the mic",
        "turn the microphone off",
        "stop listening to me",
    ],
    "volume.unmute_microphone": ["Unmute the microphone.", "turn the mic back on"],
    "volume.microphone": [
        "Is the microphone on?",
        "is the mic muted",
        "how loud is the microphone",
    ],
    "volume.set_microphone": [
        ("set the microphone to 60 percent", {"level": 60}),
        ("microphone volume 80", {"level": 80}),
    ],
    "volume.set": [
        ("I want the volume at 40.", {"level": 40}),
        ("adjust the volume to level 4", {"level": 4}),
    ],
    "volume.up": [
        "turn up the music",
        "turn the radio up a bit",
        ("raise the music by ten", {"by": 10}),
        "make the movie louder",
        "I want your volume louder.",
        "I need your volume increased.",
    ],
    "volume.down": [
        "turn down the music",
        "turn the song down",
        "I want your volume lowered.",
        "make your volume quieter",
        "lower the tone",
    ],
    "volume.mute": ["mute the speaker", "touch the mute button", "mute sound from speakers"],
    "volume.unmute": ["audio on"],
}
EN_NOTHING = [
    "what is a microphone",
    "how do headphones work",
    "turn down the job offer",
    "switch to a vegetarian diet",
    "why is spotify so popular",
    "who invented the loudspeaker",
]
ES = {
    "volume.app_set": [
        ("Pon el volumen de Firefox al 30%.", {"app": "firefox", "level": 30}),
        ("sube spotify al cuarenta por ciento", {"app": "spotify", "level": 40}),
        ("baja el volumen del navegador al diez", {"app": "browser", "level": 10}),
        ("pon el volumen de otra cosa al 50", {"program": "otra cosa", "level": 50}),
    ],
    "volume.app_up": [
        ("Sube Firefox.", {"app": "firefox"}),
        ("sube un poco spotify", {"app": "spotify"}),
        ("sube el volumen del navegador", {"app": "browser"}),
        ("aumenta el volumen de vlc un veinte por ciento", {"app": "vlc", "by": 20}),
    ],
    "volume.app_down": [
        ("Baja Spotify.", {"app": "spotify"}),
        ("bajá el volumen de firefox", {"app": "firefox"}),
        ("baje el volumen del navegador", {"app": "browser"}),
    ],
    "volume.app_mute": [
        ("Silencia Spotify.", {"app": "spotify"}),
        ("silencia el navegador", {"app": "browser"}),
        ("quita el sonido a firefox", {"app": "firefox"}),
    ],
    "volume.app_unmute": [
        ("activa el sonido de spotify", {"app": "spotify"}),
        ("devuelve el sonido a firefox", {"app": "firefox"}),
    ],
    "volume.app_level": [
        ("dime el volumen de firefox", {"app": "firefox"}),
        ("a qué volumen está spotify", {"app": "spotify"}),
    ],
    "volume.output": [
        ("Cambia a los auriculares.", {"output": "headphones"}),
        ("pasa el sonido a la tele", {"output": "hdmi"}),
        ("usa los altavoces", {"output": "speakers"}),
        ("usá los parlantes", {"output": "speakers"}),
        ("usa la salida HDMI", {"output": "hdmi"}),
        ("pon el sonido en los cascos", {"output": "headphones"}),
        ("cambia la salida a jabra evolve", {"name": "jabra evolve"}),
    ],
    "volume.outputs": [
        "¿Qué altavoces hay?",
        "qué salidas de audio tengo",
        "por dónde sale el sonido",
    ],
    "volume.mute_microphone": [
        "Silencia el micrófono.",
        "apaga el micro",
        "apagá el micrófono",
        "deja de escucharme",
    ],
    "volume.unmute_microphone": ["Activa el micrófono.", "enciende el micro"],
    "volume.microphone": ["¿Está el micrófono encendido?", "está silenciado el micrófono"],
    "volume.set_microphone": [
        ("pon el micrófono al 60 por ciento", {"level": 60}),
        ("sube el volumen del micrófono al ochenta", {"level": 80}),
    ],
    "volume.up": ["sube la música", "sube un poco la radio"],
    "volume.down": ["baja la música", "bajá un poco la canción"],
    "volume.mute": [
        "silenciar",
        "silenciá el sonido",
        "silencie la reproducción de aquí",
        "pon en silencio la música",
        "quita el sonido de aquí",
    ],
}
ES_NOTHING = [
    "qué es un micrófono",
    "cómo funcionan los auriculares",
    "por qué spotify es tan popular",
    "quién inventó el altavoz",
]
