/* SPDX-License-Identifier: MIT */
/* The panel beside the map: what happened, or what is chosen. */
'use strict';
function link(e) {
	const a = make('a', '', e.id);
	a.href = '#' + encodeURIComponent(e.id);
	a.onclick = k => { k.preventDefault(); if (groupOf(e)) choose(groupOf(e), true); };
	return a;
}
const timed = (e, text = link(e)) => {
	const s = make('span');
	if ('seconds' in e.run) s.append(make('time', '', duration(e.time)));
	s.append(text);
	return s;
};

function list(parent, title, items, cls) {
	if (!items.length) return;
	if (title) parent.append(make('h3', '', title));
	const ul = parent.appendChild(make('ul', cls || ''));
	const show = (from, to) => items.slice(from, to).forEach(i => {
		ul.appendChild(make('li', typeof i !== 'string' ? i.className : cls !== 'why' ? 'code' : '')).append(i);
	});
	show(0, 20);
	if (items.length > 20) {
		const more = parent.appendChild(make('a', '', 'and ' + (items.length - 20) + ' more'));
		more.href = '#';
		more.onclick = k => { k.preventDefault(); show(20); more.remove(); };
	}
}

const words = { failed: 'Its last run failed', ran: 'Ran in the last build', equal: 'Ran in the last build, and came out equal',
	never: 'Not built yet', old: 'Did not run in the last build' };
function stepBox(e) {
	const box = make('div', 'stage'), run = e.run;
	box.append(make('h2', '', e.rule), make('code', 'soft', e.id));
	const what = box.appendChild(make('div', '', words[e.state]));
	if ('seconds' in run) what.append((run.failed ? '; the one before took ' : ': ') + duration(run.seconds) + ', ' + duration(run.cpu) + ' of processors');
	if (run.start) box.append(make('div', 'soft', 'at ' + new Date(run.start * 1000).toLocaleString()));
	if (e.crit) box.append(make('div', 'soft', 'On the longest chain of the last build'));
	if (run.equal) list(box, 'So there was no need to run', e.uses.filter(u => !u.run.last).map(link));
	list(box, run.last || run.failed ? 'Why it ran' : 'Why it ran last', run.why || [], 'why');
	if (e.why) list(box, 'Said in', [e.why]);
	list(box, 'Parameters', e.args);
	list(box, 'Made from', e.deps.map(link));
	list(box, 'Reads', e.inputs.filter(i => !byOutput.has(i)).map(i => trees.has(i) ? trees.get(i).path : i));
	list(box, 'Makes', e.outputs);
	list(box, 'Read by', e.uses.map(link));
	list(box, 'For ' + plural(e.users.length, 'workload'), e.users.map(w => w.name));
	if ('seconds' in run || run.failed) list(box, 'Log', ['out/log/' + e.id + (e.rule.startsWith('publish') ? '.why' : '.log')]);
	return box;
}

/* Many steps at once: a workload's, or one column of a folded bundle. */
function sumBox(title, steps) {
	const box = make('div', 'stage'), n = s => steps.filter(e => e.state === s).length;
	box.append(make('h2', '', title));
	const parts = [['ran', 'ran in the last build'], ['equal', 'ran and came out equal'], ['old', 'did not run'],
		['never', 'not built yet'], ['failed', 'failed']].filter(([s]) => n(s)).map(([s, t]) => n(s) + ' ' + t);
	const took = steps.some(e => 'seconds' in e.run) ? ', ' + duration(total(steps)) : '';
	box.append(make('p', '', plural(steps.length, 'step') + took + ': ' + parts.join(', ') + '.'));
	const recent = steps.filter(e => e.run.last);
	list(box, 'Ran in the last build', recent.map(e => timed(e)));
	const rest = steps.filter(e => !e.run.last);
	list(box, recent.length ? 'Did not' : '', rest.sort((a, b) => b.time - a.time).map(e => timed(e)));
	return box;
}

/* The colours, in words. */
function legend() {
	const key = make('div', 'stage');
	key.append(make('h2', '', 'How to read this'),
		make('p', '', 'A row is a workload, a column a stage. One block is one step, built once for all the rows that it covers. Choose one to see what it is made from and why it ran; choose a name for all of a workload.'));
	for (const [c, t] of [['--ran', 'ran in the last build'], ['--equal', 'ran, but came out equal'],
		['--line', 'did not run'], ['--failed', 'failed'], ['--path', 'framed: the longest chain of the last build']]) {
		const p = key.appendChild(make('div'));
		p.append(make('span', 'key'), t);
		p.firstChild.style.background = `var(${c})`;
	}
	return key;
}

/* What a cause led to. */
function causeLine(c) {
	const equal = c.steps.every(e => e.run.equal), s = make('div', equal ? 'equal' : '');
	s.append(make('time', '', duration(total([...c.steps, ...c.behind]))), make('div', '', c.text));
	const line = s.appendChild(make('div', 'soft'));
	if (c.steps.length > 2) line.append(plural(c.steps.length, 'step'));
	else c.steps.forEach((e, i) => line.append(i ? ', ' : '', link(e)));
	line.append(c.behind.length ? ' and ' + plural(c.behind.length, 'step') + ' behind' : equal ? ' came out equal: no more ran' : '');
	return s;
}

function story(box) {
	const failed = edges.filter(e => e.run.failed);
	if (failed.length) {
		const bad = box.appendChild(make('div', 'stage'));
		bad.append(make('h2', '', 'Failed, or did not end'));
		list(bad, '', failed.map(e => {
			const s = make('div', 'failed');
			s.append(link(e), make('div', 'soft', 'out/log/' + e.id + '.log'));
			return s;
		}), 'why');
	}
	if (causes.length) {
		const why = box.appendChild(make('div', 'stage'));
		why.append(make('h2', '', 'Why the last build ran'));
		list(why, '', causes.map(causeLine), 'why');
	}
	if (critical.length) {
		const chain = box.appendChild(make('div', 'stage'));
		chain.append(make('h2', '', 'Longest chain: ' + duration(longest.chain)));
		list(chain, '', critical.map(e => timed(e)));
	}
	box.append(legend());
}

function detail() {
	const box = $('detail');
	box.replaceChildren();
	$('side').scrollTop = 0;
	if (!chosen) story(box);
	else if (chosen.workload) box.append(sumBox(chosen.workload.name, chosen.list));
	else if (chosen.group.bundle) box.append(sumBox(chosen.group.column.rule + ' of ' + plural(chosen.group.bundle.list.length, 'workload'), chosen.list));
	else box.append(...chosen.list.slice(0, 50).map(stepBox));
}
