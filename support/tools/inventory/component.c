// SPDX-License-Identifier: GPL-2.0-or-later
#include "component.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "fs/file.h"
#include "purl.h"
#include "spdx.h"

cJSON *hashesmake(const char *hex)
{
	cJSON *hashes = cJSON_CreateArray(), *hash = cJSON_CreateObject();

	cJSON_AddStringToObject(hash, "alg", "SHA-256");
	cJSON_AddStringToObject(hash, "content", hex);
	cJSON_AddItemToArray(hashes, hash);
	return hashes;
}

/* The type: a library is linked by other packages, an application is run. */
static const char *componenttype(const struct package *p)
{
	if (p->mode && strcmp(p->mode, "kernel") == 0)
		return "operating-system";
	return p->develops ? "library" : "application";
}

static void addlicense(cJSON *c, const char *text, const struct strlist *ids)
{
	enum spdx kind = spdxkind(ids, text);
	cJSON *choice = cJSON_CreateObject(), *license;

	if (kind == SPDX_EXPRESSION) {
		cJSON_AddStringToObject(choice, "expression", text);
	} else {
		license = cJSON_AddObjectToObject(choice, "license");
		cJSON_AddStringToObject(license, kind == SPDX_ID ? "id" : "name", text);
	}
	cJSON_AddItemToArray(cJSON_AddArrayToObject(c, "licenses"), choice);
}

static void addtext(cJSON *c, const char *name, char *text)
{
	if (text)
		cJSON_AddStringToObject(c, name, text);
	free(text);
}

/* Add an address of a part of the package. hex is its digest, or NULL. */
static void addreference(cJSON *c, const char *type, const char *url, const char *hex,
			 const char *comment)
{
	cJSON *refs = cJSON_GetObjectItem(c, "externalReferences");
	cJSON *ref = cJSON_CreateObject();

	if (!refs)
		refs = cJSON_AddArrayToObject(c, "externalReferences");
	cJSON_AddStringToObject(ref, "type", type);
	cJSON_AddStringToObject(ref, "url", url);
	if (comment)
		cJSON_AddStringToObject(ref, "comment", comment);
	if (hex)
		cJSON_AddItemToObject(ref, "hashes", hashesmake(hex));
	cJSON_AddItemToArray(refs, ref);
}

static void addreferences(cJSON *c, const struct package *p, const struct package *src)
{
	char *text;

	if (p->homepage)
		addreference(c, "website", p->homepage, NULL, NULL);
	for (size_t i = 0; i < src->url.len; i++)
		addreference(c, "distribution", src->url.item[i], src->sitedigest, NULL);
	if (src->pool && src->pooldigest) {
		text = xasprintf("pool/main/%s", src->pool);
		addreference(c, "distribution", text, src->pooldigest,
			     "the same release, below any Debian mirror");
		free(text);
	}
	if (src->giturl) {
		text = src->gitcommit ? xasprintf("commit %s", src->gitcommit) : NULL;
		addreference(c, "vcs", src->giturl, NULL, text);
		free(text);
	}
}

/* Return the JSON object of a patch: its text and name; NULL with *why. */
static cJSON *patchmake(const char *path, char **why)
{
	struct buf text = { 0 };
	cJSON *patch, *diff, *content;
	char *base64;

	if (fileread(path, &text) < 0) {
		*why = xasprintf("cannot read %s: %s", path, strerror(errno));
		return NULL;
	}
	base64 = xmalloc(4 * ((text.len + 2) / 3) + 1);
	EVP_EncodeBlock((unsigned char *)base64, (const unsigned char *)bufstr(&text),
			(int)text.len);
	patch = cJSON_CreateObject();
	cJSON_AddStringToObject(patch, "type", "unofficial");
	diff = cJSON_AddObjectToObject(patch, "diff");
	content = cJSON_AddObjectToObject(diff, "text");
	cJSON_AddStringToObject(content, "contentType", "text/x-diff");
	cJSON_AddStringToObject(content, "encoding", "base64");
	cJSON_AddStringToObject(content, "content", base64);
	cJSON_AddStringToObject(diff, "url", basenameof(path));
	free(base64);
	buffree(&text);
	return patch;
}

static int addpatches(cJSON *c, const struct package *src, char **why)
{
	cJSON *patches, *patch;

	if (!src->patch.len)
		return 0;
	patches = cJSON_AddArrayToObject(cJSON_AddObjectToObject(c, "pedigree"), "patches");
	for (size_t i = 0; i < src->patch.len; i++) {
		patch = patchmake(src->patch.item[i], why);
		if (!patch)
			return -1;
		cJSON_AddItemToArray(patches, patch);
	}
	return 0;
}

cJSON *componentmake(const struct inventory *v, const struct package *p, const struct strlist *ids,
		     char **why)
{
	const struct package *src = packagesource(v, p);
	cJSON *c = cJSON_CreateObject();

	cJSON_AddStringToObject(c, "type", componenttype(p));
	cJSON_AddStringToObject(c, "bom-ref", p->name);
	cJSON_AddStringToObject(c, "name", p->name);
	if (p->version)
		cJSON_AddStringToObject(c, "version", p->version);
	cJSON_AddStringToObject(c, "scope", p->used ? "required" : "excluded");
	if (src->sitedigest)
		cJSON_AddItemToObject(c, "hashes", hashesmake(src->sitedigest));
	if (p->license)
		addlicense(c, p->license, ids);
	addtext(c, "cpe", cpetext(p));
	addtext(c, "purl", purltext(p, src));
	if (addpatches(c, src, why) < 0) {
		cJSON_Delete(c);
		return NULL;
	}
	addreferences(c, p, src);
	return c;
}
