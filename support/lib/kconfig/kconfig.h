/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the Kconfig files of a source tree say: read leniently, as far as is needed to tell
 * why a symbol has the value it has. What is not understood is passed over.
 */
#ifndef KCONFIG_KCONFIG_H
#define KCONFIG_KCONFIG_H

#include <stddef.h>

#include "base/buf.h"
#include "base/namemap.h"
#include "kconfig/kline.h"

enum ktype { KTYPE_UNKNOWN, KTYPE_BOOL, KTYPE_TRISTATE, KTYPE_STRING, KTYPE_INT, KTYPE_HEX };

enum kattrkind {
	KATTR_DEPENDS, /* an expression, also that of an if block */
	KATTR_VISIBLE, /* the expression of a menu's "visible if" */
	KATTR_PROMPT,  /* "text" if expression */
	KATTR_DEFAULT, /* value if expression */
	KATTR_SELECT,  /* name if expression */
	KATTR_RANGE,   /* low high if expression */
};

struct kattr {
	enum kattrkind kind;
	const char *text; /* its argument, into the text of a file */
	unsigned line;	  /* where it is, in the file of its entry */
};

enum kentrykind { KENTRY_CONFIG, KENTRY_CHOICE, KENTRY_MENU, KENTRY_IF, KENTRY_COMMENT };

/* One definition of a symbol, or a block that holds some. */
struct kentry {
	enum kentrykind kind;
	const char *name; /* of a KENTRY_CONFIG: the symbol, without CONFIG_ */
	enum ktype type;
	const char *file; /* where it is, relative to the tree */
	unsigned line;
	const char *help;      /* lines of text; NULL: none, or not kept (keephelp) */
	struct kentry *parent; /* the block it is in, or NULL */
	struct kentry *same;   /* the next definition of the same symbol, or NULL */
	struct kentry *last;   /* of a symbol's first definition: its last one */
	struct kattr *attr;    /* nattr of them, owned */
	size_t nattr, capattr;
};

/* A statement as it is written, for those who judge that. */
struct kstatement {
	const char *text;  /* its logical line without comment and blanks around it */
	unsigned line;	   /* where it begins */
	unsigned column;   /* where it begins on that line, from 0 */
	struct khelp help; /* of a help statement: where its text is */
};

/* Zero-initialise before use, then set what is wanted: keephelp, each with arg, generated. */
struct kconfig {
	struct kentry **entry; /* all, in the order they are read; owned */
	size_t len, cap;
	struct table symbol;  /* name -> struct kentry, the first definition */
	struct strlist vars;  /* NAME=value of what $(NAME) and $NAME stand for */
	struct strlist names; /* the files read, relative to the tree */
	struct strlist lost;  /* files that are sourced but cannot be read */
	int keephelp;	      /* nonzero: keep help texts */
	void (*each)(void *arg, const struct kstatement *s); /* called for each statement, in
								order; NULL: not called */
	void *arg;
	const char
		*generated; /* a directory for files that the tree has not; NULL: none; not owned */
	char **text;	    /* ntext texts of files, owned; the entries point into them */
	size_t ntext, captext;
};

/*
 * Read the tree's Kconfig (or Config.in) and all it sources; arch is what $(ARCH) is, or NULL. A
 * file that the tree has not is looked for in k->generated, which is to be set before. Returns 0;
 * -1 with *why, which the caller frees and which names the tree, if the first file cannot be
 * read, files source each other in a circle, or there is more of something than any real tree has
 * (kread.h).
 */
int kconfigread(struct kconfig *k, const char *tree, const char *arch, char **why);

/*
 * Read text alone, called file; what it sources is not read. Returns 0, or -1 with *why as above.
 */
int kconfigtext(struct kconfig *k, const char *file, const char *text, char **why);

void kconfigfree(struct kconfig *k);

/* The first definition of a symbol, NULL if it has none; the others follow by ->same. */
const struct kentry *ksymbol(const struct kconfig *k, const char *name);

/* What the variable stands for whose name is the len bytes at name; NULL: it is not known. */
const char *kvariable(const struct kconfig *k, const char *name, size_t len);

/* The type that any of the definitions gives. */
enum ktype ksymboltype(const struct kentry *first);

/* Nonzero if e has a prompt of its own. */
int khasprompt(const struct kentry *e);

/*
 * For the reader (kread.c): a new entry, the first or a further definition of a symbol (the name
 * must live as long as k), an attribute, and a text to free with k, which is returned.
 */
struct kentry *kentryadd(struct kconfig *k, enum kentrykind kind);
void kentryname(struct kconfig *k, struct kentry *e, const char *name);
void kattradd(struct kentry *e, enum kattrkind kind, const char *text, unsigned line);
char *ktextkeep(struct kconfig *k, char *text);

#endif
