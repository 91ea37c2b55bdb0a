"""Programs, files and screenshots: what people say, and which function they mean."""

EN = {
    "apps.open": [
        ("Open Firefox.", {"app": "firefox"}),
        ("launch spotify", {"app": "spotify"}),
        ("Could you start the calculator, please?", None),
        ("open the terminal", None),
        ("run the app odd tool", {"name": "odd tool"}),
        ("open the odd tool program", {"name": "odd tool"}),
        ("load spotify", {"app": "spotify"}),
        ("open the browser", {"app": "browser"}),
    ],
    "apps.quit": [
        ("Close Firefox.", {"app": "firefox"}),
        ("quit spotify", {"app": "spotify"}),
        ("exit the browser", {"app": "browser"}),
        ("close the program odd tool", {"name": "odd tool"}),
    ],
    "apps.switch": [
        ("Switch to Firefox.", {"app": "firefox"}),
        ("go to the browser", {"app": "browser"}),
        ("bring spotify to the front", {"app": "spotify"}),
    ],
    "apps.running": [
        "Which apps are open?",
        "what programs are running",
        ("is firefox open", {"app": "firefox"}),
    ],
    "apps.installed": ["What apps are there?", "list my applications", "which programs do i have"],
}
EN_NOTHING = [
    "open a savings account",
    "start a fire without matches",
    "close the deal",
    "what is an app",
    "how do i run faster",
    "who opened the first restaurant",
    "switch to decaf coffee",
]
ES = {
    "apps.open": [
        ("Abre Firefox.", {"app": "firefox"}),
        ("abrí spotify", {"app": "spotify"}),
        ("abra la calculadora", None),
        ("inicia el navegador", {"app": "browser"}),
        ("abre el programa otra cosa", {"name": "otra cosa"}),
    ],
    "apps.quit": [
        ("Cierra Firefox.", {"app": "firefox"}),
        ("cerrá spotify", {"app": "spotify"}),
        ("sal de firefox", {"app": "firefox"}),
        ("cierra el programa otra cosa", {"name": "otra cosa"}),
    ],
    "apps.switch": [
        ("Cambia a Firefox.", {"app": "firefox"}),
        ("ve a la ventana de firefox", {"app": "firefox"}),
        ("trae spotify al frente", {"app": "spotify"}),
    ],
    "apps.running": [
        "¿Qué programas están abiertos?",
        "qué aplicaciones hay abiertas",
        ("está abierto firefox", {"app": "firefox"}),
    ],
    "apps.installed": ["¿Qué programas hay?", "lista mis aplicaciones"],
}
ES_NOTHING = [
    "abre una cuenta de ahorros",
    "cierra el trato",
    "qué es una aplicación",
    "quién abrió el primer restaurante",
]
