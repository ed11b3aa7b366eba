# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests with a real nginx on loopback. Source it after tap.sh.

# nginx_start LOCATIONS: an nginx of one process that serves $SCRATCH/www at $nginx_base, with these location blocks (@BASE@
# stands for its address, @ROOT@ for that directory); $nginx is its process, which ends with the test. Where
# there is no nginx, the test ends here, loudly.
nginx_start() {
	nginx_program=$(PATH=$PATH:/usr/sbin:/sbin command -v nginx) || {
		skip 'what needs a web server' 'no nginx here: scripts/bootstrap check installs it'
		done_testing
	}
	[ -x "$SCRATCH/httpd" ] || ${CC:-gcc} -O1 -pthread -o "$SCRATCH/httpd" "$TOP/support/tests/helpers/httpd.c"
	# A port that was free just now; what bound it ends with its shell.
	nginx_base=http://127.0.0.1:$(sh -c '"$SCRATCH/httpd" -w $$ "$SCRATCH"')
	mkdir -p "$SCRATCH/www" "$SCRATCH/nginx"
	cat >"$SCRATCH/nginx/conf" <<-CONF
		daemon off;
		master_process off;
		pid $SCRATCH/nginx/pid;
		error_log $SCRATCH/nginx/error.log;
		events { }
		http {
			log_format short '\$request_method \$uri \$status';
			access_log $SCRATCH/nginx/access.log short;
			client_body_temp_path $SCRATCH/nginx/body;
			proxy_temp_path $SCRATCH/nginx/proxy;
			fastcgi_temp_path $SCRATCH/nginx/fastcgi;
			uwsgi_temp_path $SCRATCH/nginx/uwsgi;
			scgi_temp_path $SCRATCH/nginx/scgi;
			client_max_body_size 64m;
			server {
				listen ${nginx_base#http://};
				root $SCRATCH/www;
				$(printf '%s\n' "$1" | sed "s|@BASE@|$nginx_base|g; s|@ROOT@|$SCRATCH/www|g")
			}
		}
	CONF
	"$nginx_program" -p "$SCRATCH/nginx" -c "$SCRATCH/nginx/conf" 2>"$SCRATCH/nginx/stderr" &
	nginx=$!
	trap 'kill -CONT "$nginx" 2>/dev/null; kill "$nginx" 2>/dev/null; chmod -R u+rwX "$SCRATCH"; rm -rf "$SCRATCH"' EXIT
	nginx_tries=50
	until [ -s "$SCRATCH/nginx/pid" ] || [ "$nginx_tries" = 0 ] || ! kill -0 "$nginx" 2>/dev/null; do
		sleep 0.1
		nginx_tries=$((nginx_tries - 1))
	done
	[ -s "$SCRATCH/nginx/pid" ] || {
		tap_note nginx "$(cat "$SCRATCH/nginx/stderr" "$SCRATCH/nginx/error.log")"
		echo 'Bail out! nginx does not start'
		exit 1
	}
}

# page_blocks PAGE MARK: the text of all blocks of the page that are marked so.
page_blocks() {
	awk -v mark="\`\`\`$2" '$0 == mark { on = 1; next } /^```/ { on = 0 } on' "$1"
}

# nginx_shared_cache LOCATIONS: the server that docs/shared-cache.md describes, at $nginx_base/whittle, with the user and the
# password of the page; $nginx_writer is the address with these. LOCATIONS are further ones, or nothing.
nginx_shared_cache() {
	mkdir -p "$SCRATCH/www/whittle"
	nginx_users=$(page_blocks "$TOP/docs/shared-cache.md" 'sh users')
	(cd "$SCRATCH" && sh -euc "$nginx_users")
	nginx_start "$(page_blocks "$TOP/docs/shared-cache.md" nginx | sed "s|/etc/nginx/whittle.users|$SCRATCH/whittle.users|")
$1"
	# shellcheck disable=SC2034 # for tests
	nginx_writer=$(echo "$nginx_base/whittle" | sed 's,//,//ci:secret@,')
}
