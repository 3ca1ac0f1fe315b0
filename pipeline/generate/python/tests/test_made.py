"""Slugs and codes: what they are made of."""

import pytest

from runtime.made import ALPHABET, LONGEST_SLUG, slugified


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("A Short Title", "a-short-title"),
        ("  Déjà vu -- again!  ", "deja-vu-again"),
        ("Straße & Œuvre №5", "strasse-oeuvre-no5"),
        ("It's Ann's", "its-anns"),
        ("snake_case/and\\more", "snake-case-and-more"),
        ("漢字", ""),
        ("", ""),
    ],
)
def test_a_slug_is_made_of_the_words_of_a_text(text: str, slug: str) -> None:
    assert slugified(text) == slug


def test_a_slug_does_not_become_too_long() -> None:
    slug = slugified("word " * 100)
    assert len(slug) <= LONGEST_SLUG
    assert not slug.endswith("-")


def test_a_code_holds_nothing_that_can_be_mistaken() -> None:
    assert not set(ALPHABET) & set("01oil")
