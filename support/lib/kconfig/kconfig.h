/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Kconfig files of a source tree. The parser is lenient: it reads what is needed to explain a
 * symbol's value, and ignores what it does not understand.
 */
#ifndef KCONFIG_KCONFIG_H
#define KCONFIG_KCONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/namemap.h"
#include "kconfig/kline.h"

enum ktype { KTYPE_UNKNOWN, KTYPE_BOOL, KTYPE_TRISTATE, KTYPE_STRING, KTYPE_INT, KTYPE_HEX };

enum kattrkind {
	KATTR_DEPENDS, /* an expression, also the one of an if block */
	KATTR_VISIBLE, /* the expression of a menu's "visible if" */
	KATTR_PROMPT,  /* "text" if expression */
	KATTR_DEFAULT, /* value if expression */
	KATTR_SELECT,  /* name if expression */
	KATTR_RANGE,   /* low high if expression */
};

struct kattr {
	enum kattrkind kind;
	const char *text; /* its argument; points into the text of a file */
	unsigned line;	  /* its line in the file of its entry */
};

enum kentrykind { KENTRY_CONFIG, KENTRY_CHOICE, KENTRY_MENU, KENTRY_IF, KENTRY_COMMENT };

/* One definition of a symbol, or a block that contains definitions. */
struct kentry {
	enum kentrykind kind;
	const char *name; /* of a KENTRY_CONFIG: the symbol without CONFIG_ */
	enum ktype type;
	const char *file; /* its file, relative to the tree */
	unsigned line;
	const char *help;      /* lines of text; NULL: none, or not kept (keephelp) */
	struct kentry *parent; /* the enclosing block, or NULL */
	struct kentry *same;   /* the next definition of the same symbol, or NULL */
	struct kentry *last;   /* in a symbol's first definition: its last one */
	struct kattr *attr;    /* array of nattr, owned */
	size_t nattr, capattr;
};

/* A statement as written, for checkers of style. */
struct kstatement {
	const char *text;  /* its logical line without the comment and surrounding blanks */
	unsigned line;	   /* line of its start */
	unsigned column;   /* column of its start, from 0 */
	struct khelp help; /* of a help statement: the position of its text */
};

/* Zero-initialise before use, then set keephelp, each with arg, and generated as needed. */
struct kconfig {
	struct kentry **entry; /* all entries, in reading order; owned */
	size_t len, cap;
	struct table symbol;  /* name -> struct kentry, the first definition */
	struct strlist vars;  /* NAME=value for $(NAME) and $NAME */
	struct strlist names; /* the files read, relative to the tree */
	struct strlist lost;  /* sourced files that cannot be read */
	bool keephelp;	      /* keep help texts */
	/* called for each statement, in order; may be NULL */
	void (*each)(void *arg, const struct kstatement *s);
	void *arg;
	const char *generated; /* directory of generated files that are missing in the tree; NULL:
				  none; not owned */
	char **text; /* array of ntext file contents, owned; the entries point into them */
	size_t ntext, captext;
};

/*
 * Read the tree's Kconfig (or Config.in) and all files that it sources. arch is the value of
 * $(ARCH), or NULL. A file that is missing in the tree is looked up in k->generated, which must be
 * set before. Returns 0, or -1 with *why set (caller frees), which names the tree: the first file
 * cannot be read, files source each other in a cycle, or a limit is exceeded (kread.h).
 */
int kconfigread(struct kconfig *k, const char *tree, const char *arch, char **why);

/*
 * Read only text, called file in messages; sourced files are not read. Returns 0, or -1 with *why
 * as above.
 */
int kconfigtext(struct kconfig *k, const char *file, const char *text, char **why);

void kconfigfree(struct kconfig *k);

/* Return the first definition of a symbol, or NULL if it has none. ->same gives the next ones. */
const struct kentry *ksymbol(const struct kconfig *k, const char *name);

/* Return the value of the variable with this name of len bytes; NULL if it is unknown. */
const char *kvariable(const struct kconfig *k, const char *name, size_t len);

/* Return the type from whichever of the definitions has one. */
enum ktype ksymboltype(const struct kentry *first);

/* Return whether e itself has a prompt. */
bool khasprompt(const struct kentry *e);

/*
 * For the reader (kread.c): add an entry, name it as a definition of a symbol (the name must live
 * as long as k), add an attribute, and keep a text that is freed with k (returns text).
 */
struct kentry *kentryadd(struct kconfig *k, enum kentrykind kind);
void kentryname(struct kconfig *k, struct kentry *e, const char *name);
void kattradd(struct kentry *e, enum kattrkind kind, const char *text, unsigned line);
char *ktextkeep(struct kconfig *k, char *text);

#endif
