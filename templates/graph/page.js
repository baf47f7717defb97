/* SPDX-License-Identifier: MIT */
/* What the user does, and the line of the last build's times. */
'use strict';
const hay = e => e.hay || (e.hay = [e.id, e.rule, e.why, ...e.args, ...e.outputs, ...(e.run.why || []),
	...e.inputs.map(i => trees.has(i) ? trees.get(i).path : '')].join('\n').toLowerCase());
const filters = { all: 'All', ran: 'Last build', never: 'Not built', failed: 'Failed' };
const passes = e => filter === 'all' || (filter === 'ran' ? e.run.last : e.state === filter);

function select() {
	const text = $('search').value.trim().toLowerCase();
	hits = null;
	if (text || filter !== 'all')
		hits = new Set(edges.filter(e => passes(e) && (!text || hay(e).includes(text))));
	const called = w => text && w.name.toLowerCase().includes(text) && [...w.mine].some(passes);
	shown = !hits ? workloads : workloads.filter(w => called(w) || [...w.mine].some(e => hits.has(e)));
	if (hits) shown.filter(called).forEach(w => w.mine.forEach(e => passes(e) && hits.add(e)));
	layout();
}

/* A selection of steps, with what is behind and before them; null: none. */
function choice(selection, id) {
	chosen = selection;
	near = selection && new Set([...reach(selection.list, 'deps'), ...reach(selection.list, 'uses')]);
	history.replaceState(null, '', '#' + encodeURIComponent(id || ''));
	$('side').classList.toggle('open', !!selection);
	detail();
	draw(true);
	timeline();
}
function choose(group, scroll) {
	if (!group) return choice(null);
	if (scroll && !blocks.some(b => b.group === group)) show(group);
	const b = scroll && blocks.find(o => o.group === group);
	if (b) { cursor = { c: b.c, row: b.top }; reveal(b); }
	choice({ list: group.list, group }, group.list[0].id);
}
function chooseWorkload(w) {
	if (chosen && chosen.workload === w) return choice(null);
	choice({ list: [...w.mine].sort((a, b) => a.n - b.n), workload: w }, w.name);
	near = w.mine;
	draw(true);
}
/* A block may be filtered out, or folded away. */
function show(group) {
	if (hits && !group.list.some(e => hits.has(e))) {
		$('search').value = '';
		filter = 'all';
		chips();
		select();
	}
	const b = bundles(shown, FOLD_FROM).find(o => o.list.some(w => w.cells.includes(group)));
	if (b && b.list.length > 1) { unfolded.add(b.list[0]); layout(); }
}

/* The last build: a bar for each run, packed into as many lanes as ran at once. */
function timeline() {
	$('time').querySelector('svg')?.remove();
	if (!last.length) return;
	const start = data.last.start, span = Math.max(data.last.seconds, 1e-6), ends = [];
	const bars = [...last].sort((a, b) => a.run.start - b.run.start).map(e => {
		let lane = ends.findIndex(t => t <= e.run.start + 1e-6);
		if (lane < 0) lane = ends.push(0) - 1;
		ends[lane] = e.run.start + e.time;
		return [e, lane];
	});
	const wide = $('time').clientWidth - 24, scale = wide / span, high = ends.length > 6 ? 6 : 15;
	const bottom = ends.length * (high + 2), box = svg('svg', { height: bottom + 16, role: 'img' }), until = [];
	for (const [e, lane] of bars) {
		const x = (e.run.start - start) * scale, w = Math.max(1.5, e.time * scale - .5), on = chosen && chosen.list.includes(e);
		if (x + w < (until[lane] || 0) + .5 && !e.crit && !on) continue; // nobody could see it
		until[lane] = x + w;
		const r = svg('rect', { x, y: lane * (high + 2) + 1, rx: 2, height: high - 1, width: w,
			class: (e.run.equal ? 'equal ' : '') + (e.crit ? 'crit ' : '') + (on ? 'on' : '') });
		r.append(svg('title', {}, e.id + '\n' + duration(e.time)));
		r.onclick = () => choose(groupOf(e), true);
		box.append(r);
		const room = Math.floor((w - 8) / 6.2), text = e.rule + ' ' + duration(e.time);
		if (high > 10 && room >= e.rule.length)
			box.append(svg('text', { x: x + 5, y: lane * (high + 2) + 11.5 }, room < text.length ? e.rule : text));
	}
	let step = 10 ** Math.floor(Math.log10(span));
	if (span / step < 2) step /= 5; else if (span / step < 5) step /= 2;
	for (let t = 0; t <= span; t += step) {
		if (t * scale > wide - 50 && t) break;
		box.append(svg('line', { x1: t * scale + .5, x2: t * scale + .5, y1: bottom, y2: bottom + 4 }),
			svg('text', { x: t * scale + 4, y: bottom + 13, class: 'tick' }, t ? duration(t).replace(/(\.\d*?)0+ /, '$1 ').replace('. ', ' ') : '0'));
	}
	$('time').append(box);
}

