# mot: a language for Moments of Truth, its compiler and its runtime.
#
#   make            the command and the library, static and shared, in $(BUILD)
#   make check      all the tests; ends with their total
#   make sanitize   the same under the address and undefined-behaviour sanitizers
#   make sanitize-threads  runs with several threads, under the thread sanitizer
#   make demo       an example from its rules to the short form of its review; DEMO=loan: another
#   make soak       generated rules and events, engine beside reference evaluator: SEEDS=1..100000
#   make bench      measures speed
#   make fuzz       builds the fuzzers: $(BUILD)-fuzz/fuzz_NAME
#   make docs       regenerates the reference pages that come from tables
#   make deps       installs what all this needs (Debian)
#   make install    to $(DESTDIR)$(PREFIX); `make uninstall` takes it back
#
# A new .c file in a folder below is picked up by itself.

VERSION = $(shell awk '/define MOT_VERSION_/ { v = v sep $$3; sep = "." } END { print v }' include/mot/mot.h)
BUILD   ?= build
PREFIX  ?= /usr/local
CC      = gcc
FLEX    ?= flex
BISON   ?= bison
OBJCOPY ?= objcopy
CFLAGS  ?= -O2 -g
LDFLAGS ?=

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes
DIALECT  := -std=c17 -D_POSIX_C_SOURCE=200809L -fvisibility=hidden -fPIC -I. -Iinclude -I$(BUILD)
# `make V=1` shows the commands.
Q := $(if $(V),,@)
COMPILE  = $(CC) $(DIALECT) $(WARNINGS) $(CFLAGS)
# The one C++ file takes what the SIMD library offers, without exceptions.
CXX      = g++
CXX_DIALECT := -std=c++17 -fno-exceptions -fno-rtti -fvisibility=hidden -fPIC -I.
COMPILE_CXX  = $(CXX) $(CXX_DIALECT) $(if $(filter -w,$(WARNINGS)),-w,-Wall -Wextra -Werror) $(CFLAGS)
LIBS     := -lsimdjson -lstdc++ -lxxhash -lutf8proc -lm -pthread
CLI_LIBS := -ljansson -lz -lzstd -lsqlite3
# What bison and flex write is theirs: their functions have no prototypes and some are not used.
GENERATED_WARNINGS := -Wno-missing-prototypes -Wno-unused-function -Wno-sign-compare -Wno-shadow

# ---- sources ------------------------------------------------------------------------

