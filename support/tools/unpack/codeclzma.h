/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The three formats of LZMA data, for the table of codec.c; the functions are as codec.h has them.
 */
#ifndef UNPACK_CODECLZMA_H
#define UNPACK_CODECLZMA_H

#include "codec.h"

int xzis(const unsigned char *head, size_t len);
void *xzopen(const unsigned char *head);
enum step xzstep(void *state, struct piece *p); /* lzma's, too */
void xzclose(void *state);			/* lzma's, too */

int lzmais(const unsigned char *head, size_t len);
void *lzmaopen(const unsigned char *head);

#define LZIP_HEAD 6

int lzipis(const unsigned char *head, size_t len);
void *lzipopen(const unsigned char *head);
enum step lzipstep(void *state, struct piece *p);
void lzipclose(void *state);

#endif
