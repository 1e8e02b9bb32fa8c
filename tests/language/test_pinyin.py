"""Names in pinyin, as people type them."""

import pytest

from app.language.pinyin import spelt


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("陈放", "chenfang fang cf f", id="from every syllable, in full and by first letters"),
        pytest.param("單雪梅", "shanxuemei xuemei mei sxm xm m", id="a surname read in its own way, 繁体"),
        pytest.param("尉迟恭", "yuchigong chigong gong ycg cg g", id="a surname of two characters"),
        pytest.param("A·吐尔逊", "atuerxun tuerxun erxun xun atex tex ex x", id="signs between are left out"),
        pytest.param("……", "", id="nothing that can be typed"),
    ],
)
def test_a_person_is_typed_by_these(name: str, typed: str) -> None:
    assert spelt(name, is_person=True) == typed


def test_the_first_character_of_a_body_is_no_surname() -> None:
    assert spelt("重庆市政协").split()[0] == "chongqingshizhengxie"
    assert spelt("单位").split()[0] == "danwei"
