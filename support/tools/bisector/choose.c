// SPDX-License-Identifier: GPL-2.0-or-later
#include "choose.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "division.h"

#define POOL_MAX   1024		/* commits that are considered */
#define WORK_LIMIT 600000000ULL /* looks at one commit of one candidate: about a second */
#define NONE	   UINT32_MAX

/* The commits that are considered, by numbers of a pool of their own; those that run come first. */
struct pool {
	uint32_t *commit;
	size_t len, running;
	struct sets sets;
};

/* How many commits are it or an ancestor of it, for each. Caller frees. */
static uint32_t *weights(const struct graph *g)
{
	uint32_t *weight = xcalloc(g->len, sizeof(*weight));
	uint64_t *found = xcalloc(g->len, sizeof(*found));

	/* for 64 ancestors at a time: those that follow them are not descendants */
	for (size_t base = 0; base < g->len; base += 64) {
		size_t end = base + 64 < g->len ? base + 64 : g->len;

		for (size_t i = end; i-- > 0;) {
			uint64_t mine = i >= base ? 1ULL << (i - base) : 0;

			for (size_t p = g->parents[i]; p < g->parents[i + 1]; p++)
				if (g->parent[p] < end)
					mine |= found[g->parent[p]];
			found[i] = mine;
			weight[i] += (uint32_t)__builtin_popcountll(mine);
		}
	}
	free(found);
	return weight;
}

struct weighed {
	uint32_t commit, weight;
};

static int byweight(const void *left, const void *right)
{
	const struct weighed *a = left, *b = right;

	if (a->weight != b->weight)
		return a->weight < b->weight ? -1 : 1;
	return a->commit < b->commit ? -1 : a->commit > b->commit;
}

/* Those that can be tested, by weight. Caller frees. */
static struct weighed *untested(const struct graph *g, const uint8_t *known, size_t *len)
{
	struct weighed *list = xcalloc(g->len + 1, sizeof(*list));
	uint32_t *weight = weights(g);

	*len = 0;
	for (size_t i = 1; i < g->len; i++)
		if (known[i] == KNOWN_NOTHING)
			list[(*len)++] = (struct weighed){ (uint32_t)i, weight[i] };
	qsort(list, *len, sizeof(*list), byweight);
	free(weight);
	return list;
}

/* Take want of len, so that their weights are spread evenly; gone ones are marked by their commit.
 */
static size_t spread(struct weighed *list, size_t len, size_t total, size_t want, uint32_t *to)
{
	size_t n = 0, at = 0;

	for (size_t i = 0; i < want && n < len; i++) {
		double target = (double)total * (double)(i + 1) / (double)(want + 1);

		while (at + 1 < len && list[at].weight < target)
			at++;
		/* the nearer of the two beside the target, and else any that is left */
		if (at > 0 && list[at - 1].commit != NONE &&
		    target - list[at - 1].weight <= list[at].weight - target)
			at--;
		while (at < len && list[at].commit == NONE)
			at++;
		if (at == len)
			for (at--; list[at].commit == NONE;)
				at--;
		to[n++] = list[at].commit;
		list[at].commit = NONE;
	}
	return n;
}

/* How many candidates there is time for. */
static size_t poolsize(size_t commits, size_t count)
{
	size_t time = (size_t)(WORK_LIMIT / ((uint64_t)commits * count));

	if (time > POOL_MAX)
		time = POOL_MAX;
	return time < 4 * count ? 4 * count : time;
}

static void poolmake(struct pool *p, const struct graph *g, const uint8_t *known, size_t count)
{
	size_t len;
	struct weighed *list = untested(g, known, &len);
	size_t max = poolsize(g->len, count);

	p->commit = xcalloc(g->len, sizeof(*p->commit));
	for (size_t i = 1; i < g->len; i++)
		if (known[i] == KNOWN_RUNNING)
			p->commit[p->len++] = (uint32_t)i;
	p->running = p->len;
	if (len <= max) {
		for (size_t i = 0; i < len; i++)
			p->commit[p->len++] = list[i].commit;
	} else {
		p->len += spread(list, len, g->len, max, p->commit + p->len);
	}
	free(list);
	setsmake(&p->sets, g, p->commit, p->len);
}

/* One attempt: what is tested, as numbers of the pool; the running ones first. */
struct attempt {
	uint32_t *test;
	size_t len;
	uint64_t score;
};

