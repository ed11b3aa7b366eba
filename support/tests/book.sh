# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests that follow a book. Source it after tap.sh.

# book_commands BOOK [CHAPTER...]: its commands, less those of these chapters, taken out as it says.
book_commands() {
	sed -n "/^awk -v skip=/,/book.txt/p" "$1" | sed "1d; s/' book.txt.*//" >"$SCRATCH/extract.awk"
	book=$1
	shift
	awk -v skip="$*" -f "$SCRATCH/extract.awk" "$book"
}

# book_tree BOOK DIR: in DIR, what the book says that it needs of the Whittle tree, and nothing else.
book_tree() {
	mkdir -p "$SCRATCH/book.home"
	ln -sfn "$TOP" "$SCRATCH/book.home/whittle"
	sed -n '/^mkdir -p .*for-the-book$/,/^~~~/{/^~~~/!p;}' "$1" >"$SCRATCH/book.tree"
	HOME=$SCRATCH/book.home sh -e "$SCRATCH/book.tree"
	mv "$SCRATCH/book.home/for-the-book" "$2"
}
