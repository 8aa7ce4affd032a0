# Makes the image from which the Dockerfile starts, without a registry of images: Debian's smallest
# system with a C compiler, and the Rust toolchain of this machine, under the name that the
# Dockerfile asks for. Sourced by `image.sh`.

# A store of its own, so that no image of this machine is touched.
store=(--root "$cache/images" --runroot "$cache/run" --storage-driver overlay)

# shellcheck disable=SC2329  # called by clean_up
engine_clean_up() {
    podman "${store[@]}" rm --all --force >/dev/null 2>&1 || true
    buildah "${store[@]}" rm --all >/dev/null 2>&1 || true
    umount "$cache/images/overlay" 2>/dev/null || true
}

base_image() {
    local name
    name=$(sed -n 's/^FROM .*\(rust:[^ ]*\) AS .*/\1/p' "$repo/Dockerfile")
    [[ $name =~ ^rust:[0-9]+\.[0-9]+\.[0-9]+-slim-([a-z]+)$ ]] ||
        fail "the Dockerfile starts from $name, which is not an exact version"
    if ! buildah "${store[@]}" from scratch >/dev/null 2>&1; then
        # Where layers cannot be laid over each other they are copied.
        store=(--root "$cache/copied-images" --runroot "$cache/run" --storage-driver vfs)
    fi
    local suite=${BASH_REMATCH[1]} made container
    if buildah "${store[@]}" inspect --type image "docker.io/library/$name" >/dev/null 2>&1; then
        return
    fi
    made=$cache/debian-$suite
    echo "Making a base image from Debian $suite"
    made=$scratch/debian
    debootstrap --variant=minbase --include=gcc,libc6-dev,ca-certificates "$suite" "$made" \
        >"$scratch/debootstrap.log" 2>&1 ||
        { tail -n 20 "$scratch/debootstrap.log" >&2; fail 'debootstrap failed'; }
    rm -rf "$made"/var/cache/apt/archives/*.deb "$made"/var/lib/apt/lists/*
    container=$(buildah "${store[@]}" from scratch)
    buildah "${store[@]}" copy --quiet "$container" "$made" / >/dev/null
    # The toolchain is not copied but mounted there when the image is built: it is large.
    buildah "${store[@]}" config --env CARGO_HOME=/usr/local/cargo \
        --env PATH=/usr/local/rust/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
    buildah "${store[@]}" commit --quiet --rm --format docker "$container" \
        "docker.io/library/$name" >/dev/null
}
