"""Encodings that transcripts come in: their names, and the letters that each is used for."""

from __future__ import annotations

LABELS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (little-endian)",
    "utf-16-be": "UTF-16 (big-endian)",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp949": "EUC-KR",
    "cp874": "Windows-874",
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "iso8859_2": "ISO-8859-2",
    "cp866": "DOS 866",
    "mac_roman": "Mac Roman",
    "mac_cyrillic": "Mac Cyrillic",
}
USED_FOR = {  # what a person should see beside the name
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
    "cp1258": "Vietnamese",
    "cp932": "Japanese",
    "euc_jp": "Japanese",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "cp949": "Korean",
    "cp874": "Thai",
    "koi8_r": "Russian",
    "koi8_u": "Ukrainian",
    "iso8859_2": "Central European",
    "cp866": "Cyrillic",
    "mac_roman": "Western European",
    "mac_cyrillic": "Cyrillic",
}
OFFERED = {
    codec: f"{label}, {USED_FOR[codec]}" if codec in USED_FOR else label
    for codec, label in LABELS.items()
}
GUESSED = tuple(USED_FOR)  # told apart by their letters; the others tell themselves

_PUNCTUATION = "“”‘’„‚«»–—…•·€°£©®¿¡ªº¹²³½№\u00a0"
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_CYRILLIC = (
    _RUSSIAN,
    "оаитнервсілкдумпяьзгбчйцшхїжюєщфґ",
    "аиоетнрсвлдкпмзугячъбйжцхшфщюь",
    "аоиенрјсткдувмплзгбчжшљцћњхђфџѓќѕ",
)
_CENTRAL = ("ąęłóśżćńź", "íáéěčřžšýůúťďňóľäôĺŕ", "éáöóőíüúű", "ăîţşâșț", "šžčćđ")
_WESTERN = (
    "üäößé",
    "éèàêçôâîùûëïœæÿñ",
    "óáéíñúü",
    "ãçáéóêíõúâôàü",
    "èàùòéìó",
    "åäöøæéü",
    "áíðéþóöæúý",
    "ëïéèöüçê",
)
_HANZI = (  # the most frequent of running text, in either way of writing
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前"
    "开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重"
    "谢大家请喜欢迎参加议觉题们吧吗呢啊您早晚"
    "這個們來為國說時會對於過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問謝請歡議覺題嗎"
)
ALPHABETS = {  # by language, from frequent to rare: what a text has beyond ASCII
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "cp1251": _CYRILLIC,
    "cp1253": ("αοιετσνηυρπκμλςγδθχφβξζψάέήίόύώϊϋΐΰ",),
    "cp1254": ("ıişğüçöâîû",),
    "cp1255": ("יוהלאמרבתשנםדעפכחטקגסןצזךץף",),
    "cp1256": ("اليمنرتبوهسدعفكحقجشصطخةءأإىئؤآذزظثغض،؟",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "cp1258": ("ăâđêôơư\u0300\u0301\u0303\u0309\u0323àáèéìíòóùú",),
    "koi8_r": (_RUSSIAN,),
    "koi8_u": _CYRILLIC[:2],
    "iso8859_2": _CENTRAL,
    "cp866": (_RUSSIAN,),
    "mac_roman": _WESTERN,
    "mac_cyrillic": _CYRILLIC,
}
SELDOM = {  # how much less often than the others
    "cp1258": 0.4,
    "koi8_r": 0.2,
    "koi8_u": 0.3,
    "iso8859_2": 0.3,
    "cp866": 0.5,
    "mac_roman": 0.5,
    "mac_cyrillic": 0.1,
    "cp1252": -0.3,
    "cp1251": -0.1,
}
PUNCTUATION = frozenset(_PUNCTUATION)
FREQUENT_HANZI = frozenset(_HANZI)
