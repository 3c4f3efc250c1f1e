/*
 * rules.h - rules as data, and the findings that they yield.
 *
 * A rule says which effects it matches (`when`) and what to tell the user. The built-in ones are
 * YAML files in rules/, compiled into a table at build time by rulegen; a team's own are the same
 * YAML, loaded at run time by the same loader (load.h). A rule has no state: whatever it needs to
 * know is an attribute of the effect.
 */
#ifndef LS_RULES_RULES_H
#define LS_RULES_RULES_H

#include "effects/effects.h"
#include "effects/history.h"
#include "effects/interest.h"
#include "sql/suppression.h"
#include "support/nearest.h"

typedef enum { LS_SEVERITY_ERROR, LS_SEVERITY_WARNING, LS_SEVERITY_INFO } ls_severity;

/* What becomes of a finding where the relation stays small (relation.small). */
typedef enum { LS_SMALL_SAME, LS_SMALL_INFO, LS_SMALL_OFF } ls_small;

typedef enum {
    LS_CONDITION_ALL,    /* every part holds; no parts: always */
    LS_CONDITION_ANY,    /* one part holds */
    LS_CONDITION_NOT,    /* its one part does not hold */
    LS_CONDITION_IS,     /* the attribute is one of the values; of WORDS: one word is */
    LS_CONDITION_LIKE,   /* the same for patterns, which may hold {attribute} */
    LS_CONDITION_MIN,    /* the NUMBER is at least the value */
    LS_CONDITION_MAX,    /* the NUMBER is at most the value */
    LS_CONDITION_HAS,    /* the attribute is there or is not */
    LS_CONDITION_EFFECT, /* the effect is of one kind: parts of alternatives with several effects */
} ls_condition_kind;

typedef struct ls_condition ls_condition;
struct ls_condition {
    ls_condition_kind kind;
    ls_attribute attribute;
    const char *const *values; /* IS: texts, "true", "false", or numbers as text; LIKE: patterns */
    size_t value_count;
    int64_t number; /* MIN, MAX; HAS: 1 there, 0 not there; EFFECT: an ls_effect_kind */
    const ls_condition *parts;
    size_t part_count;
};

/* A file beside the plan of an example. */
typedef struct {
    const char *path, *text;
} ls_example_file;

typedef struct {
    const char *name;
    const char *history;      /* earlier migrations, separated by a line of `---`; NULL: none */
    const char *sql;          /* the migration that is judged */
    const char *before;       /* what it was when it was applied; NULL: it is new */
    ls_history_kind change;   /* what else has become of it */
    const char *stops_naming; /* a name that the code of its release stops using; NULL: none */
    const char *down;         /* what takes it back; NULL: nothing */
    bool bad;                 /* this rule must fire; else it must not */
    const char *at;           /* "line:column" of the finding; NULL: not checked */
    const char *fixed;     /* `sql` with the first fix; "none": there is none; NULL: not checked */
    int postgres;          /* target; 0: the default, 15 */
    bool file_transaction; /* the runner wraps the file */
    bool no_timeout;       /* the runner sets no lock_timeout */
    bool no_advice;        /* the help of its findings cannot be run */
    const char *const *also; /* other rules that fire, each for a cause of its own */
    size_t also_count;
    bool is_plan;                 /* `sql` is a rollout plan, not a migration */
    const ls_example_file *files; /* that it names */
    size_t file_count;
} ls_rule_example;

/* One way to do it instead: a script with placeholders. */
typedef struct {
    ls_condition when; /* no parts: always */
    const char *text;
} ls_advice;

/* What part of the text a remedy changes: all of the statement, the clause that the finding is
 * about, or what stands in the text for an attribute. */
typedef enum { LS_PLACE_STATEMENT, LS_PLACE_CLAUSE, LS_PLACE_ATTRIBUTE } ls_place_kind;

/* And where in it. */
typedef enum {
    LS_SPOT_AFTER,      /* behind the first of the words */
    LS_SPOT_INSTEAD_OF, /* in the place of the first of the words */
    LS_SPOT_START,
    LS_SPOT_END,
    LS_SPOT_ALL,
    LS_SPOT_BEHIND, /* the semicolon of the statement */
} ls_spot;

typedef struct {
    ls_place_kind place;
    ls_attribute attribute; /* ATTRIBUTE */
    ls_spot spot;
    const char *const *words; /* AFTER, INSTEAD_OF: in lower case */
    size_t word_count;
    const char *write; /* may hold placeholders */
} ls_remedy_edit;

