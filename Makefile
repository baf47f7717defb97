# SPDX-License-Identifier: MIT
# make            compile fmgen (build/fmgen); runs ./configure first where that was not done
# make check      set up the machine and run all tests
# make demo       set up the machine, build an example workload and boot it
# make help       list the other targets

srcdir := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
B = build

# These targets must work before there is a compiler.
bare := check demo setup clean distclean dist help
ifneq ($(filter-out $(bare),$(or $(MAKECMDGOALS),all)),)
include config.mk
endif

# The targets that set up the machine compile in parallel without being asked.
parallel = --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))
SETUP = sh $(srcdir)/scripts/setup
run_tests = @BUILD='$(CURDIR)/$(B)' sh $(srcdir)/tests/run

WARN = -Wall -Wextra -Wshadow -Wmissing-prototypes $(WERROR)
FLAGS = -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DFMGEN_VERSION='"$(VERSION)"' \
	-I$(srcdir)/gen $(LIB_CFLAGS) $(WARN) $(CPPFLAGS) $(CFLAGS)

sources := $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/gen/*.c $(srcdir)/gen/*/*.c))
objects := $(patsubst %.c,$(B)/%.o,$(sources))
main := $(filter $(B)/gen/main.o,$(objects))
library := $(filter-out $(main),$(objects))
unit := $(patsubst $(srcdir)/%.c,$(B)/%,$(wildcard $(srcdir)/tests/unit/*.c))
fuzzers := $(B)/tests/fuzz/generate $(B)/tests/fuzz/dictionary
headers := $(wildcard $(srcdir)/gen/*/*.h)
data := templates boards initramfs scripts
# Where the shells look, below share/: each begins with the name of its shell.
completions := bash-completion/completions zsh/site-functions fish/vendor_completions.d

all: $(B)/fmgen

$(B)/fmgen: $(main) $(B)/libfmgen.a
	@echo '	LD	$@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Made anew each time, so that a source file that went away leaves nothing behind.
$(B)/libfmgen.a: $(library) $(B)/sources
	@rm -f $@
	@ar rcsD $@ $(library)

$(B)/sources: FORCE
	@mkdir -p $(B)
	@echo '$(sources)' | cmp -s - $@ || echo '$(sources)' >$@

$(B)/%.o: $(srcdir)/%.c config.mk
	@echo '	CC	$<'
	@mkdir -p $(@D)
	@$(CC) $(FLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/bench/time: $(srcdir)/tests/bench/time.c config.mk
	@mkdir -p $(@D)
	@$(CC) $(FLAGS) $(LDFLAGS) -o $@ $<

$(B)/tests/unit/%: $(srcdir)/tests/unit/%.c $(B)/libfmgen.a config.mk
	@echo '	CC	$<'
	@mkdir -p $(@D)
	@$(CC) $(FLAGS) -I$(srcdir)/tests $(LDFLAGS) -MMD -MP -MF $@.d -o $@ $< $(B)/libfmgen.a $(LIBS)

$(B)/tests/fuzz/%: $(srcdir)/tests/fuzz/%.c $(B)/libfmgen.a config.mk
	@echo '	CC	$<'
	@mkdir -p $(@D)
	@$(CC) $(FLAGS) $(FUZZ_$*) -MMD -MP -MF $@.d -o $@ $< $(B)/libfmgen.a $(LIBS)

-include $(objects:.o=.d) $(unit:=.d) $(fuzzers:=.d)

config.mk: $(srcdir)/configure
	sh $(srcdir)/configure

unit-tests: $(unit)

# fmgen below build/asan finds its data through build/share/fmgen.
asan:
	@mkdir -p $(B)/share && ln -sfn '$(abspath $(srcdir))' $(B)/share/fmgen
	@$(MAKE) --no-print-directory B=$(B)/asan LDFLAGS='$(LDFLAGS) -fsanitize=address,undefined' \
		CFLAGS='-O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=address,undefined' \
		all unit-tests

# The fuzzer and its dictionary, below build/fuzz
FUZZ_generate = -fsanitize=fuzzer
fuzzers: $(fuzzers)
fuzzer:
	@$(MAKE) --no-print-directory B=$(B)/fuzz CC=clang CFLAGS='-O1 -g -fno-omit-frame-pointer \
		-fno-sanitize-recover=all -fsanitize=fuzzer-no-link,address,undefined' fuzzers

setup:
	@$(SETUP)

check:
	@$(SETUP) --dev
	@$(MAKE) $(parallel) all unit-tests asan fuzzer
	$(run_tests)

demo:
	@$(SETUP)
	@$(MAKE) $(parallel) all
	@sh $(srcdir)/examples/demo $(B)/fmgen

check-unit: all unit-tests
	$(run_tests) unit
check-golden: all
	$(run_tests) golden
check-image: all
	$(run_tests) image
check-e2e: all
	$(run_tests) e2e
check-matrix: all
	$(run_tests) matrix
check-asan: asan
	$(run_tests) asan
valgrind: all unit-tests
	$(run_tests) valgrind
fuzz: fuzzer
	@BUILD='$(CURDIR)/$(B)' sh $(srcdir)/tests/fuzz/fuzz -max_total_time='$(or $(TIME),0)'
lint: config.mk
	$(run_tests) lint
bench: all $(B)/tests/bench/time
	@BUILD='$(CURDIR)/$(B)' sh $(srcdir)/tests/bench/run

# The manuals and chapters that hold tables of the program.
docs: all
	@sh $(srcdir)/docs/generate $(abspath $(B)/fmgen)

golden-update: all
	@sh $(srcdir)/tests/golden/update

format:
	clang-format -i $(addprefix $(srcdir)/,$(sources)) $(headers) \
		$(wildcard $(srcdir)/tests/*/*.[ch])

install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(DATADIR)' \
		'$(DESTDIR)$(PREFIX)/share/man/man1' '$(DESTDIR)$(PREFIX)/share/man/man5'
	install -m 755 $(B)/fmgen '$(DESTDIR)$(PREFIX)/bin/fmgen'
	install -m 755 $(srcdir)/scripts/marshal '$(DESTDIR)$(PREFIX)/bin/marshal'
	rm -rf $(patsubst %,'$(DESTDIR)$(DATADIR)/%',$(data))
	cd $(srcdir) && cp -RP $(data) '$(abspath $(DESTDIR)$(DATADIR))/'
	chmod -R u=rwX,go=rX '$(DESTDIR)$(DATADIR)'
	install -m 644 $(srcdir)/docs/man/*.1 '$(DESTDIR)$(PREFIX)/share/man/man1'
	install -m 644 $(srcdir)/docs/man/*.5 '$(DESTDIR)$(PREFIX)/share/man/man5'
	install -d $(patsubst %,'$(DESTDIR)$(PREFIX)/share/%',$(completions))
	umask 022; set -e; for file in $(join $(completions),/fmgen /_fmgen /fmgen.fish); do \
		shell=$${file%%-*}; shell=$${shell%%/*}; \
		$(B)/fmgen completions "$$shell" >'$(DESTDIR)$(PREFIX)/share/'"$$file"; \
	done

clean:
	rm -rf $(B)

distclean: clean
	rm -rf config.mk demo
	[ ! -d tests/work ] || find tests/work -type d ! -perm -700 -exec chmod u+rwx {} +
	rm -rf tests/work

dist:
	@version=$$(sed -n 's/^version=//p' $(srcdir)/configure) && \
	git -C $(srcdir) archive --prefix=fmgen-$$version/ HEAD | xz >fmgen-$$version.tar.xz && \
	echo fmgen-$$version.tar.xz

help:
	@echo 'make                compile fmgen; the result is $(B)/fmgen'
	@echo 'make demo           set up, then build an example and boot it'
	@echo 'make check          set up, then run all tests'
	@echo 'make setup          install the Debian packages that a build needs'
	@echo 'make check-unit, check-golden, check-image, check-e2e, check-matrix, check-asan,'
	@echo '     valgrind, lint'
	@echo '                    one kind of tests; tests/run --help tells how to run one file'
	@echo 'make golden-update  write the expected results of the golden tests anew'
	@echo 'make docs           make the manuals that hold tables of the program from docs/**/*.in'
	@echo 'make format         clang-format all C files'
	@echo 'make fuzz           look for crashes with odd specs: TIME=SECONDS, or until interrupted'
	@echo 'make bench          measure'
	@echo 'make install        PREFIX (/usr/local) and DESTDIR as usual'
	@echo 'make dist, clean, distclean'

FORCE:
.PHONY: all unit-tests asan fuzzers fuzzer setup check demo check-unit check-golden check-image \
	check-e2e check-matrix check-asan valgrind fuzz lint bench docs golden-update format install clean \
	distclean dist help FORCE
.DELETE_ON_ERROR:
