// SPDX-License-Identifier: GPL-2.0-or-later
#include "settings.h"

#include <stdlib.h>
#include <string.h>

/* Return the variable's value, or NULL if it is empty or unset. */
static const char *setting(const char *var)
{
	const char *value = getenv(var);

	return value && *value ? value : NULL;
}

/* Set *is if var has the value yes. Accepts yes, no or unset. Returns 0, or -1 with *why set. */
static int choice(const char *var, const char *no, const char *yes, bool *is, char **why)
{
	const char *value = setting(var);

	*is = value && !strcmp(value, yes);
	if (*is || !value || !strcmp(value, no))
		return 0;
	*why = xasprintf("%s is '%s': it must be %s or %s", var, value, no, yes);
	return -1;
}

/* Return whether path is plain: it is copied to the specs, where other characters have a meaning.
 */
static bool isplain(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789/._+-";

	return strspn(path, plain) == strlen(path);
}

static void wordsadd(struct strlist *list, const char *text)
{
	size_t n;

	for (const char *s = text; *s; s += n) {
		char *word;

		s += strspn(s, " \t");
		n = strcspn(s, " \t");
		if (!n)
			break;
		word = xstrndup(s, n);
		listadd(list, word);
		free(word);
	}
}

/* Read what describes the target. Returns 0, or -1 with *why set. */
static int targetread(struct settings *s, char **why)
{
	const char *flags = setting("WCC_FLAGS");

	s->triplet = setting("WCC_TRIPLET");
	s->loader = setting("WCC_LOADER");
	if (s->loader && (!isplain(s->loader) || strchr(s->loader, '/'))) {
		*why = xasprintf("WCC_LOADER is '%s': it must be the name of a file in /lib",
				 s->loader);
		return -1;
	}
	s->libgcc = setting("WCC_LIBGCC");
	if (s->libgcc && (!isplain(s->libgcc) || *s->libgcc != '/')) {
		*why = xasprintf("WCC_LIBGCC is '%s': it must be the absolute path of a libgcc.a",
				 s->libgcc);
		return -1;
	}
	if (flags)
		wordsadd(&s->flags, flags);
	return 0;
}

int settingsread(struct settings *s, char **why)
{
	const char *wrong;

	*s = (struct settings){ .gcc = setting("WCC_GCC"), .show = setting("WCC_SHOW") };
	if (!s->gcc)
		s->gcc = "gcc";
	s->probes = setting("WCC_PROBES");
	s->compiler = setting("WCC_COMPILER");
	if (!s->compiler)
		s->compiler = "";
	if (choice("WCC_MODE", "target", "kernel", &s->kernel, why) < 0 ||
	    choice("WCC_LINK", "static", "dynamic", &s->dynamic, why) < 0 || targetread(s, why) < 0)
		return -1;
	wrong = placesread(&s->places, setting("WCC_NAME"));
	if (wrong) {
		*why = xasprintf("%s is '%s': it must be an absolute path", wrong, getenv(wrong));
		return -1;
	}
	s->sysroot = setting("WCC_SYSROOT");
	if (!s->sysroot)
		s->sysroot = setting("SYSROOT");
	if (!s->sysroot && !s->kernel) {
		*why = xstrdup("SYSROOT is not set: it must name the directory with the target's "
			       "usr/include and usr/lib");
		return -1;
	}
	return 0;
}

void settingsfree(struct settings *s)
{
	listfree(&s->flags);
	placesfree(&s->places);
}

void environmentclean(void)
{
	static const char *const vars[] = {
		"CPATH",
		"C_INCLUDE_PATH",
		"CPLUS_INCLUDE_PATH",
		"OBJC_INCLUDE_PATH",
		"LIBRARY_PATH",
		"COMPILER_PATH",
		"GCC_EXEC_PREFIX",
		"LD_RUN_PATH",
		"DEPENDENCIES_OUTPUT",
		"SUNPRO_DEPENDENCIES",
	};

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]); i++)
		unsetenv(vars[i]);
}
