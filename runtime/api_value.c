/*
 * api_value.c - see api_value.h.
 */
#include "runtime/api_value.h"

mot_type api_type(uint32_t type)
{
  static const mot_type types[VALUE_END] = {
    [VALUE_NONE] = MOT_TYPE_NONE, [VALUE_BOOL] = MOT_TYPE_BOOL, [VALUE_INT] = MOT_TYPE_INT,
    [VALUE_NUMBER] = MOT_TYPE_NUMBER, [VALUE_PERCENT] = MOT_TYPE_PERCENT, [VALUE_TEXT] = MOT_TYPE_TEXT,
    [VALUE_ID] = MOT_TYPE_TEXT, [VALUE_TIME] = MOT_TYPE_TIME, [VALUE_DURATION] = MOT_TYPE_DURATION,
    [VALUE_MONEY] = MOT_TYPE_MONEY, [VALUE_LISTED] = MOT_TYPE_TEXT,
  };
  return types[type];
}

static void set_listed(const Module *module, const OutcomeValue *value, mot_value *ret)
{
  uint32_t len;
  const ListedValueRow *row = &module->ListedValue[module->Listed[value->of].values + value->i];
  ret->text = module_string(module, row->name, &len);
  ret->size = len;
}

static void set_money(const Module *module, const OutcomeValue *value, mot_value *ret)
{
  const CurrencyRow *row = &module->Currency[value->of];
  ret->integer = value->i;
  ret->currency = module_string(module, row->code, NULL);
  ret->exponent = row->exponent;
}

mot_value api_value(const Module *module, const void *base, const OutcomeValue *value)
{
  mot_value ret = {.type = api_type(value->type)};
  switch (value->type) {
  case VALUE_NONE: break;
  case VALUE_NUMBER:
  case VALUE_PERCENT: ret.number = value->f; break;
  case VALUE_TEXT:
  case VALUE_ID:
    ret.text = (const char *)base + value->s.at;
    ret.size = value->s.len;
    break;
  case VALUE_LISTED: set_listed(module, value, &ret); break;
  case VALUE_MONEY: set_money(module, value, &ret); break;
  default: ret.integer = value->i;
  }
  return ret;
}
