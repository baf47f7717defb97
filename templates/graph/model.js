/* SPDX-License-Identifier: MIT */
/* What the page knows: steps, the workloads that need them, and what the last build did. */
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const plural = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');
const duration = s => s < .0995 ? (s * 1000).toFixed(s < .00995 ? 1 : 0) + ' ms'
	: s < 60 ? s.toFixed(s < 9.95 ? 2 : 1) + ' s'
	: s < 3600 ? Math.floor(s / 60) + ' min ' + Math.floor(s % 60) + ' s'
	: Math.floor(s / 3600) + ' h ' + Math.floor(s / 60 % 60) + ' min';
const total = list => list.reduce((sum, e) => sum + e.time, 0);

/* The graph: edges with those that they read (deps) and that read them (uses). A tree that a script
   may write lies between the two (see "after" of the trees). */
const edges = data.edges.map((e, i) => ({ outputs: [], inputs: [], args: [], run: {}, ...e, n: i, uses: [], users: [] }));
const byId = new Map(edges.map(e => [e.id, e]));
const byOutput = new Map(edges.flatMap(e => e.outputs.map(o => [o, e])));
const trees = new Map(data.trees.map(t => [t.manifest, t]));
for (const e of edges) {
	const behind = i => [i, ...(trees.get(i)?.after || [])];
	e.deps = [...new Set(e.inputs.flatMap(behind).map(i => byOutput.get(i)).filter(d => d && d !== e))];
	e.deps.forEach(d => d.uses.push(e));
	e.time = e.run.seconds || 0;
	e.state = e.run.failed ? 'failed' : !('seconds' in e.run) ? 'never'
		: !e.run.last ? 'old' : e.run.equal ? 'equal' : 'ran';
}
/* All that is reached from a list by deps or uses. */
const reach = (list, way, seen = new Set()) => {
	for (const stack = [...list]; stack.length;) {
		const e = stack.pop();
		if (!seen.has(e)) { seen.add(e); stack.push(...e[way]); }
	}
	return seen;
};

/* A column for each rule, and for some further times that a chain passes through the same rule. */
const columns = new Map();
for (const e of edges) { // each comes after what it reads
	const seen = e.seen = new Map();
	for (const d of e.deps)
		d.seen?.forEach((n, rule) => seen.set(rule, Math.max(n, seen.get(rule) || 0)));
	const rule = e.rule.replace(/^publish-.*/, 'publish');
	seen.set(rule, Math.min(4, (seen.get(rule) || 0) + 1));
	const key = rule + '#' + seen.get(rule);
	if (!columns.has(key))
		columns.set(key, { rule, after: new Set(), first: rule === 'publish' ? 1e9 : columns.size });
	e.column = columns.get(key);
}
for (const e of edges) {
	e.seen = null;
	for (const d of e.deps) if (d.column !== e.column) e.column.after.add(d.column);
}
const order = [];
for (const rest = new Set(columns.values()); rest.size;) {
	const all = [...rest].sort((a, b) => a.first - b.first);
	const next = all.find(c => ![...c.after].some(d => rest.has(d))) || all[0];
	next.at = order.push(next) - 1;
	rest.delete(next);
}

/* The workloads with their cells: the edges of one workload in one column. Equal cells are shared. */
const states = ['failed', 'ran', 'equal', 'never', 'old'];
const newGroup = (list, more) => ({ list, column: list[0].column, time: total(list),
	state: states.find(s => list.some(e => e.state === s)), ...more });
const groups = new Map();
const workloads = Object.keys(data.aliases).filter(k => data.aliases[k]).map(name => {
	const mine = reach(data.aliases[name].map(o => byOutput.get(o)).filter(Boolean), 'deps');
	const cells = order.map(() => []);
	mine.forEach(e => cells[e.column.at].push(e));
	return { name, mine, cells: cells.map(list => {
		if (!list.length) return null;
		list.sort((a, b) => a.n - b.n);
		const key = list.map(e => e.n).join();
		if (!groups.has(key)) groups.set(key, newGroup(list, { n: groups.size, users: 0 }));
		groups.get(key).users++;
		return groups.get(key);
	}) };
});
for (const w of workloads) w.mine.forEach(e => e.users.push(w));
const groupOf = e => e.group || (e.group = [...groups.values()].find(g => g.list.includes(e)));
for (const g of groups.values()) for (const e of g.list) e.group = e.group || g;
/* Those that share lie together: first by what is shared, then by what is not. */
const rank = (w, i, shared) => w.cells[i] && (w.cells[i].users > 1) === shared ? w.cells[i].n : -1;
workloads.sort((a, b) => {
	for (const shared of [true, false])
		for (let i = 0; i < order.length; i++) {
			const d = rank(a, i, shared) - rank(b, i, shared);
			if (d) return d;
		}
	return 0;
});

/* Workloads by what they share, so coarse that there are few bundles: { list }. */
function bundles(list, most) {
	if (list.length <= most) return list.map(w => ({ list: [w] }));
	for (let depth = order.length; depth >= 0; depth--) {
		const found = [];
		let before = null;
		for (const w of list) {
			const key = w.cells.slice(0, depth).map(g => !g ? '' : g.users > 1 ? g.n : '*').join();
			if (key !== before) found.push({ list: [] });
			found[found.length - 1].list.push(w);
			before = key;
		}
		if (found.length <= most || !depth) return found;
	}
}

/* What happened in the last build, and the chain of it that took longest. */
const last = edges.filter(e => e.run.last);
let longest = null;
for (const e of last) {
	e.before = null;
	for (const d of e.deps) if (d.run.last && (!e.before || d.chain > e.before.chain)) e.before = d;
	e.chain = e.time + (e.before ? e.before.chain : 0);
	if (!longest || e.chain > longest.chain) longest = e;
}
const critical = [];
for (let e = longest; e; e = e.before) { e.crit = true; critical.unshift(e); }

/* The causes of the last build: reasons that do not just follow from another step, with the steps
   that ran for them and those that ran behind these. */
const follows = /^(\S+ of )?[a-z-]+-[0-9a-f]{16}(: (came out changed|made anew)| in the place of )|^in the place of/;
const causes = [];
{
	const found = new Map();
	for (const e of last)
		for (const text of e.run.why || [])
			if (!follows.test(text)) found.set(text, [...found.get(text) || [], e]);
	found.forEach((steps, text) => {
		const behind = new Set();
		for (const stack = [...steps]; stack.length;)
			for (const u of stack.pop().uses)
				if (u.run.last && !behind.has(u) && !steps.includes(u)) { behind.add(u); stack.push(u); }
		causes.push({ text, steps, behind: [...behind] });
	});
	causes.sort((a, b) => b.steps.length + b.behind.length - a.steps.length - a.behind.length);
}
