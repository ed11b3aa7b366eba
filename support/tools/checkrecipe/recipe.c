// SPDX-License-Identifier: GPL-2.0-or-later
#include "recipe.h"
#include "base/affix.h"
#include "mkvalues.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/packageprefix.h"
#include "lines.h"
#include "steps.h"

enum { MAXDEPTH = 16 }; /* nested $(if) */

/* Return the part of var after "PREFIX_"; NULL if var does not start with it. */
static const char *suffixof(const char *var, const char *package)
{
	char *prefix = packageprefix(package);
	size_t len = strlen(prefix);
	bool mine = startswith(var, prefix) && var[len] == '_';

	free(prefix);
	return mine ? var + len + 1 : NULL;
}

/* Return the package that var belongs to, by the longest matching prefix; NULL if none matches. */
static const char *ownerof(const char *var, const struct strlist *known)
{
	const char *owner = NULL;

	for (size_t i = 0; i < known->len; i++) {
		if (suffixof(var, known->item[i]) &&
		    (!owner || strlen(known->item[i]) > strlen(owner)))
			owner = known->item[i];
	}
	return owner;
}

/* Return the variable of this recipe with that suffix; NULL if it is not set. */
static const struct mkvar *own(const struct recipe *rc, const char *suffix)
{
	char *name = packagevar(rc->name, suffix);
	const struct mkvar *v = mkfind(rc->mk, name);

	free(name);
	return v;
}

/* Check that the engine knows the name of v. Returns 0, or -1 after reporting an error. */
static int checkname(const struct recipe *rc, const struct mkvar *v, struct report *r)
{
	const char *suffix = suffixof(v->name, rc->name);
	const char *owner = ownerof(v->name, rc->known);

	if (owner && strcmp(owner, rc->name) != 0) {
		reportadd(r, rc->file, v->line, "%s belongs to package %s", v->name, owner);
	} else if (!suffix) {
		char *prefix = packageprefix(rc->name);

		reportadd(r, rc->file, v->line, "%s: names in this recipe begin with %s_", v->name,
			  prefix);
		free(prefix);
	} else if (!vocabularyknows(rc->vocabulary, suffix)) {
		const char *near = vocabularynear(rc->vocabulary, suffix);

		reportadd(r, rc->file, v->line, "%s means nothing%s%s%s", v->name,
			  near ? ": did you mean " : ", and a private name goes on in lower case",
			  near ? near : "", near ? "?" : "");
	} else {
		return 0;
	}
	return -1;
}

/* Check the body of a step, or of a private define, as shell text. */
static void checkstep(const struct recipe *rc, const struct mkvar *v, struct report *r)
{
	const char *suffix = suffixof(v->name, rc->name);

	if (listhas(&rc->vocabulary->steps, suffix) ||
	    (v->isdefine && islower((unsigned char)*suffix)))
		stepcheck(rc->file, v->line + (v->isdefine ? 1 : 0), v->value, r);
}

/* Check that a required variable has a value. */
static void checkrequired(const struct recipe *rc, const char *suffix, struct report *r)
{
	const struct mkvar *v = own(rc, suffix);

	if (!v || !*v->value) {
		char *name = packagevar(rc->name, suffix);

		reportadd(r, rc->file, v ? v->line : 1, "%s is missing", name);
		free(name);
	} else if (strcmp(v->value, "unknown") == 0) {
		reportadd(r, rc->file, v->line, "%s is unknown: fill it in", v->name);
	}
}

/* Check that each value of the variable with that suffix is in allowed. */
static void checkchoice(const struct recipe *rc, const char *suffix, const struct strlist *allowed,
			struct report *r)
{
	const struct mkvar *v = own(rc, suffix);
	struct strlist values = { 0 };
	struct buf words = { 0 };