function chips() {
	$('chips').replaceChildren(...Object.keys(filters).map(k => {
		const n = k === 'all' ? edges.length : k === 'ran' ? last.length : edges.filter(e => e.state === k).length;
		const b = make('button', '', filters[k] + ' ' + n);
		b.setAttribute('aria-pressed', filter === k);
		b.dataset.filter = k;
		b.hidden = !n && k !== filter;
		b.onclick = () => { filter = k; chips(); select(); $('chips').querySelector(`[data-filter=${k}]`).focus(); };
		return b;
	}));
}

$('where').textContent = (data.directory || '').replace(/.*\//, '');
$('where').title = data.directory || '';
document.title = $('where').textContent + ' – fmgen graph';
$('sum').textContent = last.length
	? 'Last build, ' + new Date(data.last.start * 1000).toLocaleString() + ': ' + plural(last.length, 'step') + ' of '
		+ edges.length + ' in ' + duration(data.last.seconds) + ', the longest chain ' + duration(longest.chain)
	: 'Nothing was built here yet: ' + plural(edges.length, 'step') + ' for ' + plural(workloads.length, 'workload') + '.';
$('head').append(make('span', '', plural(workloads.length, 'workload')), ...order.map(c => make('span', '', c.rule)));
$('about').textContent = last.length ? 'Why?' : 'Help';
let wait = 0;
$('search').oninput = () => { clearTimeout(wait); wait = setTimeout(select, workloads.length > 200 ? 150 : 0); };
$('close').onclick = () => { choose(null); $('side').classList.remove('open'); };
$('about').onclick = () => { choose(null); $('side').classList.add('open'); };
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener('keydown', k => {
	if (k.ctrlKey || k.altKey || k.metaKey) return;
	const map = $('body').contains(document.activeElement);
	if (k.key === 'Escape') choose(null);
	else if (k.key === '/' && document.activeElement !== $('search')) $('search').focus();
	else if (map && arrows[k.key]) move(...arrows[k.key]);
	else if (map && (k.key === 'Enter' || k.key === ' ')) document.activeElement.click();
	else return;
	if (k.key !== 'Escape') k.preventDefault();
});
let busy = false;
$('map').onscroll = () => { if (!busy) { busy = true; requestAnimationFrame(() => { busy = false; draw(); }); } };
window.onresize = () => { layout(); timeline(); };
chips();
select();
cursor = { c: blocks.length ? blocks[0].c : -1, row: 0 };
draw(true);
const at = decodeURIComponent(location.hash.slice(1)), atWorkload = workloads.find(w => w.name === at);
if (byId.get(at) && groupOf(byId.get(at))) choose(groupOf(byId.get(at)), true);
else if (atWorkload) chooseWorkload(atWorkload);
else { detail(); timeline(); }
