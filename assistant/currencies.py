"""The currencies that people name, by ISO 4217 code: how they are said and understood. A leaf."""

from __future__ import annotations

from assistant.units import Unit

# code; in English one, many, others; in Spanish the same, and "f" for a feminine noun
_TABLE = """
USD; dollar, dollars, us dollar, us dollars, american dollar, american dollars, united states dollar, usd, u s d, buck, bucks, $, us$; dólar, dólares, dólar estadounidense, dólares estadounidenses, dólares americanos, usd, $, us$
EUR; euro, euros, eur, €; euro, euros, eur, €
GBP; pound, pounds, pound sterling, pounds sterling, british pound, british pounds, quid, gbp, £; libra, libras, libra esterlina, libras esterlinas, gbp, £; f
JPY; yen, yen, japanese yen, jpy, ¥; yen, yenes, yenes japoneses, jpy, ¥
CHF; Swiss franc, Swiss francs, franc, francs, chf; franco suizo, francos suizos, franco, francos, chf
CAD; Canadian dollar, Canadian dollars, cad, c$, c $, cad$; dólar canadiense, dólares canadienses, cad, c$
AUD; Australian dollar, Australian dollars, aud, aud$; dólar australiano, dólares australianos, aud
NZD; New Zealand dollar, New Zealand dollars, nzd, nz$; dólar neozelandés, dólares neozelandeses, nzd
HKD; Hong Kong dollar, Hong Kong dollars, hkd, hk$, hk $; dólar de Hong Kong, dólares de Hong Kong, hkd, hk$
SGD; Singapore dollar, Singapore dollars, sgd; dólar de Singapur, dólares de Singapur, sgd
MXN; Mexican peso, Mexican pesos, mxn, mex$; peso mexicano, pesos mexicanos, mxn, mex$
ARS; Argentine peso, Argentine pesos, ars; peso argentino, pesos argentinos, ars
CLP; Chilean peso, Chilean pesos, clp; peso chileno, pesos chilenos, clp
COP; Colombian peso, Colombian pesos, cop; peso colombiano, pesos colombianos, cop
BRL; Brazilian real, Brazilian reals, real, reais, brl, r$; real brasileño, reales brasileños, reales, brl, r$
CNY; yuan, yuan, chinese yuan, renminbi, rmb, cny, 元; yuan, yuanes, yuanes chinos, renminbi, cny, rmb, 元
INR; Indian rupee, Indian rupees, rupee, rupees, inr, ₹; rupia india, rupias indias, rupia, rupias, inr, ₹; f
KRW; won, won, south korean won, korean won, krw, ₩; won, wones, wones surcoreanos, krw, ₩
RUB; ruble, rubles, rouble, roubles, russian rubles, rub, ₽; rublo, rublos, rublos rusos, rub, ₽
TRY; Turkish lira, Turkish liras, lira, liras, try; lira turca, liras turcas, liras, try; f
SEK; Swedish krona, Swedish kronor, sek, krona, kronor; corona sueca, coronas suecas, sek; f
NOK; Norwegian krone, Norwegian kroner, nok; corona noruega, coronas noruegas, nok; f
DKK; Danish krone, Danish kroner, dkk; corona danesa, coronas danesas, dkk; f
PLN; zloty, zlotys, polish zloty, pln; zloty, zlotys, pln
CZK; Czech crown, Czech crowns, Czech koruna, czk; corona checa, coronas checas, czk; f
HUF; forint, forints, hungarian forint, huf; forinto, forintos, huf
RON; Romanian leu, Romanian lei, ron; leu rumano, lei rumanos, ron
ILS; shekel, shekels, israeli shekel, ils, ₪; séquel, séqueles, ils, ₪
THB; baht, baht, thai baht, thb; baht, bahts, thb
PHP; Philippine peso, Philippine pesos, php; peso filipino, pesos filipinos, php
IDR; Indonesian rupiah, Indonesian rupiah, rupiah, idr; rupia indonesia, rupias indonesias, idr; f
MYR; ringgit, ringgit, malaysian ringgit, myr; ringgit, ringgits, myr
ZAR; rand, rand, south african rand, zar; rand, rands, zar
ISK; Icelandic krona, Icelandic kronur, isk; corona islandesa, coronas islandesas, isk; f
PEN; sol, soles, peruvian sol, peruvian soles, pen; sol, soles, soles peruanos, pen
UYU; Uruguayan peso, Uruguayan pesos, uyu; peso uruguayo, pesos uruguayos, uyu
VES; bolivar, bolivars, ves; bolívar, bolívares, ves
LKR; Sri Lankan rupee, Sri Lankan rupees, lkr, ரூ; rupia de Sri Lanka, rupias de Sri Lanka, lkr; f
BTC; bitcoin, bitcoins, btc; bitcóin, bitcoins, btc
"""  # noqa: E501  a row is a currency

CURRENCIES: dict[str, dict[str, Unit]] = {"en": {}, "es": {}}
"""Per language, each currency by its code."""

for _row in _TABLE.strip().splitlines():
    _code, _english, _spanish, *_feminine = (cell.strip() for cell in _row.split(";"))
    for _language, _cell in (("en", _english), ("es", _spanish)):
        _one, _many, *_others = _cell.split(", ")
        CURRENCIES[_language][_code] = Unit(
            _one, _many, tuple(_others), bool(_feminine) and _language == "es"
        )
