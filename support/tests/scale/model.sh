#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A simulation of a matrix on many machines, from times that were measured on one.
#
#   model.sh TIMES [NAME=VALUE]...
#
# TIMES is a file with a line `NAME VALUE` for each of these; arguments win:
#   rows            rows of the matrix
#   built           one row in so many builds its kernel; the others take all from the cache
#   row_s           seconds of a machine for a row that only boots
#   build_s         seconds of a machine that a build adds
#   remote_s        seconds that a row takes longer on another machine
#   dispatch_s      seconds of a processor of the machine that hands out rows, for each row
#   dispatchers     processors of it
#   row_bytes       bytes that a row fetches from the shared cache, if no row before it did on this machine
#   kernels         kernels of the matrix: a machine fetches each of them once
#   cache_bps       bytes per second that the cache's server sends
#   machines        numbers of machines to try, with commas between them
#
# Each machine asks for its next row when it has ended one. The machine that hands out rows and the
# server of the cache do one thing after the other, in the order of the questions. Output: a line
# for each number of machines: how long it takes, rows a day, what part of the machines' time is
# rows, how busy the two servers are, and what bounds it.
set -eu

times=${1:?a file with times}
shift
{ cat "$times" && printf '%s\n' "$@" | tr '=' ' '; } | awk '
# ---- a heap of machines, by the time when they are free ----
function before(a, b) { return free[heap[a]] < free[heap[b]] || (free[heap[a]] == free[heap[b]] && heap[a] < heap[b]) }
function swap(a, b, x) { x = heap[a]; heap[a] = heap[b]; heap[b] = x }
function sink(i, n, c) {
	while ((c = 2 * i) <= n) {
		if (c < n && before(c + 1, c))
			c++
		if (!before(c, i))
			return
		swap(c, i)
		i = c
	}
}
function max(a, b) { return a > b ? a : b }

# simulate N: with N machines; sets took, used, dispatching, sending.
function simulate(n, i, m, at, start, key) {
	split("", has)
	for (i = 1; i <= n; i++) {
		heap[i] = i
		free[i] = 0
	}
	for (i = 1; i <= v["dispatchers"]; i++)
		dispatcher[i] = 0
	cache = took = used = dispatching = sending = 0
	for (row = 0; row < v["rows"]; row++) {
		m = heap[1]
		first = 1
		for (i = 2; i <= v["dispatchers"]; i++)
			if (dispatcher[i] < dispatcher[first])
				first = i
		at = dispatcher[first] = max(free[m], dispatcher[first]) + v["dispatch_s"]
		dispatching += v["dispatch_s"]
		key = m "," row % v["kernels"]
		builds = v["built"] && row % v["built"] == 0
		if (!builds && !(key in has)) {
			cache = max(at, cache) + v["row_bytes"] / v["cache_bps"]
			sending += v["row_bytes"] / v["cache_bps"]
			at = cache
		}
		has[key] = 1
		own = v["row_s"] + (builds ? v["build_s"] : 0)
		used += own
		free[m] = at + own + (n > 1 || v["remote"] ? v["remote_s"] : 0)
		took = max(took, free[m])
		sink(1, n)
	}
}

NF == 2 { v[$1] = $2 }
END {
	split("rows built row_s build_s remote_s dispatch_s dispatchers row_bytes kernels cache_bps machines", name, " ")
	for (i = 1; i in name; i++)
		if (v[name[i]] == "") {
			print "model: there is no " name[i] >"/dev/stderr"
			exit 1
		}
	printf "%9s %11s %12s %7s %10s %7s  %s\n", "machines", "minutes", "rows a day", "rows", "hand out", "cache", "bound by"
	count = split(v["machines"], numbers, ",")
	for (k = 1; k <= count; k++) {
		n = numbers[k]
		simulate(n)
		longest = v["row_s"] + (v["built"] ? v["build_s"] : 0)
		d = dispatching / took / v["dispatchers"]
		c = sending / took
		u = used / took / n
		bound = d > 0.9 ? "handing out" : c > 0.9 ? "the cache" : took < 1.5 * longest ? "the longest row" : u > 0.5 ? "the machines" : "several"
		printf "%9d %11.1f %12d %6.0f%% %9.0f%% %6.0f%%  %s\n", n, took / 60, v["rows"] * 86400 / took, u * 100, d * 100, c * 100, bound
	}
}'
