/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of a matrix: what each is of, and how it ended. */
#ifndef MATRIX_ROW_H
#define MATRIX_ROW_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROW_OK "ok" /* the result of a row that succeeded */

enum rowstate {
	ROW_WAITING,
	ROW_RUNNING,
	ROW_DONE,
	ROW_DROPPED, /* not wanted any more */
};

/* What a row is of. A field that the table does not have is "". */
enum rowfield {
	ROW_BOARD,
	ROW_KERNEL,
	ROW_CONFIG,
	ROW_TEST,
	ROW_FIELDS,
};

struct row {
	char *dir; /* where its record and logs are; owned */
	char *field[ROW_FIELDS];
	enum rowstate state;
	const char *host; /* where it runs or ran; NULL: here. Not owned */
	int64_t began;	  /* clockms */
	bool wanted;	  /* the table has it */
	cJSON *record;	  /* once it is done; docs/matrix.md has the fields */
};

struct rows {
	struct row **item; /* owned */
	size_t len;
};

/*
 * Read a table: a row a line, DIR BOARD KERNEL CONFIG TEST LACKING, with tabs between them. One
 * with a text in LACKING is done: that is why it cannot be tried. So is one whose DIR has a record.
 * If rows were read before, those with a DIR that is new are added, and of the others those that
 * wait are dropped if they are not in the table. Returns 0, or -1 with *why set.
 */
int rowsread(struct rows *all, const char *path, char **why);
void rowsfree(struct rows *all);

/*
 * The row ended: take its record, or write one that says why there is none. ms is how long it took,
 * or -1 if that is not known.
 */
void rowend(struct row *r, const char *why, int64_t ms);

/* A path in its directory. Caller frees. */
char *rowpath(const struct row *r, const char *name);

/* Its name, of the fields that it has, as in messages. Caller frees. */
char *rowname(const struct row *r);

/* Fields of its record. A text is "" and a number -1 if it has none. */
const char *rowresult(const struct row *r);
const char *rowtext(const struct row *r, const char *name);
double rownumber(const struct row *r, const char *name);
/* The size of a file in its record, "kernel" or "initramfs", in bytes, or -1. */
double rowsize(const struct row *r, const char *name);
bool rowok(const struct row *r);
/* The path of the log that tells of its failure; NULL if there is none. Caller frees. */
char *rowlog(const struct row *r);

#endif