static bool has(const struct attempt *a, uint32_t candidate)
{
	for (size_t i = 0; i < a->len; i++)
		if (a->test[i] == candidate)
			return true;
	return false;
}

/* The candidate that is best beside the tests that parts were made of; NONE if no other is left. */
static uint32_t best(const struct pool *p, const struct attempt *a, struct parts *parts,
		     uint64_t *score)
{
	uint32_t found = NONE;

	for (size_t c = p->running; c < p->len; c++) {
		uint64_t s;

		if (has(a, (uint32_t)c))
			continue;
		s = partswith(parts, &p->sets, c);
		if (found == NONE || s < *score) {
			found = (uint32_t)c;
			*score = s;
		}
	}
	return found;
}

/* Replace each of them by a better one, as long as there is one, and time. */
static void improve(const struct pool *p, struct attempt *a, struct parts *parts)
{
	bool better = true;

	while (better && parts->work < WORK_LIMIT) {
		better = false;
		for (size_t i = p->running; i < a->len && parts->work < WORK_LIMIT; i++) {
			uint64_t score = 0;
			uint32_t other;

			partsof(parts, &p->sets, a->test, a->len, i);
			other = best(p, a, parts, &score);
			if (other != NONE && score < a->score) {
				a->test[i] = other;
				a->score = score;
				better = true;
			}
		}
	}
}

/* One after the other, each the best beside those before. */
static void greedy(const struct pool *p, struct attempt *a, size_t count, struct parts *parts)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t next;

		partsof(parts, &p->sets, a->test, a->len, a->len);
		next = best(p, a, parts, &a->score);
		if (next == NONE)
			break;
		a->test[a->len++] = next;
	}
}

/* By weight alone, which is best where there are no merges, and nothing runs. */
static void even(const struct pool *p, struct attempt *a, const struct graph *g, size_t count,
		 struct parts *parts)
{
	size_t left = p->len - p->running;
	struct weighed *list = xcalloc(left + 1, sizeof(*list));

	for (size_t i = 0; i < left; i++) {
		size_t c = p->running + i;

		list[i] = (struct weighed){ (uint32_t)c, (uint32_t)setsize(&p->sets, c) };
	}
	qsort(list, left, sizeof(*list), byweight);
	a->len += spread(list, left, g->len, count, a->test + a->len);
	partsof(parts, &p->sets, a->test, a->len, a->len);
	a->score = partsscore(parts);
	free(list);
}

static struct attempt attemptnew(const struct pool *p, size_t count)
{
	struct attempt a = { .test = xcalloc(p->running + count + 1, sizeof(*a.test)) };

	for (size_t i = 0; i < p->running; i++)
		a.test[a.len++] = (uint32_t)i;
	return a;
}

size_t choose(const struct graph *g, const uint8_t *known, size_t count, uint32_t *chosen)
{
	struct pool p = { 0 };
	struct attempt one, two, *winner;
	struct parts parts;
	size_t n = 0;

	if (count == 0 || g->len < 2)
		return 0;
	poolmake(&p, g, known, count);
	partsmake(&parts, g->len);
	one = attemptnew(&p, count);
	two = attemptnew(&p, count);
	even(&p, &one, g, count, &parts);
	improve(&p, &one, &parts);
	parts.work = 0;
	greedy(&p, &two, count, &parts);
	improve(&p, &two, &parts);
	winner = two.score < one.score ? &two : &one;
	for (size_t i = p.running; i < winner->len; i++)
		chosen[n++] = p.commit[winner->test[i]];
	free(one.test);
	free(two.test);
	partsfree(&parts);
	setsfree(&p.sets);
	free(p.commit);
	return n;
}

size_t largestpart(const struct graph *g, const uint32_t *tested, size_t count)
{
	uint32_t *all = xcalloc(count + 1, sizeof(*all));
	struct parts parts;
	struct sets sets;
	size_t max = 0;

	for (size_t i = 0; i < count; i++)
		all[i] = (uint32_t)i;
	setsmake(&sets, g, tested, count);
	partsmake(&parts, g->len);
	partsof(&parts, &sets, all, count, count);
	for (size_t i = 0; i < parts.len; i++)
		max = parts.size[i] > max ? parts.size[i] : max;
	partsfree(&parts);
	setsfree(&sets);
	free(all);
	return max;
}
