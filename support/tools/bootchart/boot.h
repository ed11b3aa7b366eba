/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What happened in a boot, and when. Times are in microseconds since the kernel started. */
#ifndef BOOTCHART_BOOT_H
#define BOOTCHART_BOOT_H

#include <stdbool.h>
#include <stddef.h>

enum bootkind {
	BOOT_INITCALL,
	BOOT_PROBE,  /* a driver and a device */
	BOOT_SCRIPT, /* of init */
	BOOT_KINDS,
};

enum bootend {
	BOOT_RETURNED,
	BOOT_OPEN, /* the log ends before */
	BOOT_LOST, /* it returned, but that is not in the log */
	BOOT_ENDS,
};

struct bootevent {
	char *name;   /* of a function, device or file, as by bufvisible (visible.h); owned */
	char *object; /* the object file or module that the function is in; NULL: not known; owned
		       */
	enum bootkind kind;
	enum bootend end;
	long long begin;
	long long us;	  /* how long it took */
	long long thread; /* of an initcall; -1: not told */
	long long result; /* what it returned */
	size_t in;	  /* number of the event that it is a part of, from 1 on; 0: of none */
	size_t main; /* number of its own part that took nearly all of its time (bootrelate); 0:
			none */
};

struct bootphase {
	char *name; /* owned */
	long long begin;
};

/* Zero-initialise before use. */
struct boot {
	char *kernel;		 /* its release, as by bufvisible; NULL: not told; owned */
	struct bootevent *event; /* in the order of the log */
	size_t events, room;
	struct bootphase *phase; /* each ends where the next begins, the last at end */
	size_t phases;
	long long init;	 /* when init was started; -1: never */
	long long ready; /* when the system was up; -1: never */
	long long end;	 /* the last time in the log */
};

/* Append an event with a copy of that name, and return it; valid until the next call. */
struct bootevent *booteventadd(struct boot *b, enum bootkind kind, const char *name, size_t len);

/* A phase begins. If that is before the phase before it, or there is none, it begins as that one.
 */
void bootphaseadd(struct boot *b, const char *name, long long begin);

/* How long the phase took. */
long long bootphaseus(const struct boot *b, size_t phase);

/* Set main of all events, after the last was added: such as the probe of a driver's only device. */
void bootrelate(struct boot *b);

/* Whether an event is the main part of another. */
bool bootismain(const struct boot *b, const struct bootevent *e);

/*
 * Whether it has failed. An initcall or probe that found no device (ENODEV, ENXIO), or waits for
 * another driver (EPROBE_DEFER), has not.
 */
bool bootfailed(const struct bootevent *e);

/* Return what the event is, for people: "initcall foo_init (foo.o)", with how it ended. Caller
 * frees. */
char *boottitle(const struct boot *b, const struct bootevent *e);

/* Return the name of a kind: "initcall", "probe", "script". */
const char *bootkindname(enum bootkind kind);

/*
 * Return the numbers of events, counted from 0, the slowest first, without those that bootismain;
 * *len is how many. Caller frees.
 */
size_t *bootslowest(const struct boot *b, size_t *len);

void bootfree(struct boot *b);

#endif
