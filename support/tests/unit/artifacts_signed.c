// SPDX-License-Identifier: GPL-2.0-or-later
/* Signatures of entries, by ssh-keygen: whose entries of the local store are used. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/digest.h"
#include "fs/capture.h"
#include "scratch.h"
#include "store/artifact.h"
#include "store/artlist.h"
#include "store/artsign.h"

static const struct artifacts store = { .dir = "store" };
static const struct artifacts careful = { .dir = "store", .trust = "allowed" };
static char key[DIGESTHEX];
static bool absent; /* there is no ssh-keygen here */

/* Make the key pair NAME, and append it to the file signers. */
static int keymake(const char *name, const char *signers)
{
	char *argv[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", (char *)name, NULL };
	const struct capture c = {
		.argv = argv, .env = environ, .in = -1, .file = -1, .wait = 20000
	};
	char *pub = xasprintf("%s.pub", name);
	struct buf out = { 0 }, line = { 0 };
	int ret = capture(&c, &out, NULL);

	bufprintf(&line, "%s@example.org ", name);
	if (ret == 0 &&
	    (fileread(pub, &line) < 0 || filewrite(signers, line.data, line.len, 0644) < 0))
		ret = -1;
	buffree(&out);
	buffree(&line);
	free(pub);
	return ret;
}

static int setup(void **state)
{
	digestbytes("a", 1, key);
	if (scratchmake(state) < 0 || mkdirs("from") < 0 ||
	    filewrite("from/file", "content\n", 8, 0644) < 0)
		return -1;
	absent = keymake("me", "allowed") < 0 && errno == ENOENT;
	return absent ? 0 : keymake("other", "others");
}

static void needs(void)
{
	if (!absent)
		return;
	print_message("# SKIPPED: no ssh-keygen here: scripts/bootstrap check installs it\n");
	skip();
}

static void texts(void **state)
{
	struct buf text = { 0 }, sig = { 0 }, bad = { 0 };
	char *why;

	(void)state;
	needs();
	bufputs(&text, "what is signed\n");
	assert_int_equal(sshsign("me", &text, &sig, &why), 0);
	assert_null(why);
	assert_int_equal(sshverify("allowed", &text, &sig, &why), SIGNED_GOOD);
	assert_null(why);
	assert_int_equal(sshverify("others", &text, &sig, &why), SIGNED_BAD);
	assert_string_equal(why, "nobody in others has signed it");
	free(why);
	bufputc(&text, 'x');
	assert_int_equal(sshverify("allowed", &text, &sig, &why), SIGNED_BAD);
	assert_non_null(strstr(why, "incorrect signature"));
	free(why);
	bufputs(&bad, "-----BEGIN SSH SIGNATURE-----\n");
	assert_int_equal(sshverify("allowed", &text, &bad, &why), SIGNED_BAD);
	free(why);
	bufclear(&bad);
	assert_int_equal(sshsign("nowhere", &text, &bad, &why), -1);
	assert_non_null(strstr(why, "cannot sign with nowhere: "));
	assert_int_equal(bad.len, 0);
	free(why);
	buffree(&text);
	buffree(&sig);
	buffree(&bad);
}

/* Without ssh-keygen nothing is known, in particular not that a signature is good. */
static void unknown(void **state)
{
	char *path = xstrdup(getenv("PATH"));
	struct buf text = { 0 }, sig = { 0 };
	char *why;

	(void)state;
	bufputs(&text, "text");
	bufputs(&sig, "sig");
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(sshverify("allowed", &text, &sig, &why), SIGNED_UNKNOWN);
	assert_non_null(strstr(why, "cannot run ssh-keygen"));
	free(why);
	assert_int_equal(sshsign("me", &text, &sig, &why), -1);
	assert_non_null(strstr(why, "cannot run ssh-keygen"));
	free(why);
	setenv("PATH", path, 1);
	free(path);
	buffree(&text);
	buffree(&sig);
}

/* Store the entry, and sign it with the file keyfile. */
static void signature(const char *keyfile, struct buf *sig)
{
	char *path = artifactpath("store", key);
	char *note, *why;
	int fd;

	assert_int_equal(artifactstore(&store, key, "from", NULL, &note), 0);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	bufclear(sig);
	assert_int_equal(artsignmake(fd, keyfile, sig, &why), 0);
	assert_int_equal(artsigncheck(fd, "allowed", sig, &why),
			 strcmp(keyfile, "me") == 0 ? SIGNED_GOOD : SIGNED_BAD);
	free(why);
	close(fd);
	free(path);
}

/* Whether a finds the entry; the note has pattern in it (NULL: there is none). */
static void finds(const struct artifacts *a, bool want, const char *pattern)
{
	struct buf meta = { 0 };
	char *note;

	assert_int_equal(artifactfind(a, key, &meta, &note), want);
	if (!pattern)
		assert_null(note);
	else
		assert_non_null(note && strstr(note, pattern) ? note : NULL);
	free(note);
	buffree(&meta);
}

static void origins(void **state)
{
	struct buf sig = { 0 }, none = { 0 }, got = { 0 };
	char *note;

	(void)state;
	needs();
	signature("me", &sig);
	assert_int_equal(artorigin("store", key, &got), ORIGIN_HERE);
	finds(&careful, true, NULL);
	assert_int_equal(artsignkeep("store", key, &none), 0);
	assert_int_equal(artorigin("store", key, &got), ORIGIN_FETCHED);
	finds(&store, true, NULL);
	finds(&careful, false, NULL);
	assert_int_equal(artsignkeep("store", key, &sig), 0);
	assert_int_equal(artorigin("store", key, &got), ORIGIN_SIGNED);
	assert_int_equal(got.len, sig.len);
	finds(&careful, true, NULL);
	signature("other", &sig);
	assert_int_equal(artsignkeep("store", key, &sig), 0);
	finds(&store, true, NULL);
	finds(&careful, false, "fetched earlier, is not used: nobody in allowed has signed it");
	/* What is built here is ours. */
	assert_int_equal(artifactstore(&store, key, "from", NULL, &note), 0);
	assert_int_equal(artorigin("store", key, NULL), ORIGIN_HERE);
	finds(&careful, true, NULL);
	assert_int_equal(artsignkeep("store", key, &sig), 0);
	assert_int_equal(artifactremove("store", key), 1);
	assert_int_equal(artorigin("store", key, NULL), ORIGIN_HERE);
	buffree(&sig);
	buffree(&got);
}

/* A signature without an entry goes when it is old; one of an entry stays. */
static void lone(void **state)
{
	const struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	char *path = artsignpath("store", key);
	struct artifactgc gc = { 0 };
	char *note;

	(void)state;
	put(path, "sig");
	assert_int_equal(artifactgc("store", 0, 0, &gc), 0);
	assert_int_equal(gc.stale, 0);
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	assert_int_equal(artifactstore(&store, key, "from", NULL, &note), 0);
	put(path, "sig");
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	assert_int_equal(artifactgc("store", 0, ARTGC_VERIFY | ARTGC_BYREAD, &gc), 0);
	assert_int_equal(gc.stale, 0);
	assert_int_equal(gc.kept, 1);
	assert_int_equal(artifactremove("store", key), 1);
	assert_int_equal(access(path, F_OK), -1);
	put(path, "sig");
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	assert_int_equal(artifactgc("store", 0, 0, &gc), 0);
	assert_int_equal(gc.stale, 1);
	assert_int_equal(access(path, F_OK), -1);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(unknown),
		cmocka_unit_test(origins),
		cmocka_unit_test(lone),
	};

	return cmocka_run_group_tests(tests, setup, scratchremove);
}
