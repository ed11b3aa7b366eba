// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/libcurl.h"

#include <dlfcn.h>
#include <stddef.h>

const struct libcurl *libcurl(void)
{
	static struct libcurl lib;
	const struct {
		const char *name;
		void *to;
	} functions[] = {
		{ "curl_easy_init", &lib.init },	 { "curl_easy_setopt", &lib.setopt },
		{ "curl_easy_perform", &lib.perform },	 { "curl_easy_getinfo", &lib.getinfo },
		{ "curl_easy_strerror", &lib.strerror }, { "curl_easy_cleanup", &lib.cleanup }
	};
	void *handle;

	if (lib.init)
		return &lib;
	handle = dlopen("libcurl.so.4", RTLD_NOW);
	for (size_t i = 0; handle && i < sizeof(functions) / sizeof(*functions); i++)
		*(void **)functions[i].to = dlsym(handle, functions[i].name);
	return lib.init ? &lib : NULL;
}
