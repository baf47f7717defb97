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
		const shown = () => [...document.querySelectorAll('#names div')].map(e => e.textContent).sort().join(' ');
		const block = rule => [...document.querySelectorAll('.block')].find(e => e.dataset.id.startsWith(rule));
		const search = t => { \$('search').value = t; \$('search').oninput(); return new Promise(f => setTimeout(f, 300)); };
		(async () => { try { $2; } catch (e) { told('error: ' + e); } told('done'); })();
		</script></body></html>
	END
	chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/chromium" \
		--window-size=1300,850 --virtual-time-budget=20000 --enable-logging=stderr \
		--dump-dom "file://$PWD/driven.html" >dom 2>browser.log || { cat browser.log; fail "no browser"; }
	assert_lacks browser.log CONSOLE
	sed -n '/<pre id="result">/,/<\/pre>/p' dom | sed 's/<[^>]*>//g' >result
	assert_lacks result error:
	assert_lacks result ALARM
	assert_has result 'done'
}

page_shows_all()
{
	in_browser page.html 'told(shown()); told(document.querySelectorAll("#time rect").length > 4 ? "bars" : "");
		told([...$("head").children].map(e => e.textContent).join(" "));
		told(document.querySelector(".block.equal").className); told(block("rootfs-base").className)'
	assert_has result 'busybox-base family family-other family-same hostile parent'
	assert_has result bars
	assert_has result '6 workloads kconfig kernel busybox'
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
	in_browser page.html 'await search("other"); told("1 " + shown()); await search("two.config"); told("2 " + shown());
		await search("no such thing"); told("3 " + shown() + $("none").hidden); await search("");
		document.querySelector("[data-filter=ran]").click(); told("4 " + shown())'
	assert_has result '1 family-other'
	assert_has result '2 family family-other family-same hostile parent'
	assert_has result '3 false'
	assert_has result '4 family family-other family-same hostile parent'
}

never_built()
{
	in_browser never.html 'told($("sum").textContent); told(document.querySelectorAll(".never").length > 5 ? "dashed" : "")'
	assert_has result 'Nothing was built here yet'
	assert_has result dashed
}

# 1000 workloads on 3 kernels: a page that is fast since it draws what is seen.
many()
{
	need chromium python3
	python3 - <<-'END'
		import json
		edges, aliases = [], {}
		def edge(rule, n, ins):
		    name = f"{rule}-{n:016x}"
		    out = f"out/stage/{name}/x"
		    run = {"start": 1.7e9 + n / 10, "seconds": .1, "cpu": .1, "last": True, "why": ["first run"]}
		    edges.append({"rule": rule, "id": name, "outputs": [out], "inputs": ins, "run": run})
		    return out
		kernels = [edge("kernel", n, [edge("kconfig", n, [])]) for n in range(3)]
		for n in range(1000):
		    base = edge("rootfs-base", n, [])
		    aliases[f"w{n:04}"] = [edge("link", n, [kernels[n % 3]]), edge("rootfs", n, [base])]
		data = {"edges": edges, "trees": [], "aliases": aliases, "default": [],
		    "directory": "/many", "last": {"start": 1.7e9, "seconds": 100}}
		page = open("inst/share/fmgen/templates/graph.html").read()
		open("many.html", "w").write(page.replace("@DATA@", json.dumps(data)))
	END
	in_browser many.html 'const t = performance.now(); await search("w05"); const n = rows.length;
		document.querySelector(".block").click(); $("map").scrollTop = 2000; draw();
		told(n + " rows, " + (document.querySelectorAll(".block").length < 600 ? "few" : "many") + " blocks");
		told(performance.now() - t < 3000 ? "fast" : "slow"); await search(""); told(rows.length + " rows")'
	assert_has result '100 rows, few blocks'
	assert_has result fast
	assert_has result '1000 rows'
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
test_case "a page of 1000 workloads" many
finish
