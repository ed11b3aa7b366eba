// SPDX-License-Identifier: GPL-2.0-or-later
#include "shebang.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "mkinitramfs/tree/node.h"

#define BLANKS " \t"

bool shebangis(const char *data, size_t len)
{
	return len >= 2 && data[0] == '#' && data[1] == '!';
}

const char *shebangread(struct shebang *s, const char *data, size_t len)
{
	char line[SHEBANG_LIMIT + 1] = "";
	bool cut = len >= SHEBANG_LIMIT && !memchr(data, '\n', SHEBANG_LIMIT);
	char *name, *end;

	memcpy(line, data, len < SHEBANG_LIMIT ? len : SHEBANG_LIMIT);
	name = line + 2 + strspn(line + 2, BLANKS);
	name[strcspn(name, "\n")] = '\0';
	end = name + strcspn(name, BLANKS);
	if (cut && !*end && end == line + SHEBANG_LIMIT)
		return "its first line is longer than the 256 bytes that the kernel reads";
	if (end == name)
		return "its first line names no interpreter";
	s->interp = xstrndup(name, (size_t)(end - name));
	end += strspn(end, BLANKS);
	for (len = strlen(end); len && strchr(BLANKS, end[len - 1]); len--)
		;
	if (len)
		s->arg = xstrndup(end, len);
	return NULL;
}

/* Return whether env treats the word as an option or as a variable assignment. */
static bool isoption(const char *word, size_t len)
{
	return word[0] == '-' || memchr(word, '=', len);
}

char *shebangenv(const struct shebang *s)
{
	const char *word = s->arg;
	size_t len;

	if (strcmp(pathlast(s->interp), "env") != 0 || !word)
		return NULL;
	/* Without -S, which splits it, the whole argument is one name. */
	if (strncmp(word, "-S", 2) != 0)
		return isoption(word, strlen(word)) ? NULL : xstrdup(word);
	word += 2 + strspn(word + 2, BLANKS);
	while ((len = strcspn(word, BLANKS)) && isoption(word, len))
		word += len + strspn(word + len, BLANKS);
	return len ? xstrndup(word, len) : NULL;
}

void shebangfree(struct shebang *s)
{
	free(s->interp);
	free(s->arg);
	*s = (struct shebang){ 0 };
}
