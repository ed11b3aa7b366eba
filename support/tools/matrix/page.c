// SPDX-License-Identifier: GPL-2.0-or-later
#include "page.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/visible.h"
#include "fs/file.h"
#include "notice.h"
#include "rowtable.h"
#include "xml/markup.h"

#define LOG_LINES 40 /* of a failed row's log */

static const char style[] =
	"body{font:15px/1.4 system-ui,sans-serif;margin:2em;color:#222;background:#fff}"
	"table{border-collapse:collapse}th,td{padding:.3em .8em;text-align:left;"
	"border-bottom:1px solid #ddd;vertical-align:top}td.n{text-align:right;"
	"font-variant-numeric:tabular-nums}.ok{color:#176b2c}.bad{color:#a51313;font-weight:600}"
	"pre{background:#f5f5f5;padding:.6em;overflow:auto;max-width:100%}code{font-size:12px}"
	"summary{cursor:pointer;color:#555}"
	"@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}"
	"th,td{border-color:#444}pre{background:#242424}.ok{color:#6fcf87}.bad{color:#ff7b7b}"
	"a{color:#8ab4f8}summary{color:#aaa}}";

/* Append text that is no markup, without control characters. */
static void text(struct buf *out, const char *s)
{
	struct buf shown = { 0 };

	bufvisible(&shown, s, strlen(s));
	markupescape(out, bufstr(&shown), shown.len);
	buffree(&shown);
}

/* Append the path of a file as a link has it: relative to dir, with odd bytes as %XX. */
static void link(struct buf *out, const char *path, const char *dir)
{
	static const char plain[] = "/-._~+,=@ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789";
	size_t len = strlen(dir);

	if (len && strncmp(path, dir, len) == 0 && path[len] == '/')
		path += len + 1;
	for (; *path; path++) {
		if (strchr(plain, *path))
			bufputc(out, *path);
		else
			bufprintf(out, "%%%02X", (unsigned char)*path);
	}
}

static void cell(struct buf *out, const char *class, const char *s)
{
	bufprintf(out, "<td%s>", class);
	text(out, s);
	bufputs(out, "</td>");
}

/* The digests of its files, and the end of the log of its failure. */
static void details(struct buf *out, const struct row *r)
{
	const cJSON *digests = cJSON_GetObjectItem(r->record, "digests"), *d;
	struct buf log = { 0 };

	if (cJSON_GetArraySize(digests) > 0) {
		bufputs(out, "<details><summary>digests</summary>");
		cJSON_ArrayForEach(d, digests)
		{
			const char *digest = cJSON_GetStringValue(d);

			bufputs(out, "<code>");
			text(out, digest ? digest : "");
			bufputs(out, "</code> ");
			text(out, d->string);
			bufputs(out, "<br>");
		}
		bufputs(out, "</details>");
	}
	if (rowok(r))
		return;
	noticelog(&log, r, LOG_LINES);
	if (log.len) {
		bufputs(out, "<details><summary>end of the log</summary><pre>");
		text(out, bufstr(&log));
		bufputs(out, "</pre></details>");
	}
	buffree(&log);
}

static void result(struct buf *out, const struct row *r, const char *dir)
{
	char *log = rowlog(r);

	bufprintf(out, "<td class=\"%s\">", rowok(r) ? "ok" : "bad");
	text(out, rowresult(r));
	if (log) {
		bufputs(out, " <a href=\"");
		link(out, log, dir);
		bufputs(out, "\">log</a>");
	}
	bufputs(out, "</td><td>");
	details(out, r);
	bufputs(out, "</td>");
	free(log);
}

static void row(struct buf *out, const struct rows *all, const struct row *r, const char *dir)
{
	bufputs(out, "<tr>");
	for (int i = 0; i < ROW_FIELDS; i++)
		if (tablehasfield(all, (enum rowfield)i))
			cell(out, "", r->field[i]);
	cell(out, " class=\"n\"", cellsize(r, "kernel"));
	cell(out, " class=\"n\"", cellsize(r, "initramfs"));
	cell(out, " class=\"n\"", cellbuilt(r));
	cell(out, " class=\"n\"", cellboot(r));
	cell(out, "", rowtext(r, "host"));
	result(out, r, dir);
	bufputs(out, "</tr>\n");
}

static void head(struct buf *out, const struct rows *all)
{
	static const char *const names[] = { "Board", "Kernel", "Configuration", "Test" };
	static const char *const more[] = {
		"Kernel (KiB)", "Initramfs (KiB)", "Build (s)", "Boot (ms)", "Host", "Result", ""
	};

	bufputs(out, "<table>\n<tr>");
	for (int i = 0; i < ROW_FIELDS; i++)
		if (tablehasfield(all, (enum rowfield)i))
			bufprintf(out, "<th>%s</th>", names[i]);
	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
		bufprintf(out, "<th>%s</th>", more[i]);
	bufputs(out, "</tr>\n");
}

int pagewrite(const struct rows *all, const char *path)
{
	struct tally t = tallyof(all);
	char *dir = pathparent(path), now[32];
	struct buf out = { 0 };
	time_t at = time(NULL);
	int ret;

	strftime(now, sizeof(now), "%Y-%m-%d %H:%M UTC", gmtime(&at));
	bufprintf(&out,
		  "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
		  "<title>Matrix: %u failed</title><style>%s</style></head><body>\n"
		  "<h1>Matrix</h1>\n<p>%s: %zu rows, %u failed.</p>\n",
		  t.failed, style, now, all->len, t.failed);
	head(&out, all);
	for (size_t i = 0; i < all->len; i++)
		row(&out, all, all->item[i], dir);
	bufputs(&out, "</table>\n</body></html>\n");
	ret = filewrite(path, bufstr(&out), out.len, 0666);
	buffree(&out);
	free(dir);
	return ret;
}
