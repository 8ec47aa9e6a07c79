import codecs

import pytest

from lib.errors import TranscriptError
from lib.interchange.transcript import ENCODINGS, decoder, encodings
from tests.interchange.transcript.lines import lines, read

CUE = "1\n00:00:01,000 --> 00:00:02,000\n"


def decoded(content, **more):
    text, encoding = decoder.decode(content, **more)
    return text, encoding.codec, encoding.guessed, encoding.spoiled


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        (codecs.BOM_UTF8 + "é\n".encode(), "utf-8"),
        (codecs.BOM_UTF8 * 2 + "é\n".encode(), "utf-8"),
        ("é\n".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "é\n".encode("utf-16-be"), "utf-16"),
        ("\ufeff\ufeffé\n".encode("utf-16-le"), "utf-16"),
        ("é\n".encode("utf-32"), "utf-32"),
        ("é\n".encode(), "utf-8"),
    ],
    ids=range(7),
)
def test_a_mark_or_fitting_utf_8_is_no_guess(content, codec):
    assert decoded(content) == ("é\n", codec, False, 0)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("said", ["Hi\n", "Привет\n", "こんにちは\n"])
def test_utf_16_without_its_mark_is_a_guess(codec, said):
    assert decoded((CUE + said).encode(codec)) == (CUE + said, codec, True, 0)


def test_half_a_character_at_the_end_of_utf_16_spoils_one():
    assert decoded("é".encode("utf-16") + b"a") == ("é\ufffd", "utf-16", False, 1)


@pytest.mark.parametrize("bad", [b"\xe9", b"\xff", b"\xc3", b"\xe2\x82"])
def test_bytes_that_do_not_fit_spoil_one_character_of_utf_8(bad):
    content = "Café schön ".encode() + bad + b" x\n"
    assert decoded(content) == ("Café schön \ufffd x\n", "utf-8", False, 1)


def test_a_character_that_came_spoiled_is_not_counted():
    assert decoded("é \ufffd\n".encode()) == ("é \ufffd\n", "utf-8", False, 0)


SAID = {  # short, as a transcript's first lines are
    "cp1252": [
        "café …",
        "“Well,” she said — it’s fine",
        "Größe",
        "Ça va, l’été",
        "mañana",
        "£5 – 3€",
    ],
    "cp1250": ["Dziękuję, żółć", "Příliš žluťoučký kůň", "Jól hallom őket, köszönöm", "Hvala, što"],
    "cp1251": ["Привет, как дела", "Да, хорошо", "Дякую за запрошення, її", "Нет\nНе знаю"],
    "cp1253": ["Καλημέρα, τι κάνετε"],
    "cp1254": ["Teşekkür ederim, günaydın", "Işık çok güzel, değil mi"],
    "cp1255": ["תודה רבה שבאתם היום"],
    "cp1256": ["مرحبا كيف حالك اليوم"],
    "cp1257": ["Ačiū už kvietimą, labas rytas", "Lūdzu, runājiet skaļāk"],
    "cp932": ["こんにちは", "はい、そうです。", "会議を始めましょう", "テスト", "東京都"],
    "euc_jp": ["こんにちは", "ありがとうございます。会議を始めましょう"],
    "gb18030": ["你好，欢迎参加会议", "是的", "谢谢大家，我们开始吧"],
    "big5": ["你好，歡迎參加會議", "謝謝大家，我們開始吧"],
    "cp949": ["안녕하세요, 반갑습니다", "네, 그렇습니다"],
    "cp874": ["สวัสดีครับ ขอบคุณมาก"],
    "koi8_r": ["Привет, как дела"],
    "cp866": ["Начнём. Говорите, пожалуйста, громче"],
    "mac_roman": ["Je suis désolé, mais ça ne marche pas. C’est l’été"],
    "mac_cyrillic": ["Начнём. Говорите, пожалуйста, громче"],
}


@pytest.mark.parametrize(
    ("codec", "said"), [(codec, said) for codec, texts in SAID.items() for said in texts]
)
def test_another_encoding_is_guessed_by_its_letters(codec, said):
    text, _, guessed, spoiled = decoded((CUE + said).encode(codec))
    assert (text, guessed, spoiled) == (CUE + said, True, 0)


def test_one_bad_byte_in_another_encoding_spoils_one_character():
    content = CUE.encode() + "会議を始めましょう".encode("cp932") + b"\x85 \n"
    assert decoded(content) == (f"{CUE}会議を始めましょう\ufffd \n", "cp932", True, 1)


def test_what_a_person_chooses_goes_before_any_guess():
    content = "Привет".encode("cp1251")
    assert decoded(content, forced="koi8_r") == ("оПХБЕР", "koi8_r", False, 0)
    assert lines(CUE.encode() + content, encoding="cp1251") == [(1.0, 2.0, "", "Привет")]
    assert not read(CUE.encode() + content, encoding="cp1251").encoding.guessed


@pytest.mark.parametrize("codec", ["rot13", "zip", "idna", "nonsense", "../x"])
def test_only_an_encoding_that_is_offered_can_be_chosen(codec):
    with pytest.raises(TranscriptError, match="not one that is offered"):
        decoder.decode(b"x", forced=codec)


def test_every_encoding_that_can_be_guessed_is_offered_and_exists():
    assert set(encodings.GUESSED) <= set(ENCODINGS)
    assert all(codecs.lookup(codec).name for codec in ENCODINGS)


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\rb\r", "a\nb\n"),
        ("a\r\r\nb\r\r\n\r\r\n", "a\nb\n\n"),
        ("a\r\rb", "a\n\nb"),
        ("a\u2028b\x0cc\x85d", "a\u2028b\x0cc\x85d"),
    ],
)
def test_only_the_ends_of_rows_end_a_row(written, rows):
    assert decoded(written.encode())[0] == rows


@pytest.mark.parametrize("content", [b"", b" \r\n\t", codecs.BOM_UTF8 + b"\n", codecs.BOM_UTF8 * 3])
def test_an_empty_file_is_told(content):
    with pytest.raises(TranscriptError, match="is empty"):
        decoder.decode(content)


@pytest.mark.parametrize(
    "content", [b"a\0b", b"\xff\xd8\xff\xe0\0\x10JFIF" * 9, bytes(range(1, 256))]
)
def test_what_is_no_text_is_told(content):
    with pytest.raises(TranscriptError, match="not text"):
        decoder.decode(content)
