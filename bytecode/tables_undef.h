/* tables_undef.h - takes back the macros of one reading of tables.def; included many times by design. */
#undef TABLE
#undef STR
#undef REF
#undef OPT
#undef RANGE
#undef FUN
#undef OPTFUN
#undef ENUM
#undef FLAG
#undef U32
#undef I64
#undef F64
#undef PAD
#undef END