/* One way to make the finding go away by editing the file. */
typedef struct {
    ls_condition when;        /* no parts: always */
    const char *says;         /* one line, no full stop; may hold placeholders */
    bool safe;                /* it does not change what the migration is for */
    bool outside_transaction; /* the runner has to be asked for no transaction as well */
    const ls_remedy_edit *edits;
    size_t edit_count;
} ls_remedy;

/* Where the rule speaks less loudly than it does as a rule. */
typedef struct {
    ls_condition when;
    ls_severity severity;
} ls_easing;

typedef struct {
    const char *id, *group;
    ls_severity severity;          /* the loudest that it has */
    const ls_easing *eased;        /* NULL: always as loud */
    bool off;                      /* off unless selected (group style) */
    ls_small small;                /* on tables that stay small */
    const char *summary;           /* one line, no full stop */
    const ls_effect_kind *effects; /* it matches one of these */
    size_t effect_count;
    ls_condition when;
    bool once_per_file;      /* further findings in the same file are not told */
    bool once_per_statement; /* nor are those in the same statement about the same relation */
    bool once_per_message;   /* those in the same file that say the same are labels of the first */
    int count_min;           /* told at this many-th statement that matches; 0: at each */
    bool count_per_relation; /* which are counted for each relation, not for the file */
    const char *message;     /* with {attribute} placeholders */
    const char *label;       /* what stands under the underlined code; may hold placeholders */
    const char *why;
    const ls_advice *advice; /* `help`: the first that fits the effect is shown */
    size_t advice_count;
    const ls_remedy *remedies; /* `fix`: the first that fits the finding is proposed */
    size_t remedy_count;
    const char *const *over; /* rules that this one replaces where both fire for one cause */
    size_t over_count;
    const ls_attribute *reads; /* of its effects, for what stands above */
    size_t read_count;
    const ls_rule_example *examples;
    size_t example_count;
} ls_rule;

typedef struct {
    const ls_rule *const *items; /* sorted by id */
    size_t count;
} ls_rule_list;

/* The rules that were compiled in. */
ls_rule_list ls_builtin_rules(void);

/* What no rule looks for, on purpose. */
typedef struct {
    const char *check, *reason; /* each a sentence or several, on one line */
} ls_not_checked;

typedef struct {
    const ls_not_checked *items;
    size_t count;
} ls_not_checked_list;

/* rules/not-checked.yaml, which was compiled in. */
ls_not_checked_list ls_builtin_not_checked(void);

const ls_rule *ls_rule_by_id(ls_rule_list rules, const char *id);

/* The same rules, those of a group together; groups, and rules in them, by name. */
ls_rule_list ls_rules_by_group(ls_arena *arena, ls_rule_list rules);

const char *ls_severity_name(ls_severity severity);

/* A change of the source; an empty span is a place to write at. */
typedef struct {
    ls_span at;
    const char *text;
} ls_edit;

/* What makes the finding go away. */
typedef struct {
    const char *says;         /* one sentence, no full stop */
    bool safe;                /* it does not change what the migration is for */
    bool outside_transaction; /* proposed: whoever knows the runner has to add how it is asked */
    LS_VECTOR(ls_edit) edits; /* in the order of the text */
} ls_fix;

typedef struct {
    const ls_rule *rule;
    ls_severity severity;
    const ls_source *source;
    uint32_t file;        /* number of the migration in the run */
    ls_span at;           /* what hurts */
    ls_span statement_at; /* the statement it stands in */
    const char *message;  /* one sentence, no full stop */
    const char *label;    /* for the underlined code; may be NULL */
    const char *help;     /* what to write instead: a script; NULL if no advice fits */
    const char *waits; /* who waits on what: "SELECT, INSERT, UPDATE and DELETE on users"; NULL */
    ls_labels labels;  /* related places: where a lock was taken, where a thing was created */
    unsigned stage;    /* of a rollout plan, from 1; 0: it is about none */
    ls_shown_trace trace;    /* how it goes wrong in a rollout; mostly empty */
    ls_fix fix;              /* without edits: none is known */
    ls_words notes;          /* assumptions that it rests on */
    const char *fingerprint; /* hex; does not change when lines move; NULL until ls_fingerprint */
} ls_finding;
typedef LS_VECTOR(ls_finding) ls_findings;

typedef enum {
    LS_WAIVED_IN_PLACE, /* by a comment, or at the stage of a plan */
    LS_WAIVED_BY_BASELINE,
    LS_WAIVED_BY_PLAN, /* whose stages have been verified */
} ls_waiver;

/* A finding that somebody takes the responsibility for, or that is proven not to hurt. */
typedef struct {
    ls_finding finding;
    const char *reason; /* NULL: the baseline asks for none */
    ls_waiver by;
} ls_waived_finding;
typedef LS_VECTOR(ls_waived_finding) ls_waived_findings;

