#include "traffic.h"

#include <stddef.h>
#include <string.h>

/* What versions have in common that use a table but not the value. */
#define USERS_WITHOUT_VALUE                                                                        \
    .silent = true, .insert = "INSERT INTO users (id, email, fax) VALUES ($1, $2, '')",            \
    .update = "UPDATE users SET email = $2 WHERE id = $1",                                         \
    .touch = "UPDATE users SET name = 'seen' WHERE id = $1",                                       \
    .remove = "DELETE FROM users WHERE id = $1", .read = "SELECT id FROM users"

#define USERS_WITH(column)                                                                         \
    .insert = "INSERT INTO users (id, email, fax, " column ") VALUES ($1, 'e', '', $2)",           \
    .update = "UPDATE users SET " column " = $2 WHERE id = $1",                                    \
    .touch = "UPDATE users SET name = 'seen' WHERE id = $1",                                       \
    .remove = "DELETE FROM users WHERE id = $1", .read = "SELECT id, " column " FROM users"

#define EMAIL_OF(table, column)                                                                    \
    .insert = "INSERT INTO " table " (id, " column ", fax) VALUES ($1, $2, '')",                   \
    .update = "UPDATE " table " SET " column " = $2 WHERE id = $1",                                \
    .touch = "UPDATE " table " SET name = 'seen' WHERE id = $1",                                   \
    .remove = "DELETE FROM " table " WHERE id = $1", .read = "SELECT id, " column " FROM " table

#define BOTH_EMAILS                                                                                \
    .insert = "INSERT INTO users (id, email, email_address, fax) VALUES ($1, $2, $2, '')",         \
    .update = "UPDATE users SET email = $2, email_address = $2 WHERE id = $1",                     \
    .touch = "UPDATE users SET name = 'seen' WHERE id = $1",                                       \
    .remove = "DELETE FROM users WHERE id = $1"

#define DUAL_WRITE                                                                                 \
    {                                                                                              \
        {"v0", EMAIL_OF("users", "email")},                                                        \
            {"v1", BOTH_EMAILS, .read = "SELECT id, email FROM users"},                            \
            {"v2", BOTH_EMAILS, .read = "SELECT id, email_address FROM users"}, {                  \
            "v3", EMAIL_OF("users", "email_address")                                               \
        }                                                                                          \
    }

#define ORDERS(column)                                                                             \
    .insert = "INSERT INTO orders (id, " column ") VALUES ($1, $2)",                               \
    .update = "UPDATE orders SET " column " = $2 WHERE id = $1",                                   \
    .touch = "UPDATE orders SET id = id WHERE id = $1",                                            \
    .remove = "DELETE FROM orders WHERE id = $1", .read = "SELECT id, " column " FROM orders"

#define POSTS                                                                                      \
    .insert = "INSERT INTO posts (id, user_id) VALUES ($1, $2)",                                   \
    .update = "UPDATE posts SET user_id = $2 WHERE id = $1",                                       \
    .touch = "UPDATE posts SET id = id WHERE id = $1",                                             \
    .remove = "DELETE FROM posts WHERE id = $1", .read = "SELECT id, user_id FROM posts"

#define NAMES                                                                                      \
    .insert = "INSERT INTO users (id, name) VALUES ($1, $2)",                                      \
    .update = "UPDATE users SET name = $2 WHERE id = $1",                                          \
    .touch = "UPDATE users SET id = id WHERE id = $1",                                             \
    .remove = "DELETE FROM users WHERE id = $1", .read = "SELECT id, name FROM users"

/* Whose row it is; the value that it is told of is the id that the row got. */
#define ITEMS                                                                                      \
    .insert = "WITH made AS (INSERT INTO items (name) VALUES ($1) RETURNING id), "                 \
              "linked AS (INSERT INTO refs (id, item_id) SELECT $1, id FROM made) "                \
              "SELECT id FROM made",                                                               \
    .touch = "UPDATE items SET name = name WHERE name = '$1'",                                     \
    .remove = "DELETE FROM refs WHERE id = $1; DELETE FROM items WHERE name = '$1'",               \
    .read = "SELECT name, items.id FROM items JOIN refs ON refs.id = items.name::bigint "          \
            "AND refs.item_id = items.id"

