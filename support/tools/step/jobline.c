// SPDX-License-Identifier: GPL-2.0-or-later
#include "jobline.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static int addpair(struct pairs *p, const char *option, const char *arg, char **why)
{
	const char *eq = strchr(arg, '=');
	char *name;

	if (!eq || eq == arg) {
		*why = xasprintf("%s wants NAME=VALUE, not '%s'", option, arg);
		return -1;
	}
	name = xstrndup(arg, (size_t)(eq - arg));
	pairadd(p, name, eq + 1);
	free(name);
	return 0;
}

/* Options whose value is kept as text. */
static const char **textoption(struct job *j, const char *name)
{
	struct {
		const char *name;
		const char **to;
	} text[] = { { "--name", &j->name },
		     { "--title", &j->title },
		     { "--dir", &j->dir },
		     { "--src", &j->src },
		     { "--seen", &j->seen },
		     { "--source-title", &j->source.title },
		     { "--clock", &j->clock },
		     { "--stamp", &j->stamp },
		     { "--part", &j->part },
		     { "--from", &j->from },
		     { "--recipe", &j->recipe },
		     { "--progress", &j->progress },
		     { "--writable", &j->writable },
		     { "--store", &j->store.dir },
		     { "--store-url", &j->store.url },
		     { "--store-down", &j->store.downmark },
		     { "--store-trust", &j->store.trust },
		     { "--store-sign", &j->store.sign } };

	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++) {
		if (strcmp(name, text[i].name) == 0)
			return text[i].to;
	}
	return NULL;
}

/* Options whose value is NAME=VALUE. */
static struct pairs *pairoption(struct job *j, const char *name)
{
	if (strcmp(name, "--dep") == 0)
		return &j->deps;
	if (strcmp(name, "--late-dep") == 0)
		return &j->late;
	if (strcmp(name, "--image-dep") == 0)
		return &j->images;
	if (strcmp(name, "--file") == 0)
		return &j->files;
	if (strcmp(name, "--source-file") == 0)
		return &j->source.files;
	if (strcmp(name, "--env") == 0)
		return &j->env;
	return NULL;
}

/* "--source NAME=DIR". */
static int source(struct job *j, const char *arg, char **why)
{
	struct pairs one = { 0 };

	if (addpair(&one, "--source", arg, why) < 0)
		return -1;
	j->source.name = one.item[0].name;
	j->source.dir = one.item[0].value;
	free(one.item);
	return 0;
}

/* "--packages DIR": $PACKAGES of the scripts. */
static void packages(struct job *j, const char *dir)
{
	char *value = xasprintf("@%s", dir);

	j->packages = dir;
	pairadd(&j->env, "PACKAGES", value);
	free(value);
}

/* "--sandbox auto" or "--sandbox off". */
static int sandbox(struct job *j, const char *arg, char **why)
{
	j->unconfined = strcmp(arg, "off") == 0;
	if (j->unconfined || strcmp(arg, "auto") == 0)
		return 0;
	*why = xasprintf("--sandbox is auto or off, not '%s'", arg);
	return -1;
}

/* Parse the value of an option as a number from min to max. Returns as option does. */
static int number(const char *name, const char *arg, long long min, long long max, long long *n,
		  char **why)
{
	if (numberparse(arg, min, max, n))
		return 1;
	*why = xasprintf("%s takes a number from %lld to %lld, not '%s'", name, min, max, arg);
	return -1;
}

/* Parse one option with a value. Returns 1, 0 if there is no such option, or -1. */
static int option(struct job *j, const char *name, const char *arg, char **why)
{
	const char **text = textoption(j, name);
	struct pairs *pairs = pairoption(j, name);
	long long n = 0;
	int ret = 1;

	if (text) {
		*text = arg;
	} else if (pairs) {
		return addpair(pairs, name, arg, why) < 0 ? -1 : 1;
	} else if (strcmp(name, "--source") == 0) {
		return source(j, arg, why) < 0 ? -1 : 1;
	} else if (strcmp(name, "--sandbox") == 0) {
		return sandbox(j, arg, why) < 0 ? -1 : 1;
	} else if (strcmp(name, "--packages") == 0) {
		packages(j, arg);
	} else if (strcmp(name, "--lines") == 0) {
		ret = number(name, arg, 0, LONG_MAX, &n, why);
		j->lines = (long)n;
	} else if (strcmp(name, "--verbose") == 0) {
		ret = number(name, arg, -1, VERBOSE_MAX, &n, why);
		j->verbose = (int)n;
	} else if (strcmp(name, "--store-limit") == 0) {
		ret = number(name, arg, 0, LLONG_MAX >> 20, &n, why);
		j->store.limit = (unsigned long long)n << 20;
	} else {
		return 0;
	}
	return ret;
}

static bool stepknown(const char *name)
{
	return strcmp(name, "unpack") == 0 || strcmp(name, "configure") == 0 ||
	       strcmp(name, "build") == 0 || strcmp(name, "install") == 0;
}

static int parseword(struct job *j, char *const *word, size_t n, size_t *at, char **why)
{
	const char *w = word[*at];
	int got;

	if (strcmp(w, "--keep-build") == 0 || strcmp(w, "--keep-edited") == 0) {
		j->keep = strcmp(w, "--keep-build") == 0 ? KEEP_ALL : KEEP_EDITED;
		return 0;
	}
	if (strcmp(w, "--network") == 0) {
		j->network = true;
		return 0;
	}
	if (strcmp(w, "--store-push") == 0) {
		j->store.push = true;
		return 0;
	}
	if (*w != '-') {
		if (!stepknown(w))
			*why = xasprintf("unknown step '%s'", w);
		else
			listadd(&j->steps, w);
		return *why ? -1 : 0;
	}
	got = *at + 1 < n ? option(j, w, word[*at + 1], why) : 0;
	if (got == 0)
		*why = xasprintf("unknown option, or option without a value: '%s'", w);
	++*at;
	return got > 0 ? 0 : -1;
}

int joblineparse(struct job *j, char *const *word, size_t n, char **why)
{
	*why = NULL;
	for (size_t i = 0; i < n; i++) {
		if (parseword(j, word, n, &i, why) < 0)
			return -1;
	}
	if (!j->name || !j->dir || !j->clock || !j->steps.len)
		*why = xstrdup("--name, --dir, --clock and a step are needed");
	else if (j->from && !stepknown(j->from))
		*why = xasprintf("unknown step '%s'", j->from);
	if (*why)
		return -1;
	if (!j->part)
		j->part = "sysroot";
	if (!j->title)
		j->title = j->name;
	if (!j->source.title)
		j->source.title = j->source.name;
	if (!j->src)
		j->src = xasprintf("%s/src", j->source.dir ? j->source.dir : j->dir);
	return 0;
}