	if (v)
		mkvalues(rc->mk, v->value, &values);
	for (size_t k = 0; k < allowed->len; k++)
		bufprintf(&words, " %s", allowed->item[k]);
	for (size_t i = 0; i < values.len; i++) {
		if (!listhas(allowed, values.item[i]))
			reportadd(r, rc->file, v->line, "%s is '%s', not one of:%s", v->name,
				  values.item[i], bufstr(&words));
	}
	buffree(&words);
	listfree(&values);
}

/* Return the first comma between s and end outside references, or end. */
static const char *findcomma(const char *s, const char *end)
{
	while (s < end && *s != ',') {
		size_t len = reflen(s);

		s += len ? len : 1;
	}
	return s < end ? s : end; /* an unclosed reference ends after it */
}

/*
 * Check each package name in the words of text. Computed references are skipped, but in $(if
 * CONDITION,NAMES,NAMES) both lists are checked; depth counts nested ones.
 */
static void checkpackages(const struct recipe *rc, const struct mkvar *v, const char *text,
			  int depth, struct report *r)
{
	if (depth > MAXDEPTH) {
		reportadd(r, rc->file, v->line, "%s has more than %d $(if) in each other", v->name,
			  MAXDEPTH);
		return;
	}
	while (*(text += strspn(text, " \t,"))) {
		size_t len = reflen(text);
		char *word;

		if (len) {
			if (startswith(text, "$(if ")) {
				const char *end = text + len - 1;
				const char *comma = findcomma(text + 2, end);

				word = xstrndup(comma, (size_t)(end - comma));
				checkpackages(rc, v, word, depth + 1, r);
				free(word);
			}
			text += len;
			continue;
		}
		len = strcspn(text + 1, " \t,$") + 1;
		word = xstrndup(text, len);
		text += len;
		if (strcmp(word, rc->name) == 0)
			reportadd(r, rc->file, v->line, "%s depends on itself", rc->name);
		else if (*text != '$' && !listhas(rc->known, word))
			reportadd(r, rc->file, v->line, "%s names '%s', which is no package",
				  v->name, word);
		free(word);
	}
}

/* Check that every name in every value of the variable with that suffix is a package. */
static void checkdepends(const struct recipe *rc, const char *suffix, struct report *r)
{
	const struct mkvar *first = own(rc, suffix);

	for (size_t i = 0; first && i < rc->mk->len; i++) {
		const struct mkvar *v = &rc->mk->var[i];

		if (strcmp(v->name, first->name) == 0)
			checkpackages(rc, v, v->value, 0, r);
	}
}

/* Check that each word of the values of text is a file with a digest. line is the line of text. */
static void checkfiles(const struct recipe *rc, const char *text, size_t line, struct report *r)
{
	struct strlist values = { 0 };

	mkvalues(rc->mk, text, &values);
	for (size_t i = 0; i < values.len; i++) {
		const char *word = skipblank(values.item[i]);

		for (; *word; word = skipblank(word + wordlen(word))) {
			char *name = xstrndup(word, wordlen(word));

			if (!hashhas(rc->hashes, name))
				reportadd(r, rc->file, line, "%s has no digest in %s.hash", name,
					  rc->name);
			free(name);
		}
	}
	listfree(&values);
}

/* Return text with each "$(name)" replaced by value. Caller frees. */
static char *replaceref(const char *text, const char *name, const char *value)
{
	char *ref = xasprintf("$(%s)", name);
	struct buf out = { 0 };
	const char *found;

	for (; (found = strstr(text, ref)); text = found + strlen(ref)) {
		bufadd(&out, text, (size_t)(found - text));
		bufputs(&out, value);
	}
	bufputs(&out, text);
	free(ref);
	return bufsteal(&out);
}

/*
 * Check that each file that SOURCE can name has a digest: for every version, if the recipe lists
 * the versions; if it takes digests from elsewhere (SHA256), only for those.
 */
