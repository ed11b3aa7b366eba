// SPDX-License-Identifier: GPL-2.0-or-later
#include "division.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define NONE UINT32_MAX

static uint64_t *set(const struct sets *s, size_t i)
{
	return s->bit + i * s->words;
}

void setsmake(struct sets *s, const struct graph *g, const uint32_t *of, size_t len)
{
	uint64_t *in = xcalloc(g->len + 1, sizeof(*in));

	*s = (struct sets){ .len = len, .words = (g->len + 63) / 64 };
	s->bit = xcalloc(len * s->words + 1, sizeof(*s->bit));
	/* 64 sets at a time: from each commit on to its parents */
	for (size_t base = 0; base < len; base += 64) {
		size_t end = base + 64 < len ? base + 64 : len;

		memset(in, 0, g->len * sizeof(*in));
		for (size_t i = base; i < end; i++)
			in[of[i]] |= 1ULL << (i - base);
		for (size_t c = 0; c < g->len; c++) {
			for (size_t p = g->parents[c]; p < g->parents[c + 1]; p++)
				in[g->parent[p]] |= in[c];
			for (uint64_t left = in[c]; left; left &= left - 1)
				set(s, base + (size_t)__builtin_ctzll(left))[c / 64] |= 1ULL
											<< (c % 64);
		}
	}
	free(in);
}

void setsfree(struct sets *s)
{
	free(s->bit);
	*s = (struct sets){ 0 };
}

size_t setsize(const struct sets *s, size_t i)
{
	size_t n = 0;

	for (size_t w = 0; w < s->words; w++)
		n += (size_t)__builtin_popcountll(set(s, i)[w]);
	return n;
}

void partsmake(struct parts *p, size_t commits)
{
	*p = (struct parts){ .commits = commits };
	p->part = xcalloc(commits + 1, sizeof(*p->part));
	p->size = xcalloc(commits + 1, sizeof(*p->size));
	p->yes = xcalloc(commits + 1, sizeof(*p->yes));
	p->no = xcalloc(commits + 1, sizeof(*p->no));
}

void partsfree(struct parts *p)
{
	free(p->part);
	free(p->size);
	free(p->yes);
	free(p->no);
	*p = (struct parts){ 0 };
}

/* Divide each part in two, by a set. Parts get new numbers as their first commit is met. */
static void divide(struct parts *p, const uint64_t *by)
{
	uint32_t n = 0;

	memset(p->yes, 0xff, p->len * sizeof(*p->yes));
	memset(p->no, 0xff, p->len * sizeof(*p->no));
	for (size_t c = 0; c < p->commits; c++) {
		uint32_t *to = (by[c / 64] >> (c % 64) & 1 ? p->yes : p->no) + p->part[c];

		if (*to == NONE) {
			*to = n;
			p->size[n++] = 0;
		}
		p->part[c] = *to;
		p->size[*to]++;
	}
	p->len = n;
	p->work += p->commits;
}

void partsof(struct parts *p, const struct sets *s, const uint32_t *test, size_t len, size_t but)
{
	memset(p->part, 0, p->commits * sizeof(*p->part));
	p->len = 1;
	p->size[0] = (uint32_t)p->commits;
	for (size_t i = 0; i < len; i++)
		if (i != but)
			divide(p, set(s, test[i]));
	memset(p->yes, 0, p->len * sizeof(*p->yes));
}

static uint64_t square(uint64_t n)
{
	return n * n;
}

uint64_t partsscore(const struct parts *p)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < p->len; i++)
		sum += square(p->size[i]);
	return sum;
}

uint64_t partswith(struct parts *p, const struct sets *s, size_t number)
{
	const uint64_t *by = set(s, number);
	uint64_t sum = 0;

	/* yes is all 0 here, and at the end again: how many commits of each part are in the set */
	for (size_t w = 0; w < s->words; w++) {
		p->work += (uint64_t)__builtin_popcountll(by[w]);
		for (uint64_t left = by[w]; left; left &= left - 1)
			p->yes[p->part[w * 64 + (size_t)__builtin_ctzll(left)]]++;
	}
	for (size_t i = 0; i < p->len; i++) {
		sum += square(p->yes[i]) + square(p->size[i] - p->yes[i]);
		p->yes[i] = 0;
	}
	p->work += p->len;
	return sum;
}
