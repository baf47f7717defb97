/* SPDX-License-Identifier: MIT */
/* Identities and parameter files. */
#include "lib/unit.h"
#include "plan/stage.h"

static struct arena arena;
static struct diag diag;
static struct graph graph;
static struct root roots[] = {
	{"board", "/data/boards/x", "out/share/boards/x"},
	{"share", "/data", "out/share"},
	{"spec", "../wl", "../wl"},
};
static struct planner planner;

static void start(void)
{
	arena = (struct arena){0};
	diag_init(&diag, &arena);
	graph_init(&graph, &arena);
	planner = (struct planner){
		.arena = &arena, .diag = &diag, .graph = &graph, .roots = roots, .nroots = 3};
	planner.edges.arena = &arena;
	planner.data.arena = &arena;
	planner.manifests.arena = &arena;
}

static const char *id_of(const char *key, const char *text)
{
	struct step s = step_start(&planner, "kernel", (struct span){0});

	step_arg(&s, key, text);
	buf_free(&s.args);
	return step_id(&s);
}

static void equal_fields_give_equal_identities(void)
{
	start();
	CHECK_STR(id_of("arch", "riscv"), id_of("arch", "riscv"));
	CHECK(strcmp(id_of("arch", "riscv"), id_of("arch", "arm64")) != 0);
	CHECK(strcmp(id_of("arch", "riscv"), id_of("cross", "riscv")) != 0);
	CHECK(strncmp(id_of("arch", "riscv"), "kernel-", 7) == 0);
	CHECK_INT((long long)strlen(id_of("arch", "riscv")), 7 + 16);
	arena_free(&arena);
}

static void newlines_cannot_forge_a_field(void)
{
	start();
	struct step two = step_start(&planner, "kernel", (struct span){0});
	step_field(&two, "a", "1");
	step_field(&two, "b", "2");
	CHECK(strcmp(step_id(&two), id_of("a", "1\n--b=2")) != 0);
	arena_free(&arena);
}

static const char *args_of(const char *path)
{
	struct step s = step_start(&planner, "kernel", (struct span){0});

	step_arg_path(&s, "p", path);
	struct edge *e = step_edge(&s, "kernel", step_id(&s));
	return e->args;
}

static void paths_are_named_from_their_roots(void)
{
	start();
	CHECK_STR(args_of("/data/boards/x/linux.config"), "--p=@board/linux.config\n");
	CHECK_STR(args_of("/data/initramfs/nodes"), "--p=@share/initramfs/nodes\n");
	CHECK_STR(args_of("../wl"), "--p=@spec\n");
	CHECK_STR(args_of("../wl2/x"), "--p=../wl2/x\n");
	CHECK_STR(args_of("../wl/a b\n@c"), "--p=@spec/a b\\n@c\n");
	CHECK_STR(args_of("@odd"), "--p=\\@odd\n");
	arena_free(&arena);
}

static void an_identity_has_one_edge(void)
{
	start();
	for (int i = 0; i < 2; i++) {
		struct step s = step_start(&planner, "link", (struct span){0});
		const char *id = step_id(&s);
		CHECK((step_edge(&s, "link", id) != NULL) == (i == 0));
	}
	CHECK_INT((long long)graph.nedges, 1);
	arena_free(&arena);
}

static void options_are_not_part_of_the_identity(void)
{
	start();
	struct step a = step_start(&planner, "link", (struct span){0});
	struct step b = step_start(&planner, "link", (struct span){0});
	step_option(&b, "manifest", "out/tree/x");
	CHECK_STR(step_id(&a), step_id(&b));
	CHECK_STR(buf_str(&b.args), "--manifest=out/tree/x\n");
	buf_free(&a.args);
	buf_free(&b.args);
	arena_free(&arena);
}

int main(void)
{
	RUN(equal_fields_give_equal_identities);
	RUN(newlines_cannot_forge_a_field);
	RUN(paths_are_named_from_their_roots);
	RUN(an_identity_has_one_edge);
	RUN(options_are_not_part_of_the_identity);
	return unit_done();
}
