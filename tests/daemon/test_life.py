"""A loop that runs and is deaf, or stuck, counts as dead."""

from assistant.daemon.life import DEAF_FOR, GIVEN_UP, STUCK_FOR, Life


def test_one_that_hears_is_alive():
    life = Life(0.0)
    for second in range(2000):
        life.heard(float(second))
        assert life.alive(second, 0.0, 0)


def test_one_that_hears_nothing_is_dead_until_it_hears_again():
    life = Life(0.0)
    life.told(DEAF_FOR - 1)  # it says a lot: that the microphone is gone
    assert life.alive(DEAF_FOR - 1, 0.0, 0)
    assert not life.alive(DEAF_FOR, 0.0, 0)
    life.heard(DEAF_FOR + 1)
    assert life.alive(DEAF_FOR + 2, 0.0, 0)


def test_one_turn_that_does_not_end():
    """A long answer that goes on telling is none."""
    now = 10_000.0
    life = Life(now)
    life.heard(now + STUCK_FOR + 2)
    assert life.alive(now + STUCK_FOR + 2, busy=5.0, given_up=0)
    assert not life.alive(now + STUCK_FOR + 2, busy=STUCK_FOR + 1, given_up=0)
    life.told(now + STUCK_FOR)
    assert life.alive(now + STUCK_FOR + 2, busy=STUCK_FOR + 1, given_up=0)


def test_engines_that_hang_again_and_again():
    life = Life(0.0)
    assert life.alive(1.0, 0.0, GIVEN_UP - 1)
    assert not life.alive(1.0, 0.0, GIVEN_UP)