/* Another severity for the rules that a word names. */
typedef struct {
    const char *word; /* id, group or glob (index-*) */
    bool off;
    ls_severity severity; /* where it is not off */
} ls_severity_choice;

/* What one place says about rules. */
typedef struct {
    const ls_words *select; /* ids, groups or globs; NULL: nothing said */
    const ls_words *extend; /* these too; NULL as well */
    const ls_words *ignore;
    const ls_severity_choice *severities;
    size_t severity_count;
} ls_rule_layer;

/*
 * Which rules are on, and how loud: at first all that are not off by default, with their own
 * severity; then layer by layer. A layer's `select` starts anew: just these are on. Its severities
 * apply, an id's before those of groups and globs; one for an id turns the rule on, because else a
 * rule that is off by default could not be added to the others. Its `extend` turns on besides, its
 * `ignore` turns off.
 */
typedef struct {
    ls_rule_list rules;
    const ls_rule_layer *layers; /* of the configuration */
    size_t layer_count;
    /* of the command line, the last layer; NULL: not given */
    const ls_words *select, *extend, *ignore;
} ls_rule_choice;

/* Is the rule on? Sets its severity if it is. */
bool ls_rule_chosen(const ls_rule_choice *choice, const ls_rule *rule, ls_severity *severity);

/* The rules that are on, by the effects that they match: made once for all migrations. */
typedef struct ls_chosen_rules ls_chosen_rules;
const ls_chosen_rules *ls_choose_rules(ls_arena *arena, const ls_rule_choice *choice);

/* The same rules, of which `keep` may leave out some and change the severity of others. */
typedef bool ls_rule_filter(const ls_rule *rule, ls_severity *severity);
const ls_chosen_rules *ls_choose_anew(ls_arena *arena, const ls_chosen_rules *chosen,
                                      ls_rule_filter *keep);

/* Does the word name a rule or a group, or is it a glob that matches one? If not, *nearest is the
 * nearest name (may be NULL). */
bool ls_choice_is_known(ls_rule_list rules, const char *word, const char **nearest);
/* All rules that the choice was made from. */
ls_rule_list ls_rules_to_choose(const ls_chosen_rules *chosen);

/* Those of the chosen ones that match effects of that kind. */
typedef struct ls_rule_texts ls_rule_texts;
typedef struct {
    const ls_rule *rule;
    ls_severity severity;
    ls_rule_texts *texts; /* see texts.h */
} ls_chosen_rule;
typedef struct {
    const ls_chosen_rule *items;
    size_t count;
} ls_chosen_list;
ls_chosen_list ls_rules_about(const ls_chosen_rules *chosen, ls_effect_kind kind);

/* Was the rule chosen? */
bool ls_rule_is_on(const ls_chosen_rules *chosen, const ls_rule *rule);

/* What they ask about. Lives as long as they do. */
const ls_interest *ls_interest_of(const ls_chosen_rules *rules);

/* A word of --select or --ignore that names no rule, group or glob that matches: the first one,
 * with the nearest name in *nearest (may be NULL); NULL if all are fine. */
const char *ls_unknown_choice(ls_rule_list rules, const ls_words *words, const char **nearest);

/* The id or group nearest to a word; NULL if none is near. */
const char *ls_nearest_choice(ls_rule_list rules, const char *word);

/*
 * Judges one migration: give it each outcome of a judged file in order, and at last that of the
 * whole; then take the findings, folded (one cause, one finding) and sorted by place, behind those
 * that are in the list already. All of them live in `arena`. The judge is gone when it has
 * finished, but for what was suppressed, which it can be asked.
 */
typedef struct ls_judge ls_judge;
ls_judge *ls_judge_new(ls_arena *arena, const ls_chosen_rules *rules, const ls_source *source,
                       uint32_t file);
void ls_judge_outcome(ls_judge *judge, const ls_outcome *outcome);
void ls_judge_finish(ls_judge *judge, ls_findings *findings);

/* What the file's comments suppress; before the end. What is wrong with them is found by rules too,
 * and those findings cannot be suppressed. */
void ls_judge_suppressions(ls_judge *judge, const ls_suppressions *suppressions);

/* From now on each finding gets the fix that its rule proposes; nobody has tried it (fixes.h). */
void ls_judge_propose_fixes(ls_judge *judge);

/* What was suppressed, when it has finished. */
const ls_waived_findings *ls_judge_suppressed(const ls_judge *judge);

/* Adds the waived findings to others. */
void ls_add_waived(ls_arena *arena, ls_waived_findings *all, const ls_waived_findings *more);

#endif
