"""Answers that were paid for: kept by what was asked, with neither the question nor the key."""

import sqlite3
import threading
from pathlib import Path

import pytest

from tocsin.errors import RecordError
from tocsin.llm.answers import Answers, question_hash
from tocsin.llm.budget import Usage
from tocsin.llm.client import Reply

BODY = {"model": "small", "messages": [{"role": "user", "content": "A secret text."}], "temperature": 0}
REPLY = Reply('{"events": []}', "stop", "", Usage(10, 5))


def test_an_answer_is_there_after_the_file_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "answers"
    with Answers(path) as answers:
        assert answers.find(question_hash(BODY)) is None
        answers.keep(question_hash(BODY), "small", REPLY)
    with Answers(path) as answers:
        assert answers.find(question_hash(BODY)) == REPLY
    assert path.stat().st_mode & 0o077 == 0
    assert b"secret text" not in path.read_bytes()


def test_another_model_prompt_text_or_parameter_is_another_question_and_a_stream_is_not() -> None:
    others = [
        {**BODY, "model": "large"},
        {**BODY, "messages": [{"role": "user", "content": "Another text."}]},
        {**BODY, "temperature": 1},
    ]
    hashes = {question_hash(body) for body in (BODY, *others)}
    assert len(hashes) == 4
    assert question_hash({**BODY, "stream": True, "stream_options": {"include_usage": True}}) == question_hash(BODY)


def test_half_a_character_can_be_kept(tmp_path: Path) -> None:
    with Answers(tmp_path / "answers") as answers:
        answers.keep("q", "small", Reply("half \ud800", "stop", "", Usage()))
        found = answers.find("q")
    assert found is not None
    assert found.content == "half ?"


@pytest.mark.parametrize("content", [b"not a database", None], ids=["text", "another program's"])
def test_what_holds_something_else_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other"
    if content is not None:
        path.write_bytes(content * 100)
    else:
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE mine (a)")
        database.close()
    with pytest.raises(RecordError, match="name another file with --answers"):
        Answers(path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot hold answers"):
        Answers(tmp_path / "no" / "answers")


def test_closed_while_others_look_up_it_ends_in_an_error_and_not_in_a_crash(tmp_path: Path) -> None:
    for number in range(50):
        answers = Answers(tmp_path / f"{number}.answers")
        answers.keep("q", "m", REPLY)
        ended = [threading.Event() for _ in range(4)]

        def look(event: threading.Event, answers: Answers = answers) -> None:
            try:
                while True:
                    answers.find("q")
            except sqlite3.ProgrammingError:
                event.set()

        for event in ended:
            threading.Thread(target=look, args=(event,), daemon=True).start()
        answers.close()
        assert all(event.wait(10) for event in ended)
