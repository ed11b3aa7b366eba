# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of the scripts that source it, and for them
# What is brought to another machine before it works for this one: this tree, external ones, kernels (hosts.sh).
#
# takes: what hosts.sh takes; refuse, there, HOST_SSH of it
# gives: host_bring, trees_check; map, repository_there, for host_brings

# What a hook or an alias has in the environment names another repository.
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars 2>/dev/null)

# map HOST LOCAL REMOTE
map() { printf '%s\t%s\n' "$2" "$3" >>"$HOSTS_DIR/$1/map"; }

# bring HOST FROM TO [OPTION]...: copy a directory.
bring() {
	bring_from=$2/ bring_to=$1:$3/
	shift 3
	rsync -rlpt --delete "$@" -e "$HOST_SSH" "$bring_from" "$bring_to" </dev/null
}

# bring_tree HOST THERE: this tree, without what was built in it; its host tools are built there. That ends with this script.
bring_tree() {
	host=$1 there=$2
	set -- --exclude=/.git
	for mark in "$top"/.whittle-output "$top"/*/.whittle-output "$top"/*/*/.whittle-output; do
		[ ! -f "$mark" ] || set -- "$@" --exclude="$(dirname "${mark#"$top"}")/"
	done
	bring "$host" "$top" "$there/tree" "$@" &&
		hold "$HOSTS_DIR/$host/alive" &&
		there "$host" "cd $there/tree && exec sh support/make/alive.sh make O=$there/o TOOLDIR=$there/tools tools" <&5 4<&-
}

# uncommitted TREE: what is not committed there, new files too, as a diff.
uncommitted() {
	index=$(mktemp) || return
	cp "$(git -C "$1" rev-parse --absolute-git-dir)/index" "$index" 2>/dev/null || rm -f "$index"
	got=0
	{ GIT_INDEX_FILE=$index git -C "$1" add -A && GIT_INDEX_FILE=$index git -C "$1" diff-index -p --cached --binary HEAD; } || got=$?
	rm -f "$index"
	return "$got"
}

# repository_there HOST DIR: a repository to push to, whatever is left there of a push or a checkout that was interrupted.
repository_there() {
	there "$1" "git init -q $2 && cd $2 && rm -f .git/index.lock .git/refs/whittle/*.lock &&
		git config receive.denyCurrentBranch ignore && git config receive.shallowUpdate true" </dev/null
}

# bring_commit HOST TREE TO: the commit of a git tree, its tags, and what is not committed.
bring_commit() {
	repository_there "$1" "$3" || return
	# shellcheck disable=SC2046 # names of tags
	GIT_SSH_COMMAND=$HOST_SSH git -C "$2" push -q --no-verify --force "$1:$3" HEAD:refs/whittle/head \
		$(git -C "$2" tag --points-at HEAD | sed 's,.*,refs/tags/&:refs/tags/&,') || return
	uncommitted "$2" >"$HOSTS_DIR/$1/diff" || return
	there "$1" "cd $3 && git checkout -q --force --detach refs/whittle/head && git clean -qffdx" </dev/null || return
	[ ! -s "$HOSTS_DIR/$1/diff" ] || there "$1" "cd $3 && git apply --whitespace=nowarn" <"$HOSTS_DIR/$1/diff"
}

# is_repository TREE: it has a commit that git can send; not one that a repository around it has.
is_repository() { [ -e "$1/.git" ] && git -C "$1" rev-parse -q --verify HEAD >/dev/null 2>&1; }

# trees_check: tell of trees with uncommitted changes, or refuse them.
trees_check() {
	for kernel in ${KERNELS-}; do
		real=$(kernel_tree "$kernel")
		{ [ -n "$real" ] && is_repository "$real" && [ -n "$(git -C "$real" status --porcelain)" ]; } || continue
		[ "${UNCOMMITTED:-send}" = send ] ||
			refuse "$kernel has uncommitted changes: commit them, or UNCOMMITTED=send sends them as a diff"
		say "$kernel has uncommitted changes, which are sent as a diff" >&2
	done
}

# bring_kernel HOST KERNEL THERE: a kernel that is a directory.
bring_kernel() {
	real=$(kernel_tree "$2")
	[ -n "$real" ] || return 0
	to=$3/kernels/$(tree_name "$real")
	if is_repository "$real"; then bring_commit "$1" "$real" "$to"; else bring "$1" "$real" "$to"; fi || return
	map "$1" "$real" "$to"
}

# host_bring HOST THERE. It is called where -e has no effect.
host_bring() {
	bring_tree "$@" || return
	n=0
	for dir in $(external_dirs); do
		n=$((n + 1))
		there "$1" "mkdir -p $2/external" </dev/null && bring "$1" "$(readlink -f "$dir")" "$2/external/$n" || return
		map "$1" "$dir" "$2/external/$n"
	done
	there "$1" "mkdir -p $2/kernels $2/rows" </dev/null || return
	"${host_brings:-bring_rows}" "$@"
}
# bring_rows HOST THERE: kernels, for the rows of a matrix.
bring_rows() {
	for kernel in $KERNELS; do bring_kernel "$1" "$kernel" "$2" || return; done
	map "$1" "$O/matrix" "$2/rows/$(tree_name "$O")"
}
