// SPDX-License-Identifier: GPL-2.0-or-later
#include "numa.h"

#include <stdlib.h>
#include <string.h>

#define MEMORY_MAX (1U << 24) /* MiB */
#define CPUS_MAX   255

/* Read a number up to max at *text, and advance that. Returns whether there was one. */
static bool number(const char **text, unsigned max, unsigned *n)
{
	char *end;
	unsigned long value;

	if (**text < '0' || **text > '9')
		return false;
	value = strtoul(*text, &end, 10);
	*text = end;
	*n = (unsigned)value;
	return value <= max;
}

/* Divide memory and processors among count nodes. */
static void divide(struct numa *n, size_t count, unsigned memory, unsigned cpus)
{
	unsigned next = 0;

	n->len = count;
	for (size_t i = 0; i < count; i++) {
		unsigned left = (unsigned)(count - i), share = (cpus - next + left - 1) / left;

		n->node[i] = (struct numanode){ .memory = memory / left,
						.cpus = share,
						.first = next,
						.last = next + share - 1 };
		memory -= n->node[i].memory;
		next += share;
	}
}

/* Read MEMORY[:FIRST[-LAST]] at *text, and advance that. Returns whether it is valid. */
static bool nodeparse(struct numanode *node, const char **text)
{
	*node = (struct numanode){ 0 };
	if (!number(text, MEMORY_MAX, &node->memory))
		return false;
	if (**text == 'G' && node->memory <= MEMORY_MAX / 1024)
		node->memory *= 1024;
	if (**text == 'G' || **text == 'M')
		(*text)++;
	if (**text == ':') {
		(*text)++;
		node->cpus = number(text, CPUS_MAX - 1, &node->first);
		if (!node->cpus)
			return false;
		node->last = node->first;
		if (**text == '-' && ((*text)++, !number(text, CPUS_MAX - 1, &node->last)))
			return false;
	}
	return node->memory && node->last >= node->first && (**text == ' ' || !**text);
}

/* Whether two nodes have a processor in common. */
static bool overlap(const struct numanode *a, const struct numanode *b)
{
	return a->cpus && b->cpus && a->first <= b->last && b->first <= a->last;
}

static bool listparse(struct numa *n, const char *text)
{
	while (text += strspn(text, " "), *text) {
		if (n->len == NUMA_MAX || !nodeparse(&n->node[n->len], &text))
			return false;
		for (size_t i = 0; i < n->len; i++)
			if (overlap(&n->node[i], &n->node[n->len]))
				return false;
		n->len++;
	}
	return n->len > 0;
}

char *numaparse(struct numa *n, const char *text, unsigned *memory, unsigned *cpus)
{
	const char *at = text;
	unsigned count, sum = 0;

	if (number(&at, NUMA_MAX, &count) && !*at && count && count <= *memory) {
		divide(n, count, *memory, *cpus);
		return NULL;
	}
	if (!*at || !listparse(n, text))
		return xasprintf(
			"--numa (NUMA= of make) takes a number of nodes up to %d, or for each its "
			"memory and processors, as in '256M:0-1 1G:2', not '%s'",
			NUMA_MAX, text);
	for (size_t i = 0; i < n->len; i++) {
		const struct numanode *one = &n->node[i];

		sum += one->memory;
		if (one->cpus && *cpus <= one->last)
			*cpus = one->last + 1;
	}
	*memory = sum;
	return NULL;
}

/* Add an option and its argument, which is emptied. */
static void add(struct strlist *argv, const char *option, struct buf *arg)
{
	listadd(argv, option);
	listadd(argv, bufstr(arg));
	bufclear(arg);
}

void numaargs(const struct numa *n, bool shared, struct strlist *argv)
{
	struct buf arg = { 0 };

	for (size_t i = 0; i < n->len; i++) {
		const struct numanode *one = &n->node[i];

		bufprintf(&arg, "memory-backend-%s,id=node%zu,size=%uM",
			  shared ? "memfd,share=on" : "ram", i, one->memory);
		add(argv, "-object", &arg);
		bufprintf(&arg, "node,nodeid=%zu,memdev=node%zu", i, i);
		if (one->cpus)
			bufprintf(&arg, ",cpus=%u-%u", one->first, one->last);
		add(argv, "-numa", &arg);
	}
	buffree(&arg);
}
