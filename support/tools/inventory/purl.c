// SPDX-License-Identifier: GPL-2.0-or-later
#include "purl.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"

#define GITHUB "https://github.com/"

/* Append len bytes of s, percent-encoded for a component of a package URL. */
static void encode(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (isalnum(c) || strchr(".-_~:", c))
			bufputc(out, (char)c);
		else
			bufprintf(out, "%%%02X", c);
	}
}

static void version(struct buf *out, const char *s, size_t len)
{
	if (len) {
		bufputc(out, '@');
		encode(out, s, len);
	}
}

/* Return len minus the length of suffix, if s ends in it. */
static size_t cutoff(const char *s, size_t len, const char *suffix)
{
	size_t n = strlen(suffix);

	return len > n && strncmp(s + len - n, suffix, n) == 0 ? len - n : len;
}

/*
 * Find the tag of a release in the path after OWNER/REPO/. Returns its length; 0 if there is none.
 */
static size_t findtag(const char **path)
{
	static const char *const archives[] = { "archive/refs/tags/", "archive/" };
	static const char download[] = "releases/download/";
	size_t len;

	if (startswith(*path, download)) {
		*path += strlen(download);
		len = strcspn(*path, "/");
		return (*path)[len] == '/' ? len : 0;
	}
	for (size_t i = 0; i < sizeof(archives) / sizeof(*archives); i++) {
		if (!startswith(*path, archives[i]))
			continue;
		*path += strlen(archives[i]);
		len = strlen(*path);
		return strchr(*path, '/') ? 0
					  : cutoff(*path, cutoff(*path, len, ".tar.gz"), ".zip");
	}
	return 0;
}

/* Append "pkg:github/OWNER/REPO" and the tag or commit, if url is of such a repository. */
static bool github(struct buf *out, const char *url, const char *commit)
{
	const char *name, *tag;
	size_t owner, repo, taglen;
	struct buf lower = { 0 };

	if (!url || !startswith(url, GITHUB))
		return false;
	url += strlen(GITHUB);
	owner = strcspn(url, "/");
	if (!owner || !url[owner])
		return false;
	name = url + owner + 1;
	repo = strcspn(name, "/");
	tag = name + repo + (name[repo] == '/');
	taglen = commit ? strlen(commit) : findtag(&tag);
	if (!repo || !taglen)
		return false;
	if (commit) {
		tag = commit;
		repo = cutoff(name, repo, ".git");
	}
	for (const char *s = url; s < name + repo; s++)
		bufputc(&lower, (char)tolower((unsigned char)*s));
	bufputs(out, "pkg:github/");
	encode(out, bufstr(&lower), owner);
	bufputc(out, '/');
	encode(out, bufstr(&lower) + owner + 1, repo);
	version(out, tag, taglen);
	buffree(&lower);
	return true;
}

/* Append the qualifiers on the origin, in the order of their names. */
static void qualifiers(struct buf *out, const struct package *src, int where)
{
	const char *sep = "?";
	char *vcs;

	if (src->sitedigest) {
		bufprintf(out, "%schecksum=sha256:%s", sep, src->sitedigest);
		sep = "&";
	}
	if (where && src->url.len) {
		bufprintf(out, "%sdownload_url=", sep);
		encode(out, src->url.item[0], strlen(src->url.item[0]));
	} else if (where && src->giturl) {
		vcs = xasprintf("git+%s@%s", src->giturl, src->gitcommit ? src->gitcommit : "");
		bufprintf(out, "%svcs_url=", sep);
		encode(out, vcs, strlen(vcs));
		free(vcs);
	}
}

char *purltext(const struct package *p, const struct package *src)
{
	const char *url = src->giturl ? src->giturl : src->url.len ? src->url.item[0] : NULL;
	const char *ver = p->version ? p->version : "";
	struct buf out = { 0 };

	if (p->purl) {
		bufputs(&out, p->purl);
		version(&out, ver, strlen(ver));
	} else if (github(&out, url, src->giturl ? src->gitcommit : NULL)) {
		qualifiers(&out, src, 0);
	} else {
		bufputs(&out, "pkg:generic/");
		encode(&out, p->name, strlen(p->name));
		version(&out, ver, strlen(ver));
		qualifiers(&out, src, 1);
	}
	return bufsteal(&out);
}

char *cpetext(const struct package *p)
{
	bool kernel = p->mode && strcmp(p->mode, "kernel") == 0;
	struct buf out = { 0 };

	if (!p->cpe || !p->version || !isdigit((unsigned char)*p->version))
		return NULL;
	bufprintf(&out, "cpe:2.3:%c:%s:", kernel ? 'o' : 'a', p->cpe);
	for (const char *s = p->version; *s; s++) {
		if (!isalnum((unsigned char)*s) && !strchr(".-_", *s))
			bufputc(&out, '\\');
		bufputc(&out, *s);
	}
	bufputs(&out, ":*:*:*:*:*:*:*");
	return bufsteal(&out);
}
