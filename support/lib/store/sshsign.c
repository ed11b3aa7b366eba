// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/sshsign.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/affix.h"
#include "fs/capture.h"

#define WAIT	 30000		   /* milliseconds; a token may want to be touched */
#define SIG_FILE "/proc/self/fd/3" /* CAPTURE_FILE, by its name */

/* What ssh-keygen needs of the environment; nothing in it makes it ask. */
static void envmake(struct strlist *env)
{
	static const char *const names[] = { "PATH", "HOME", "SSH_AUTH_SOCK" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);
		char *text = value ? xasprintf("%s=%s", names[i], value) : NULL;

		if (text)
			listadd(env, text);
		free(text);
	}
	listadd(env, "SSH_ASKPASS_REQUIRE=never");
	listadd(env, "LC_ALL=C");
}

/* Run ssh-keygen with these arguments, text as its input and sig (NULL: none) as CAPTURE_FILE. */
static int keygen(const char *const *args, const struct buf *text, const struct buf *sig,
		  struct buf *out, struct buf *err)
{
	struct strlist argv = { 0 }, env = { 0 };
	struct capture c = { .in = -1, .file = -1, .wait = WAIT };
	int ret = -1;

	listadd(&argv, "ssh-keygen");
	while (*args)
		listadd(&argv, *args++);
	envmake(&env);
	c.argv = argv.item;
	c.env = env.item;
	c.in = memoryfile(text->data, text->len);
	c.file = sig ? memoryfile(sig->data, sig->len) : -1;
	if (c.in >= 0 && (!sig || c.file >= 0))
		ret = capture(&c, out, err);
	if (c.in >= 0)
		close(c.in);
	if (c.file >= 0)
		close(c.file);
	listfree(&argv);
	listfree(&env);
	return ret;
}

/* What ssh-keygen complained about, as text behind what; that nobody matches is known. */
static char *reason(const char *what, const struct buf *err)
{
	const char *text = err->len ? err->data : "";
	int len = (int)strcspn(text, "\r\n");

	if (!len || startswith(text, "No principal matched"))
		return xstrdup(what);
	return xasprintf("%s: %.*s", what, len, text);
}

static char *cannotrun(void)
{
	return xasprintf("cannot run ssh-keygen, of the OpenSSH client: %s", strerror(errno));
}

/* Remove the first line if it begins with start. */
static void lineskip(struct buf *b, const char *start)
{
	size_t len = b->len ? strcspn(b->data, "\n") : 0;

	if (!len || strncmp(b->data, start, strlen(start)) != 0)
		return;
	len += b->data[len] == '\n';
	memmove(b->data, b->data + len, b->len - len + 1);
	b->len -= len;
}

static char *signreason(const char *key, const struct buf *err)
{
	char *what = xasprintf("cannot sign with %s", key);
	char *ret = reason(what, err);

	free(what);
	return ret;
}

static char *badreason(const char *signers, const struct buf *err)
{
	char *what = xasprintf("nobody in %s has signed it", signers);
	char *ret = reason(what, err);

	free(what);
	return ret;
}

int sshsign(const char *key, const struct buf *text, struct buf *sig, char **why)
{
	const char *const args[] = { "-Y", "sign", "-f", key, "-n", SIGN_NAMESPACE, NULL };
	struct buf out = { 0 }, err = { 0 };
	int status = keygen(args, text, NULL, &out, &err);

	*why = NULL;
	if (status < 0) {
		*why = cannotrun();
	} else if (status != 0 || !out.len) {
		lineskip(&err, "Signing data on standard input");
		*why = signreason(key, &err);
	} else {
		bufadd(sig, out.data, out.len);
	}
	buffree(&out);
	buffree(&err);
	return *why ? -1 : 0;
}

/* The first pattern in names, which find-principals printed; NULL if there is none. */
static const char *principal(struct buf *names)
{
	char *name, *rest = names->len ? names->data : NULL;

	/* "!" excludes names. */
	while ((name = strsep(&rest, "\n"))) {
		if (*name && *name != '!')
			return name;
	}
	return NULL;
}

enum signedby sshverify(const char *signers, const struct buf *text, const struct buf *sig,
			char **why)
{
	const char *const find[] = { "-Y", "find-principals", "-f", signers, "-s", SIG_FILE, NULL };
	struct buf names = { 0 }, out = { 0 }, err = { 0 };
	int status = keygen(find, text, sig, &names, &err);
	const char *who = status == 0 ? principal(&names) : NULL;
	const char *const verify[] = { "-Y", "verify",	     "-f", signers,  "-I", who,
				       "-n", SIGN_NAMESPACE, "-s", SIG_FILE, NULL };

	*why = NULL;
	if (who) {
		bufclear(&err);
		status = keygen(verify, text, sig, &out, &err);
	}
	if (status < 0)
		*why = cannotrun();
	else if (status != 0 || !who)
		*why = badreason(signers, &err);
	buffree(&names);
	buffree(&out);
	buffree(&err);
	return status < 0 ? SIGNED_UNKNOWN : *why ? SIGNED_BAD : SIGNED_GOOD;
}
