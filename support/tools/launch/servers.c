// SPDX-License-Identifier: GPL-2.0-or-later
#include "servers.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/digest.h"
#include "fs/file.h"
#include "launchcall.h"
#include "process.h"
#include "scheduler.h"

enum { PATIENCE = 30 }; /* seconds that a server has for the probe */

/* Preprocessed C that most parts of a compiler have to do with. Its options are the kernel's. */
static const char probe[] =
	"# 1 \"probe.c\"\n"
	"struct node { struct node *next; unsigned long key; unsigned char tag : 3, rest : 5; };\n"
	"extern int known(const char *name, unsigned long value);\n"
	"static const char *const names[] = { \"zero\", \"one\", \"two\", \"three\", \"more\" };\n"
	"static inline unsigned long mix(unsigned long x)\n"
	"{ x ^= x >> 7; x *= 0x9e3779b1u; return x ^ x << 11; }\n"
	"unsigned long walk(struct node *n, unsigned long (*with)(unsigned long));\n"
	"unsigned long walk(struct node *n, unsigned long (*with)(unsigned long))\n"
	"{ unsigned long sum = 0; for (; n; n = n->next) { switch (n->tag) {\n"
	"case 0: sum += mix(n->key); break; case 1: sum -= with(n->key / 10); break;\n"
	"case 2: sum ^= n->key % 1000; break; case 3: sum = sum << n->rest | sum >> 3; break;\n"
	"default: if (known(names[n->tag > 4 ? 4 : n->tag], sum)) return sum; }\n"
	"__asm__ volatile(\"\" : \"+r\"(sum) : : \"memory\"); } return sum; }\n"
	"int sort(int *a, int n);\n"
	"int sort(int *a, int n)\n"
	"{ int swaps = 0, i, j; for (i = 1; i < n; i++) for (j = i; j && a[j - 1] > a[j]; j--) {\n"
	"int t = a[j]; a[j] = a[j - 1]; a[j - 1] = t; swaps++; }\n"
	"return swaps + __builtin_popcount((unsigned int)swaps); }\n";

/* One server, and the probe that it compiles. */
struct asked {
	char *name;    /* for messages */
	char *address; /* as it is used */
	char *object;  /* what it compiled */
	char *log;     /* of the launcher */
	struct process process;
	bool started;
};

/* Return the compiler that an object names, "GCC: (Debian 12.2.0-14) 12.2.0"; caller frees. */
static char *madeby(const char *object)
{
	static const char *const marks[] = { "GCC: (", "clang version " };
	struct buf bytes = { 0 };
	char *ret = NULL;

	if (fileread(object, &bytes) < 0)
		bufclear(&bytes);
	for (size_t i = 0; !ret && bytes.len && i < 2; i++) {
		const char *at = memmem(bytes.data, bytes.len, marks[i], strlen(marks[i]));

		ret = at ? xstrdup(at) : NULL;
	}
	buffree(&bytes);
	return ret ? ret : xstrdup("unknown");
}

static void ask(const struct settings *s, const struct unit *u, const char *text, struct asked *a)
{
	struct strlist argv = { 0 }, one = { 0 };
	struct pairs env = { 0 };

	listadd(&one, s->by == ICECC ? a->name : a->address);
	remotecommand(s, u, &one, text, a->object, a->log, &argv, &env);
	a->started = processstart(&a->process, argv.item, &env) == 0;
	pairsfree(&env);
	listfree(&argv);
	listfree(&one);
}

/* Compare what the server made with the bytes of here; tell why it is not used. */
static bool same(const struct settings *s, struct asked *a, const char *local)
{
	char mine[DIGESTHEX], theirs[DIGESTHEX], *why = NULL, *their, *here;
	struct buf err = { 0 };
	int status = a->started ? processwait(&a->process, PATIENCE, &err) : 127;
	char *by = remoteserver(s, a->log);
	bool ok = false;

	free(remotefailed(s, a->log, &why));
	if (remoteitself(s, a->log)) {
		;
	} else if (status == PROCESS_LATE) {
		say(s, NULL, "%s %s is not used: it did not compile a probe within %d s",
		    launchername(s), a->name, PATIENCE);
	} else if (!by) {
		say(s, NULL, "%s %s is not used: it cannot be reached: %s", launchername(s),
		    a->name, why ? why : "see its log");
	} else if (status != 0 || digestfile(a->object, theirs) < 0) {
		say(s, NULL, "%s %s is refused: its %s does not compile what %s compiles: %.200s",
		    launchername(s), a->name, compilername(s), s->cc, bufstr(&err));
	} else if (digestfile(local, mine) < 0 || strcmp(mine, theirs) != 0) {
		their = madeby(a->object);
		here = madeby(local);
		say(s, NULL, "%s %s is refused: its %s gives other bytes: there it is %s, here %s",
		    launchername(s), a->name, compilername(s), their, here);
		free(here);
		free(their);
	} else {
		ok = true;
	}
	free(by);
	free(why);
	buffree(&err);
	return ok;
}

static struct asked asked(const struct settings *s, size_t i, const char *name, const char *address)
{
	char *object = xasprintf("probe/%zu.o", i), *log = xasprintf("probe/%zu.log", i);
	struct asked a = { .name = xstrdup(name), .address = xstrdup(address) };

	a.object = launchpath(s, object);
	a.log = launchpath(s, log);
	free(object);
	free(log);
	return a;
}