static void checkdigests(const struct recipe *rc, const struct mkvar *source, struct report *r)
{
	const struct mkvar *version = own(rc, "VERSION");
	const struct mkvar *versions = own(rc, "VERSIONS");

	if (!version || (!versions && own(rc, "SHA256")))
		return;
	for (size_t i = 0; i < rc->mk->len; i++) {
		const struct mkvar *v = &rc->mk->var[i];
		const char *word = skipblank(versions ? versions->value : "");

		if (strcmp(v->name, source->name) != 0)
			continue;
		if (!versions)
			checkfiles(rc, v->value, v->line, r);
		for (; *word; word = skipblank(word + wordlen(word))) {
			char *one = xstrndup(word, wordlen(word));
			char *text = replaceref(v->value, version->name, one);

			checkfiles(rc, text, v->line, r);
			free(text);
			free(one);
		}
	}
}

static bool iscommit(const char *s)
{
	return strlen(s) == 40 && strspn(s, "0123456789abcdef") == 40;
}

static void checkgit(const struct recipe *rc, const struct mkvar *url, struct report *r)
{
	const struct mkvar *commit = own(rc, "GIT_COMMIT");
	struct strlist values = { 0 };

	if (commit)
		mkvalues(rc->mk, commit->value, &values);
	else if (!own(rc, "GIT_REF"))
		reportadd(r, rc->file, url->line, "%s needs a GIT_REF", url->name);
	for (size_t i = 0; i < values.len; i++) {
		if (!iscommit(values.item[i]))
			reportadd(r, rc->file, commit->line,
				  "%s is not a full commit, 40 hex digits", commit->name);
	}
	listfree(&values);
}

static void checksource(const struct recipe *rc, struct report *r)
{
	const struct mkvar *source = own(rc, "SOURCE");
	const struct mkvar *git = own(rc, "GIT_URL");

	if (git)
		checkgit(rc, git, r);
	if (source) {
		if (!own(rc, "SITE"))
			reportadd(r, rc->file, source->line, "%s needs a SITE", source->name);
		checkdigests(rc, source, r);
	} else if (!rc->ownsource && !git && !own(rc, "DIR") && !own(rc, "SRC_OF")) {
		reportadd(r, rc->file, 1,
			  "no source: set SITE and SOURCE, or DIR, or SRC_OF, or keep it in src/");
	}
}

/* Check the names of the package in other databases (CPE, PURL). */
static void checknames(const struct recipe *rc, struct report *r)
{
	const struct mkvar *cpe = own(rc, "CPE"), *purl = own(rc, "PURL");
	const char *colon = cpe ? strchr(cpe->value, ':') : NULL;

	if (cpe && (!colon || colon == cpe->value || !colon[1] || strchr(colon + 1, ':')))
		reportadd(r, rc->file, cpe->line, "%s is '%s', not vendor:product", cpe->name,
			  cpe->value);
	if (purl && (!startswith(purl->value, "pkg:") || strchr(purl->value, '@')))
		reportadd(r, rc->file, purl->line,
			  "%s is '%s', not pkg:TYPE/NAME, without a version", purl->name,
			  purl->value);
}

/* Whether it makes an image of what others built: it has no sources. */
static bool makesimage(const struct recipe *rc)
{
	const struct mkvar *type = own(rc, "TYPE");

	return type && strcmp(type->value, "image") == 0;
}

void recipenames(const struct recipe *rc, struct report *r)
{
	for (size_t i = 0; i < rc->mk->len; i++)
		checkname(rc, &rc->mk->var[i], r);
}

void recipecheck(const struct recipe *rc, struct report *r)
{
	for (size_t i = 0; i < rc->mk->len; i++) {
		if (checkname(rc, &rc->mk->var[i], r) == 0)
			checkstep(rc, &rc->mk->var[i], r);
	}
	if (!makesimage(rc)) {
		checkrequired(rc, "VERSION", r);
		checkrequired(rc, "LICENSE", r);
		checksource(rc, r);
	}
	checkchoice(rc, "TYPE", &rc->vocabulary->types, r);
	checkchoice(rc, "MODE", &rc->vocabulary->modes, r);
	checknames(rc, r);
	checkdepends(rc, "DEPENDS", r);
	checkdepends(rc, "SRC_OF", r);
}
