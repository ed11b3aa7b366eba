// SPDX-License-Identifier: GPL-2.0-or-later
#include "probe.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fs/file.h"
#include "query.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* The start of a probe's key. A file of the cache holds the key, the object file and its size. */
#define MAGIC "wcc probe 1"

/*
 * Options that neither read nor write a file, prefixes of such options, and prefixes of exceptions:
 * options that do access files, or that are for other programs.
 */
static const char *const plain[] = { "-g", "-pipe", "-nostdinc" };
static const char *const harmless[] = { "-W", "-f", "-m", "-D", "-O", "-std=", "-gdwarf" };
static const char *const harmful[] = {
	"-Wp,",	     "-Wl,",	   "-Wa,",	     "-fplugin",      "-fprofile",    "-fauto-",
	"-fbranch-", "-fdump-",	   "-fcallgraph-",   "-fstack-usage", "-fmodule",     "-fopt-info",
	"-foffload", "-fsave-opt", "-fdiagnostics-", "-fcompare",     "-ftest-cover", "-fpre",
};

static bool listed(const char *s, const char *const *list, size_t len, bool whole)
{
	for (size_t i = 0; i < len; i++) {
		if (strncmp(s, list[i], strlen(list[i])) == 0 && (!whole || !s[strlen(list[i])]))
			return true;
	}
	return false;
}

/* Return whether an option refers to no file. */
static bool optionplain(const char *arg)
{
	if (listed(arg, plain, LENGTH(plain), true))
		return true;
	return listed(arg, harmless, LENGTH(harmless), false) &&
	       !listed(arg, harmful, LENGTH(harmful), false);
}

bool probeis(const struct strlist *argv, const char **output)
{
	bool input = false, c = false, empty = false;

	*output = NULL;
	for (size_t i = 1; i < argv->len; i++) {
		const char *arg = argv->item[i];
		const char *next = i + 1 < argv->len ? argv->item[i + 1] : "";

		if (strcmp(arg, "-c") == 0) {
			c = true;
		} else if (strcmp(arg, "-x") == 0) {
			empty = strcmp(next, "c") == 0 || strcmp(next, "assembler") == 0;
			i++;
		} else if (strcmp(arg, "-o") == 0 && !*output && *next) {
			*output = next;
			i++;
		} else if (strcmp(arg, "/dev/null") == 0 && empty && !input) {
			input = true;
		} else if (!optionplain(arg)) {
			return false;
		}
	}
	return c && input && *output && strcmp(*output, "/dev/null") != 0;
}

/*
 * Set the key to everything that the object file depends on: the compiler, its arguments except
 * output, and the working directory.
 */
static void keymake(const struct strlist *argv, const char *output, const char *compiler,
		    struct buf *key)
{
	char *cwd = getcwd(NULL, 0);

	bufadd(key, MAGIC, sizeof(MAGIC));
	bufadd(key, compiler, strlen(compiler) + 1);
	bufputs(key, cwd ? cwd : "");
	free(cwd);
	for (size_t i = 0; i < argv->len; i++) {
		bufputc(key, '\n');
		if (argv->item[i] != output)
			bufputs(key, argv->item[i]);
	}
	bufputc(key, '\0');
}

static char *place(const char *dir, const struct buf *key)
{
	uint64_t h = 1469598103934665603u;

	for (size_t i = 0; i < key->len; i++)
		h = (h ^ (unsigned char)key->data[i]) * 1099511628211u;
	return xasprintf("%s/%016llx", dir, (unsigned long long)h);
}

/*
 * Copy the cached object file for key from path to output. Returns false if there is none or it
 * cannot be copied.
 */
static bool given(const char *path, const struct buf *key, const char *output)
{
	struct buf kept = { 0 };
	uint64_t size;
	bool good = false;

	if (fileread(path, &kept) == 0 && kept.len > key->len + sizeof(size) &&
	    memcmp(kept.data, key->data, key->len) == 0) {
		memcpy(&size, kept.data + kept.len - sizeof(size), sizeof(size));
		good = size == kept.len - key->len - sizeof(size) &&
		       filewrite(output, kept.data + key->len, (size_t)size, 0666) == 0;
	}
	buffree(&kept);
	return good;
}

/* Store the object file in the cache. If that fails, the next probe runs gcc again. */
static void keep(const char *path, const char *dir, struct buf *key, const char *output)
{
	uint64_t size = key->len;

	if (fileread(output, key) < 0 || mkdirs(dir) < 0)
		return;
	size = key->len - size;
	bufadd(key, &size, sizeof(size));
	filewrite(path, key->data, key->len, 0666);
}

int proberun(const struct strlist *argv, const char *output, const char *dir, const char *compiler)
{
	struct buf key = { 0 };
	struct buf says = { 0 };
	char *path;
	int status = 0;

	keymake(argv, output, compiler, &key);
	path = place(dir, &key);
	if (!given(path, &key, output)) {
		status = commandread(argv->item, STDERR_FILENO, &says);
		writeall(STDERR_FILENO, bufstr(&says), says.len);
		if (status == 0 && !says.len)
			keep(path, dir, &key, output);
	}
	buffree(&says);
	free(path);
	buffree(&key);
	return status == NOTFOUND ? -1 : status;
}
