# Restarts two replicas behind nginx, one after the other, again and again, while many ask.
# Sourced by `run`.

# shellcheck source=proxies.sh
source "$here/proxies.sh"

seconds=20

replica() {
    background "replica-$1" "$program" --listen "127.0.0.1:$1"
    answers "http://127.0.0.1:$1/readyz"
    replicas[$1]=$pid
}

check_rolling_restart() {
    needs nginx=nginx-light wrk=wrk curl=curl openssl=openssl
    declare -gA replicas=()
    replica 3151
    replica 3152

    local path coding port
    for path in / /guide/skills /compare '/compare?level=entry&currency=usd' /compare.csv /salaries.json; do
        for coding in identity gzip br; do
            for port in 3151 3152; do
                # The day is not the site's.
                curl --silent --include --header "Accept-Encoding: $coding" \
                    "http://127.0.0.1:$port$path" | grep -avi '^date:' >"$scratch/answer-$port"
            done
            cmp -s "$scratch/answer-3151" "$scratch/answer-3152" ||
                fail "the replicas answer differently at $path ($coding)"
            grep -aqi '^etag:' "$scratch/answer-3151" || fail "no entity tag at $path"
        done
    done
    passes 'both replicas answer with the same bytes and the same entity tags'

    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=guide.example.org \
        -keyout "$scratch/privkey.pem" -out "$scratch/fullchain.pem" 2>/dev/null
    sed "s|/etc/ssl/guide|$scratch|; s|127.0.0.1:3001|127.0.0.1:3151|; s|127.0.0.1:3002|127.0.0.1:3152|
        s|listen 443|listen 127.0.0.1:3150|" "$repo/deploy/nginx/replicas.conf" >"$scratch/replicas.conf"
    nginx_with "$scratch/replicas.conf"
    answers_tls

    background load wrk --threads 2 --connections 32 --duration "${seconds}s" --timeout 10s \
        https://127.0.0.1:3150/guide/skills
    local load=$pid restarts=0 port
    sleep 1
    while kill -0 "$load" 2>/dev/null && ((restarts < 40)); do
        for port in 3151 3152; do
            ends "${replicas[$port]}"
            replica "$port"
            restarts=$((restarts + 1))
        done
        sleep 0.5
    done
    wait "$load" || fail 'the load could not be made'
    cat "$scratch/load.log"
    grep -qE '^ +[0-9]+ requests in' "$scratch/load.log" || fail 'nothing was asked'
    if grep -E 'Non-2xx|Socket errors' "$scratch/load.log"; then
        tail -n 20 "$scratch/nginx-error.log" >&2
        fail "a request failed during $restarts restarts"
    fi
    ((restarts >= 4)) || fail "only $restarts restarts"
    ends "$nginx"
    ends "${replicas[3151]}"
    ends "${replicas[3152]}"
    local asked
    asked=$(sed -n 's/^ *\([0-9]*\) requests in.*/\1/p' "$scratch/load.log")
    passes "$restarts restarts under load: of $asked requests none failed"
}

answers_tls() {
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        [[ $(status --insecure https://127.0.0.1:3150/) == 200 ]] && return
        sleep 0.1
    done
    fail 'nginx does not answer'
}
