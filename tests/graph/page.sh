#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen graph: what the three formats hold, and the page in a browser.
# shellcheck disable=SC2016
. "${0%/*}/../lib/stub.sh"
shared_dir=1

graph() { "$stub" graph -C build "$@"; }

# A file name and a command that would break out of anything that does not escape.
hostile='</script><img src=x onerror=alert(1)><!--"&'

start()
{
	install_stub
	write_family
	printf 'x\n' >"src/parent/overlay/<b> '&.txt"
	cat >src/hostile.yaml <<-END
		name: hostile
		base: parent.json
		command: '</script><img src=x onerror=alert(1)><!--"& \`id\` @DATA@'
	END
	generate src/family.json src/hostile.yaml
	graph -o never.html
	build
	echo '# x' >>src/parent/one.config
	echo y >>"src/parent/overlay/<b> '&.txt"
	build
	graph -o page.html
}

formats()
{
	assert_fails graph --format=svg 2>err
	assert_has err '--format=svg: not one of dot, json, html'
	assert_fails graph famly 2>err
	assert_eq "$(cat err)" 'fmgen: there is no workload famly in this build; did you mean family?'
	graph --format=html | cmp - page.html
	graph -o x.json
	graph --format=json | cmp - x.json
}

json()
{
	need python3
	graph --format=json family >x.json
	python3 - <<-'END'
		import json
		g = json.load(open("x.json"))
		assert list(g["aliases"]) == ["family"]
		rules = [e["rule"] for e in g["edges"]]
		assert len(rules) == 15 and rules.count("kernel") == 1, rules
		assert rules.index("kconfig") < rules.index("kernel") < rules.index("link")
		made = set()
		for e in g["edges"]:
		    for i in e["inputs"]:
		        assert not i.startswith("out/stage/") or i in made, i
		    made.update(e["outputs"])
		    assert e["run"]["seconds"] > 0
		ran = {e["rule"]: e["run"] for e in g["edges"] if e["run"].get("last")}
		assert set(ran) == {"kconfig", "rootfs-base", "rootfs", "publish-img"}, ran
		assert ran["kconfig"]["equal"] and "equal" not in ran["rootfs"]
		assert ran["kconfig"]["why"] == ["../src/parent/one.config: contents"]
		assert ran["rootfs-base"]["why"] == ["../src/parent/overlay/<b> '&.txt: contents"]
		tree = [t["path"] for t in g["trees"]]
		assert "@spec/parent/overlay" in tree
		assert all(k in t for t in g["trees"] for k in ("manifest", "path", "filter"))
		# The whole shape, as fmgen(1) has it.
		keys = lambda things: set().union(*(t.keys() for t in things))
		assert set(g) == {"edges", "trees", "aliases", "default", "directory", "last"}, g.keys()
		assert keys(g["edges"]) == {"rule", "id", "outputs", "inputs", "args", "why", "run"}
		assert keys(e["run"] for e in g["edges"]) == {"start", "seconds", "cpu", "last", "equal", "why"}
		assert keys([g["last"]]) == {"start", "seconds"}
		args = [a for e in g["edges"] if e["rule"] == "rootfs" for a in e["args"]]
		assert any("echo" in a for a in args)
	END
}

dot_reads_it()
{
	need dot
	graph >x.dot
	dot -Tsvg x.dot >x.svg
	assert_has x.svg images/hostile.img
	assert_has x.svg 'images/family&#45;other.img'
	graph family >x.dot
	assert_lacks x.dot hostile
	assert_has x.dot 'contents'
	assert_has x.dot '"kconfig\nf8d81b6a\n'
	assert_has x.dot 'penwidth=1.6];'
}

# One element holds the data, and nothing in it can end that.
data_is_data()
{
	assert_eq "$(grep -c '<script' page.html)" 2
	assert_lacks page.html "$hostile"
	assert_has page.html '\u003c/script\u003e\u003cimg src=x onerror=alert(1)\u003e\u003c!--\"\u0026'
	assert_lacks page.html 'https://'
}

