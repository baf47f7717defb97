/* SPDX-License-Identifier: MIT */
/* The map: a line for each workload or folded bundle of them, a column for each stage, and a block
   for what is one. Only what can be seen is in the page, so many workloads cost no more than few. */
'use strict';
const $ = id => document.getElementById(id);
const make = (tag, cls, text) => {
	const e = document.createElement(tag);
	if (cls) e.className = cls;
	if (text !== undefined) e.textContent = text;
	return e;
};
const svg = (tag, attrs, text) => {
	const e = document.createElementNS('http://www.w3.org/2000/svg', tag);
	for (const k in attrs) e.setAttribute(k, attrs[k]);
	if (text !== undefined) e.textContent = text;
	return e;
};
const px = v => parseFloat(getComputedStyle(document.documentElement).getPropertyValue(v));

/* What the user chose: a filter, a search, a selection { list, group or workload } and what is
   behind and before that, and which bundles are unfolded (by their first workload). */
const FOLD_FROM = 40;
let filter = 'all', hits = null, chosen = null, near = null, shown = workloads;
const unfolded = new Set();

/* Lines: { w } or { bundle, open }. Blocks: { group, c, top, end }, in lines. */
let lines = [], blocks = [], rowHeight = 30, cursor = { c: 0, row: 0 };

function bundleCell(bundle, c) {
	bundle.cells = bundle.cells || [];
	if (!(c in bundle.cells)) {
		const all = new Set(bundle.list.map(w => w.cells[c]));
		const list = [...new Set([...all].flatMap(g => g ? g.list : []))];
		bundle.cells[c] = all.size === 1 ? [...all][0] : newGroup(list, { bundle });
	}
	return bundle.cells[c];
}
const cellOf = (line, c) => line.bundle ? bundleCell(line.bundle, c) : line.w.cells[c];

function layout() {
	lines = [];
	for (const b of bundles(shown, FOLD_FROM)) {
		const open = unfolded.has(b.list[0]);
		if (b.list.length > 1) lines.push({ bundle: b, open });
		if (b.list.length === 1 || open)
			for (const w of b.list) lines.push({ w, member: b.list.length > 1 });
	}
	const high = Math.floor(($('map').parentNode.clientHeight - 260) / lines.length);
	rowHeight = lines.length <= 8 ? Math.max(56, Math.min(84, high)) : lines.length <= 24 ? 40 : 28;
	const longest = Math.max(10, ...lines.map(l => l.w ? l.w.name.length + 2 * l.member : 15));
	const style = document.documentElement.style, touch = innerWidth <= 800;
	style.setProperty('--names', Math.min(touch ? 110 : 200, longest * 7.6 + 22) + 'px');
	const room = $('map').clientWidth - px('--names') - 2;
	style.setProperty('--row', rowHeight + 'px');
	style.setProperty('--col', Math.max(touch ? 72 : 62, Math.min(140, Math.floor(room / order.length))) + 'px');
	blocks = [];
	for (let c = 0; c < order.length; c++)
		for (let r = 0; r < lines.length;) {
			const group = cellOf(lines[r], c), top = r;
			while (++r < lines.length && cellOf(lines[r], c) === group);
			if (group) blocks.push({ group, c, top, end: r });
		}
	$('body').style.height = lines.length * rowHeight + 'px';
	$('body').style.width = $('head').style.width = `calc(var(--names) + ${order.length} * var(--col))`;
	$('none').hidden = lines.length > 0;
	cursor.row = Math.min(cursor.row, Math.max(0, lines.length - 1));
	draw(true);
}

let drawn = new Map();
function draw(anew) {
	const map = $('map'), from = map.scrollTop - 600, to = map.scrollTop + map.clientHeight + 600;
	const visible = (top, end) => end * rowHeight > from && top * rowHeight < to;
	const focused = map.contains(document.activeElement) && document.activeElement !== map;
	const old = drawn, put = (key, build) => {
		const e = !anew && old.get(key) || build();
		if (!e.isConnected) $('body').append(e);
		old.delete(key);
		drawn.set(key, e);
	};
	drawn = new Map();
	if (anew) { old.forEach(e => e.remove()); old.clear(); }
	for (let r = Math.max(0, Math.floor(from / rowHeight)); r < lines.length && visible(r, r + 1); r++)
		put('name' + r, () => nameElement(lines[r], r));
	blocks.forEach((b, i) => { if (visible(b.top, b.end)) put(i, () => blockElement(b)); });
	old.forEach(e => e.remove());
	if (anew) links();
	if (focused) focusCursor();
}

function button(e, run) {
	e.setAttribute('role', 'button');
	e.tabIndex = -1;
	e.onclick = run;
	return e;
}

function nameElement(line, row) {
	const { w, bundle } = line, box = make('div', 'name'), list = bundle && bundle.list;
	const e = make('div', '', w ? w.name
		: (line.open ? '▾ ' : '▸ ') + list[0].name + ' … ' + list[list.length - 1].name);
	e.style.top = row * rowHeight + 'px';
	if (line.member) e.classList.add('member');
	if (bundle) e.prepend(make('small', '', list.length));
	e.title = w ? w.name : plural(list.length, 'workload') + ': ' + list[0].name + ' … ' + list[list.length - 1].name;
	if (w && chosen && chosen.workload === w) e.classList.add('on');
	if (bundle) e.setAttribute('aria-expanded', line.open);
	button(e, () => { cursor = { c: -1, row }; bundle ? unfold(bundle) : chooseWorkload(w); });
	if (cursor.c < 0 && cursor.row === row) e.tabIndex = 0;
	box.append(e);
	return box;
}

function unfold(bundle) {
	const first = bundle.list[0];
	if (!unfolded.delete(first)) unfolded.add(first);
	layout();
}

