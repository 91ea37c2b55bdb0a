"""What people ask about what the assistant itself costs, and why it does less."""

EN = {
    "energy.why_slow": [
        "why are you slow",
        "Why are you so slow today?",
        "why do you take so long",
        "why did that take so long",
        "what is slowing you down",
        "why are you getting so slow",
        "are you saving power",
        "are you in low power mode",
        "why won't you answer my questions",
    ],
    "energy.used_today": [
        "How much battery have you used today?",
        "how much power did you use today",
        "how much energy do you use",
        "how much of my battery have you drained",
        "what's your energy consumption",
        "how much electricity did you consume today",
    ],
    "energy.lasts": [
        "How long will you last?",
        "how long can you keep going",
        "how much longer will you hold out",
        "how long will you last on battery",
        "how many more commands can you do",
    ],
    "energy.save": [
        "save power",
        "save some battery please",
        "turn on power saving",
        "go into power saving mode",
        "use less energy",
    ],
    "energy.spend": [
        "stop saving power",
        "turn off power saving mode",
        "use full power",
        "work at full speed",
    ],
}
EN_NOTHING = [
    "why is the traffic so slow",
    "how much energy does the sun use",
    "how long will the bread last",
    "save power for the boss fight",
    "how much did the house cost",
]
ES = {
    "energy.why_slow": [
        "por qué estás tan lento",
        "¿Por qué vas tan lenta hoy?",
        "por qué tardas tanto",
        "por qué tardaste tanto",
        "qué te frena",
        "estás ahorrando energía",
        "por qué no contestas preguntas",
    ],
    "energy.used_today": [
        "¿Cuánta batería has gastado hoy?",
        "cuánta energía usaste hoy",
        "cuánta batería ha usado usted hoy",
        "cuánta energía consumes",
        "cuánto has consumido hoy",
        "dime tu consumo de hoy",
    ],
    "energy.lasts": [
        "¿Cuánto vas a durar?",
        "cuánto tiempo aguantarás",
        "cuánto te queda",
        "cuánto aguantas con batería",
        "cuántas órdenes puedes atender",
    ],
    "energy.save": [
        "ahorra energía",
        "ahorrá batería",
        "activa el modo de ahorro",
        "ponga el modo de bajo consumo",
        "gasta menos energía",
    ],
    "energy.spend": [
        "deja de ahorrar energía",
        "desactiva el ahorro de batería",
        "quita el modo de ahorro",
        "trabaja a plena potencia",
    ],
}
ES_NOTHING = [
    "por qué tarda tanto el tren",
    "cuánta energía gasta el sol",
    "cuánto dura el pan",
    "ahorra para las vacaciones",
]