# in_browser PAGE SCRIPT: prints the text of the page's element "result", where the script, run
# when the page is there, puts what it finds by told(TEXT)
in_browser()
{
	need chromium
	sed '/^<\/body>/d; /^<\/html>/d' "$1" >driven.html
	cat >>driven.html <<-END
		<pre id="result"></pre><script>
		const told = t => { \$('result').append(t + '\n'); };
		window.alert = () => told('ALARM');
		window.onerror = m => told('error: ' + m);
		const names = () => [...document.querySelectorAll('.name > div')].map(e => e.textContent).sort().join(' ');
		const block = rule => [...document.querySelectorAll('.block')].find(e => e.dataset.id.startsWith(rule));
		const search = t => { \$('search').value = t; \$('search').oninput(); return new Promise(f => setTimeout(f, 300)); };
		(async () => { try { $2; } catch (e) { told('error: ' + e); } told('done'); })();
		</script></body></html>
	END
	chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/chromium" \
		--window-size="${window:-1300,850}" --virtual-time-budget=20000 --enable-logging=stderr \
		--dump-dom "file://$PWD/driven.html" >dom 2>browser.log || { cat browser.log; fail "no browser"; }
	assert_lacks browser.log CONSOLE
	sed -n '/<pre id="result">/,/<\/pre>/p' dom | sed 's/<[^>]*>//g' >result
	assert_lacks result error:
	assert_lacks result ALARM
	assert_has result 'done'
}

page_shows_all()
{
	in_browser page.html 'told(names()); told(document.querySelectorAll("#time rect").length > 4 ? "bars" : "");
		told([...$("head").children].map(e => e.textContent).join(" "));
		told(document.querySelector(".block.equal").className); told(block("rootfs-base").className)'
	assert_has result 'family family-other family-same hostile'
	assert_has result bars
	assert_has result '4 workloads'
	assert_has result 'block equal'
	assert_has result 'block ran'
}

choosing_tells()
{
	in_browser page.html 'document.querySelector(".block.equal").click(); told($("detail").innerText)'
	assert_has result '../src/parent/one.config: contents'
	assert_has result 'out/log/kconfig-'
	assert_has result '--fragment=@spec/parent/one.config'
	assert_has result 'kernel-'
	in_browser page.html 'const e = edges.find(x => x.rule == "rootfs" && x.args.some(a => a.includes("onerror")));
		choose(groupOf(e), true); told(document.querySelectorAll("img").length + " images"); told($("detail").innerText)'
	assert_has result '0 images'
	assert_has result '@DATA@'
}

searching_finds()
{
	in_browser page.html 'await search("other"); told("1 " + names()); await search("two.config"); told("2 " + names());
		await search("no such thing"); told("3 " + names() + $("none").hidden); await search("");
		document.querySelector("[data-filter=ran]").click(); told("4 " + names())'
	assert_has result '1 family-other'
	assert_has result '2 family family-other family-same hostile'
	assert_has result '3 false'
	assert_has result '4 family family-other family-same hostile'
}

never_built()
{
	in_browser never.html 'told($("sum").textContent); told(document.querySelectorAll(".never").length > 5 ? "dashed" : "")'
	assert_has result 'Nothing was built here yet'
	assert_has result dashed
}

# What the last build ran for is told by cause.
causes_are_told()
{
	in_browser page.html 'told($("detail").innerText)'
	assert_has result 'Why the last build ran'
	assert_has result '../src/parent/one.config: contents'
	assert_has result 'came out equal: no more ran'
	assert_has result 'steps behind'
	assert_has result 'Longest chain'
}

a_failure_stands_out()
{
	echo '# y' >>inst/share/fmgen/scripts/link
	: >build/fail-link
	! build >/dev/null || fail "link did not fail"
	graph -o failed.html
	in_browser failed.html 'told($("detail").innerText); told(document.querySelector(".block.failed").dataset.id);
		document.querySelector("[data-filter=failed]").click();
		told(shown.length && shown.every(w => [...w.mine].some(e => e.state === "failed")) ? "just those" : names())'
	assert_has result 'Failed, or did not end'
	assert_has result 'out/log/link-'
	assert_has result 'just those'
}

