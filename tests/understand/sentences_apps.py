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
    "files.find": [
        ("Find the file budget.", {"kind": "", "what": "budget"}),
        ("where is my document about the garden", {"kind": "document", "what": "the garden"}),
        ("search for the budget spreadsheet", {"kind": "table", "what": "budget"}),
        ("find holiday in my pictures", {"what": "holiday"}),
    ],
    "files.open": [
        ("Open the document budget.", {"kind": "document", "what": "budget"}),
        ("open the pdf called rental contract", {"kind": "pdf", "what": "rental contract"}),
        ("show me the photo of the beach", {"kind": "picture", "what": "the beach"}),
        ("open the file tax return", {"kind": "", "what": "tax return"}),
    ],
    "files.open_last": [
        "Open the last screenshot.",
        ("show me the latest photo", {"kind": "picture"}),
        ("open the newest document", {"kind": "document"}),
    ],
    "files.last_download": ["What did I download last?", "what was my last download"],
    "files.open_download": ["Open the last download.", "open what I downloaded last"],
    "files.folder": [
        ("Open my downloads.", {"place": "downloads"}),
        ("open the pictures folder", {"place": "pictures"}),
        ("go to the folder documents", {"place": "documents"}),
    ],
    "screenshot.take": [
        "Take a screenshot.",
        "screenshot",
        "grab a screen shot of this",
        "take a picture of my screen",
        "capture the screen",
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
    "find my phone",
    "find a recipe for hamburgers",
    "where is my car",
    "show me all new transactions",
    "what is a document",
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
    "files.find": [
        ("Busca el archivo presupuesto.", {"kind": "", "what": "presupuesto"}),
        ("dónde está el documento sobre el jardín", {"kind": "document", "what": "el jardín"}),
        ("encuentra vacaciones en mis imágenes", {"what": "vacaciones"}),
    ],
    "files.open": [
        ("Abre el documento presupuesto.", {"kind": "document", "what": "presupuesto"}),
        ("abrí el archivo declaración", {"kind": "", "what": "declaración"}),
        ("muéstrame la foto de la playa", {"kind": "picture", "what": "la playa"}),
    ],
    "files.open_last": [
        "Abre la última captura de pantalla.",
        ("muéstrame la última foto", {"kind": "picture"}),
    ],
    "files.last_download": ["¿Qué es lo último que he descargado?", "cuál es mi última descarga"],
    "files.open_download": ["Abre la última descarga."],
    "files.folder": [
        ("Abre la carpeta de descargas.", {"place": "downloads"}),
        ("abre mis documentos", {"place": "documents"}),
    ],
    "screenshot.take": [
        "Haz una captura de pantalla.",
        "captura la pantalla",
        "sacá una captura",
        "toma una foto de la pantalla",
    ],
    "apps.installed": ["¿Qué programas hay?", "lista mis aplicaciones"],
}
ES_NOTHING = [
    "abre una cuenta de ahorros",
    "cierra el trato",
    "qué es una aplicación",
    "quién abrió el primer restaurante",
    "busca una receta de hamburguesas",
    "dónde está mi coche",
]
