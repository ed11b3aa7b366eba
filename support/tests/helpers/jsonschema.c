// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * jsonschema SCHEMA FILE: check that the JSON in FILE matches the schema. It implements the parts
 * of draft 07 that the schemas in support/cyclonedx use; an unknown keyword is an error, not
 * ignored. Files of "$ref" are in the directory of SCHEMA. Formats are not checked, except
 * date-time.
 */
#include <cjson/cJSON.h>
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A schema file. */
struct file {
	char name[128];
	cJSON *json;
	struct file *next;
};

static struct file *files;
static const char *dir;
static char why[512]; /* reason of the last mismatch */

static _Noreturn void die(const char *what, const char *name)
{
	fprintf(stderr, "jsonschema: %s: %s\n", name, what);
	exit(2);
}

static cJSON *readjson(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = calloc(1, 1 << 22);
	cJSON *json;

	if (!f)
		die("cannot read", path);
	if (fread(text, 1, (1 << 22) - 1, f) == 0)
		die("empty", path);
	fclose(f);
	json = cJSON_ParseWithOpts(text, NULL, 1);
	if (!json)
		die("not JSON", path);
	free(text);
	return json;
}

static struct file *fileget(const char *name, size_t len)
{
	struct file *f = files;
	char path[1024];

	while (f && (strlen(f->name) != len || strncmp(f->name, name, len) != 0))
		f = f->next;
	if (f)
		return f;
	f = calloc(1, sizeof(*f));
	snprintf(f->name, sizeof(f->name), "%.*s", (int)len, name);
	snprintf(path, sizeof(path), "%s/%s", dir, f->name);
	f->json = readjson(path);
	f->next = files;
	files = f;
	return f;
}

/* Record a mismatch and its reason. Returns 0. */
__attribute__((format(printf, 2, 3))) static int no(const char *at, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	snprintf(why, sizeof(why), "%s: %s", *at ? at : "/", text);
	return 0;
}

static int fits(struct file *f, const cJSON *schema, const cJSON *v, const char *at);

/* $ref: FILE, #/A/B or FILE#/A/B */
static int fitsref(struct file *f, const char *ref, const cJSON *v, const char *at)
{
	size_t len = strcspn(ref, "#");
	const cJSON *s;

	if (len)
		f = fileget(ref, len);
	s = f->json;
	for (ref += len; *ref == '#' || *ref == '/';) {
		char key[128];

		ref++;
		len = strcspn(ref, "/");
		snprintf(key, sizeof(key), "%.*s", (int)len, ref);
		s = len ? cJSON_GetObjectItemCaseSensitive(s, key) : s;
		ref += len;
	}
	if (!s)
		die("a $ref leads nowhere", f->name);
	return fits(f, s, v, at);
}

static int istype(const char *type, const cJSON *v)
{
	if (strcmp(type, "integer") == 0)
		return cJSON_IsNumber(v) && v->valuedouble == (double)(long long)v->valuedouble;
	return strcmp(type, cJSON_IsObject(v)	? "object"
			    : cJSON_IsArray(v)	? "array"
			    : cJSON_IsString(v) ? "string"
			    : cJSON_IsNumber(v) ? "number"
			    : cJSON_IsBool(v)	? "boolean"
						: "null") == 0;
}

static int fitsstring(const char *key, const cJSON *rule, const char *text, const char *at)
{
	size_t len = 0;
	regex_t re;
	int ok;

	for (const char *s = text; *s; s++)
		len += (*s & 0xc0) != 0x80;
	if (strcmp(key, "minLength") == 0)
		return len >= (size_t)rule->valueint || no(at, "too short");
	if (strcmp(key, "maxLength") == 0)
		return len <= (size_t)rule->valueint || no(at, "too long");
	if (strcmp(key, "format") == 0 && strcmp(rule->valuestring, "date-time") != 0)
		return 1;
	if (regcomp(&re,
		    *key == 'p'
			    ? rule->valuestring
			    : "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]+)?(Z|[+-][0-9:]{5})$",
		    REG_EXTENDED | REG_NOSUB) != 0)
		die("a pattern that is not known here", rule->valuestring);
	ok = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return ok || no(at, "'%s' is not of the form '%s'", text, rule->valuestring);
}

/* properties, additionalProperties, required */
static int fitsobject(struct file *f, const cJSON *schema, const cJSON *v, const char *at)
{
	const cJSON *known = cJSON_GetObjectItemCaseSensitive(schema, "properties");
	const cJSON *more = cJSON_GetObjectItemCaseSensitive(schema, "additionalProperties");
	const cJSON *item;
	char below[1024];

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(schema, "required"))
	{
		if (!cJSON_GetObjectItemCaseSensitive(v, item->valuestring))
			return no(at, "'%s' is missing", item->valuestring);
	}
	cJSON_ArrayForEach(item, v)
	{
		const cJSON *s = cJSON_GetObjectItemCaseSensitive(known, item->string);

		snprintf(below, sizeof(below), "%s/%s", at, item->string);
		if (!s && cJSON_IsFalse(more))
			return no(at, "'%s' has no place here", item->string);
		if (!s)
			s = more;
		if (s && !fits(f, s, item, below))
			return 0;
	}
	return 1;
}

/*
 * The schema of item n: items is one schema for all, or one for each item; additionalItems is for
 * the rest.
 */
static const cJSON *itemschema(const cJSON *schema, int n)
{
	const cJSON *items = cJSON_GetObjectItemCaseSensitive(schema, "items");

	if (!cJSON_IsArray(items))
		return items;
	if (n < cJSON_GetArraySize(items))
		return cJSON_GetArrayItem(items, n);
	return cJSON_GetObjectItemCaseSensitive(schema, "additionalItems");
}