static void forget(struct asked *a)
{
	free(a->name);
	free(a->address);
	free(a->object);
	free(a->log);
}

/* All at once. usable: the addresses of those that gave the right bytes. */
static void askall(const struct settings *s, const struct unit *u, const struct pairs *all,
		   const char *text, const char *local, struct buf *usable)
{
	struct asked *each = xcalloc(all->len + 1, sizeof(*each));

	for (size_t i = 0; i < all->len; i++) {
		each[i] = asked(s, i, all->item[i].name, all->item[i].value);
		ask(s, u, text, &each[i]);
	}
	for (size_t i = 0; i < all->len; i++) {
		if (same(s, &each[i], local))
			bufprintf(usable, "%s\n", each[i].address);
		forget(&each[i]);
	}
	free(each);
}

/* Compile text by way of the remote store alone. Returns whether the store had it. */
static bool fromstore(const struct settings *s, const struct unit *u, const char *text,
		      const char *object, const char *log)
{
	struct strlist argv = { 0 };
	struct pairs env = { 0 };
	struct buf err = { 0 }, said = { 0 };
	bool ret;

	listadd(&argv, s->program);
	listadd(&argv, s->cc);
	unitcompile(u, text, object, &argv);
	ccachesettings(s, s->remote, log, &env);
	pairadd(&env, "CCACHE_REMOTE_ONLY", "1");
	ret = processrun(argv.item, &env, &err) == 0 && fileread(log, &said) == 0 &&
	      strstr(bufstr(&said), "remote_storage_hit") && !strstr(bufstr(&said), "_error");
	buffree(&said);
	buffree(&err);
	pairsfree(&env);
	listfree(&argv);
	return ret;
}

/* The remote store has to keep a probe, and to give it back. */
static void askstore(const struct settings *s, const struct unit *u, const char *text,
		     const char *local, struct buf *usable)
{
	struct asked a = asked(s, 0, s->remote, s->remote);
	char mine[DIGESTHEX], theirs[DIGESTHEX];

	if (!fromstore(s, u, text, a.object, a.log) && !fromstore(s, u, text, a.object, a.log))
		say(s, NULL,
		    "ccache's remote store %s is not used: it does not give back what is put there",
		    s->remote);
	else if (digestfile(a.object, theirs) < 0 || digestfile(local, mine) < 0 ||
		 strcmp(mine, theirs) != 0)
		say(s, NULL, "ccache's remote store %s is refused: it has other bytes for a probe",
		    s->remote);
	else
		bufprintf(usable, "%s\n", s->remote);
	forget(&a);
}

/* Which servers there are, by name. */
static void servers(const struct settings *s, struct pairs *all)
{
	char *why = NULL;

	for (size_t i = 0; i < s->servers.len; i++)
		pairadd(all, s->servers.item[i], s->servers.item[i]);
	if (s->by == ICECC && schedulerask(s->scheduler, all, &why) < 0)
		say(s, NULL, "icecc: the scheduler at %s cannot be asked for its servers: %s",
		    s->scheduler, why);
	free(why);
}

/* Compile the probe here. */
static int probehere(const struct settings *s, const struct unit *u, const char *text,
		     const char *object)
{
	struct strlist argv = { 0 };
	struct buf err = { 0 };
	int ret;

	listadd(&argv, s->cc);
	unitcompile(u, text, object, &argv);
	ret = filewrite(text, probe, sizeof(probe) - 1, 0666);
	if (ret == 0)
		ret = processrun(argv.item, NULL, &err) == 0 ? 0 : -1;
	buffree(&err);
	listfree(&argv);
	return ret;
}

/* Ask them all. */
static void check(const struct settings *s, const struct unit *u, struct buf *usable)
{
	char *text = launchpath(s, "probe/probe.i"), *local = launchpath(s, "probe/here.o");
	struct pairs all = { 0 };
	int ret = probehere(s, u, text, local);

	if (ret < 0) {
		say(s, NULL, "%s is not used: the probe does not compile with the options of %s",
		    launchername(s), u->args[u->source]);
	} else if (s->by == CCACHE) {
		askstore(s, u, text, local, usable);
	} else {
		servers(s, &all);
		askall(s, u, &all, text, local, usable);
		if (!usable->len)
			say(s, NULL, "%s has no server: all is compiled on this machine",
			    launchername(s));
	}
	pairsfree(&all);
	free(local);
	free(text);
}

static void lines(struct buf *text, struct strlist *out)
{
	char *p = text->data, *one;

	while (p && (one = strsep(&p, "\n"))) {
		if (*one)
			listadd(out, one);
	}
}

void serversusable(const struct settings *s, const struct unit *u, struct strlist *out)
{
	char *path = launchpath(s, "servers"), *lock = launchpath(s, "lock");
	struct buf text = { 0 };
	int fd = -1;

	if (s->by == CCACHE && !s->remote)
		goto done;
	if (fileread(path, &text) < 0) {
		fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (fd >= 0)
			flock(fd, LOCK_EX);
		bufclear(&text);
		if (fileread(path, &text) < 0) {
			check(s, u, &text);
			filewrite(path, bufstr(&text), text.len, 0666);
		}
	}
	lines(&text, out);
	if (fd >= 0)
		close(fd);
done:
	buffree(&text);
	free(lock);
	free(path);
}
