/* SPDX-License-Identifier: MIT */
#include "graph/graph.h"
#include "lib/unit.h"

static struct arena arena;
static struct diag diag;
static struct graph graph;

static void start(void)
{
	arena = (struct arena){0};
	diag_init(&diag, &arena);
	graph_init(&graph, &arena);
}

static struct edge *edge(const char *out)
{
	struct edge *e = graph_edge(&graph, "rule", NULL, "home", (struct span){0});

	edge_out(&graph, e, out, &diag);
	return e;
}

static void finds_the_edge_of_an_output(void)
{
	start();
	struct edge *e = edge("a");
	CHECK(map_get(&graph.by_output, "a") == e);
	CHECK(map_get(&graph.by_output, "b") == NULL);
	arena_free(&arena);
}

static void keeps_the_order_of_edges(void)
{
	const char *want[] = {"b", "a", "c"};
	size_t n = 0;

	start();
	for (size_t i = 0; i < 3; i++)
		edge(want[i]);
	edges_each (e, &graph)
		CHECK_STR(e->outs.v[0], n < 3 ? want[n++] : "");
	CHECK_INT((long long)n, 3);
	arena_free(&arena);
}

static void refuses_two_edges_of_one_output(void)
{
	start();
	edge("a");
	CHECK_INT(diag.errors, 0);
	edge("a");
	CHECK_INT(diag.errors, 1);
	arena_free(&arena);
}

static void takes_an_input_once(void)
{
	start();
	struct edge *e = edge("a");
	for (int i = 0; i < 10; i++)
		edge_in(&graph, e, i % 2 ? "x" : "y");
	CHECK_INT((long long)e->ins.n, 2);
	CHECK_STR(e->ins.v[0], "y");
	CHECK_STR(e->ins.v[1], "x");
	arena_free(&arena);
}

static void makes_an_alias_once(void)
{
	start();
	struct alias *a = graph_alias(&graph, "all", (struct span){0});
	paths_add(&arena, &a->targets, "x");
	CHECK(graph_alias(&graph, "all", (struct span){0}) == a);
	CHECK_INT((long long)a->targets.n, 1);
	arena_free(&arena);
}

int main(void)
{
	RUN(finds_the_edge_of_an_output);
	RUN(keeps_the_order_of_edges);
	RUN(refuses_two_edges_of_one_output);
	RUN(takes_an_input_once);
	RUN(makes_an_alias_once);
	return unit_done();
}
