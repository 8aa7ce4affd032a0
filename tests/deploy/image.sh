# Builds the image from the Dockerfile as it stands, runs it as a careful administrator would, and
# looks at what it does. Sourced by `run`.

# shellcheck source=base_image.sh
source "$here/base_image.sh"
port=3140
# What a careful administrator allows. The limits of numbers are those of a small machine.
limits=(--read-only --read-only-tmpfs=false --cap-drop ALL --security-opt no-new-privileges
    --no-healthcheck --ulimit nofile=1024:1024 --ulimit nproc=1024:1024)

engine() {
    podman "${store[@]}" --cgroup-manager cgroupfs --runtime runc "$@"
}

# runs NAME OPTION... -- ARGUMENT...: starts a container with nothing that it does not need.
runs() {
    local name=$1 options=()
    shift
    while (($#)) && [[ $1 != -- ]]; do options+=("$1") && shift; done
    engine run --detach --name "$name" \
        --network host "${limits[@]}" "${options[@]}" career-guide:test "${@:2}" >"$scratch/$name.log"
    answers "http://127.0.0.1:$port/healthz"
}

stops() {
    local begun=$SECONDS code
    engine stop --time 30 "$1" >/dev/null
    code=$(engine inspect --format '{{.State.ExitCode}}' "$1")
    [[ $code == 0 ]] || fail "the container ends with $code"
    ((SECONDS - begun < 25)) || fail 'the container had to be killed'
    engine rm "$1" >/dev/null
}

check_image() {
    needs buildah=buildah podman=podman runc=runc debootstrap=debootstrap curl=curl jq=jq \
        readelf=binutils
    base_image
    builds_image
    looks_at_image
    runs_image
}

builds_image() {
    local cargo=${CARGO_HOME:-$HOME/.cargo} begun=$SECONDS
    mkdir -p "$cargo/registry"
    # What is mounted stands for the network: compilers and crates are those of this machine.
    buildah "${store[@]}" bud --isolation chroot --format docker --pull-never --layers=false \
        --volume "$(rustc --print sysroot):/usr/local/rust:ro" \
        --volume "$cargo/registry:/usr/local/cargo/registry" \
        --volume /etc/ssl/certs:/etc/ssl/certs:ro \
        --build-arg VERSION=test --tag career-guide:test "$repo" >"$scratch/build.log" 2>&1 ||
        { tail -n 40 "$scratch/build.log" >&2; fail 'the image cannot be built'; }
    passes "the unchanged Dockerfile builds, in $((SECONDS - begun)) s"
}

looks_at_image() {
    local about=$scratch/image.json size root
    engine image inspect career-guide:test >"$about"
    size=$(jq '.[0].Size' "$about")
    ((size < 25000000)) || fail "the image has $size bytes"
    passes "the image has $size bytes, less than 25 MB"
    jq -e '.[0] | .Healthcheck.Test == ["CMD", "/career-guide", "healthcheck"]
        and (.Config | .User == "65532:65532" and .Entrypoint == ["/career-guide"]
        and .Labels["org.opencontainers.image.licenses"] == "MIT AND CC-BY-4.0 AND OFL-1.1"
        and .Labels["org.opencontainers.image.version"] == "test")' "$about" >/dev/null ||
        fail 'the image does not say who it is, as whom it runs and how it is probed'
    passes 'it names its user by number, its probe in exec form, and its licences'

    local container
    container=$(buildah "${store[@]}" from --pull-never career-guide:test)
    root=$(buildah "${store[@]}" mount "$container")
    (cd "$root" && find . -mindepth 1 -maxdepth 1 -printf '%P\n' | sort) >"$scratch/top"
    printf '%s\n' LICENSE LICENSE.fonts career-guide content | cmp -s - <(grep -vE '^(dev|etc|proc|run|sys)$' "$scratch/top") ||
        fail "the image holds $(tr '\n' ' ' <"$scratch/top")"
    [[ -z $(find "$root" -type f -perm /111 ! -name career-guide) ]] ||
        fail 'the image holds another program'
    [[ -z $(find "$root" -perm /6000) ]] || fail 'the image holds a file with more rights than its user'
    file_is_static "$root/career-guide"
    buildah "${store[@]}" rm "$container" >/dev/null
    passes 'it holds one static program, no shell, and nothing that raises rights'
}

runs_image() {
    runs plain --env "CAREER_GUIDE_LISTEN=127.0.0.1:$port"
    [[ $(status "http://127.0.0.1:$port/compare?level=entry") == 200 ]] || fail 'no comparison'
    engine exec plain /career-guide healthcheck ||
        fail 'the probe says that the server is not well'
    if engine exec plain /bin/sh -c true 2>/dev/null; then
        fail 'the image has a shell'
    fi
    awk '/^Uid:/ { uid = $2 } /^CapEff:/ { cap = $2 } END { exit !(uid == 65532 && cap ~ /^0+$/) }' \
        "/proc/$(engine inspect --format '{{.State.Pid}}' plain)/status" ||
        fail 'the program runs with more rights than it needs'
    stops plain
    passes 'it runs read-only, without any capability, as user 65532, is well, and ends when told'

    # With all its own settings, and nothing to reach.
    engine run --detach --name alone --network none "${limits[@]}" career-guide:test >/dev/null
    local tries=0
    until engine exec alone /career-guide healthcheck 2>/dev/null; do
        ((++tries < 100)) || fail 'as it stands, the image is not well'
        sleep 0.1
    done
    stops alone
    passes 'as it stands, and without any network, it is well'

    mkdir "$scratch/content" && cp -r "$repo/content/." "$scratch/content"
    sed -i 's/^title = .*/title = "A guide of somebody else"/' "$scratch/content/site.toml"
    runs mounted --env "CAREER_GUIDE_LISTEN=127.0.0.1:$port" --volume "$scratch/content:/content:ro" \
        --env CAREER_GUIDE_BASE_URL=https://example.org/careers
    curl --silent "http://127.0.0.1:$port/careers/" | grep 'A guide of somebody else' >/dev/null ||
        fail 'a mounted guide is not served'
    [[ $(status "http://127.0.0.1:$port/") == 404 ]] || fail 'something stands outside the base path'
    stops mounted
    passes 'a folder mounted at /content is the guide, and the site may live below a path'

    mkdir -m 777 "$scratch/out"
    engine run --rm --network none "${limits[@]}" --volume "$scratch/out:/out" \
        career-guide:test export /out/site >/dev/null
    [[ -s $scratch/out/site/index.html ]] || fail 'the image exports nothing'
    local said
    if said=$(engine run --rm --network none "${limits[@]}" --volume "$scratch/out:/out" \
        career-guide:test export /out --replace 2>&1); then
        fail 'a mounted folder was exchanged'
    fi
    [[ $said == *'name a folder within it'* ]] || fail "it says: $said"
    passes 'it exports the site into a mounted folder, and says so where it cannot'
}

# A program that needs a loader or a library would not start in an empty image.
file_is_static() {
    if readelf --program-headers "$1" 2>/dev/null | grep INTERP >/dev/null; then
        fail "$1 is not static"
    fi
}
