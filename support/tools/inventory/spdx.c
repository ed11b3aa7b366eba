// SPDX-License-Identifier: GPL-2.0-or-later
#include "spdx.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/affix.h"
#include "fs/file.h"

/* The parser of an expression. */
struct reader {
	const struct strlist *ids;
	const char *at;
};

int spdxread(struct strlist *ids, const char *schema, char **why)
{
	struct buf text = { 0 };
	cJSON *json = NULL;
	const cJSON *id;

	if (fileread(schema, &text) < 0)
		*why = xasprintf("cannot read %s: %s", schema, strerror(errno));
	else
		json = cJSON_ParseWithLength(bufstr(&text), text.len);
	cJSON_ArrayForEach(id, cJSON_GetObjectItem(json, "enum"))
	{
		if (cJSON_IsString(id))
			listadd(ids, id->valuestring);
	}
	if (!*why && !ids->len)
		*why = xasprintf("%s: there is no \"enum\" of licences in it", schema);
	listsort(ids);
	cJSON_Delete(json);
	buffree(&text);
	return *why ? -1 : 0;
}

static int compare(const void *key, const void *item)
{
	return strcmp(key, *(char *const *)item);
}

static bool listed(const struct strlist *ids, const char *id)
{
	return ids->len && bsearch(id, ids->item, ids->len, sizeof(*ids->item), compare);
}

/* The length of the next word; a parenthesis is a word. */
static size_t wordlen(struct reader *r)
{
	r->at += strspn(r->at, " ");
	return *r->at == '(' || *r->at == ')' ? 1 : strcspn(r->at, " ()");
}

/* Skip the next word if it is that one. */
static bool accept(struct reader *r, const char *word)
{
	size_t len = wordlen(r);

	if (len != strlen(word) || strncmp(r->at, word, len) != 0)
		return false;
	r->at += len;
	return true;
}

/* Skip a name in SPDX's list; if plus, also one followed by +, or a LicenseRef-. */
static bool acceptname(struct reader *r, bool plus)
{
	size_t len = wordlen(r);
	char *word = xstrndup(r->at, len);
	bool good = listed(r->ids, word);

	if (!good && plus && startswith(word, "LicenseRef-"))
		good = word[11] != '\0';
	if (!good && plus && len && word[len - 1] == '+') {
		word[len - 1] = '\0';
		good = listed(r->ids, word);
	}
	if (good)
		r->at += len;
	free(word);
	return good;
}

static bool expression(struct reader *r);

static bool term(struct reader *r)
{
	if (accept(r, "("))
		return expression(r) && accept(r, ")");
	return acceptname(r, true) && (!accept(r, "WITH") || acceptname(r, false));
}

static bool expression(struct reader *r)
{
	if (!term(r))
		return false;
	while (accept(r, "AND") || accept(r, "OR")) {
		if (!term(r))
			return false;
	}
	return true;
}

enum spdx spdxkind(const struct strlist *ids, const char *text)
{
	struct reader r = { ids, text };

	if (listed(ids, text))
		return SPDX_ID;
	return expression(&r) && !*r.at ? SPDX_EXPRESSION : SPDX_NAME;
}
