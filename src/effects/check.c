#include "effects/check.h"

#include "effects/volatility.h"

void ls_note_check(ls_builder *builder, ls_relation_id table, const ls_constraint *written,
                   const char *name) {
    ls_volatility_verdict verdict =
        ls_expression_volatility(builder->catalog, written->expression, builder->postgres);
    const ls_expression *call = verdict.culprit;
    if (verdict.volatility != LS_VOLATILE || call == NULL)
        return;
    ls_effect *effect = ls_add_effect(builder, LS_EFFECT_VOLATILE_CHECK, call->at, table);
    ls_set_text(builder, effect, LS_ATTRIBUTE_CONSTRAINT, ls_quoted(builder, name));
    ls_set_text(builder, effect, LS_ATTRIBUTE_FUNCTION,
                call->kind == LS_EXPR_FUNCTION ? ls_shown_name(builder, &call->name) : call->text);
    ls_set_flag(builder, effect, LS_ATTRIBUTE_FUNCTION_ASSUMED, verdict.assumed);
}