const shortly = g => duration(g.time).replace(/ (.)(?:in)? (\d+) (.).*/, '$1 $2$3');
function blockElement(b) {
	const g = b.group, n = g.list.length, e = make('div', 'block ' + g.state), lines = [];
	const high = (b.end - b.top) * rowHeight - 4;
	e.style.cssText = `left:calc(var(--names) + ${b.c} * var(--col) + 3px);top:${b.top * rowHeight + 2}px;height:${high}px`;
	if (g.bundle) e.classList.add('mixed');
	if (g.list.some(x => x.crit)) e.classList.add('crit');
	if (chosen ? !g.list.some(x => near.has(x)) : hits && !g.list.some(x => hits.has(x))) e.classList.add('dim');
	if (chosen && g === chosen.group) e.classList.add('on');
	const recent = g.list.filter(x => x.run.last).length;
	if (g.bundle) lines.push(recent ? recent + '/' + n : n + ' ×');
	if (g.state !== 'old') lines.push({ never: 'not built' }[g.state] || g.state);
	if (n > 1 && !g.bundle) lines.push(n + ' steps');
	else if (g.users > 1) lines.push('for ' + g.users);
	if (n === 1) lines.push(g.list[0].id.replace(/.*-([0-9a-f]{6})[0-9a-f]{10}$/, '$1'));
	const inner = e.appendChild(make('div'));
	if (g.state !== 'never') inner.append(make('b', '', shortly(g)));
	const room = Math.max(high > 44 ? 2 : 1, Math.floor((high - 8) / 18)) - (g.state !== 'never');
	for (const text of lines.slice(0, room))
		inner.append(...inner.childNodes.length ? [make('br')] : [], make('span', 'soft', text));
	if (g.time && !g.bundle) e.appendChild(make('i')).style.width = 100 * g.time / slowest + '%';
	e.title = g.list.slice(0, 8).map(x => x.id).join('\n') + (n > 8 ? '\nand ' + (n - 8) + ' more' : '');
	e.setAttribute('aria-label', `${g.column.rule}, ${duration(g.time)}, ${g.state}, ${lines.join(', ')}`);
	e.dataset.id = g.list[0].id;
	button(e, () => { cursor = { c: b.c, row: b.top }; choose(chosen && g === chosen.group ? null : g); });
	if (blockAt(cursor.c, cursor.row) === b) e.tabIndex = 0;
	return e;
}
const slowest = Math.max(1e-9, ...edges.map(e => e.time));

/* Lines from the chosen block to its neighbours in the graph. */
function links() {
	$('links').replaceChildren();
	const from = chosen && blocks.find(b => b.group === chosen.group);
	if (!from) return;
	const x = b => px('--names') + b.c * px('--col'), w = px('--col');
	const y = b => (Math.max(b.top, Math.min(from.top, b.end - 1)) + (rowHeight > 50 ? .86 : .5)) * rowHeight;
	const where = new Map();
	for (const b of blocks)
		for (const e of b.group.list)
			if (!where.has(e) || (b.top < from.end && b.end > from.top)) where.set(e, b);
	const done = new Set([from]);
	for (const way of ['deps', 'uses'])
		for (const e of new Set(chosen.list.slice(0, 100).flatMap(s => s[way]).slice(0, 100))) {
			const b = where.get(e);
			if (!b || done.has(b)) continue;
			done.add(b);
			const [p, q] = way === 'deps' ? [b, from] : [from, b];
			const x1 = x(p) + w - 4, x2 = x(q) + 3, bend = Math.max(24, Math.abs(x2 - x1) / 3);
			$('links').append(svg('path', { d: `M${x1} ${y(p)}C${x1 + bend} ${y(p)} ${x2 - bend} ${y(q)} ${x2} ${y(q)}` }));
		}
	$('links').setAttribute('width', $('body').offsetWidth);
	$('links').setAttribute('height', $('body').offsetHeight);
}

/* The keyboard: one place of the map can have the focus, and arrow keys move it. */
const blockAt = (c, row) => blocks.find(b => b.c === c && b.top <= row && row < b.end);
function focusCursor() {
	const i = blocks.indexOf(blockAt(cursor.c, cursor.row));
	const e = cursor.c < 0 ? drawn.get('name' + cursor.row)?.firstChild : drawn.get(i);
	$('body').querySelectorAll('[tabindex="0"]').forEach(o => { o.tabIndex = -1; });
	if (e) { e.tabIndex = 0; e.focus({ preventScroll: true }); }
}
function move(right, down) {
	let { c, row } = cursor;
	if (down) {
		const here = c < 0 ? { top: row, end: row + 1 } : blockAt(c, row);
		row = down > 0 ? here ? here.end : row + 1 : (here ? here.top : row) - 1;
		while (c >= 0 && row >= 0 && row < lines.length && !blockAt(c, row)) row += down;
		if (row < 0 || row >= lines.length) return;
	} else {
		do c += right; while (c >= 0 && c < order.length && !blockAt(c, row));
		if (c < -1 || c >= order.length) return;
	}
	cursor = { c, row };
	reveal(c < 0 ? { c: 0, top: row, end: row + 1 } : blockAt(c, row));
	draw();
	focusCursor();
}
function reveal(b) {
	const map = $('map'), x = b.c * px('--col'), room = map.clientWidth - px('--names') - px('--col');
	const y = Math.max(b.top, Math.min(cursor.row, b.end - 1)) * rowHeight, end = y + rowHeight + px('--head');
	if (x < map.scrollLeft || x > map.scrollLeft + room) map.scrollLeft = x - room / 2;
	if (y < map.scrollTop || end > map.scrollTop + map.clientHeight) map.scrollTop = y - map.clientHeight / 3;
}
