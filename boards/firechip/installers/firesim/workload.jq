# SPDX-License-Identifier: MIT
# From the description of a workload to the one that FireSim's manager reads, whose paths start at
# the workload's directory. $up: the build directory from there.

def file: if startswith("/") then . else $up + "/" + . end;
def rootfs: if .img then .img | file else "dummy.rootfs" end;
# FireSim's own, then what the workload adds.
def simulation_outputs: reduce .simulation_outputs[] as $o (["uartlog"];
	if index([$o]) then . else . + [$o] end);

{benchmark_name: .name}
+ if .jobs | length > 0 then {
	common_simulation_outputs: simulation_outputs,
	common_simulation_inputs: .simulation_inputs,
	workloads: [.jobs[] | {
		name,
		bootbinary: .bin | file,
		rootfs: rootfs,
		outputs,
		simulation_outputs,
		simulation_inputs
	}]
} else {
	common_bootbinary: .bin | file,
	common_rootfs: rootfs,
	common_outputs: .outputs,
	common_simulation_outputs: simulation_outputs,
	common_simulation_inputs: .simulation_inputs
} end
+ if .post_run_hook then {post_run_hook: "./post_run_hook"} else {} end
