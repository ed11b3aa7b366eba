# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# For tests with a real nginx on loopback. Source it after tap.sh.

# nginx_start LOCATIONS: an nginx of one process that serves $SCRATCH/www at $nginx_base, with these
# location blocks (@BASE@ stands for its address); $nginx is its process, which ends with the test. Where
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
				$(printf '%s\n' "$1" | sed "s|@BASE@|$nginx_base|g")
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
