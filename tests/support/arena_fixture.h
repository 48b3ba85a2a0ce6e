/*
 * arena_fixture.h - an arena for each test: cmocka setup and teardown.
 *
 *   cmocka_unit_test_setup_teardown(test, arena_setup, arena_teardown); in it: Arena *arena = *state;
 *   or ARENA_TEST(test)
 */
#ifndef MOT_TESTS_ARENA_FIXTURE_H
#define MOT_TESTS_ARENA_FIXTURE_H

int arena_setup(void **state);
/* Fails the test if the arena does not give everything back. */
int arena_teardown(void **state);

#define ARENA_TEST(test) cmocka_unit_test_setup_teardown(test, arena_setup, arena_teardown)

#endif
