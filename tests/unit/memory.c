/* Arenas, maps and buffers where they grow large. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/buffer.h"
#include "support/map.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_zero(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

/* From the smallest blocks to those of whole pages. */
static void test_arena(void **state) {
    (void)state;
    enum { LARGEST = 8 << 20 };
    ls_arena *arena = ls_arena_new();
    for (int round = 0; round < 2; round++) {
        for (size_t size = 1; size <= LARGEST; size *= 2) {
            unsigned char *bytes = ls_arena_alloc(arena, size);
            assert_int_equal((uintptr_t)bytes % LS_ARENA_ALIGNMENT, 0);
            assert_true(is_zero(bytes, size));
            memset(bytes, 'x', size);
        }
        ls_arena_clear(arena);
    }
    ls_arena_free(arena);
}

static void test_giving_back(void **state) {
    (void)state;
    enum { SMALL = 100, LARGE = 3 << 20 };
    ls_arena *arena = ls_arena_new();
    char *small = ls_arena_copy(arena, "small", 5);
    unsigned char *first = ls_arena_alloc(arena, LARGE), *second = ls_arena_alloc(arena, LARGE);
    memset(first, 'x', LARGE);
    memset(second, 'x', LARGE);
    ls_arena_give_back(arena, first, LARGE);
    ls_arena_give_back(arena, small, sizeof "small");
    ls_arena_give_back(arena, NULL, 0);
    assert_string_equal(small, "small");
    assert_int_equal(second[LARGE - 1], 'x');
    assert_true(is_zero(ls_arena_alloc(arena, SMALL), SMALL));
    ls_arena_free(arena);
}

static void test_map(void **state) {
    (void)state;
    enum { COUNT = 100000 };
    ls_arena *arena = ls_arena_new();
    ls_map map = {0};
    for (uintptr_t i = 1; i <= COUNT; i++)
        ls_map_set(arena, &map, ls_arena_format(arena, "name_%ju", (uintmax_t)i), (void *)i);
    for (uintptr_t i = 1; i <= COUNT; i++)
        assert_ptr_equal(ls_map_get(&map, ls_arena_format(arena, "name_%ju", (uintmax_t)i)), i);
    assert_null(ls_map_get(&map, "name_"));
    assert_null(ls_map_get(&map, "name_0"));
    assert_null(ls_map_get(&map, ""));
    ls_arena_free(arena);
}

static void test_numbers(void **state) {
    (void)state;
    ls_buffer buffer = {0};
    ls_buffer_number(&buffer, 0, 0);
    ls_buffer_number(&buffer, 42, 4);
    ls_buffer_number(&buffer, 12345, 3);
    assert_string_equal(buffer.text, "0  4212345");
    ls_buffer_free(&buffer);
}

static size_t drained;
static bool is_open;

static bool take(const ls_buffer *text) {
    drained += text->length;
    return is_open;
}

static void test_drain(void **state) {
    (void)state;
    enum { LONG = 1 << 20 };
    ls_buffer buffer = {.drain = take};
    is_open = true;
    ls_buffer_string(&buffer, "short");
    ls_buffer_drain_much(&buffer);
    assert_int_equal(drained, 0);
    ls_buffer_fill(&buffer, ' ', LONG);
    assert_memory_equal(buffer.text, "short ", 6);
    ls_buffer_drain_much(&buffer);
    assert_int_equal(drained, LONG + 5);
    assert_int_equal(buffer.length, 0);
    assert_true(ls_buffer_drain(&buffer));
    is_open = false;
    assert_false(ls_buffer_drain(&buffer));
    is_open = true;
    assert_false(ls_buffer_drain(&buffer));
    ls_buffer_free(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena), cmocka_unit_test(test_giving_back),
        cmocka_unit_test(test_map),   cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_drain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
