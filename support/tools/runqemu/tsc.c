// SPDX-License-Identifier: GPL-2.0-or-later
#include "tsc.h"

#include <stdint.h>
#include <time.h>

#define MEASURE_NS 2000000 /* errors of some 50 ns are 25 ppm of that */

#if defined(__x86_64__)
#include <x86intrin.h>

struct sample {
	uint64_t ticks;
	uint64_t ns;
};

static struct sample first;

/* The time and the counter at the same moment, as closely as a few tries can get them. */
static struct sample take(void)
{
	struct sample best = { 0 };
	uint64_t width = UINT64_MAX;

	for (int i = 0; i < 5; i++) {
		uint64_t before, after;
		struct timespec t;

		before = __rdtsc();
		clock_gettime(CLOCK_MONOTONIC, &t);
		after = __rdtsc();
		if (after - before >= width)
			continue;
		width = after - before;
		best.ticks = before + width / 2;
		best.ns = (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
	}
	return best;
}

void tscstart(void)
{
	first = take();
}

unsigned long tsckhz(void)
{
	struct sample now = take();
	uint64_t khz;

	while (now.ns - first.ns < MEASURE_NS) {
		struct timespec rest = { .tv_nsec = (long)(MEASURE_NS - (now.ns - first.ns)) };

		nanosleep(&rest, NULL);
		now = take();
	}
	khz = (now.ticks - first.ticks) * 1000000 / (now.ns - first.ns);
	return khz >= 100000 && khz <= 10000000 ? (unsigned long)khz : 0;
}
#else
void tscstart(void)
{
}

unsigned long tsckhz(void)
{
	return 0;
}
#endif