LIB_C  := $(wildcard base/*.c bytecode/*.c grammar/*.c compiler/*.c runtime/*.c)
LIB_CXX := $(wildcard runtime/*.cpp)
CLI_C  := $(wildcard cli/*.c cli/*/*.c)
REPORT_C := $(wildcard report/*.c)
# Of base, what the review stands on: the command has its own, those of the library cannot be seen.
REPORT_BASE_C := base/mem.c base/buf.c base/vec.c base/map.c base/intern.c
TEST_C := $(wildcard tests/unit/test_*.c)
FUZZ_C := $(wildcard tests/fuzz/fuzz_*.c)
SUPPORT_C := $(wildcard tests/support/*.c)
LIBRARY_MOT := $(shell find stdlib -name '*.mot')

GRAMMAR_C := $(if $(wildcard grammar/mot.y),$(BUILD)/grammar/mot.tab.c)
SCANNER_C := $(if $(wildcard grammar/mot.l),$(BUILD)/grammar/mot.yy.c)
GENERATED_C := $(GRAMMAR_C) $(SCANNER_C) $(BUILD)/stdlib/library.c
GENERATED_H := $(GRAMMAR_C:.c=.h) $(SCANNER_C:.c=.h)

object = $(patsubst %.c,$(BUILD)/obj/%.o,$(patsubst $(BUILD)/%,%,$(1)))
LIB_O     := $(call object,$(LIB_C) $(GENERATED_C)) $(LIB_CXX:%.cpp=$(BUILD)/obj/%.o)
REPORT_O  := $(call object,$(REPORT_C))
CLI_O     := $(call object,$(CLI_C) $(REPORT_BASE_C)) $(REPORT_O)
SUPPORT_O := $(call object,$(SUPPORT_C))
MOT       := $(if $(wildcard cli/main.c),$(BUILD)/mot)
# The name that a program linked to the shared library asks for changes with SOVERSION, when programs must be
# linked anew.
SOVERSION    := 0
SHARED       := $(BUILD)/libmot.so.$(VERSION)
SHARED_LINKS := $(BUILD)/libmot.so.$(SOVERSION) $(BUILD)/libmot.so

UNIT_TESTS := $(TEST_C:tests/unit/%.c=$(BUILD)/tests/%)
REPLAYS    := $(FUZZ_C:tests/fuzz/fuzz_%.c=$(BUILD)/tests/replay_%)
FUZZERS    := $(FUZZ_C:tests/fuzz/%.c=$(BUILD)/%)
SCRIPTS    := $(wildcard tests/gates/*.sh tests/cli/*.sh tests/cases/*.sh tests/differential/*.sh)
REFERENCE_C := $(wildcard tests/reference/*.c)
REFERENCE   := $(if $(REFERENCE_C),$(BUILD)/tests/reference)
DIFFERENTIAL_C := $(wildcard tests/differential/*.c)
DIFFERENTIAL   := $(BUILD)/tests/differential

# ---- the command and the library ------------------------------------------------------

.PHONY: all check sanitize sanitize-threads check-threads soak demo bench fuzz fuzzers docs deps install uninstall clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:
all: $(BUILD)/libmot.a $(SHARED_LINKS) $(MOT)

# The library is one object in which only what mot.h declares is visible, so that no internal name meets
# one of the program it is linked to.
$(BUILD)/libmot.a: $(LIB_O)
	@rm -f $@
	@echo "  AR    $@"
	$(Q)$(LD) -r -o $(BUILD)/libmot.o $^
	$(Q)$(OBJCOPY) --localize-hidden $(BUILD)/libmot.o
	$(Q)$(AR) rcs $@ $(BUILD)/libmot.o

$(SHARED): $(LIB_O)
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libmot.so.$(SOVERSION) $(if $(findstring -fsanitize,$(CFLAGS)),,-Wl,-z,defs) \
	  -o $@ $^ $(LIBS)
$(SHARED_LINKS): $(SHARED)
	$(Q)ln -sf $(<F) $@

# All of it with its internal names, for tests.
$(BUILD)/internal.a: $(LIB_O)
	@rm -f $@
	@echo "  AR    $@"
	$(Q)$(AR) rcs $@ $^

$(BUILD)/report.a: $(REPORT_O)
	@rm -f $@
	@echo "  AR    $@"
	$(Q)$(AR) rcs $@ $^

$(BUILD)/mot: $(CLI_O) $(BUILD)/libmot.a
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(CLI_LIBS)

$(BUILD)/obj/%.o: %.c $(BUILD)/flags | $(GENERATED_H)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: %.cpp $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  CXX   $<"
	$(Q)$(COMPILE_CXX) -MMD -MP -c -o $@ $<

$(BUILD)/obj/grammar/mot.%.o: $(BUILD)/grammar/mot.%.c $(BUILD)/flags | $(GENERATED_H)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) $(GENERATED_WARNINGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/stdlib/library.o: $(BUILD)/stdlib/library.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# Written anew only when the way of compiling changes, which then compiles everything.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(COMPILE_CXX)' | cmp -s - $@ || echo '$(COMPILE) $(COMPILE_CXX)' >$@

# Any conflict in the grammar is an error.
PARSER := $(BUILD)/grammar/mot.tab
$(PARSER).c $(PARSER).h &: grammar/mot.y
	@mkdir -p $(@D)
	@echo "  BISON $<"
	$(Q)$(BISON) -Werror -Wcounterexamples --header=$(PARSER).h -o $(PARSER).c $<

SCANNER := $(BUILD)/grammar/mot.yy
$(SCANNER).c $(SCANNER).h &: grammar/mot.l
	@mkdir -p $(@D)
	@echo "  FLEX  $<"
	$(Q)$(FLEX) --header-file=$(SCANNER).h -o $(SCANNER).c $<

$(BUILD)/stdlib/library.c: stdlib/embed.sh $(LIBRARY_MOT)
	@mkdir -p $(@D)
	stdlib/embed.sh >$@

# ---- tests ----------------------------------------------------------------------------

check: all $(UNIT_TESTS) $(REPLAYS) $(REFERENCE) $(DIFFERENTIAL)
	@BUILD=$(BUILD) MOT=$(BUILD)/mot CC=$(CC) tests/run.sh $(UNIT_TESTS) $(REPLAYS) $(SCRIPTS)

$(BUILD)/tests/test_%: $(BUILD)/obj/tests/unit/test_%.o $(SUPPORT_O) $(BUILD)/report.a $(BUILD)/internal.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS) $(CLI_LIBS)

# The reference evaluator: what rules mean, by definition.
$(BUILD)/tests/reference: $(call object,$(REFERENCE_C)) $(BUILD)/internal.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -ljansson

# Both, over generated rules and events. The evaluator is one object in which only its function is seen: names
# in it are also names of the engine.
EVALUATE := $(BUILD)/obj/tests/evaluate.o
$(EVALUATE): $(call object,$(filter-out tests/reference/main.c,$(REFERENCE_C))) $(BUILD)/internal.a
	$(Q)$(LD) -r -o $@ $^
	$(Q)$(OBJCOPY) --keep-global-symbol=evaluate $@

$(DIFFERENTIAL): $(call object,$(DIFFERENTIAL_C)) $(EVALUATE) $(BUILD)/libmot.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -ljansson

SEEDS ?= 1..50000
soak: $(DIFFERENTIAL) $(REFERENCE)
	@BUILD=$(BUILD) SEEDS=$(SEEDS) tests/differential/run.sh

$(BUILD)/tests/replay_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/replay.o $(BUILD)/internal.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Warnings are the ordinary build's business: the sanitizers' extra code brings some of its own.
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-error
sanitize:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-sanitize LDFLAGS='$(LDFLAGS)' \
	  CFLAGS='-O1 -g -fno-omit-frame-pointer $(SANITIZERS)' check

# What threads share, under the thread sanitizer: runs with several threads, and some generated pairs.
THREADED = $(filter $(BUILD)/tests/test_run%,$(UNIT_TESTS)) tests/cases/run.sh tests/differential/run.sh
sanitize-threads:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-threads LDFLAGS='$(LDFLAGS)' \
	  CFLAGS='-O1 -g -fsanitize=thread -Wno-error' check-threads
check-threads: all $(filter $(BUILD)/tests/test_run%,$(UNIT_TESTS)) $(REFERENCE) $(DIFFERENTIAL)
	@BUILD=$(BUILD) MOT=$(BUILD)/mot CC=$(CC) SEEDS=1..500 tests/run.sh $(THREADED)

# libFuzzer is clang's (`.ci/deps .ci/packages-fuzz` installs it): everything compiled anew, by it, in
# its own folder.
fuzz:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-fuzz CC=clang CXX=clang++ WARNINGS=-w \
	  CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined' fuzzers
fuzzers: $(FUZZERS)
$(BUILD)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/internal.a
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# ---- the rest -------------------------------------------------------------------------

# Another one of the examples: make demo DEMO=loan
DEMO := broadband
demo: all
	@BUILD=$(BUILD) MOT=$(BUILD)/mot examples/demo.sh $(DEMO)

bench: all
	@for script in $(wildcard bench/*.sh); do BUILD=$(BUILD) MOT=$(BUILD)/mot $$script || exit 1; done

docs: all
	@for script in $(wildcard docs/gen/*.sh); do BUILD=$(BUILD) MOT=$(BUILD)/mot $$script || exit 1; done

# Installing comes before everything else, also with -j.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif
deps:
	@.ci/deps

define PKG_CONFIG_TEXT
prefix=$(PREFIX)
Name: mot
Description: compiler and runtime of the mot language
Version: $(VERSION)
Cflags: -I$${prefix}/include
Libs: -L$${prefix}/lib -lmot
Libs.private: $(LIBS)
endef
export PKG_CONFIG_TEXT

# source:place of everything that is installed, places below $(PREFIX); the command itself writes its
# manual page and its completions.
FROM_MOT  := mot.1 mot.bash _mot mot.fish
INSTALLED = $(BUILD)/mot:bin/mot $(BUILD)/libmot.a:lib/libmot.a $(SHARED):lib/$(notdir $(SHARED)) \
  $(BUILD)/mot.pc:lib/pkgconfig/mot.pc \
  include/mot/mot.h:include/mot/mot.h include/mot/tools.h:include/mot/tools.h $(BUILD)/mot.1:share/man/man1/mot.1 \
  $(BUILD)/mot.bash:share/bash-completion/completions/mot \
  $(BUILD)/_mot:share/zsh/site-functions/_mot \
  $(BUILD)/mot.fish:share/fish/vendor_completions.d/mot.fish

$(BUILD)/mot.1: $(BUILD)/mot
	@$(BUILD)/mot man >$@
$(BUILD)/mot.bash: $(BUILD)/mot
	@$(BUILD)/mot completion bash >$@
$(BUILD)/_mot: $(BUILD)/mot
	@$(BUILD)/mot completion zsh >$@
$(BUILD)/mot.fish: $(BUILD)/mot
	@$(BUILD)/mot completion fish >$@
$(BUILD)/mot.pc: Makefile
	@mkdir -p $(@D)
	@printf '%s\n' "$$PKG_CONFIG_TEXT" >$@

install: all $(BUILD)/mot.pc $(FROM_MOT:%=$(BUILD)/%)
	@for pair in $(INSTALLED); do \
	  to=$(DESTDIR)$(PREFIX)/$${pair#*:}; mode=644; \
	  case $$to in */bin/*) mode=755 ;; esac; \
	  echo "install $$to"; install -D -m $$mode $${pair%%:*} $$to || exit 1; \
	done
	@for link in $(notdir $(SHARED_LINKS)); do ln -sfv $(notdir $(SHARED)) $(DESTDIR)$(PREFIX)/lib/$$link || exit 1; done

uninstall:
	@for pair in $(INSTALLED) $(SHARED_LINKS:$(BUILD)/%=:lib/%); do rm -f -v $(DESTDIR)$(PREFIX)/$${pair#*:}; done

clean:
	rm -rf $(BUILD) $(BUILD)-sanitize $(BUILD)-threads $(BUILD)-fuzz

-include $(LIB_O:.o=.d) $(CLI_O:.o=.d) $(SUPPORT_O:.o=.d)
-include $(TEST_C:%.c=$(BUILD)/obj/%.d) $(wildcard $(BUILD)/obj/tests/fuzz/*.d $(BUILD)/obj/tests/reference/*.d \
  $(BUILD)/obj/tests/differential/*.d)