#define EVENTS                                                                                     \
    .insert = "INSERT INTO ev (at, k) VALUES (to_timestamp($2), '$1')",                            \
    .update = "UPDATE ev SET at = to_timestamp($2) WHERE k = '$1'",                                \
    .touch = "UPDATE ev SET k = k WHERE k = '$1'", .remove = "DELETE FROM ev WHERE k = '$1'",      \
    .read = "SELECT k, extract(epoch FROM at)::bigint FROM ev"

static const ls_playbook_traffic playbooks[] = {
    {"add-check", .versions = {{"v0", ORDERS("amount"),
                                .others = {"INSERT INTO orders (id, amount) VALUES (-$1, 0)",
                                           "UPDATE orders SET state = 'seen' WHERE id < 0"}},
                               {"v1", ORDERS("amount"),
                                .others = {"UPDATE orders SET state = 'seen' WHERE id < 0"}}}},
    {"add-column-volatile-default", .filled = true,
     .versions = {{"v0", USERS_WITHOUT_VALUE}, {"v1", USERS_WITH("token")}}},
    {"add-column-with-default", .filled = true,
     .versions = {{"v0", USERS_WITHOUT_VALUE}, {"v1", USERS_WITH("plan")}}},
    {"add-enum-value",
     .versions = {{"v0", ORDERS("state"), .values = {"open", "paid"}},
                  {"v1", ORDERS("state"), .values = {"open", "paid"}},
                  {"v2", ORDERS("state"), .values = {"open", "paid", "cancelled"}}}},
    {"add-foreign-key", .before = "INSERT INTO users SELECT generate_series(1, 20000)",
     .versions = {{"v0", POSTS,
                   .others = {"INSERT INTO posts (id, user_id) VALUES (-$1, 1000000)",
                              "UPDATE posts SET id = id WHERE id < 0"}},
                  {"v1", POSTS, .others = {"UPDATE posts SET id = id WHERE id < 0"}}}},
    {"add-not-null-column", .filled = true,
     .versions = {{"v0", USERS_WITHOUT_VALUE},
                  {"v1",
                   .insert = "INSERT INTO users (id, email, fax, code) VALUES ($1, 'e', '', $2)",
                   .update = "UPDATE users SET code = $2 WHERE id = $1",
                   .touch = "UPDATE users SET name = 'seen' WHERE id = $1",
                   .remove = "DELETE FROM users WHERE id = $1", .read = "SELECT id FROM users"},
                  {"v2", USERS_WITH("code")}}},
    {"add-unique",
     .versions = {{"v0", NAMES, .others = {"INSERT INTO users (id, name) VALUES (-$1, 'twin')"}},
                  {"v1", NAMES,
                   .others = {"INSERT INTO users (id, name) SELECT -$1, 'twin' WHERE NOT EXISTS "
                              "(SELECT FROM users WHERE name = 'twin') ON CONFLICT DO NOTHING"}},
                  {"v2", NAMES,
                   .others = {"INSERT INTO users (id, name) VALUES (-$1, 'twin') "
                              "ON CONFLICT (name) DO NOTHING"}}}},
    {"bigint-primary-key", .versions = {{"v0", ITEMS}}},
    {"change-type", .versions = {{"v0", ORDERS("amount")}}},
    {"drop-column",
     .versions = {{"v0", .insert = "INSERT INTO users (id, email, fax) VALUES ($1, 'e', $2)",
                   .update = "UPDATE users SET fax = $2 WHERE id = $1",
                   .touch = "UPDATE users SET name = 'seen' WHERE id = $1",
                   .remove = "DELETE FROM users WHERE id = $1",
                   .read = "SELECT id, fax FROM users"},
                  {"v1", .silent = true, .insert = "INSERT INTO users (id, email) VALUES ($1, $2)",
                   .update = "UPDATE users SET email = $2 WHERE id = $1",
                   .touch = "UPDATE users SET name = 'seen' WHERE id = $1",
                   .remove = "DELETE FROM users WHERE id = $1", .read = "SELECT id FROM users"}}},
    {"drop-table",
     .versions = {{"v0",
                   .insert = "INSERT INTO users (id, name) VALUES ($1, 'n'); "
                             "INSERT INTO logs (id, user_id, what) VALUES ($1, $1, $2)",
                   .update = "INSERT INTO logs (id, user_id, what) VALUES ($1, $1, $2) "
                             "ON CONFLICT (id) DO UPDATE SET what = $2",
                   .touch = "UPDATE users SET name = 'seen' WHERE id = $1",
                   .remove = "DELETE FROM logs WHERE id = $1; DELETE FROM users WHERE id = $1",
                   .read = "SELECT users.id, what FROM users LEFT JOIN logs USING (id)"},
                  {"v1", .silent = true, .insert = "INSERT INTO users (id, name) VALUES ($1, $2)",
                   .update = "UPDATE users SET name = $2 WHERE id = $1",
                   .touch = "UPDATE users SET name = 'seen' WHERE id = $1",
                   .read = "SELECT id FROM users"}}},
    {"partition-table", .versions = {{"v0", EVENTS}}},
    {"rename-column-dual-write", .versions = DUAL_WRITE},
    {"rename-column-queries", .versions = DUAL_WRITE},
    {"rename-column-trigger",
     .versions = {{"v0", EMAIL_OF("users", "email")}, {"v1", EMAIL_OF("users", "email_address")}}},
    {"rename-table-first",
     .versions = {{"v0", EMAIL_OF("users", "email")}, {"v1", EMAIL_OF("customers", "email")}}},
    {"rename-table-view-first",
     .versions = {{"v0", EMAIL_OF("users", "email")}, {"v1", EMAIL_OF("customers", "email")}}},
    {"smallest", .versions = {{"v0", USERS_WITHOUT_VALUE}, {"v42", USERS_WITH("nickname")}}},
    {"split-table", .versions = {{"v0", .insert = "INSERT INTO users (id, email) VALUES ($1, $2)",
                                  .update = "UPDATE users SET email = $2 WHERE id = $1",
                                  .touch = "UPDATE users SET id = id WHERE id = $1",
                                  .remove = "DELETE FROM users WHERE id = $1",
                                  .read = "SELECT id, email FROM users"},
                                 {"v1",
                                  .insert = "INSERT INTO users (id, email) VALUES ($1, $2); "
                                            "INSERT INTO contacts (user_id, email) VALUES ($1, $2) "
                                            "ON CONFLICT (user_id) DO UPDATE SET email = $2",
                                  .update = "UPDATE users SET email = $2 WHERE id = $1; "
                                            "UPDATE contacts SET email = $2 WHERE user_id = $1",
                                  .touch = "UPDATE users SET id = id WHERE id = $1",
                                  .remove = "DELETE FROM users WHERE id = $1",
                                  .read = "SELECT user_id, email FROM contacts"},
                                 {"v2",
                                  .insert = "INSERT INTO users (id) VALUES ($1); "
                                            "INSERT INTO contacts (user_id, email) VALUES ($1, $2)",
                                  .update = "UPDATE contacts SET email = $2 WHERE user_id = $1",
                                  .touch = "UPDATE users SET id = id WHERE id = $1",
                                  .remove = "DELETE FROM users WHERE id = $1",
                                  .read = "SELECT user_id, email FROM contacts"}}},
};

const ls_playbook_traffic *ls_traffic_of(const char *playbook) {
    for (size_t i = 0; i < sizeof playbooks / sizeof *playbooks; i++)
        if (strcmp(playbooks[i].playbook, playbook) == 0)
            return &playbooks[i];
    return NULL;
}

const ls_traffic *ls_traffic_of_version(const ls_playbook_traffic *playbook, const char *label) {
    for (size_t i = 0; i < sizeof playbook->versions / sizeof *playbook->versions; i++)
        if (playbook->versions[i].label != NULL && strcmp(playbook->versions[i].label, label) == 0)
            return &playbook->versions[i];
    return NULL;
}