# Nothing but keys: to the map, through it, into a block and out again.
keys_suffice()
{
	in_browser page.html 'const key = k => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: k, bubbles: true }));
		const at = () => document.activeElement.dataset.id || document.activeElement.textContent;
		told($("body").querySelectorAll("[tabindex=\"0\"]").length + " stop"); $("body").querySelector("[tabindex=\"0\"]").focus();
		const first = at(); key("ArrowRight"); told(at() !== first ? "right" : ""); key("ArrowLeft"); told(at() === first ? "left" : "");
		key("Enter"); told($("detail").innerText.includes(first) ? "chosen" : ""); told(at() === first ? "stays" : "");
		key("Escape"); told(chosen ? "" : "out"); key("ArrowLeft"); key("ArrowDown"); key("Enter"); told(chosen.workload.name);
		key("/"); told(document.activeElement.id)'
	for word in '1 stop' right left chosen stays out hostile search; do
		assert_has result "$word"
	done
}

# The panel is a sheet that comes when asked for, and nothing is wider than the screen.
on_a_phone()
{
	window=390,844
	in_browser page.html 'const sheet = () => $("side").className || "closed"; const wide = document.documentElement.scrollWidth;
		told(wide <= innerWidth ? "fits" : "wide " + wide); told("first " + sheet() + getComputedStyle($("side")).position);
		$("about").click(); told("then " + sheet()); $("close").click(); told("last " + sheet())'
	window=
	assert_has result fits
	assert_has result 'first closedfixed'
	assert_has result 'then open'
	assert_has result 'last closed'
}

# 1000 workloads on 3 kernels: folded to three lines, and fast since only what is seen is drawn.
many()
{
	need chromium python3
	mkdir -p many/out/args
	: >many/out/roots
	(cd many && python3 - <<-'END'
		import json
		edges, aliases = [], {}
		def edge(rule, n, ins):
		    name = f"{rule}-{n:016x}"
		    out = f"out/stage/{name}/x"
		    edges.append({"rule": rule, "id": name, "outputs": [out], "inputs": ins})
		    return out
		kernels = [edge("kernel", n, [edge("kconfig", n, [])]) for n in range(3)]
		for n in range(1000):
		    base = edge("rootfs-base", n, [])
		    aliases[f"w{n:04}"] = [edge("link", n, [kernels[n % 3]]), edge("rootfs", n, [base])]
		json.dump({"edges": edges, "trees": [], "aliases": aliases, "default": list(aliases)},
		    open("out/graph.json", "w"))
	END
	)
	"$stub" graph -C many -o many.html
	in_browser many.html 'const t = performance.now(); told(lines.length + " lines"); document.querySelector(".name > div").click();
		told(lines.length + " lines, " + (document.querySelectorAll(".block").length < 600 ? "few" : "many") + " blocks");
		$("map").scrollTop = 2000; draw(); document.querySelector(".block").click(); choose(null); await search("w05");
		told(shown.length + " found"); told(performance.now() - t < 10000 ? "fast" : "slow"); await search(""); told(shown.length + " workloads")'
	assert_has result '3 lines'
	assert_has result '337 lines, few blocks'
	assert_has result '100 found'
	assert_has result fast
	assert_has result '1000 workloads'
}

test_case "a graph, before and after a build" start
test_case "formats and workloads are checked" formats
test_case "JSON has edges, times and reasons" json
test_case "dot reads it" dot_reads_it
test_case "the page holds data as data" data_is_data
test_case "the page shows workloads, stages and the last build" page_shows_all
test_case "a chosen stage tells all" choosing_tells
test_case "search and filters" searching_finds
test_case "a graph of which nothing was built" never_built
test_case "the causes of the last build" causes_are_told
test_case "keys suffice" keys_suffice
test_case "a failure stands out" a_failure_stands_out
test_case "on a phone" on_a_phone
test_case "a page of 1000 workloads" many
finish
