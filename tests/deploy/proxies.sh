# Puts the site behind nginx and Caddy as the examples under deploy/ do, below a path, and asks it
# questions by way of them. Sourced by `run`.

# nginx_with CONF: starts nginx with an example in its `http` block.
nginx_with() {
    cat >"$scratch/nginx.conf" <<CONF
daemon off;
pid $scratch/nginx.pid;
error_log $scratch/nginx-error.log;
events { worker_connections 1024; }
http {
    access_log off;
    client_body_temp_path $scratch/body;
    proxy_temp_path $scratch/proxy;
    fastcgi_temp_path $scratch/fastcgi;
    uwsgi_temp_path $scratch/uwsgi;
    scgi_temp_path $scratch/scgi;
    include $1;
}
CONF
    nginx -t -q -e "$scratch/nginx-error.log" -c "$scratch/nginx.conf" || fail "nginx does not take $1"
    background nginx nginx -e "$scratch/nginx-error.log" -c "$scratch/nginx.conf"
    nginx=$pid
}

ends() {
    kill "$1"
    wait "$1" || fail "a program ended with $?"
}

# Every link of the pages behind an address, followed: $1 is the address before the base path.
follows() {
    local page link count=0
    for page in /careers/ /careers/guide/skills /careers/compare /careers/sources; do
        for link in $(curl --silent "$1$page" | grep -oE '(href|src|action)="/[^"#]*' |
            sed 's/^[^"]*"//; s/&amp;/\&/g; s/&#38;/\&/g' | sort -u); do
            [[ $link == /careers/* ]] || fail "$page leads out of the base path, to $link"
            [[ $(status "$1$link") == 200 ]] || fail "$page leads to $link, which is not there"
            count=$((count + 1))
        done
    done
    ((count > 40)) || fail "only $count links were found"
    [[ $(status "$1/careers") == 308 ]] || fail '/careers does not lead to /careers/'
    curl --silent "$1/careers/" | grep '<link rel="canonical" href="https://example.org/careers/">' >/dev/null ||
        fail 'the canonical address is wrong'
    links=$count
}

check_proxies() {
    needs nginx=nginx-light caddy=caddy curl=curl openssl=openssl
    background guide "$program" --listen 127.0.0.1:3141 --base-url https://example.org/careers
    local guide=$pid
    answers http://127.0.0.1:3141/healthz

    { echo 'server { listen 127.0.0.1:3142;'
      sed 's/127.0.0.1:3000/127.0.0.1:3141/' "$repo/deploy/nginx/below-a-path.conf"
      echo '}'; } >"$scratch/below.conf"
    nginx_with "$scratch/below.conf"
    answers http://127.0.0.1:3142/careers/
    follows http://127.0.0.1:3142
    [[ $(status http://127.0.0.1:3142/careers/%2e%2e/healthz) == 404 ]] || fail 'a path was rewritten'
    ends "$nginx"
    passes "below a path, behind nginx, $links links lead somewhere"

    export XDG_DATA_HOME=$scratch XDG_CONFIG_HOME=$scratch
    export SITE=http://127.0.0.1:3143 UPSTREAM=127.0.0.1:3141
    caddy validate --adapter caddyfile --config "$repo/deploy/caddy/Caddyfile" >"$scratch/caddy.log" 2>&1 ||
        { cat "$scratch/caddy.log" >&2; fail 'Caddy does not take the Caddyfile'; }
    { printf '{\n\tadmin off\n}\n'; cat "$repo/deploy/caddy/below-a-path.Caddyfile"; } >"$scratch/Caddyfile"
    background caddy caddy run --adapter caddyfile --config "$scratch/Caddyfile"
    local caddy=$pid
    answers http://127.0.0.1:3143/careers/
    follows http://127.0.0.1:3143
    curl --silent http://127.0.0.1:3143/ | grep -x 'The rest of the site' >/dev/null || fail 'Caddy gives away other paths'
    ends "$caddy"
    { printf '{\n\tadmin off\n}\n'; cat "$repo/deploy/caddy/Caddyfile"; } >"$scratch/Caddyfile"
    background caddy caddy run --adapter caddyfile --config "$scratch/Caddyfile"
    caddy=$pid
    answers http://127.0.0.1:3143/careers/
    ends "$caddy"
    unset SITE UPSTREAM
    passes "below a path, behind Caddy, $links links lead somewhere"
    ends "$guide"

    # The site as files needs no program at all.
    "$program" export "$scratch/files" --precompress >/dev/null
    sed "s|/srv/guide|$scratch/files|; s|listen 80|listen 127.0.0.1:3144|" \
        "$repo/deploy/nginx/files.conf" >"$scratch/files.conf"
    nginx_with "$scratch/files.conf"
    answers http://127.0.0.1:3144/
    local page link count=0
    for page in / /guide /guide/skills /compare /sources; do
        for link in $(curl --silent "http://127.0.0.1:3144$page" | grep -oE '(href|src|action)="/[^"#]*' |
            sed 's/^[^"]*"//; s/&amp;/\&/g; s/&#38;/\&/g' | sort -u); do
            [[ $(status "http://127.0.0.1:3144$link") == 200 ]] || fail "$page leads to $link"
            count=$((count + 1))
        done
    done
    ((count > 40)) || fail "only $count links were found"
    [[ $(status http://127.0.0.1:3144/nowhere) == 404 ]] || fail 'what does not exist is found'
    [[ $(status http://127.0.0.1:3144/.career-guide-export) == 404 ]] || fail 'the list of files is shown'
    curl --silent http://127.0.0.1:3144/nowhere | grep 'Nothing stands at this address' >/dev/null ||
        fail 'what does not exist has no page'
    curl --silent --dump-header - --output /dev/null --header 'Accept-Encoding: gzip' \
        http://127.0.0.1:3144/guide | grep -i '^content-encoding: gzip' >/dev/null || fail 'packed forms are not used'
    ends "$nginx"
    passes "as files behind nginx, $count links lead somewhere"
}
