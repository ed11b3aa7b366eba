// SPDX-License-Identifier: GPL-2.0-or-later
#include "steps.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/affix.h"
#include "lines.h"

struct step {
	const char *file;
	size_t line;
	struct report *r;
	bool command;  /* the next word is the name of a command */
	bool git;      /* inside a git command */
	char *heredoc; /* the end word of the current here-document, owned; or NULL */
};

/*
 * Check make references: a single '$' that was meant for the shell, and paths of the build machine.
 */
static void checkrefs(struct step *s, const char *text)
{
	static const char *const places[] = { "TOP",  "CURDIR",	       "O", "PWD",
					      "HOME", "MAKEFILE_LIST", NULL };
	static const char *const calls[] = { "abspath", "realpath", "wildcard", NULL };

	for (; *text; text++) {
		size_t len;

		if (*text != '$' || *++text == '$')
			continue;
		if (*text != '(' && *text != '{') {
			reportadd(s->r, s->file, s->line,
				  "make reads a single '$': write $$%.*s for the shell, or $(NAME)",
				  (int)strcspn(text, " \t\"'/"), text);
			if (!*text)
				return;
			continue;
		}
		len = strcspn(text + 1, " \t,:)}");
		if (tablehas(places, text + 1, len) || tablehas(calls, text + 1, len))
			reportadd(s->r, s->file, s->line,
				  "$(%.*s) is a place on this machine: use $(SRC), $(BUILD), "
				  "$(IMAGE), $(SYSROOT) or $(HOST)",
				  (int)len, text + 1);
	}
}

/* Return whether the absolute path at s starts with a directory that every system has. */
static bool onthismachine(const char *s)
{
	static const char *const top[] = { "bin",   "boot", "etc", "home", "lib",  "lib32", "lib64",
					   "media", "mnt",  "opt", "proc", "root", "run",   "sbin",
					   "srv",   "sys",  "tmp", "usr",  "var",  NULL };
	size_t first = strcspn(s + 1, "/ \t\"';|&)");

	return tablehas(top, s + 1, first);
}

/* Return whether text[at] follows an option that takes a path of the build machine. */
static bool afteroption(const char *text, size_t at)
{
	static const char *const options[] = { "-I", "-L", "-B", "-isystem", NULL };

	for (size_t i = 0; options[i]; i++) {
		size_t len = strlen(options[i]);

		if (at >= len && memcmp(text + at - len, options[i], len) == 0 &&
		    (at == len || strchr(" \t\"'=", text[at - len - 1])))
			return true;
	}
	return false;
}

/* name=/path is a path on the target (--prefix=/usr), except for these paths. */
static bool valueofthismachine(const char *text, size_t at)
{
	static const char *const places[] = { "/usr/include", "/usr/local", "/home",
					      "/root",	      "/tmp",	    NULL };

	if (at >= 4 && strncasecmp(text + at - 4, "dir=", 4) == 0)
		return false;
	for (size_t i = 0; places[i]; i++) {
		if (startswith(text + at, places[i]))
			return true;
	}
	return false;
}

/* Check absolute paths: at the start of an unquoted word, after a redirection, -I, -L or name=. */
static void checkpaths(struct step *s, const char *text)
{
	char quote = 0;

	for (size_t i = 0; text[i]; i++) {
		char before = i ? text[i - 1] : ' ';
		size_t len;
		bool bad;

		if (quote ? text[i] == quote : text[i] == '"' || text[i] == '\'')
			quote = quote ? 0 : text[i];
		if (text[i] != '/')
			continue;
		len = strcspn(text + i, " \t\"';|&)");
		bad = afteroption(text, i) || (!quote && strchr(" \t<>(`", before));
		if (!quote && before == '=')
			bad = valueofthismachine(text, i);
		if (bad && onthismachine(text + i))
			reportadd(s->r, s->file, s->line,
				  "%.*s is a path of this machine: use $(IMAGE), $(SYSROOT) or "
				  "$(HOST), or quote it if it means one in the guest",
				  (int)len, text + i);
		i += len - 1;
	}
}

static void commandstarts(struct step *s)
{
	s->command = true;
	s->git = false;
}

static void checkcommand(struct step *s, const char *word, size_t len)
{
	static const char *const opening[] = { "then",	"do",	 "else", "elif", "if",
					       "while", "until", "!",	 "{",	 "exec",
					       "env",	"time",	 "nice", NULL };
	static const char *const net[] = { "wget", "curl", NULL };
	static const char *const gitnet[] = { "clone", "fetch", "pull", "submodule", NULL };

	if (s->git && tablehas(gitnet, word, len)) {
		reportadd(s->r, s->file, s->line,
			  "git %.*s in a step: set GIT_URL and GIT_REF instead", (int)len, word);
		s->git = false;
	}
	if (!s->command || (memchr(word, '=', len) && isalpha((unsigned char)*word)))
		return;
	s->command = tablehas(opening, word, len);
	s->git = len == 3 && memcmp(word, "git", 3) == 0;
	if (len == 4 && memcmp(word, "sudo", 4) == 0)
		reportadd(s->r, s->file, s->line, "sudo in a step: a build needs no privileges");
	if (tablehas(net, word, len))
		reportadd(s->r, s->file, s->line,
			  "%.*s in a step: set SITE and SOURCE, and its digest in the .hash file",
			  (int)len, word);
}

/* Return the length of the shell word at s, including make references and quoted strings in it. */
static size_t shellword(const char *s)
{
	size_t i = 0;

	while (s[i] && !strchr(" \t;&|()<>`", s[i])) {
		size_t len = s[i] == '$' ? reflen(s + i) : 0;

		if (s[i] == '$' && s[i + 1] == '$') {
			if (s[i + 2] == '(')
				break;
			len = 2;
		} else if (s[i] == '\'' || s[i] == '"') {
			const char *end = strchr(s + i + 1, s[i]);

			len = end ? (size_t)(end - s) - i + 1 : strlen(s + i);
		}
		i += len ? len : 1;
	}
	return i;
}

static void startheredoc(struct step *s, const char *after)
{
	if (*after == '-')
		after++;
	after = skipblank(after);
	after += strspn(after, "'\"\\");
	free(s->heredoc);
	s->heredoc = xstrndup(after, strcspn(after, " \t'\";|&>"));
}

static void checkcommands(struct step *s, const char *text)
{
	while (*(text = skipblank(text)) && *text != '#') {
		size_t len = shellword(text);

		if (len) {
			checkcommand(s, text, len);
			text += len;
		} else if (startswith(text, "<<") && text[2] != '<') {
			startheredoc(s, text + 2);
			text += 2;
		} else {
			if (!strchr("<>", *text))
				commandstarts(s);
			text += startswith(text, "$$(") ? 3 : 1;
		}
	}
}

void stepcheck(const char *file, size_t line, const char *body, struct report *r)
{
	struct lines l = { .next = body };
	struct step s = { .file = file, .r = r };
	bool continued = false;

	while (linenext(&l)) {
		char *text = skipblank(l.buf.data);
		size_t len = strlen(text);

		s.line = line + l.number - 1;
		checkrefs(&s, text);
		if (s.heredoc) {
			if (strcmp(text, s.heredoc) == 0) {
				free(s.heredoc);
				s.heredoc = NULL;
			}
			continue;
		}
		if (!continued)
			commandstarts(&s);
		continued = len && text[len - 1] == '\\';
		if (continued)
			text[len - 1] = '\0';
		if (*text != '#') {
			checkpaths(&s, text);
			checkcommands(&s, text);
		}
	}
	free(s.heredoc);
	buffree(&l.buf);
}
