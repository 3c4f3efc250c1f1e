/*
 * report.h - one run's result, and the formats that print it.
 *
 * A format prints; it decides nothing. Whatever comes from a user's file is escaped on the way out
 * by the format's own escape function (escape.h): SQL, names, paths and messages built from them.
 */
#ifndef LS_REPORT_REPORT_H
#define LS_REPORT_REPORT_H

#include "effects/effects.h"
#include "rules/rules.h"
#include "support/buffer.h"

/* One statement in the lock timeline. */
typedef struct {
    const ls_statement *statement;
    const ls_outcome *outcome; /* a copy of the run's: locks, work, assumptions and what is said of
                                  the statement as a whole; no effects, no held locks */
    size_t held_before;        /* locks that were held when it began */
} ls_timeline_entry;

typedef struct {
    const ls_source *source;
    ls_transaction_mode transaction;
    LS_VECTOR(ls_timeline_entry) statements;
} ls_timeline_file;

/* What runs the judged migrations, and what it wraps around them, in words. */
typedef struct {
    const char *name, *runs;
} ls_report_runner;

/* A stage of a rollout plan, as it is shown. */
typedef struct {
    unsigned index;         /* from 1 */
    const char *verb;       /* NULL: it has none */
    const char *value;      /* as the plan has it */
    unsigned line;          /* of the plan */
    ls_words does;          /* what its SQL does, a line each; modifiers of the others */
    ls_words live;          /* versions that may run meanwhile */
    ls_words may_roll_back; /* versions that one may go back to when it is done */
    ls_words not_back;      /* why the others cannot run any more */
    bool point_of_no_return;
} ls_report_stage;

typedef struct {
    const ls_source *source;
    const char *title;    /* NULL: none */
    const char *standing; /* whether it is verified, where the findings do not say it; else NULL */
    LS_VECTOR(ls_report_stage) stages;
} ls_report_plan;

typedef LS_VECTOR(ls_report_plan) ls_report_plans;

typedef struct {
    const char *parser;                        /* "15.1" */
    int postgres;                              /* target */
    ls_findings findings;                      /* by file in order of the run, then by place */
    ls_waived_findings waived;                 /* that are not told */
    const char *baseline;                      /* its file; NULL if there is none */
    uint32_t stale;                            /* entries of it that no finding matches any more */
    uint32_t files, history_files, down_files; /* judged; read as context; left out */
    uint32_t downs_tried, downs_open; /* of the judged files; of these, where not all is known */
    uint32_t statements, analysed;    /* of the judged files */
    const char *schema;               /* the dump before the first; NULL: none */
    uint32_t schema_statements, schema_analysed;
    uint32_t psql_commands, copy_blocks;  /* of the judged files */
    LS_VECTOR(ls_timeline_file) timeline; /* where it is asked for */
    LS_VECTOR(ls_report_runner) runners;  /* of the judged files; none where no tool is known */
    bool runner_sets_lock_timeout;
    ls_report_plans plans;    /* for `plan` only: then they are what is judged */
    size_t states;            /* of their models, that were looked at */
    size_t queries;           /* of their versions */
    ls_report_plans rollouts; /* for `check`, where asked for: plans that run judged files */
} ls_report;

typedef enum { LS_COLOUR_NEVER, LS_COLOUR_ALWAYS } ls_colour;

typedef struct {
    ls_colour colour;
    unsigned width;   /* of the terminal; 80 where it is not known */
    bool is_terminal; /* elsewhere a finding's first line is one line, however long: for grep */
    bool in_full;     /* every finding, however often its rule finds something */
} ls_text_style;

/* How many findings are waived in this way. */
size_t ls_count_waived(const ls_report *report, ls_waiver by);

/* Code frames, groups, closing line. */
void ls_report_text(ls_buffer *out, const ls_report *report, const ls_text_style *style);
/* How often each rule finds something in place of the findings, and the closing line. */
void ls_report_statistics(ls_buffer *out, const ls_report *report, const ls_text_style *style);
/* `check --format json` by contract. */
void ls_report_json(ls_buffer *out, const ls_report *report);
/* A plan's stages: gates, who is live, how far one may go back. */
void ls_report_plan_text(ls_buffer *out, const ls_report *report, const ls_text_style *style);
/* The same as a diagram in Markdown, and as a page that stands for itself. */
void ls_report_plan_mermaid(ls_buffer *out, const ls_report *report);
void ls_report_plan_html(ls_buffer *out, const ls_report *report);
/* The lock timeline: table and timeline for people; JSON by contract. */
void ls_report_locks_text(ls_buffer *out, const ls_report *report, const ls_text_style *style);
void ls_report_locks_json(ls_buffer *out, const ls_report *report);
/* `rules` and `explain RULE`. */
void ls_report_rules(ls_buffer *out, ls_rule_list rules, const ls_text_style *style);
void ls_report_rules_json(ls_buffer *out, ls_rule_list rules);
void ls_report_rules_markdown(ls_buffer *out, ls_rule_list rules, ls_not_checked_list not_checked);
void ls_report_explain(ls_buffer *out, const ls_rule *rule, const ls_text_style *style);
void ls_report_explain_json(ls_buffer *out, const ls_rule *rule);

#endif
