// SPDX-License-Identifier: GPL-2.0-or-later
#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "base/path.h"
#include "base/shellword.h"

char *besidetarget(const char *target, const char *suffix)
{
	const char *name = pathlast(target);

	return xasprintf("%.*s.%s%s", (int)(name - target), target, name, suffix);
}

/* Whether text, what follows the compiler's command, is nothing, or a call of objtool for target.
 */
static bool onlyobjtool(const char *text, const char *target)
{
	static const char call[] = "; ./tools/objtool/objtool ";
	size_t len;

	text += strspn(text, " \t");
	if (!*text)
		return true;
	if (!startswith(text, call) || strpbrk(text + 1, ";&|<>`$\"'\\"))
		return false;
	len = strlen(text);
	while (len && text[len - 1] == ' ')
		len--;
	return len > strlen(target) && text[len - strlen(target) - 1] == ' ' &&
	       strncmp(text + len - strlen(target), target, strlen(target)) == 0;
}

/* Whether there is nothing but words from p to end, for a shell: what it knows is quoted. */
static bool onlywords(const char *p, const char *end)
{
	for (; p < end; p++) {
		if (*p == '\'' || *p == '"')
			p = strchrnul(p + 1, *p);
		else if (*p == '\\' && p[1])
			p++;
		else if (strchr(";&|<>`$\n", *p))
			return false;
	}
	return true;
}

/* Whether command calls program. */
static bool calls(const char *command, const char *program)
{
	return *program && startswith(command, program) && command[strlen(program)] == ' ';
}

static bool compiles(const struct cmdfile *c, const char *command, const char *cc)
{
	char *depend = besidetarget(c->target, ".d");
	char *list = xasprintf(" -Wp,-MMD,%s ", depend);
	char *end = c->source ? xasprintf(" -o %s %s", c->target, c->source) : NULL;
	const char *first = end ? strstr(command, end) : NULL;
	const char *rest = first ? first + strlen(end) : NULL;
	bool good = first && calls(command, cc) && strstr(command, list) &&
		    strstr(command, list) < first && (*rest == '\0' || *rest == ' ') &&
		    onlyobjtool(rest, c->target) && onlywords(command, first);

	free(end);
	free(list);
	free(depend);
	return good;
}

/* If *p begins with text, go behind it. */
static bool skip(const char **p, const char *text)
{
	if (!startswith(*p, text))
		return false;
	*p += strlen(text);
	return true;
}

/* Add the words from p to end, with prefix before each; "./" before a path is left out. */
static void addmembers(struct strlist *members, const char *prefix, const char *p, const char *end)
{
	while (members && p < end) {
		size_t len = strcspn(p, " ");
		char *path = xasprintf("%s%.*s", prefix, (int)len, p);

		if (len)
			listadd(members, startswith(path, "./") ? path + 2 : path);
		free(path);
		p += len + (p[len] == ' ');
	}
}

/*
 * One of "rm -f T;  printf "DIR/%s " A B | xargs AR cDPrST T", "rm -f T;  AR cDPrST T" and
 * "rm -f T; AR cDPrsT T A B".
 */
static bool archives(const char *target, const char *command, const char *ar,
		     struct strlist *members)
{
	char *begin = xasprintf("rm -f %s;", target);
	char *small = xasprintf("%s cDPrST %s", ar, target);
	char *big = xasprintf("%s cDPrsT %s ", ar, target);
	char *pipe = xasprintf(" | xargs %s", small);
	const char *p = command, *end;
	bool good = skip(&p, begin);

	p += good ? strspn(p, " ") : 0;
	if (good && skip(&p, "printf \"")) {
		char *prefix = xstrndup(p, strcspn(p, "%"));

		p += strlen(prefix);
		end = endswith(p, pipe) ? p + strlen(p) - strlen(pipe) : NULL;
		good = skip(&p, "%s \" ") && end && p <= end;
		if (good)
			addmembers(members, prefix, p, end);
		free(prefix);
	} else if (good && skip(&p, big)) {
		addmembers(members, "", p, p + strlen(p));
	} else {
		good = good && skip(&p, small) && !p[strspn(p, " ")];
	}
	good = good && !strpbrk(command + strlen(begin), ";&<>`$'\\");
	free(pipe);
	free(big);
	free(small);
	free(begin);
	return good;
}

/* Whether it is "LD OPTIONS -r -o TARGET @LIST"; members gets LIST. */
static bool links(const char *target, const char *command, const char *ld, struct strlist *members)
{
	char *middle = xasprintf(" -r -o %s @", target);
	const char *at = strstr(command, middle);
	const char *list = at ? at + strlen(middle) : "";
	char *name = xstrndup(list, strcspn(list, " ;"));
	bool good = at && calls(command, ld) && onlywords(command, at) && endswith(name, ".mod") &&
		    onlywords(name, name + strlen(name)) &&
		    onlyobjtool(list + strlen(name), target);

	if (good && members)
		listadd(members, name);
	free(name);
	free(middle);
	return good;
}

/* Characters that a path in a command may have. */
static const char inpath[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
			     "_-+./,@%~";

/*
 * Whether it is "{ cat DIR/modules.order; echo MODULE.o; :; } > TARGET". Linux 6.1 writes MODULE.ko
 * where it means MODULE.o.
 */
static bool orders(const char *target, const char *command, struct strlist *members)
{
	char *end = xasprintf(":; } > %s", target);
	const char *p = command;
	bool good = strcmp(pathlast(target), "modules.order") == 0 && skip(&p, "{ ");

	while (good) {
		p += strspn(p, " ");
		if (strcmp(p, end) == 0)
			break;
		good = skip(&p, "cat ") || skip(&p, "echo ");
		size_t len = strspn(p, inpath);
		char *path = xstrndup(p, len);

		p += len;
		good = good && len && skip(&p, ";");
		if (endswith(path, ".ko"))
			memcpy(path + len - 3, ".o", 3);
		if (good && members)
			listadd(members, path);
		free(path);
	}
	free(end);
	return good;
}

enum form commandform(const struct cmdfile *c, const struct programs *by, struct strlist *members)
{
	char *command = cmdfilecommand(c);
	enum form form = FORM_OTHER;

	if (compiles(c, command, by->cc))
		form = FORM_COMPILE;
	else if (!c->source && archives(c->target, command, by->ar, members))
		form = FORM_ARCHIVE;
	else if (!c->source && links(c->target, command, by->ld, members))
		form = FORM_LINK;
	else if (!c->source && orders(c->target, command, members))
		form = FORM_ORDER;
	free(command);
	return form;
}

void commandpaths(const char *command, const char *root,
		  void (*seen)(void *ctx, const char *path, size_t len), void *ctx)
{
	size_t n = strlen(root);

	for (const char *p = command; (p = strstr(p, root)); p += n) {
		if (p[n] == '/')
			seen(ctx, p + n + 1, strspn(p + n + 1, inpath));
	}
}

void commandwords(const char *command, struct strlist *words)
{
	static const char cut[] = " \t\n;&|<>()`$\"'\\=,@";

	for (const char *p = command + strspn(command, cut); *p; p += strspn(p, cut)) {
		size_t len = strcspn(p, cut);
		char *word = xstrndup(p, len);

		listadd(words, startswith(word, "./") ? word + 2 : word);
		free(word);
		p += len;
	}
}