static int fitsarray(struct file *f, const cJSON *schema, const cJSON *rule, const cJSON *v,
		     const char *at)
{
	const char *key = rule->string;

	int n = 0;

	if (strcmp(key, "minItems") == 0)
		return cJSON_GetArraySize(v) >= rule->valueint || no(at, "too few items");
	if (strcmp(key, "maxItems") == 0)
		return cJSON_GetArraySize(v) <= rule->valueint || no(at, "too many items");
	for (const cJSON *item = v->child; item; item = item->next, n++) {
		char below[1024];

		snprintf(below, sizeof(below), "%s/%d", at, n);
		if (*key == 'i' && !fits(f, itemschema(schema, n), item, below))
			return 0;
		for (const cJSON *o = item->next; *key == 'u' && o; o = o->next) {
			if (cJSON_Compare(item, o, 1))
				return no(below, "there twice");
		}
	}
	return 1;
}

/* oneOf, anyOf, allOf */
static int fitssome(struct file *f, const char *key, const cJSON *rule, const cJSON *v,
		    const char *at)
{
	int n = 0, all = cJSON_GetArraySize(rule);

	for (const cJSON *s = rule->child; s; s = s->next)
		n += fits(f, s, v, at);
	if (strcmp(key, "oneOf") == 0)
		return n == 1 || (n > 1 ? no(at, "fits %d of oneOf", n) : 0);
	return strcmp(key, "anyOf") == 0 ? n > 0 : n == all;
}

static int listed(const cJSON *rule, const cJSON *v, const char *at)
{
	for (const cJSON *item = rule->child; item; item = item->next) {
		if (cJSON_Compare(item, v, 1))
			return 1;
	}
	return no(at, "'%s' is none of those allowed", cJSON_IsString(v) ? v->valuestring : "");
}

static int among(const char *words, const char *key)
{
	char padded[64];

	snprintf(padded, sizeof(padded), " %s ", key);
	return strstr(words, padded) != NULL;
}

static int fitskey(struct file *f, const cJSON *schema, const cJSON *rule, const cJSON *v,
		   const char *at)
{
	const char *key = rule->string;

	if (among(" $schema $id $comment title description examples default meta:enum deprecated "
		  "definitions then properties additionalProperties required additionalItems ",
		  key))
		return 1; /* no meaning, or handled elsewhere */
	if (strcmp(key, "$ref") == 0)
		return fitsref(f, rule->valuestring, v, at);
	if (strcmp(key, "type") == 0 && cJSON_IsArray(rule)) {
		for (const cJSON *t = rule->child; t; t = t->next) {
			if (istype(t->valuestring, v))
				return 1;
		}
		return no(at, "of another type");
	}
	if (strcmp(key, "type") == 0)
		return istype(rule->valuestring, v) || no(at, "no %s", rule->valuestring);
	if (strcmp(key, "enum") == 0)
		return listed(rule, v, at);
	if (strcmp(key, "const") == 0)
		return cJSON_Compare(rule, v, 1) || no(at, "another value");
	if (among(" oneOf anyOf allOf ", key))
		return fitssome(f, key, rule, v, at);
	if (strcmp(key, "if") == 0)
		return !fits(f, rule, v, at) ||
		       fits(f, cJSON_GetObjectItemCaseSensitive(schema, "then"), v, at);
	if (among(" pattern minLength maxLength format ", key))
		return !cJSON_IsString(v) || fitsstring(key, rule, v->valuestring, at);
	if (strcmp(key, "minimum") == 0 || strcmp(key, "maximum") == 0)
		return !cJSON_IsNumber(v) ||
		       (key[1] == 'i' ? v->valuedouble >= rule->valuedouble
				      : v->valuedouble <= rule->valuedouble) ||
		       no(at, "out of range");
	if (among(" items minItems maxItems ", key))
		return !cJSON_IsArray(v) || fitsarray(f, schema, rule, v, at);
	if (strcmp(key, "uniqueItems") == 0)
		return !cJSON_IsArray(v) || cJSON_IsFalse(rule) ||
		       fitsarray(f, schema, rule, v, at);
	die("a keyword that is not known here", key);
}

static int fits(struct file *f, const cJSON *schema, const cJSON *v, const char *at)
{
	const cJSON *ref = cJSON_GetObjectItemCaseSensitive(schema, "$ref");

	if (!schema)
		return 1;
	if (cJSON_IsBool(schema))
		return cJSON_IsTrue(schema) || no(at, "nothing may be here");
	if (ref) /* in this draft, keywords next to a $ref are ignored */
		return fitsref(f, ref->valuestring, v, at);
	for (const cJSON *rule = schema->child; rule; rule = rule->next) {
		if (!fitskey(f, schema, rule, v, at))
			return 0;
	}
	return !cJSON_IsObject(v) || fitsobject(f, schema, v, at);
}

int main(int argc, char **argv)
{
	char *slash;
	struct file *f;
	cJSON *v;

	if (argc != 3 || !(slash = strrchr(argv[1], '/'))) {
		fputs("usage: jsonschema DIR/SCHEMA FILE\n", stderr);
		return 2;
	}
	*slash = '\0';
	dir = argv[1];
	f = fileget(slash + 1, strlen(slash + 1));
	v = readjson(argv[2]);
	if (fits(f, f->json, v, "")) {
		puts("valid");
		return 0;
	}
	printf("%s\n", why);
	return 1;
}
